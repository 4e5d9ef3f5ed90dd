/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/exception.h"

#include "eval/condition.h"

static bool in_force(const struct exception *x, int64_t instant)
{
    return instant >= x->view.from && instant < x->view.until;
}

void exception_apply(struct rls_evaluator *ev, struct rls_finding *f)
{
    const struct rls_rule *rule = f->rule;
    int64_t instant = ev->report.options.as_of;

    for (uint32_t i = 0; i < rule->n_exceptions; i++) {
        uint32_t index = rule->exceptions[i];
        const struct exception *x = &ev->set->exceptions[index];

        if (instant < x->view.from || condition_value(ev, x->scope) != RLS_TRUE)
            continue;
        f->exception = x;
        if (in_force(x, instant)) {
            f->outcome = RLS_EXEMPT;
            ev->exception_uses[index].uses++;
            return;
        }
        ev->exception_uses[index].lapses++;
    }
}

void exception_missing(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    for (uint32_t i = 0; i < rule->n_exceptions; i++) {
        const struct exception *x = &ev->set->exceptions[rule->exceptions[i]];

        if (in_force(x, ev->report.options.as_of))
            condition_missing(ev, x->scope);
    }
}
