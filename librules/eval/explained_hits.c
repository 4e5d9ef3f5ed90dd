/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/explained_hits.h"

#include "eval/evidence.h"
#include "eval/guard.h"
#include "eval/select.h"
#include "match/matcher.h"

enum { MOST_HITS = 12, MOST_BYTES = 80 };

struct listing {
    struct rls_evaluator *ev;
    struct rls_explained_hit items[MOST_HITS];
    size_t n;
};

static const struct text_test *parts_of(const struct condition *c, uint32_t *n)
{
    *n = c->kind == CONDITION_TEXT ? 1 : c->kind == CONDITION_NEAR ? c->near->n_parts : 0;
    return c->kind == CONDITION_TEXT ? c->text : *n ? c->near->parts : NULL;
}

static bool looks_at(const struct rls_evaluator *ev, const struct text_test *t, uint32_t fact)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (selects(ev, &t->selectors[i], fact))
            return true;
    return false;
}

static const char *words_of(struct rls_evaluator *ev, const struct fact *value,
                            const struct hit *hit)
{
    size_t len = hit->end - hit->begin;

    return evidence_text(ev, value->text + hit->begin, len < MOST_BYTES ? len : MOST_BYTES);
}

/* False when enough are listed. */
static bool add(struct listing *l, uint32_t fact, const struct hit *hit, uint32_t state,
                const char *by)
{
    const struct fact *value = &l->ev->facts.items[fact];
    const struct term *term = matcher_term(l->ev->set->matcher, hit->term);
    struct rls_explained_hit *out = &l->items[l->n];

    if (l->n == MOST_HITS || l->ev->out_of_memory)
        return false;
    *out = (struct rls_explained_hit){.size = sizeof *out,
                                      .state = state,
                                      .forms = hit->forms,
                                      .field = evidence_path(l->ev, value),
                                      .matched = words_of(l->ev, value, hit),
                                      .term = term->text,
                                      .list = l->ev->set->term_sets[term->set].id,
                                      .by = by};
    l->ev->out_of_memory = !out->field || !out->matched;
    l->n++;
    return !l->ev->out_of_memory;
}

/* RLS_HIT_GUARDED with what guards it, and so on. */
static uint32_t state_of(struct rls_evaluator *ev, const struct text_test *t, uint32_t h,
                         const char **by)
{
    *by = NULL;
    if (!looks_at(ev, t, ev->hits.items[h].fact))
        return RLS_HIT_ELSEWHERE;
    return guard_hit(ev, t, h, by) == HIT_EXCUSED ? RLS_HIT_GUARDED : RLS_HIT_COUNTS;
}

static void add_state(struct listing *l, const struct text_test *t, uint32_t state)
{
    const struct hit_index *hits = &l->ev->hits;
    const char *by;

    for (uint32_t i = 0; i < t->n_term_sets; i++)
        for (uint32_t h = hits->head[t->term_sets[i]]; h != HIT_NONE; h = hits->items[h].next)
            if (state_of(l->ev, t, h, &by) == state &&
                !add(l, hits->items[h].fact, &hits->items[h].hit, state,
                     state == RLS_HIT_GUARDED ? by : NULL))
                return;
}

static bool has_list(const struct text_test *t, uint32_t list)
{
    for (uint32_t i = 0; i < t->n_term_sets; i++)
        if (t->term_sets[i] == list)
            return true;
    return false;
}

/* Bytes of the longest allow-term that was found; 0: none was. */
static uint32_t longest_allowed(const struct scanner *s, const struct matcher *m)
{
    uint32_t longest = 0;

    for (size_t i = 0; i < s->n_hits; i++) {
        uint32_t length = s->hits[i].end - s->hits[i].begin;

        if (matcher_term(m, s->hits[i].term)->allow && length > longest)
            longest = length;
    }
    return longest;
}

/* The allow-term of its list that contains the hit at a place; NULL: none. No allow-term that
 * begins further before it than the longest is long can reach its end. */
static const struct term *allowed_by(const struct scanner *s, const struct matcher *m, size_t at,
                                     uint32_t longest)
{
    const struct hit *hit = &s->hits[at];
    const struct term *term = matcher_term(m, hit->term);
    size_t i = at + 1;

    if (term->allow)
        return NULL;
    while (i < s->n_hits && s->hits[i].begin == hit->begin)
        i++;
    while (i-- > 0 && s->hits[i].begin + longest >= hit->end) {
        const struct term *other = matcher_term(m, s->hits[i].term);

        if (other->allow && other->set == term->set && s->hits[i].end >= hit->end)
            return other;
    }
    return NULL;
}

/* What a scan finds that lets allow-terms excuse nothing. */
static void add_allowed_in(struct listing *l, const struct text_test *t, uint32_t fact)
{
    struct scanner *s = &l->ev->hits.scanner;
    const struct matcher *m = l->ev->set->matcher;
    const struct fact *value = &l->ev->facts.items[fact];
    struct rls_costs *costs = s->costs;
    uint32_t without = s->without;
    enum scan_status status;
    uint32_t longest;

    /* An explanation is no check. */
    s->costs = NULL;
    s->without = TERM_ALLOWS;
    s->max_hits = l->ev->hits.max_items;
    status = matcher_scan(s, m, value->text, value->text_len);
    s->without = without;
    s->costs = costs;
    l->ev->out_of_memory = l->ev->out_of_memory || status == SCAN_MEMORY;
    longest = status == SCAN_MEMORY ? 0 : longest_allowed(s, m);
    for (size_t i = 0; longest && i < s->n_hits; i++) {
        const struct term *by = has_list(t, matcher_term(m, s->hits[i].term)->set)
                                    ? allowed_by(s, m, i, longest)
                                    : NULL;

        if (by && !add(l, fact, &s->hits[i], RLS_HIT_ALLOWED, by->text))
            return;
    }
}

static void add_allowed(struct listing *l, const struct text_test *t)
{
    const struct facts *f = &l->ev->facts;

    for (uint32_t i = 0; i < f->n_items; i++)
        if (f->items[i].text && looks_at(l->ev, t, i))
            add_allowed_in(l, t, i);
}

const struct rls_explained_hit *explained_hits(struct rls_evaluator *ev, const struct condition *c,
                                               size_t *n)
{
    static const uint32_t states[] = {RLS_HIT_COUNTS, RLS_HIT_GUARDED, RLS_HIT_ALLOWED,
                                      RLS_HIT_ELSEWHERE};
    struct listing l = {.ev = ev};
    const struct rls_explained_hit *kept;
    uint32_t n_parts;
    const struct text_test *parts = parts_of(c, &n_parts);

    for (size_t s = 0; s < sizeof states / sizeof *states; s++)
        for (uint32_t i = 0; i < n_parts; i++)
            if (states[s] == RLS_HIT_ALLOWED)
                add_allowed(&l, &parts[i]);
            else
                add_state(&l, &parts[i], states[s]);
    *n = 0;
    if (l.n == 0 || ev->out_of_memory)
        return NULL;
    kept = arena_copy(&ev->report.arena, l.items, l.n * sizeof *l.items);
    ev->out_of_memory = !kept;
    *n = kept ? l.n : 0;
    return kept;
}
