/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_ALLOCATIONS_H
#define TESTS_BENCH_ALLOCATIONS_H

#include <stddef.h>

/* Calls of malloc, calloc and realloc so far, by anyone in the process; 0 where malloc belongs to
 * a sanitizer or to a C library that has no second name for it. */
size_t allocations(void);

#endif
