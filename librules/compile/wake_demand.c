/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/wake.h"

/*
 * What a document must show for a condition to be other than false (it may hold), or other than
 * true (it may fail). In Kleene's logic either is a matter of the children's alone: `all` may hold
 * only if every child may, and may fail only if one may.
 */

static uint64_t clause_weight(const struct waking *x, uint32_t clause)
{
    uint64_t weight = 0;
    uint32_t n;
    const uint32_t *cues = clause_cues(x, clause, &n);

    for (uint32_t i = 0; i < n; i++)
        weight += cue_weight(&x->cues[cues[i]], x->cues[cues[i]].uses, x->b->set->n_rules);
    return weight;
}

static bool has_clause(const struct demand *d, uint32_t clause)
{
    for (uint32_t i = 0; i < d->n; i++)
        if (d->clauses[i] == clause)
            return true;
    return false;
}

/* Of too many clauses the best are kept. */
void demand_add(struct waking *x, struct demand *d, uint32_t clause)
{
    uint32_t worst = 0;

    if (x->b->failed || has_clause(d, clause))
        return;
    if (d->n < DEMAND_CLAUSES) {
        d->clauses[d->n++] = clause;
        return;
    }
    for (uint32_t i = 1; i < d->n; i++)
        if (clause_weight(x, d->clauses[i]) > clause_weight(x, d->clauses[worst]))
            worst = i;
    if (clause_weight(x, clause) < clause_weight(x, d->clauses[worst]))
        d->clauses[worst] = clause;
}

static void meet(struct waking *x, struct demand *d, const struct demand *other)
{
    for (uint32_t i = 0; i < other->n; i++)
        demand_add(x, d, other->clauses[i]);
}

/* --- either of several ---------------------------------------------------------------------- */

static bool all_have(const struct demand *list, uint32_t n, uint32_t clause)
{
    for (uint32_t i = 0; i < n; i++)
        if (!has_clause(&list[i], clause))
            return false;
    return true;
}

/* The best clause that is not wanted by all; CUE_NONE: there is none. */
static uint32_t best_clause(const struct waking *x, const struct demand *d,
                            const struct demand *common)
{
    uint32_t best = CUE_NONE;

    for (uint32_t i = 0; i < d->n; i++)
        if (!has_clause(common, d->clauses[i]) &&
            (best == CUE_NONE || clause_weight(x, d->clauses[i]) < clause_weight(x, best)))
            best = d->clauses[i];
    return best;
}

static void gather_clause(struct waking *x, uint32_t clause)
{
    uint32_t n;
    const uint32_t *cues = clause_cues(x, clause, &n);

    for (uint32_t i = 0; i < n; i++)
        gather(x, cues[i]);
}

/* What all of them want, and of the rest one clause that joins the best of each. */
static struct demand either(struct waking *x, const struct demand *list, uint32_t n)
{
    struct demand out = {0};
    bool joined = true;

    if (!n)
        return out;
    for (uint32_t i = 0; i < list->n; i++)
        if (all_have(list, n, list->clauses[i]))
            demand_add(x, &out, list->clauses[i]);
    for (uint32_t i = 0; i < n && joined; i++)
        joined = best_clause(x, &list[i], &out) != CUE_NONE;
    for (uint32_t i = 0; i < n && joined; i++)
        gather_clause(x, best_clause(x, &list[i], &out));
    if (joined && !x->b->failed)
        demand_add(x, &out, clause_gathered(x));
    return out;
}

/* --- conditions ----------------------------------------------------------------------------- */

static struct demand demand_of(struct waking *x, const struct condition *c, bool holds);

static struct demand demand_every(struct waking *x, const struct condition *c, bool holds)
{
    struct demand out = {0};

    for (uint32_t i = 0; i < c->n_children && !x->b->failed; i++) {
        struct demand one = demand_of(x, &c->children[i], holds);

        meet(x, &out, &one);
    }
    return out;
}

static struct demand demand_either(struct waking *x, const struct condition *c, bool holds)
{
    struct demand *list = need(x->b, arena_array(x->b->scratch, c->n_children, sizeof *list));

    for (uint32_t i = 0; list && i < c->n_children && !x->b->failed; i++) {
        list[i] = demand_of(x, &c->children[i], holds);
        /* While bounds are counted, those of all children are wanted. */
        if (!list[i].n && !x->counting)
            return (struct demand){0};
    }
    return !list || x->b->failed ? (struct demand){0} : either(x, list, c->n_children);
}

/* Bounds of one field that stand side by side make a range. */
static void demand_ranges(struct waking *x, const struct condition *c, struct demand *out)
{
    enum { MOST = 8 };
    const struct field_test *bounds[MOST];
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->n_children && n < MOST; i++)
        if (is_bound(&c->children[i]))
            bounds[n++] = c->children[i].field;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n && !x->b->failed; k++)
            demand_range(x, bounds[i], bounds[k], out);
}

static struct demand demand_all(struct waking *x, const struct condition *c)
{
    struct demand out = demand_every(x, c, true);

    demand_ranges(x, c, &out);
    return out;
}

static void demand_text(struct waking *x, const struct text_test *t, struct demand *out)
{
    for (uint32_t i = 0; i < t->n_term_sets; i++)
        gather(x, list_cue(x, t->term_sets[i]));
    gather(x, cut_cue(x));
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (t->selectors[i].absence != ABSENT_EMPTY)
            gather_doubt(x, &t->selectors[i]);
    if (!x->b->failed)
        demand_add(x, out, clause_gathered(x));
}

/* Adds a cue to each clause. */
static struct demand widen(struct waking *x, const struct demand *d, uint32_t cue)
{
    struct demand out = {0};

