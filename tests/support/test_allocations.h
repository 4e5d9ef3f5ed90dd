/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_ALLOCATIONS_H
#define TEST_ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Calls of malloc, calloc and realloc so far, by anyone in the process; 0 where malloc belongs to
 * a sanitizer or to a C library that has no second name for it. */
size_t allocations(void);
/* Whether it is more than 0 ever. */
bool allocations_are_counted(void);

#endif
