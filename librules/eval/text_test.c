/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/text_test.h"

#include "base/limits.h"
#include "eval/guard.h"
#include "eval/select.h"
#include "eval/witness.h"
#include "match/matcher.h"

static bool any_selects(const struct rls_evaluator *ev, const struct text_test *t, uint32_t fact)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (selects(ev, &t->selectors[i], fact))
            return true;
    return false;
}

/* Whether a text that the condition looks at had too many hits to know them all. */
static bool looks_at_cut_text(const struct rls_evaluator *ev, const struct text_test *t)
{
    for (size_t i = 0; i < ev->hits.n_cut; i++)
        if (any_selects(ev, t, ev->hits.cut[i]))
            return true;
    return false;
}

/* Where the values of a test stand that looks into bound records alone. */
static bool stands_in_records(const struct rls_evaluator *ev, const struct text_test *t,
                              uint32_t *begin, uint32_t *end)
{
    *begin = UINT32_MAX;
    *end = 0;
    for (uint32_t i = 0; i < t->n_selectors; i++) {
        const struct record *r = &ev->facts.records[ev->bound[t->selectors[i].record]];

        if (!t->selectors[i].record)
            return false;
        *begin = r->begin < *begin ? r->begin : *begin;
        *end = r->end > *end ? r->end : *end;
    }
    return true;
}

uint32_t text_test_look(const struct rls_evaluator *ev, const struct text_test *t, uint32_t h)
{
    uint32_t begin, end;

    if (!stands_in_records(ev, t, &begin, &end))
        end = UINT32_MAX;
    while (h != HIT_NONE && !any_selects(ev, t, ev->hits.items[h].fact))
        h = ev->hits.items[h].fact < end ? ev->hits.items[h].next : HIT_NONE;
    return h;
}

/* Of a test of one record nothing before it is looked at: there may be many records. */
uint32_t text_test_first(struct rls_evaluator *ev, const struct text_test *t, uint32_t set)
{
    uint32_t begin, end, h = ev->hits.head[set];
    bool ok = true;

    if (h != HIT_NONE && stands_in_records(ev, t, &begin, &end))
        h = spacing_from(&ev->spacing, set, begin, &ok);
    ev->out_of_memory = ev->out_of_memory || !ok;
    return text_test_look(ev, t, h);
}

/* The same, but one that no guard drops. */
static uint32_t take_hit(struct rls_evaluator *ev, const struct text_test *t, uint32_t h)
{
    const char *by;

    h = text_test_look(ev, t, h);
    while (h != HIT_NONE && t->n_guards && guard_hit(ev, t, h, &by) != HIT_STANDS)
        h = text_test_look(ev, t, ev->hits.items[h].next);
    return h;
}

enum rls_truth text_test_without_hit(const struct rls_evaluator *ev, const struct text_test *t)
{
    if (looks_at_cut_text(ev, t))
        return RLS_UNKNOWN;
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (selector_is_missing(ev, &t->selectors[i]))
            return RLS_UNKNOWN;
    return RLS_FALSE;
}

enum rls_truth text_test_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct text_test *t = c->text;

    for (uint32_t i = 0; i < t->n_term_sets; i++) {
        uint32_t h = take_hit(ev, t, text_test_first(ev, t, t->term_sets[i]));

        if (h != HIT_NONE) {
            note_assumed(ev, ev->hits.items[h].fact);
            return RLS_TRUE;
        }
    }
    return text_test_without_hit(ev, t);
}

static void quote_hit(struct rls_evaluator *ev, uint32_t h, const char *guard)
{
    const struct fact_hit *item = &ev->hits.items[h];
    struct candidate_evidence q = {.fact = item->fact,
                                   .begin = item->hit.begin,
                                   .end = item->hit.end,
                                   .hit = h,
                                   .term = matcher_term(ev->set->matcher, item->hit.term),
                                   .guard = guard};

    if (guard)
        witness_excused(ev, &q);
    else
        witness_quote(ev, &q);
}

void text_test_quote_hit(struct rls_evaluator *ev, uint32_t h)
{
    if (ev->hits.items[h].fact < ev->assumed_from)
        quote_hit(ev, h, NULL);
}

/*
 * Enough hits of one terms list for the evidence of a finding: they come by place, longer ones
 * first, so that one within the hit before it says nothing new.
 */
static void quote_list(struct rls_evaluator *ev, const struct text_test *t, uint32_t h)
{
    const struct fact_hit *last = NULL;
    unsigned quoted = 0;

    for (h = take_hit(ev, t, h); h != HIT_NONE && quoted < LIMIT_EVIDENCE;
         h = take_hit(ev, t, ev->hits.items[h].next)) {
        const struct fact_hit *item = &ev->hits.items[h];

        if (item->fact >= ev->assumed_from ||
            (last && last->fact == item->fact && item->hit.end <= last->hit.end))
            continue;
        quote_hit(ev, h, NULL);
        last = item;
        quoted++;
    }
}

/* The first hits that guards dropped. */
static void quote_excused(struct rls_evaluator *ev, const struct text_test *t, uint32_t h)
{
    const char *by;
    unsigned quoted = 0;

    for (h = text_test_look(ev, t, h); h != HIT_NONE && quoted < LIMIT_EVIDENCE;
         h = text_test_look(ev, t, ev->hits.items[h].next)) {
        if (guard_hit(ev, t, h, &by) != HIT_EXCUSED)
            continue;
        quote_hit(ev, h, by);
        quoted++;
    }
}

void text_test_quote_excused(struct rls_evaluator *ev, const struct text_test *t)
{
    for (uint32_t i = 0; t->n_guards && i < t->n_term_sets; i++)
        quote_excused(ev, t, text_test_first(ev, t, t->term_sets[i]));
}

void text_test_quote(struct rls_evaluator *ev, const struct condition *c)
{
    const struct text_test *t = c->text;

    for (uint32_t i = 0; i < t->n_term_sets; i++)
        quote_list(ev, t, text_test_first(ev, t, t->term_sets[i]));
    text_test_quote_excused(ev, t);
}

void text_test_name_missing(struct rls_evaluator *ev, const struct text_test *t)
{
    bool cut = looks_at_cut_text(ev, t);

    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (cut || selector_is_missing(ev, &t->selectors[i]))
            witness_missing(ev, t->selectors[i].name);
}

void text_test_missing(struct rls_evaluator *ev, const struct condition *c)
{
    text_test_name_missing(ev, c->text);
}
