/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "match/beside.h"
#include "match/loose.h"
#include "match/sort.h"
#include "match/stream.h"
#include "match/tables.h"
#include "text/fold.h"

enum { SPARE_HITS = 1024, PLACE_COST = 2 };

/* The patterns on one text, behind the scan for terms. */
struct search {
    struct scanner *s;
    const struct matcher *m;
    const char *text;
    size_t len;
    size_t first; /* hits of patterns begin here */
    enum scan_status status;
    bool limited; /* some pattern or the hits */
};

/* --- hits --------------------------------------------------------------------------------- */

/* Raises the ends up to which sets are excused by the allow-terms that begin up to a place. */
static size_t allow_until(struct search *x, size_t allowed, uint32_t begin)
{
    struct scanner *s = x->s;

    for (; allowed < s->n_allowed && s->allowed[allowed].begin <= begin; allowed++) {
        const struct allowed *a = &s->allowed[allowed];
        if (s->allow_ends[a->set] < a->end)
            s->allow_ends[a->set] = a->end;
    }
    return allowed;
}

static bool excused(const struct search *x, const struct hit *hit)
{
    const uint32_t set = x->m->allow_sets[hit->term - x->m->n_terms];

    return set != NO_ALLOW_SET && x->s->allow_ends[set] >= hit->end;
}

/* Sorts the hits of patterns, drops what is excused, and keeps the first of too many. */
static void settle(struct search *x)
{
    struct scanner *s = x->s;
    size_t kept = x->first, allowed = 0;

    if (s->n_hits == x->first)
        return;
    sort_items(s->hits + x->first, s->n_hits - x->first, sizeof *s->hits, hits_by_place, NULL);
    if (s->n_allowed)
        memset(s->allow_ends, 0, x->m->dictionary->n_allow_sets * sizeof *s->allow_ends);
    for (size_t i = x->first; i < s->n_hits; i++) {
        allowed = allow_until(x, allowed, s->hits[i].begin);
        if (!s->n_allowed || !excused(x, &s->hits[i]))
            s->hits[kept++] = s->hits[i];
    }
    if (kept - x->first > s->max_hits) {
        kept = x->first + s->max_hits;
        x->limited = true;
    }
    s->n_hits = kept;
}

static void add_hit(struct search *x, const struct hit *hit, uint32_t pattern)
{
    struct scanner *s = x->s;

    if (s->n_hits - x->first >= SPARE_HITS && (s->n_hits - x->first) / 2 >= s->max_hits)
        settle(x);
    if (!mem_grow(&s->mem, &s->hits, &s->cap_hits, s->n_hits + 1, sizeof *s->hits)) {
        x->status = SCAN_MEMORY;
        return;
    }
    s->hits[s->n_hits] = *hit;
    s->hits[s->n_hits++].term = x->m->n_terms + pattern;
}

/* --- running ------------------------------------------------------------------------------ */

static void count_pattern(struct search *x, uint32_t pattern, const struct pattern_run *r,
                          size_t woken)
{
    struct rls_costs *c = x->s->costs;
    struct rls_pattern_cost *p = &c->patterns[pattern];
    const uint64_t ns = costs_take_lap(c, RLS_STAGE_PATTERNS);

    p->texts++;
    p->woken += woken;
    p->places += r->places;
    p->runs += r->runs;
    p->bytes += r->bytes;
    p->matches += r->matches;
    p->limits += r->status == SCAN_LIMIT;
    p->ns += ns;
    costs_raise(&p->worst_ns, ns);
    c->stages[RLS_STAGE_PATTERNS].bytes += r->bytes;
}

static void end_pattern(struct search *x, uint32_t pattern, const struct pattern_run *r,
                        size_t woken)
{
    if (x->s->costs)
        count_pattern(x, pattern, r, woken);
    if (r->status == SCAN_LIMIT)
        x->limited = true;
    else if (r->status != SCAN_OK)
        x->status = r->status;
}

