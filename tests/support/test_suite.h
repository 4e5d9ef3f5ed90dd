/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_TEST_SUITE_H
#define TESTS_SUPPORT_TEST_SUITE_H

#include <check.h>

/* Runs a suite and frees it. The exit code of the program. */
int test_run(Suite *s);

#endif
