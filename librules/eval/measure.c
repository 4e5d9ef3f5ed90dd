/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/costs.h"
#include "eval/evaluator.h"

void costs_of_document(struct rls_evaluator *ev)
{
    struct rls_stage_cost *read = &ev->costs->stages[RLS_STAGE_READ];

    costs_take_lap(ev->costs, RLS_STAGE_READ);
    read->times++;
    for (uint32_t i = 1; i < ev->facts.n_items; i++)
        if (ev->facts.items[i].text)
            costs_count_text(read, ev->facts.items[i].text, ev->facts.items[i].text_len);
    costs_restart(ev->costs);
}

static uint64_t findings(const struct rls_evaluator *ev)
{
    return (uint64_t)ev->report.n_findings + ev->report.truncated;
}

static void next_rule(struct rls_evaluator *ev)
{
    ev->costs->before.ns = ev->costs->total;
    ev->costs->before.conditions = ev->probe.evaluated;
    ev->costs->before.findings = findings(ev);
}

void costs_before_rules(struct rls_evaluator *ev)
{
    costs_take_lap(ev->costs, RLS_STAGE_JUDGE);
    next_rule(ev);
}

void costs_of_rule(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    struct rls_costs *c = ev->costs;
    struct rls_rule_cost *r = &c->rules[rule->index];
    uint64_t ns;

    costs_take_lap(c, RLS_STAGE_JUDGE);
    ns = c->total - c->before.ns;
    c->stages[RLS_STAGE_JUDGE].times++;
    c->stages[RLS_STAGE_REPORT].times += findings(ev) - c->before.findings;
    r->judged++;
    r->conditions += ev->probe.evaluated - c->before.conditions;
    r->findings += findings(ev) - c->before.findings;
    r->ns += ns;
    costs_raise(&r->worst_ns, ns);
    next_rule(ev);
}