    for (uint32_t i = 0; i < d->n && !x->b->failed; i++) {
        gather_clause(x, d->clauses[i]);
        gather(x, cue);
        if (!x->b->failed)
            demand_add(x, &out, clause_gathered(x));
    }
    return out;
}

static bool may_be_untold(const struct waking *x, const struct record_test *t)
{
    return x->b->set->vocabulary.collections[t->collection].absence == ABSENT_UNKNOWN;
}

/* What one record must show; and that there is one. */
static struct demand demand_records(struct waking *x, const struct record_test *t,
                                    const struct demand *of)
{
    struct demand out = may_be_untold(x, t) ? widen(x, of, unknown_records_cue(x, t)) : *of;

    gather(x, filled_cue(x, t));
    if (may_be_untold(x, t))
        gather(x, unknown_records_cue(x, t));
    if (!x->b->failed)
        demand_add(x, &out, clause_gathered(x));
    return out;
}

static struct demand demand_one_record(struct waking *x, const struct condition *c, bool holds)
{
    const struct record_test *t = c->records;
    struct demand of;

    x->bound[t->bound] = t->collection;
    of = demand_of(x, c->children, holds);
    return x->b->failed ? of : demand_records(x, t, &of);
}

/* Whether so few records that none need be looked at are not enough. */
static bool wants_a_record(const struct record_test *t)
{
    return (t->test == TEST_GT) || ((t->test == TEST_GE || t->test == TEST_IS) && t->number > 0);
}

/* Shared conditions are the same wherever they are used: 0 in x->known: not met yet. */
static struct demand demand_use(struct waking *x, const struct condition *c, bool holds)
{
    uint32_t *known = &x->known[holds][c->children->number];
    struct demand out;

    if (*known)
        return x->demands[*known - 1];
    out = demand_of(x, c->children, holds);
    if (!mem_grow(&x->b->mem, &x->demands, &x->cap_demands, (size_t)x->n_demands + 1,
                  sizeof *x->demands)) {
        x->b->failed = true;
        return out;
    }
    x->demands[x->n_demands] = out;
    *known = ++x->n_demands;
    return out;
}

/* Those that say something of a value, whichever way they are asked. */
static struct demand demand_leaf(struct waking *x, const struct condition *c, bool holds)
{
    struct demand out = {0};

    if (c->kind == CONDITION_FIELD)
        demand_field(x, c->field, holds, &out);
    if (c->kind == CONDITION_TEXT && holds)
        demand_text(x, c->text, &out);
    for (uint32_t i = 0; c->kind == CONDITION_NEAR && holds && i < c->near->n_parts; i++)
        demand_text(x, &c->near->parts[i], &out);
    return out;
}

/* Depth is bounded: see condition_value. */
static struct demand demand_of(struct waking *x, const struct condition *c, bool holds)
{
    switch ((enum condition_kind)c->kind) {
    case CONDITION_ALL:
        return holds ? demand_all(x, c) : demand_either(x, c, false);
    case CONDITION_ANY:
        return holds ? demand_either(x, c, true) : demand_every(x, c, false);
    case CONDITION_NONE:
        return holds ? demand_every(x, c, false) : demand_either(x, c, true);
    case CONDITION_NOT:
        return demand_of(x, c->children, !holds);
    case CONDITION_USE:
        return demand_use(x, c, holds);
    case CONDITION_SOME:
        return holds ? demand_one_record(x, c, true) : (struct demand){0};
    case CONDITION_COUNT:
        return holds && wants_a_record(c->records) ? demand_one_record(x, c, true)
                                                   : (struct demand){0};
    case CONDITION_EVERY:
        return holds ? (struct demand){0} : demand_one_record(x, c, false);
    default:
        return demand_leaf(x, c, holds);
    }
}

/* --- rules ---------------------------------------------------------------------------------- */

static struct demand demand_requirements(struct waking *x, const struct rule_version *v)
{
    struct demand *list = need(x->b, arena_array(x->b->scratch, v->n_requirements, sizeof *list));

    for (uint32_t i = 0; list && i < v->n_requirements && !x->b->failed; i++)
        list[i] = demand_of(x, v->requirements[i].condition, false);
    return !list || x->b->failed ? (struct demand){0} : either(x, list, v->n_requirements);
}

/* A version says something only where it may apply, its condition may hold and one of its
 * requirements, if it has any, may fail. Its milestones are told wherever it applies. */
static struct demand demand_version(struct waking *x, const struct rls_rule *rule,
                                    const struct rule_version *v)
{
    struct demand out = {0}, one;

    if (v->applies)
        out = demand_of(x, v->applies, true);
    if (rule->n_milestones || x->b->failed)
        return out;
    if (v->when) {
        one = demand_of(x, v->when, true);
        meet(x, &out, &one);
    }
    if (v->n_requirements && !x->b->failed) {
        one = demand_requirements(x, v);
        meet(x, &out, &one);
    }
    return out;
}

void demand_of_rule(struct waking *x, const struct rls_rule *rule, struct demand *out)
{
    struct demand *list = need(x->b, arena_array(x->b->scratch, rule->n_versions, sizeof *list));

    if (rule->for_each)
        x->bound[rule->for_each->bound] = rule->for_each->collection;
    for (uint32_t i = 0; list && i < rule->n_versions && !x->b->failed; i++)
        list[i] = demand_version(x, rule, &rule->versions[i]);
    if (!list || x->b->failed)
        return;
    *out = rule->n_versions == 1 ? *list : either(x, list, rule->n_versions);
    if (rule->for_each && !x->b->failed)
        *out = demand_records(x, rule->for_each, out);
}
