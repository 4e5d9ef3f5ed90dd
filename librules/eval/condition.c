/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/condition.h"

#include <string.h>

#include "base/limits.h"
#include "eval/compare.h"

static enum rls_truth negate(enum rls_truth t)
{
    return (enum rls_truth)(RLS_TRUE - t);
}

static bool has_key(const struct selector *s, const struct fact *value)
{
    return !s->key || (value->key_len == s->key_len && memcmp(value->key, s->key, s->key_len) == 0);
}

static bool selects(const struct rls_evaluator *ev, const struct selector *s,
                    const struct fact *value)
{
    if (value->field == FIELD_UNKNOWN)
        return false;
    if (s->field == FIELD_EVERY)
        return ev->set->vocabulary.fields[value->field].shown;
    return value->field == s->field && has_key(s, value);
}

static bool any_selects(const struct rls_evaluator *ev, const struct condition *c,
                        const struct fact *value)
{
    for (uint32_t i = 0; i < c->n_selectors; i++)
        if (selects(ev, &c->selectors[i], value))
            return true;
    return false;
}

/* The first value at or after fact that the selector of a plain field or family takes, or 0. */
static uint32_t take(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact)
{
    while (fact && !has_key(s, &ev->facts.items[fact]))
        fact = ev->facts.items[fact].next;
    return fact;
}

/* An assumed value that a condition looks at is an assumption of the report. */
static void note_assumed(struct rls_evaluator *ev, uint32_t fact)
{
    const struct fact *value = &ev->facts.items[fact];

    if (fact >= ev->assumed_from) {
        const struct field *f = &ev->set->vocabulary.fields[value->field];
        if (!report_add_assumption(&ev->report, f->name, f->assumed))
            ev->out_of_memory = true;
    }
}

/* Whether nothing is known to be there, as against known to be nothing. */
static bool absence_unknown(const struct rls_evaluator *ev, const struct selector *s)
{
    return s->field != FIELD_EVERY &&
           ev->set->vocabulary.fields[s->field].absence == ABSENT_UNKNOWN &&
           !facts_is_complete(&ev->facts, s->field);
}

static bool selector_is_missing(const struct rls_evaluator *ev, const struct selector *s)
{
    return absence_unknown(ev, s) && !take(ev, s, facts_first(&ev->facts, s->field));
}

/* Whether a text that the condition looks at had too many hits to know them all. */
static bool looks_at_cut_text(const struct rls_evaluator *ev, const struct condition *c)
{
    for (size_t i = 0; i < ev->hits.n_cut; i++)
        if (any_selects(ev, c, &ev->facts.items[ev->hits.cut[i]]))
            return true;
    return false;
}

/* The hit of a terms list, from h on, that a condition looks at; HIT_NONE when there is none. */
static uint32_t take_hit(const struct rls_evaluator *ev, const struct condition *c, uint32_t h)
{
    while (h != HIT_NONE && !any_selects(ev, c, &ev->facts.items[ev->hits.items[h].fact]))
        h = ev->hits.items[h].next;
    return h;
}

static enum rls_truth text_value(struct rls_evaluator *ev, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_term_sets; i++) {
        uint32_t h = take_hit(ev, c, ev->hits.head[c->term_sets[i]]);

        if (h != HIT_NONE) {
            note_assumed(ev, ev->hits.items[h].fact);
            return RLS_TRUE;
        }
    }
    if (looks_at_cut_text(ev, c))
        return RLS_UNKNOWN;
    for (uint32_t i = 0; i < c->n_selectors; i++)
        if (selector_is_missing(ev, &c->selectors[i]))
            return RLS_UNKNOWN;
    return RLS_FALSE;
}

/* fact: the first value, or 0. An assumed value is none. */
static enum rls_truth presence(const struct rls_evaluator *ev, const struct condition *c,
                               uint32_t fact)
{
    bool any = fact && fact < ev->assumed_from;

    if (!any && absence_unknown(ev, c->selectors))
        return RLS_UNKNOWN;
    return any == c->operands[0].boolean ? RLS_TRUE : RLS_FALSE;
}

static enum rls_truth field_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct selector *s = c->selectors;
    uint32_t fact = take(ev, s, facts_first(&ev->facts, s->field));
    bool unparsed = false;

    if (c->test == TEST_PRESENT)
        return presence(ev, c, fact);
    if (!fact)
        return absence_unknown(ev, s) ? RLS_UNKNOWN : RLS_FALSE;
    for (; fact; fact = take(ev, s, ev->facts.items[fact].next)) {
        const struct fact *value = &ev->facts.items[fact];

        note_assumed(ev, fact);
        if (value->state == VALUE_UNPARSED)
            unparsed = true;
        else if (compare_value(ev, c, value))
            return RLS_TRUE;
    }
    return unparsed ? RLS_UNKNOWN : RLS_FALSE;
}

/* The largest (any) or smallest (all) value of the children. */
static enum rls_truth fold_children(struct rls_evaluator *ev, const struct condition *c, bool any)
{
    enum rls_truth best = any ? RLS_FALSE : RLS_TRUE, end = negate(best);

