/* SPDX-License-Identifier: Apache-2.0 */
#include "match/sort.h"

#include <assert.h>
#include <string.h>

struct heap {
    char *items;
    size_t size;
    sort_order *order;
    const void *context;
};

static char *item(const struct heap *h, size_t i)
{
    return h->items + i * h->size;
}

static int compare(const struct heap *h, size_t a, size_t b)
{
    return h->order(item(h, a), item(h, b), h->context);
}

static void swap(const struct heap *h, size_t a, size_t b)
{
    char kept[SORT_ITEM_BYTES];

    memcpy(kept, item(h, a), h->size);
    memcpy(item(h, a), item(h, b), h->size);
    memcpy(item(h, b), kept, h->size);
}

static void sift_down(const struct heap *h, size_t at, size_t n)
{
    for (size_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && compare(h, child, child + 1) < 0)
            child++;
        if (compare(h, at, child) >= 0)
            return;
        swap(h, at, child);
        at = child;
    }
}

static int sorted(const struct heap *h, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (compare(h, i - 1, i) > 0)
            return 0;
    }
    return 1;
}

void sort_items(void *items, size_t n, size_t size, sort_order *order, const void *context)
{
    const struct heap h = {items, size, order, context};

    assert(size <= SORT_ITEM_BYTES);
    if (n < 2 || sorted(&h, n))
        return;
    for (size_t i = n / 2; i > 0; i--)
        sift_down(&h, i - 1, n);
    for (size_t last = n - 1; last > 0; last--) {
        swap(&h, 0, last);
        sift_down(&h, 0, last);
    }
}
