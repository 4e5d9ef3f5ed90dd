/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_TEST_MEM_H
#define TESTS_SUPPORT_TEST_MEM_H

#include <stdbool.h>
#include <stddef.h>

#include <librules/context.h>

#include "base/mem.h"

/*
 * An allocator that counts, fails on demand and aborts the program when a block is resized or
 * released with a size that is not its own. The struct must not move while memory is live.
 */
struct test_mem {
    struct mem mem;
    size_t fail_at;     /* number of the call that fails, from 0; SIZE_MAX never */
    bool persistent;    /* every call from fail_at on fails, not only that one */
    size_t calls;       /* allocations and resizes asked for, failed ones included */
    size_t live_blocks; /* not yet released */
    size_t live_bytes;
};

void test_mem_init(struct test_mem *t);
const struct mem *test_mem_get(struct test_mem *t);
/* The same allocator for callers of the interface. */
struct rls_allocator test_allocator(struct test_mem *t);

#endif
