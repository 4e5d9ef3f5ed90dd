/* SPDX-License-Identifier: Apache-2.0 */
#include "slices.h"

#include <stdlib.h>
#include <string.h>

#include "clocks.h"
#include "test_allocations.h"

/* A round counts when the sentinel saw both slices in the same state, within this. */
#define SAME_STATE 0.15

enum { MAX_ROUNDS = 256, SWEEP_BYTES = 64 << 20 };
#define COUNT_NS 1.5e9 /* at most, for counting hits */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double median(double *values, size_t n)
{
    if (n == 0)
        return 0;
    qsort(values, n, sizeof *values, compare);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

void engine_drop(struct engine *e)
{
    if (e->drop && e->state)
        e->drop(e->state);
    e->state = NULL;
}

static uint64_t pass(const struct engine *e, size_t from, size_t n)
{
    uint64_t found = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t at = (from + i) % e->texts->n;

        found += e->run(e->state, e->texts->text[at], e->texts->len[at]);
    }
    return found;
}

/* About how long a text takes. */
static double pilot(const struct engine *e)
{
    const uint64_t begin = cpu_ns();
    uint64_t spent = 0;
    size_t n = 0;

    while (n < e->texts->n && (n < 4 || spent < 5000000)) {
        pass(e, n++, 1);
        spent = cpu_ns() - begin;
    }
    return (double)spent / (double)n + 1;
}

struct slice {
    double ns;    /* per text */
    double state; /* of the machine: the sentinel's time */
};

/* How long the sentinel takes. */
static double look(struct weather *w)
{
    const double ns = sentinel_ns();

    if (w->calm_ns == 0 || ns < w->calm_ns)
        w->calm_ns = ns;
    if (ns > w->loud_ns)
        w->loud_ns = ns;
    return ns;
}

static struct slice slice(const struct engine *e, size_t from, size_t n, const struct timing *t,
                          struct weather *w)
{
    const double before = look(w);
    const uint64_t begin = cpu_ns(), begin_wall = wall_ns();
    uint64_t spent;
    size_t passes = 0;
    struct slice s;

    do {
        pass(e, from, n);
        passes++;
        spent = cpu_ns() - begin;
    } while (spent < t->slice_ns);
    w->cpu_ns += (double)spent;
    w->wall_ns += (double)(wall_ns() - begin_wall);
    s.ns = (double)spent / (double)(passes * n);
    s.state = (before + look(w)) / 2;
    return s;
}

static bool same_state(const struct slice *a, const struct slice *b)
{
    const double low = a->state < b->state ? a->state : b->state;

    return (a->state > b->state ? a->state : b->state) - low <= SAME_STATE * low;
}

static size_t fitting(double budget, double ns, size_t n)
{
    const double texts = budget / ns;

    return texts < 4 ? (n < 4 ? n : 4) : texts < (double)n ? (size_t)texts : n;
}

static double text_bytes(const struct records *r, size_t n)
{
    double bytes = 0;

    for (size_t i = 0; i < n; i++)
        bytes += (double)r->len[i];
    return n ? bytes / (double)n : 0;
}

struct rounds {
    double ratio[MAX_ROUNDS], ours[MAX_ROUNDS], peer[MAX_ROUNDS];
    size_t n;
};

static void conclude(struct duel *d, struct rounds *r)
{
    d->rounds = r->n;
    d->ratio = median(r->ratio, r->n);
    d->low = r->n ? r->ratio[0] : 0;
    d->high = r->n ? r->ratio[r->n - 1] : 0;
    d->ours_ns = median(r->ours, r->n);
    d->peer_ns = median(r->peer, r->n);
}

static void keep(struct rounds *r, double ours, double peer)
{
    r->ratio[r->n] = peer / ours;
    r->ours[r->n] = ours;
    r->peer[r->n] = peer;
    r->n++;
}