static void sweep(struct search *x, uint32_t pattern)
{
    struct pattern_run r;
    struct hit hit;

    pattern_begin(&r, x->s, x->m->patterns[pattern], 0);
    while (x->status == SCAN_OK && pattern_next(&r, x->len, &hit))
        add_hit(x, &hit, pattern);
    end_pattern(x, pattern, &r, 0);
}

/* Runs a pattern around the places of its factors; the queue holds them from `at` on. Returns
 * where those of the next pattern begin. */
static size_t run_woken(struct search *x, size_t at)
{
    const struct scanner *s = x->s;
    const uint32_t pattern = (uint32_t)(s->queue[at] >> 32);
    const size_t first = at;
    struct pattern_run r;
    struct hit hit;
    size_t from, to;

    pattern_begin(&r, x->s, x->m->patterns[pattern], 0);
    for (; at < s->n_queue && s->queue[at] >> 32 == pattern; at++) {
        if (x->status != SCAN_OK || r.status != SCAN_OK ||
            !pattern_range(&r, (uint32_t)s->queue[at], &from, &to))
            continue;
        if (r.next < from)
            r.next = from;
        while (x->status == SCAN_OK && pattern_next(&r, to, &hit))
            add_hit(x, &hit, pattern);
    }
    end_pattern(x, pattern, &r, at - first);
    return at;
}

static int by_pattern(const void *a, const void *b, const void *context)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    (void)context;
    return (x > y) - (x < y);
}

static bool is_strict(const struct matcher *m, uint32_t pattern)
{
    for (uint32_t i = 0; i < m->n_strict; i++)
        if (m->strict[i] == pattern)
            return true;
    return false;
}

/* Queues a place of a factor for the patterns that it wakes. */
static bool queue_wake(struct search *x, const struct wake *w, bool composed)
{
    struct scanner *s = x->s;
    const struct matcher *m = x->m;
    const struct beside_text near = {m, s, x->text, x->len};
    const uint32_t factor = w->term - m->n_terms;
    const uint32_t from = m->woken_begin[factor], to = m->woken_begin[factor + 1];

    s->counts.places += to - from;
    if (!pattern_spend(s, (size_t)PLACE_COST * (to - from)))
        x->limited = true;
    if (!mem_grow(&s->mem, &s->queue, &s->cap_queue, s->n_queue + (to - from), sizeof *s->queue))
        return false;
    for (uint32_t k = from; k < to; k++)
        if (beside_factor(&near, m->woken[k], w) && !(composed && is_strict(m, m->woken[k])))
            s->queue[s->n_queue++] = (uint64_t)m->woken[k] << 32 | s->offsets[w->at];
    return true;
}

/* Queues a place of an anchor; false when no more are wanted. */
static bool queue_anchor(struct search *x, uint32_t pattern, uint32_t at)
{
    const struct beside_text near = {x->m, x->s, x->text, x->len};
    struct scanner *s = x->s;

    s->counts.places++;
    if (!pattern_spend(s, PLACE_COST)) {
        x->limited = true;
        return false;
    }
    if (!beside_anchor(&near, pattern, at))
        return true;
    if (!mem_grow(&s->mem, &s->queue, &s->cap_queue, s->n_queue + 1, sizeof *s->queue)) {
        x->status = SCAN_MEMORY;
        return false;
    }
    s->queue[s->n_queue++] = (uint64_t)pattern << 32 | at;
    return true;
}

static bool found_run(void *user, uint32_t anchor, uint32_t at)
{
    struct search *x = user;

    return queue_anchor(x, x->m->running[anchor], at);
}

static bool found_anchor(void *user, uint32_t anchor, uint32_t at)
{
    struct search *x = user;

    return queue_anchor(x, x->m->anchored[anchor], at);
}

