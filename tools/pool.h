/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_POOL_H
#define TOOLS_POOL_H

#include <stdbool.h>
#include <stddef.h>

/* A queue of bounded length and weight: one thread fills items, some work on them, one passes the
 * results on in the order they were filled. */
struct pool;

struct pool_actions {
    /* On a worker's thread; @p worker from 0. */
    void (*work)(void *user, unsigned worker, void *item);
    /* On the pool's own thread, in order. @return non-zero to stop everything */
    int (*emit)(void *user, void *item);
    /* On the same thread, when nothing is under way. @return as emit */
    int (*idle)(void *user);
    void *user;
};

/* @p items are the caller's and are used over and over.
 * @return NULL when memory or threads are short */
struct pool *pool_new(unsigned workers, void **items, size_t n_items, size_t max_weight,
                      const struct pool_actions *actions);
/* Waits for an item that is free. @return NULL once everything was stopped */
void *pool_take(struct pool *p);
/* Hands on the item that pool_take gave. */
void pool_put(struct pool *p, size_t weight);
/* Waits until all is worked off and passed on, ends the threads, frees the pool.
 * @return false when it was stopped before */
bool pool_end(struct pool *p);

#endif
