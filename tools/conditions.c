/* SPDX-License-Identifier: Apache-2.0 */
#include "conditions.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { SEEN_SIDES = RLS_SEEN_BELOW | RLS_SEEN_ON | RLS_SEEN_ABOVE };

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

bool bound_tried(const struct condition_row *r)
{
    return (r->seen & SEEN_SIDES) == SEEN_SIDES;
}

/* What says nothing beyond its child needs no line of its own. */
static bool only_wraps(const struct rls_condition *c)
{
    return strcmp(c->operation, "use") == 0 || strcmp(c->operation, "not") == 0;
}

static void add_row(struct conditions *c, const struct rls_condition *condition, uint32_t seen)
{
    struct condition_row *r = &c->rows[c->count++];

    *r = (struct condition_row){condition, seen};
    c->outcomes += 2;
    c->outcomes_seen += (seen & RLS_SEEN_TRUE) != 0;
    c->outcomes_seen += (seen & RLS_SEEN_FALSE) != 0;
    c->bounds += condition->bound != 0;
    c->bounds_tried += condition->bound && bound_tried(r);
}

/* Numbers lie below the largest of the outline plus one. */
static bool list_rows(struct conditions *c, const struct rls_evaluator *ev)
{
    size_t n = rls_outline_count(c->outline), numbers = 0;

    for (size_t i = 0; i < n; i++)
        if (rls_outline_at(c->outline, i)->number >= numbers)
            numbers = (size_t)rls_outline_at(c->outline, i)->number + 1;
    bool *listed = calloc(numbers + 1, sizeof *listed);
    c->rows = calloc(n + 1, sizeof *c->rows);
    for (size_t i = 0; listed && c->rows && i < n; i++) {
        const struct rls_condition *condition = rls_outline_at(c->outline, i);
        if (listed[condition->number] || only_wraps(condition))
            continue;
        listed[condition->number] = true;
        add_row(c, condition, rls_evaluator_seen(ev, condition->number));
    }
    bool good = listed && c->rows;
    free(listed);
    return good;
}

/* --- days ----------------------------------------------------------------------------------- */

static bool followed(const struct rls_rule *rule, int64_t end)
{
    for (size_t i = 0; i < rls_rule_version_count(rule); i++)
        if (rls_rule_version_at(rule, i)->from == end)
            return true;
    return false;
}

static void add_edges(struct conditions *c, const struct rls_rule *rule)
{
    for (size_t i = 0; i < rls_rule_version_count(rule); i++) {
        const struct rls_rule_version *v = rls_rule_version_at(rule, i);
        if (v->from != INT64_MIN)
            c->edges[c->n_edges++] =
                (struct version_edge){.rule = rule, .version = v, .at = v->from};
        if (v->until != INT64_MAX && !followed(rule, v->until))
            c->edges[c->n_edges++] =
                (struct version_edge){.rule = rule, .version = v, .at = v->until, .end = true};
    }
}

/* Of the rules whose version the instant of the check selects. */
static bool list_edges(struct conditions *c, const struct rls_set *set)
{
    size_t most = 0;

    for (size_t i = 0; i < rls_set_rule_count(set); i++)
        most += 2 * rls_rule_version_count(rls_set_rule_at(set, i));
    c->edges = calloc(most + 1, sizeof *c->edges);
    for (size_t i = 0; c->edges && i < rls_set_rule_count(set); i++) {
        const struct rls_rule *rule = rls_set_rule_at(set, i);
        if (rls_rule_mode(rule) != RLS_MODE_OFF && !rls_rule_version_by(rule))
            add_edges(c, rule);
    }
    return c->edges != NULL;
}

/* @p at is where the edges of an earlier rule begin: cases come in the order of rules. */
static size_t stand(struct conditions *c, size_t at, const struct rls_rule *rule, int64_t as_of)
{
    while (at < c->n_edges && c->edges[at].rule != rule)
        at++;
    for (size_t i = at; i < c->n_edges && c->edges[i].rule == rule; i++) {
        struct version_edge *e = &c->edges[i];
        e->behind = e->behind || (as_of >= e->at && as_of - e->at < day_ms);
        e->before = e->before || (as_of < e->at && e->at - as_of <= day_ms);
    }
    return at;
}

/* --- the run -------------------------------------------------------------------------------- */

static int run_cases(struct conditions *c, struct rls_evaluator *ev, const struct rls_set *set)
{
    int status = rls_evaluator_tally(ev, true);
    size_t edge = 0;

    for (size_t i = 0; status == RLS_OK && i < rls_set_case_count(set); i++) {
        const struct rls_case *one = rls_set_case_at(set, i);
        const struct rls_report *report = NULL;
        uint32_t actual;
        /* One that could not be run was told of as a failed case. */
        if (rls_case_run(ev, one, &actual, &report) != RLS_OK)
            continue;
        size_t found = stand(c, edge, one->rule, rls_report_as_of(report));
        edge = found < c->n_edges ? found : edge;
    }
    return status == RLS_OK ? rls_evaluator_tally(ev, false) : status;
}

bool conditions_run(struct conditions *c, struct rls_evaluator *ev, const struct rls_set *set)
{
    int status = rls_outline_new(&c->outline, NULL, (struct rls_set *)set);

    if (status == RLS_OK && !list_edges(c, set))
        status = RLS_ERR_MEMORY;
    if (status == RLS_OK)
        status = run_cases(c, ev, set);
    if (status == RLS_OK && !list_rows(c, ev))
        status = RLS_ERR_MEMORY;
    if (status != RLS_OK)
        complain(TEXT_NO_MEMORY);
    for (size_t i = 0; status == RLS_OK && i < c->n_edges; i++)
        c->edges_tried += c->edges[i].before && c->edges[i].behind;
    return status == RLS_OK;
}

void conditions_free(struct conditions *c)
{
    free(c->rows);
    free(c->edges);
    rls_outline_free(c->outline);
    *c = (struct conditions){0};
}
