/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_SORT_H
#define LIBRULES_MATCH_SORT_H

#include <stddef.h>

enum { SORT_ITEM_BYTES = 32 };

typedef int sort_order(const void *a, const void *b, const void *context);

/*
 * Heap sort: in place, no recursion, no allocation (the C library's qsort may allocate), n log n
 * at worst. Items are at most SORT_ITEM_BYTES large. Not stable: order must tell items apart.
 */
void sort_items(void *items, size_t n, size_t size, sort_order *order, const void *context);

#endif
