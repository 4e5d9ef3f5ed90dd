/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/text_test.h"

#include "base/limits.h"
#include "eval/select.h"
#include "eval/witness.h"

static bool any_selects(const struct rls_evaluator *ev, const struct text_test *t,
                        const struct fact *value)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (selects(ev, &t->selectors[i], value))
            return true;
    return false;
}

/* Whether a text that the condition looks at had too many hits to know them all. */
static bool looks_at_cut_text(const struct rls_evaluator *ev, const struct text_test *t)
{
    for (size_t i = 0; i < ev->hits.n_cut; i++)
        if (any_selects(ev, t, &ev->facts.items[ev->hits.cut[i]]))
            return true;
    return false;
}

/* The hit of a terms list, from h on, that a condition looks at; HIT_NONE when there is none. */
static uint32_t take_hit(const struct rls_evaluator *ev, const struct text_test *t, uint32_t h)
{
    while (h != HIT_NONE && !any_selects(ev, t, &ev->facts.items[ev->hits.items[h].fact]))
        h = ev->hits.items[h].next;
    return h;
}

enum rls_truth text_test_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct text_test *t = c->text;

    for (uint32_t i = 0; i < t->n_term_sets; i++) {
        uint32_t h = take_hit(ev, t, ev->hits.head[t->term_sets[i]]);

        if (h != HIT_NONE) {
            note_assumed(ev, ev->hits.items[h].fact);
            return RLS_TRUE;
        }
    }
    if (looks_at_cut_text(ev, t))
        return RLS_UNKNOWN;
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (selector_is_missing(ev, &t->selectors[i]))
            return RLS_UNKNOWN;
    return RLS_FALSE;
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
        witness_quote(
            ev, &(struct candidate_evidence){item->fact, item->hit.begin, item->hit.end, h,
                                             dictionary_term(ev->set->dictionary, item->hit.term)});
        last = item;
        quoted++;
    }
}

void text_test_quote(struct rls_evaluator *ev, const struct condition *c)
{
    const struct text_test *t = c->text;

    for (uint32_t i = 0; i < t->n_term_sets; i++)
        quote_list(ev, t, ev->hits.head[t->term_sets[i]]);
}

void text_test_missing(struct rls_evaluator *ev, const struct condition *c)
{
    const struct text_test *t = c->text;
    bool cut = looks_at_cut_text(ev, t);

    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (cut || selector_is_missing(ev, &t->selectors[i]))
            witness_missing(ev, t->selectors[i].name);
}