/* Queues the places of factors by pattern; leaves out those that are swept. */
static bool fill_queue(struct search *x, bool composed)
{
    struct scanner *s = x->s;

    s->n_queue = 0;
    for (size_t i = 0; i < s->n_wakes && !x->limited; i++)
        if (!queue_wake(x, &s->wakes[i], composed))
            return false;
    if (x->m->runs->n && !x->limited)
        runs_find(x->m->runs, s, x->text, found_run, x);
    if (x->m->anchors->n && !x->limited)
        anchors_find(x->m->anchors, x->text, x->len, found_anchor, x);
    if (x->status != SCAN_OK)
        return false;
    s->counts.queued += s->n_queue;
    sort_items(s->queue, s->n_queue, sizeof *s->queue, by_pattern, NULL);
    return true;
}

/* Whether some character may compose with the one before it. */
static bool may_compose(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code, n = utf8_decode((const unsigned char *)text + at, len - at, &code);
        if (n && fold_entry(code) & FOLD_JOINS)
            return true;
        at += n ? n : 1;
    }
    return false;
}

static void run_all(struct search *x)
{
    const struct matcher *m = x->m;
    struct scanner *s = x->s;
    const bool composed = m->n_strict && may_compose(x->text, x->len);
    const size_t swept = m->n_always + (composed ? m->n_strict : 0);

    if (!pattern_text(s, x->text, x->len, swept) || !fill_queue(x, composed)) {
        x->status = SCAN_MEMORY;
        return;
    }
    costs_lap(s->costs, RLS_STAGE_PATTERNS);
    for (size_t at = 0; at < s->n_queue && x->status == SCAN_OK;)
        at = run_woken(x, at);
    for (uint32_t i = 0; i < m->n_always && x->status == SCAN_OK; i++)
        sweep(x, m->always[i]);
    for (uint32_t i = 0; composed && i < m->n_strict && x->status == SCAN_OK; i++)
        sweep(x, m->strict[i]);
}

static enum scan_status scan(struct scanner *s, const struct matcher *m, const char *text,
                             size_t len)
{
    struct search x = {.s = s, .m = m, .text = text, .len = len};

    s->keep_allowed = m->n_patterns > 0;
    x.status = scan_text(s, m->dictionary, text, len);
    costs_lap(s->costs, RLS_STAGE_SCAN);
    if (x.status != SCAN_OK ||
        (!s->n_wakes && !m->runs->n && !m->anchors->n && !m->n_always && !m->n_strict))
        return x.status;
    x.first = s->n_hits;
    run_all(&x);
    if (s->costs)
        s->costs->stages[RLS_STAGE_PATTERNS].times++;
    if (x.status != SCAN_OK)
        return x.status;
    settle(&x);
    if (s->n_hits > x.first && x.first > 0)
        sort_items(s->hits, s->n_hits, sizeof *s->hits, hits_by_place, NULL);
    if (s->n_hits > s->max_hits) {
        s->n_hits = s->max_hits;
        x.limited = true;
    }
    costs_lap(s->costs, RLS_STAGE_PATTERNS);
    return x.limited ? SCAN_LIMIT : SCAN_OK;
}

static void begin_costs(struct rls_costs *c, const char *text, size_t len)
{
    costs_take_lap(c, RLS_STAGE_SCAN);
    c->stages[RLS_STAGE_SCAN].times++;
    costs_count_text(&c->stages[RLS_STAGE_SCAN], text, len);
    costs_restart(c);
}

static void end_costs(struct rls_costs *c, const struct scanner *s, const struct matcher *m)
{
    for (size_t i = 0; i < s->n_hits; i++)
        if (s->hits[i].term < m->n_terms)
            c->lists[matcher_term(m, s->hits[i].term)->set].hits++;
    costs_restart(c);
}

enum scan_status matcher_scan(struct scanner *s, const struct matcher *m, const char *text,
                              size_t len)
{
    enum scan_status status;

    if (!s->costs)
        return scan(s, m, text, len);
    begin_costs(s->costs, text, len);
    status = scan(s, m, text, len);
    end_costs(s->costs, s, m);
    return status;
}
