/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/milestone.h"

#include "eval/record.h"
#include "eval/value.h"

static bool tell(struct rls_evaluator *ev, const struct rls_rule *rule, const struct milestone *m,
                 int64_t instant)
{
    struct reported_milestone out = {
        .view = {sizeof out.view, rule, m->id, NULL, instant},
        .title = &m->title,
    };

    if (rule->for_each) {
        out.view.record = record_path(ev, ev->bound[rule->for_each->bound]);
        if (!out.view.record)
            return false;
    }
    if (instant > ev->report.options.clock)
        report_expect(&ev->report, instant);
    return report_add_milestone(&ev->report, &out);
}

bool tell_milestones(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < rule->n_milestones; i++) {
        const struct milestone *m = &rule->milestones[i];
        struct evaluated at;

        expression_evaluate(ev, &m->at, &at);
        moment_end(&at);
        /* Of what may be on several seconds nobody knows which one to name. */
        if (at.state == VALUE_KNOWN && at.value.moment.low == at.value.moment.high)
            ok = tell(ev, rule, m, at.value.moment.low);
    }
    return ok;
}
