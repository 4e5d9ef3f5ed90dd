/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_TEST_FAILURE_H
#define TESTS_SUPPORT_TEST_FAILURE_H

#include <librules/librules.h>

#include "test_mem.h"

/* Makes a context over the allocator, which must outlive all that is made with it. */
int test_context(struct test_mem *mem, struct rls_context **out);

/*
 * Runs again and again, with the first allocation failing, then the second, and so on until none
 * is left to fail; for good: those behind it fail, too. A run ends with RLS_OK or RLS_ERR_MEMORY
 * and leaks nothing.
 */
void test_fail_each(struct test_mem *mem, int (*run)(void), bool for_good);

/* The same for what is done with an evaluator that is there. */
void test_fail_each_with(struct rls_set *set,
                         int (*run)(struct rls_context *ctx, struct rls_evaluator *ev));

#endif
