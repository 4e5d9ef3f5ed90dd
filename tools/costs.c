/* SPDX-License-Identifier: Apache-2.0 */
#include "costs.h"

#include <stdlib.h>

uint64_t costs_total(const struct rls_costs *costs)
{
    const struct rls_stage_cost *s;
    uint64_t ns = 0;

    for (uint32_t i = 0; (s = rls_costs_stage(costs, i)); i++)
        ns += s->ns;
    return ns;
}

/* Equal ones stand as the set has them, so that counters give the same table in every run. */
static int compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->index > y->index) - (x->index < y->index);
}

/* The value of the @p index th one; false past the last. */
typedef bool value_fn(const struct cost_report *r, size_t index, uint64_t *value);

static bool rule_value(const struct cost_report *r, size_t index, uint64_t *value)
{
    const struct rls_rule_cost *c = rls_costs_rule(r->costs, index);

    if (c)
        *value = r->by == COST_TIME ? c->ns : r->by == COST_STEPS ? c->conditions : c->findings;
    return c != NULL;
}

static bool pattern_value(const struct cost_report *r, size_t index, uint64_t *value)
{
    const struct rls_pattern_cost *c = rls_costs_pattern(r->costs, index);

    if (c)
        *value = r->by == COST_TIME ? c->ns : r->by == COST_STEPS ? c->bytes : c->matches;
    return c != NULL;
}

/* The terms of all lists are looked for in one walk, so that there is no time of a list. */
static bool list_value(const struct cost_report *r, size_t index, uint64_t *value)
{
    const struct rls_list_cost *c = rls_costs_list(r->costs, index);

    if (c)
        *value = r->by == COST_HITS ? c->hits : c->candidates;
    return c != NULL;
}

static bool rank(const struct cost_report *r, value_fn *value_of, struct ranking *out)
{
    uint64_t value;
    size_t n = 0;

    *out = (struct ranking){0};
    while (value_of(r, n, &value))
        n++;
    out->items = calloc(n + 1, sizeof *out->items);
    if (!out->items)
        return false;
    for (size_t i = 0; i < n && value_of(r, i, &value); i++) {
        out->whole += value;
        if (value)
            out->items[out->n++] = (struct ranked){value, i};
    }
    if (out->n > 1)
        qsort(out->items, out->n, sizeof *out->items, compare);
    out->shown = r->top && r->top < out->n ? r->top : out->n;
    return true;
}

/* A share of time is one of the whole check. */
static void set_whole(const struct cost_report *r, struct ranking *out)
{
    if (r->by == COST_TIME)
        out->whole = costs_total(r->costs);
}

bool costs_rank_rules(const struct cost_report *r, struct ranking *out)
{
    bool good = rank(r, rule_value, out);

    set_whole(r, out);
    return good;
}

bool costs_rank_patterns(const struct cost_report *r, struct ranking *out)
{
    bool good = rank(r, pattern_value, out);

    set_whole(r, out);
    return good;
}

bool costs_rank_lists(const struct cost_report *r, struct ranking *out)
{
    return rank(r, list_value, out);
}

double costs_share(const struct ranking *ranking, uint64_t value)
{
    return ranking->whole ? (double)value / (double)ranking->whole : 0;
}
