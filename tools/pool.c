/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct slot {
    void *item;
    size_t weight;
    bool done;
};

struct worker {
    struct pool *pool;
    pthread_t thread;
    unsigned number;
};

/* Items are numbered by the order they are filled in; number n lies in slot n % n_slots.
 * emitted <= started <= filled <= emitted + n_slots. */
struct pool {
    pthread_mutex_t lock;
    pthread_cond_t can_fill;
    pthread_cond_t can_work;
    pthread_cond_t can_emit;
    uint64_t filled;
    uint64_t started;
    uint64_t emitted;
    size_t weight;
    size_t max_weight;
    bool closed;
    bool stopped;

    struct slot *slots;
    size_t n_slots;
    struct worker *workers;
    unsigned n_workers;
    pthread_t emitter;
    bool has_emitter;
    struct pool_actions actions;
};

static struct slot *slot_of(struct pool *p, uint64_t number)
{
    return &p->slots[number % p->n_slots];
}

static void stop(struct pool *p)
{
    p->stopped = true;
    pthread_cond_broadcast(&p->can_fill);
    pthread_cond_broadcast(&p->can_work);
    pthread_cond_broadcast(&p->can_emit);
}

static void *work(void *argument)
{
    struct worker *w = argument;
    struct pool *p = w->pool;

    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stopped && !p->closed && p->started == p->filled)
            pthread_cond_wait(&p->can_work, &p->lock);
        if (p->stopped || p->started == p->filled)
            break;
        uint64_t number = p->started++;
        struct slot *slot = slot_of(p, number);
        pthread_mutex_unlock(&p->lock);
        p->actions.work(p->actions.user, w->number, slot->item);
        pthread_mutex_lock(&p->lock);
        slot->done = true;
        if (number == p->emitted)
            pthread_cond_signal(&p->can_emit);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* Waits with the lock held. @return the next item in order; NULL at the end */
static struct slot *wait_done(struct pool *p)
{
    bool rested = false;

    for (;;) {
        bool empty = p->emitted == p->filled;
        if (p->stopped || (empty && p->closed))
            return NULL;
        if (!empty && slot_of(p, p->emitted)->done)
            return slot_of(p, p->emitted);
        if (!empty || rested) {
            pthread_cond_wait(&p->can_emit, &p->lock);
            rested = rested && p->emitted == p->filled;
            continue;
        }
        rested = true;
        pthread_mutex_unlock(&p->lock);
        int failed = p->actions.idle(p->actions.user);
        pthread_mutex_lock(&p->lock);
        if (failed)
            stop(p);
    }
}

static void *emit(void *argument)
{
    struct pool *p = argument;
    struct slot *slot;

    pthread_mutex_lock(&p->lock);
    while ((slot = wait_done(p))) {
        pthread_mutex_unlock(&p->lock);
        int failed = p->actions.emit(p->actions.user, slot->item);
        pthread_mutex_lock(&p->lock);
        slot->done = false;
        p->weight -= slot->weight;
        p->emitted++;
        pthread_cond_signal(&p->can_fill);
        if (failed)
            stop(p);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void start_threads(struct pool *p, unsigned workers)
{
    p->has_emitter = pthread_create(&p->emitter, NULL, emit, p) == 0;
    while (p->has_emitter && p->n_workers < workers) {
        struct worker *w = &p->workers[p->n_workers];
        *w = (struct worker){.pool = p, .number = p->n_workers};
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            break;
        p->n_workers++;
    }
}

static bool allocate(struct pool *p, unsigned workers, void **items, size_t n_items)
{
    p->workers = calloc(workers, sizeof *p->workers);
    p->slots = calloc(n_items, sizeof *p->slots);
    if (!p->workers || !p->slots)
        return false;
    for (size_t i = 0; i < n_items; i++)
        p->slots[i].item = items[i];
    p->n_slots = n_items;
    return true;
}

static void destroy(struct pool *p)
{
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->can_fill);
    pthread_cond_destroy(&p->can_work);
    pthread_cond_destroy(&p->can_emit);
    free(p->workers);
    free(p->slots);
    free(p);
}

struct pool *pool_new(unsigned workers, void **items, size_t n_items, size_t max_weight,
                      const struct pool_actions *actions)
{
    struct pool *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->max_weight = max_weight;
    p->actions = *actions;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->can_fill, NULL);
    pthread_cond_init(&p->can_work, NULL);
    pthread_cond_init(&p->can_emit, NULL);
    if (!allocate(p, workers, items, n_items)) {
        destroy(p);
        return NULL;
    }
    start_threads(p, workers);
    /* Fewer workers than asked for only make it slower. */
    if (p->n_workers == 0) {
        pool_end(p);
        return NULL;
    }
    return p;
}

void *pool_take(struct pool *p)
{
    void *item = NULL;

    pthread_mutex_lock(&p->lock);
    while (!p->stopped && p->filled != p->emitted &&
           (p->filled - p->emitted == p->n_slots || p->weight >= p->max_weight))
        pthread_cond_wait(&p->can_fill, &p->lock);
    if (!p->stopped)
        item = slot_of(p, p->filled)->item;
    pthread_mutex_unlock(&p->lock);
    return item;
}

void pool_put(struct pool *p, size_t weight)
{
    pthread_mutex_lock(&p->lock);
    slot_of(p, p->filled)->weight = weight;
    p->weight += weight;
    p->filled++;
    pthread_cond_signal(&p->can_work);
    pthread_mutex_unlock(&p->lock);
}

bool pool_end(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->can_work);
    pthread_cond_broadcast(&p->can_emit);
    pthread_mutex_unlock(&p->lock);

    for (unsigned i = 0; i < p->n_workers; i++)
        pthread_join(p->workers[i].thread, NULL);
    if (p->has_emitter)
        pthread_join(p->emitter, NULL);
    bool whole = !p->stopped;
    destroy(p);
    return whole;
}
