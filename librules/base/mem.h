/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_MEM_H
#define LIBRULES_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* The allocator of an object, copied by value so that no object points back at its context. */
struct mem {
    void *(*alloc)(void *user, size_t bytes);
    void *(*resize)(void *user, void *p, size_t was, size_t want);
    void (*release)(void *user, void *p, size_t bytes);
    void *user;
};

extern const struct mem mem_libc;

/* NULL on failure. bytes == 0 yields a valid, releasable pointer. */
void *mem_alloc(const struct mem *m, size_t bytes);
void *mem_zero(const struct mem *m, size_t bytes);
/* On failure NULL is returned and p stays valid. */
void *mem_resize(const struct mem *m, void *p, size_t was, size_t want);
void mem_release(const struct mem *m, void *p, size_t bytes);

/*
 * Grow the array *items of *cap elements so that it holds at least need. Amortised doubling;
 * on failure (or overflow) returns false and leaves the array untouched.
 */
bool mem_grow_to(const struct mem *m, void *items, size_t *cap, size_t need, size_t item_size);

static inline bool mem_grow(const struct mem *m, void *items, size_t *cap, size_t need,
                            size_t item_size)
{
    return need <= *cap || mem_grow_to(m, items, cap, need, item_size);
}

#endif