    for (uint32_t i = 0; i < c->n_children && best != end; i++) {
        enum rls_truth t = condition_value(ev, &c->children[i]);
        if (any ? t > best : t < best)
            best = t;
    }
    return best;
}

/* Recursion is bounded: conditions nest no deeper than their elements did (LIMIT_XML_DEPTH), and
 * shared ones LIMIT_NESTED_USES times within each other. */
enum rls_truth condition_value(struct rls_evaluator *ev, const struct condition *c)
{
    switch (c->kind) {
    case CONDITION_ALL:
        return fold_children(ev, c, false);
    case CONDITION_ANY:
        return fold_children(ev, c, true);
    case CONDITION_NONE:
        return negate(fold_children(ev, c, true));
    case CONDITION_NOT:
        return negate(condition_value(ev, c->children));
    case CONDITION_USE:
        return condition_value(ev, c->children);
    case CONDITION_TEXT:
        return text_value(ev, c);
    default:
        return field_value(ev, c);
    }
}

static void quote(struct rls_evaluator *ev, const struct candidate_evidence *q)
{
    if (!mem_grow(&ev->mem, &ev->quotes, &ev->cap_quotes, ev->n_quotes + 1, sizeof *q)) {
        ev->out_of_memory = true;
        return;
    }
    ev->quotes[ev->n_quotes++] = *q;
}

/*
 * Enough hits of one terms list for the evidence of a finding: they come by place, longer ones
 * first, so that one within the hit before it says nothing new.
 */
static void quote_list(struct rls_evaluator *ev, const struct condition *c, uint32_t h)
{
    const struct fact_hit *last = NULL;
    unsigned quoted = 0;

    for (h = take_hit(ev, c, h); h != HIT_NONE && quoted < LIMIT_EVIDENCE;
         h = take_hit(ev, c, ev->hits.items[h].next)) {
        const struct fact_hit *item = &ev->hits.items[h];

        if (item->fact >= ev->assumed_from ||
            (last && last->fact == item->fact && item->hit.end <= last->hit.end))
            continue;
        quote(ev,
              &(struct candidate_evidence){item->fact, item->hit.begin, item->hit.end, h,
                                           dictionary_term(ev->set->dictionary, item->hit.term)});
        last = item;
        quoted++;
    }
}

static void quote_hits(struct rls_evaluator *ev, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_term_sets; i++)
        quote_list(ev, c, ev->hits.head[c->term_sets[i]]);
}

static void quote_values(struct rls_evaluator *ev, const struct condition *c)
{
    const struct selector *s = c->selectors;
    uint32_t fact = take(ev, s, facts_first(&ev->facts, s->field));

    for (unsigned quoted = 0; fact && quoted < LIMIT_EVIDENCE;
         fact = take(ev, s, ev->facts.items[fact].next)) {
        const struct fact *value = &ev->facts.items[fact];

        if (fact >= ev->assumed_from || value->state == VALUE_UNPARSED)
            continue;
        if (c->test != TEST_PRESENT && !compare_value(ev, c, value))
            continue;
        quoted++;
        quote(ev, &(struct candidate_evidence){fact, 0, (uint32_t)value->text_len, HIT_NONE, NULL});
    }
}

void condition_quote(struct rls_evaluator *ev, const struct condition *c)
{
    switch (c->kind) {
    case CONDITION_ALL:
    case CONDITION_ANY:
    case CONDITION_USE:
        for (uint32_t i = 0; i < c->n_children; i++)
            if (condition_value(ev, &c->children[i]) == RLS_TRUE)
                condition_quote(ev, &c->children[i]);
        break;
    case CONDITION_TEXT:
        quote_hits(ev, c);
        break;
    case CONDITION_FIELD:
        quote_values(ev, c);
        break;
    default: /* what is not there cannot be quoted */
        break;
    }
}

static void miss(struct rls_evaluator *ev, const char *name)
{
    for (size_t i = 0; i < ev->n_missing; i++)
        if (strcmp(ev->missing[i], name) == 0)
            return;
    if (!mem_grow(&ev->mem, &ev->missing, &ev->cap_missing, ev->n_missing + 1,
                  sizeof *ev->missing)) {
        ev->out_of_memory = true;
        return;
    }
    ev->missing[ev->n_missing++] = name;
}

static void miss_selectors(struct rls_evaluator *ev, const struct condition *c)
{
    bool cut = c->kind == CONDITION_TEXT && looks_at_cut_text(ev, c);

    for (uint32_t i = 0; i < c->n_selectors; i++)
        if (c->kind == CONDITION_FIELD || cut || selector_is_missing(ev, &c->selectors[i]))
            miss(ev, c->selectors[i].name);
}

void condition_missing(struct rls_evaluator *ev, const struct condition *c)
{
    if (condition_value(ev, c) != RLS_UNKNOWN)
        return;
    if (c->kind == CONDITION_TEXT || c->kind == CONDITION_FIELD)
        miss_selectors(ev, c);
    for (uint32_t i = 0; i < c->n_children; i++)
        condition_missing(ev, &c->children[i]);
}