/* Hits of both on the same texts, and what ours allocates on texts it has seen. */
static void count(struct duel *d, const struct engine *ours, const struct engine *peer, double ns)
{
    size_t before;

    d->counted = fitting(COUNT_NS, ns, ours->texts->n);
    d->ours_hits = pass(ours, 0, d->counted);
    if (peer)
        d->peer_hits = pass(peer, 0, d->counted);
    before = allocations();
    pass(ours, 0, d->counted);
    d->allocations = (double)(allocations() - before) / (double)d->counted;
}

struct duel duel_run(const struct engine *ours, const struct engine *peer,
                     const struct records *denominator, const struct timing *t)
{
    struct duel d = {.text_bytes = text_bytes(denominator, denominator->n)};
    const double a = pilot(ours), b = pilot(peer), slower = a > b ? a : b;
    const size_t n = fitting((double)t->slice_ns, slower, ours->texts->n);
    struct rounds r = {.n = 0};

    count(&d, ours, peer, slower);
    for (size_t i = 0; r.n < t->rounds && i < 3 * t->rounds && r.n < MAX_ROUNDS; i++) {
        const size_t from = i * n % ours->texts->n;
        struct slice mine, theirs;

        if (i % 2 == 0)
            mine = slice(ours, from, n, t, &d.weather);
        theirs = slice(peer, from, n, t, &d.weather);
        if (i % 2)
            mine = slice(ours, from, n, t, &d.weather);
        if (same_state(&mine, &theirs))
            keep(&r, mine.ns, theirs.ns);
        else
            d.dropped++;
    }
    conclude(&d, &r);
    return d;
}

struct duel duel_alone(const struct engine *ours, const struct records *denominator,
                       const struct timing *t)
{
    struct duel d = {.text_bytes = text_bytes(denominator, denominator->n)};
    const double a = pilot(ours);
    const size_t n = fitting((double)t->slice_ns, a, ours->texts->n);
    struct rounds r = {.n = 0};

    count(&d, ours, NULL, a);
    for (size_t i = 0; i < t->rounds && i < MAX_ROUNDS; i++)
        keep(&r, slice(ours, i * n % ours->texts->n, n, t, &d.weather).ns, 0);
    conclude(&d, &r);
    d.ratio = d.low = d.high = 0;
    return d;
}

/* --- cold caches --------------------------------------------------------------------------- */

static void sweep(unsigned char *room)
{
    for (size_t i = 0; i < SWEEP_BYTES; i += 64)
        room[i]++;
}

static double cold_text(const struct engine *e, size_t at, unsigned char *room)
{
    uint64_t begin;

    sweep(room);
    begin = cpu_ns();
    pass(e, at, 1);
    return (double)(cpu_ns() - begin);
}

struct duel duel_cold(const struct engine *ours, const struct engine *peer,
                      const struct records *denominator, size_t texts)
{
    struct duel d = {0};
    struct rounds r = {.n = 0};
    unsigned char *room = must_alloc(SWEEP_BYTES);

    memset(room, 0, SWEEP_BYTES);
    if (texts > denominator->n)
        texts = denominator->n;
    if (texts > MAX_ROUNDS)
        texts = MAX_ROUNDS;
    /* Both have seen each text before: what is cold are their tables. */
    d.counted = texts;
    d.ours_hits = pass(ours, 0, texts);
    d.peer_hits = pass(peer, 0, texts);
    for (size_t i = 0; i < texts; i++) {
        double mine = i % 2 ? 0 : cold_text(ours, i, room);
        const double theirs = cold_text(peer, i, room);

        if (i % 2)
            mine = cold_text(ours, i, room);
        keep(&r, mine, theirs);
    }
    free(room);
    conclude(&d, &r);
    /* A single text is so little that the extremes say nothing. */
    d.low = r.n ? r.ratio[r.n / 4] : 0;
    d.high = r.n ? r.ratio[r.n * 3 / 4] : 0;
    d.text_bytes = text_bytes(denominator, texts);
    return d;
}
