/* SPDX-License-Identifier: Apache-2.0 */
#include "set/holder.h"

#include <pthread.h>

#include "base/context.h"

struct rls_holder {
    struct mem mem;
    pthread_mutex_t lock; /* guards set together with generation */
    struct rls_set *set;
    _Atomic uint64_t generation; /* written under the lock, read without */
};

int rls_holder_new(struct rls_holder **out, struct rls_context *ctx, struct rls_set *first)
{
    const struct mem *mem = context_mem(ctx);
    struct rls_holder *h;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    if (!first)
        return RLS_ERR_ARGUMENT;
    h = mem_zero(mem, sizeof *h);
    if (!h)
        return RLS_ERR_MEMORY;
    h->mem = *mem;
    if (pthread_mutex_init(&h->lock, NULL) != 0) {
        mem_release(mem, h, sizeof *h);
        return RLS_ERR_MEMORY;
    }
    h->set = rls_set_ref(first);
    atomic_init(&h->generation, 1);
    *out = h;
    return RLS_OK;
}

void rls_holder_free(struct rls_holder *h)
{
    struct mem mem;

    if (!h)
        return;
    mem = h->mem;
    rls_set_unref(h->set);
    pthread_mutex_destroy(&h->lock);
    mem_release(&mem, h, sizeof *h);
}

struct rls_set *holder_take(struct rls_holder *h, uint64_t *generation)
{
    struct rls_set *set;

    pthread_mutex_lock(&h->lock);
    set = rls_set_ref(h->set);
    *generation = atomic_load_explicit(&h->generation, memory_order_relaxed);
    pthread_mutex_unlock(&h->lock);
    return set;
}

struct rls_set *rls_holder_get(struct rls_holder *h)
{
    uint64_t generation;

    return h ? holder_take(h, &generation) : NULL;
}

int rls_holder_publish(struct rls_holder *h, struct rls_set *next)
{
    struct rls_set *old;

    if (!h || !next)
        return RLS_ERR_ARGUMENT;
    rls_set_ref(next);
    pthread_mutex_lock(&h->lock);
    old = h->set;
    h->set = next;
    atomic_fetch_add_explicit(&h->generation, 1, memory_order_release);
    pthread_mutex_unlock(&h->lock);
    /* Outside the lock: freeing the last reference to a large set takes time. */
    rls_set_unref(old);
    return RLS_OK;
}

uint64_t rls_holder_generation(const struct rls_holder *h)
{
    return h ? atomic_load_explicit(&h->generation, memory_order_acquire) : 0;
}
