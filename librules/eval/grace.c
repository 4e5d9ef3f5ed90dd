/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/grace.h"

#include "eval/condition.h"
#include "eval/deadline.h"
#include "eval/value.h"

enum { SECOND = 1000 };

/* Whether it has not ended; *until is the first instant after it, where that is known. */
static enum rls_truth not_ended(struct rls_evaluator *ev, const struct grace *g, int64_t *until)
{
    int64_t clock = ev->report.options.clock;
    struct evaluated end;

    *until = g->until;
    if (!g->end)
        return clock < g->until ? RLS_TRUE : RLS_FALSE;
    expression_evaluate(ev, g->end, &end);
    moment_end(&end);
    if (end.state != VALUE_KNOWN)
        return end.state == VALUE_NOTHING ? RLS_FALSE : RLS_UNKNOWN;
    *until = end.value.moment.high + SECOND;
    if (clock >= *until)
        return RLS_FALSE;
    return clock < end.value.moment.low + SECOND ? RLS_TRUE : RLS_UNKNOWN;
}

void grace_apply(struct rls_evaluator *ev, struct judged *j)
{
    const struct rule_version *v = j->version;
    enum rls_truth lasts = RLS_FALSE;

    for (uint32_t i = 0; i < v->n_graces && lasts != RLS_TRUE; i++) {
        const struct grace *g = &v->graces[i];
        int64_t until;
        enum rls_truth t = not_ended(ev, g, &until);

        if (t != RLS_FALSE && g->condition)
            t = truth_and(t, condition_value(ev, g->condition));
        if (t != RLS_FALSE)
            report_expect(&ev->report, until);
        if (t <= lasts)
            continue;
        lasts = t;
        j->grace = g;
        j->grace_until = until;
    }
    if (lasts == RLS_TRUE && j->ruling.verdict > RLS_ADVISE)
        j->ruling.verdict = RLS_ADVISE;
    if (lasts != RLS_FALSE && j->kind == JUDGED_VIOLATED)
        j->kind = lasts == RLS_TRUE ? JUDGED_GRACE : JUDGED_INDETERMINATE;
}

void grace_missing(struct rls_evaluator *ev, const struct grace *g)
{
    int64_t until;

    if (g->condition)
        condition_missing(ev, g->condition);
    if (g->end && not_ended(ev, g, &until) == RLS_UNKNOWN && !expression_missing(ev, g->end, false))
        (void)expression_missing(ev, g->end, true);
}
