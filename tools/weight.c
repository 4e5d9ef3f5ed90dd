/* SPDX-License-Identifier: Apache-2.0 */
#include "weight.h"

#include "text.h"

/* Shadow and exempt findings do not count anyway, and may come to count one day. */
static bool is_known(const struct judging *j, struct batch *b, struct document_key document,
                     const struct rls_finding *f)
{
    const char *rule = rls_rule_id(rls_finding_rule(f)), *id = rls_finding_id(f);

    if (rls_finding_verdict(f) == RLS_PASS)
        return false;
    bool known = j->baseline && baseline_knows(j->baseline, document, rule, id);
    if (j->record)
        baseline_line(&b->record, document, rule, id);
    return known || j->record;
}

static void weigh_finding(const struct judging *j, struct batch *b, struct weight *w,
                          struct document_key document, const struct rls_finding *f)
{
    const char *rule = rls_rule_id(rls_finding_rule(f));

    if (!is_known(j, b, document, f)) {
        w->fresh++;
        w->verdict = rls_finding_verdict(f) > w->verdict ? rls_finding_verdict(f) : w->verdict;
        return;
    }
    buffer_text(&w->ids, w->known ? "," : "");
    buffer_json(&w->ids, rls_finding_id(f));
    buffer_text(&w->rules, w->known ? text(TEXT_COMMA) : "");
    buffer_plain(&w->rules, rule);
    w->known++;
}

struct weight weigh(const struct judging *j, struct batch *b, const struct rls_report *r,
                    struct document_key document)
{
    struct weight w = {.fresh = rls_report_finding_count(r), .verdict = rls_report_verdict(r)};

    if (!j->baseline && !j->record)
        return w;
    w = (struct weight){.verdict = rls_report_complete(r) ? RLS_PASS : RLS_REVIEW};
    if (j->baseline)
        baseline_see(j->baseline, document);
    for (size_t i = 0; i < rls_report_finding_count(r); i++)
        weigh_finding(j, b, &w, document, rls_report_finding(r, i));
    /* What was left out, and what strictness adds, is in no baseline. */
    bool strict = j->options.flags & RLS_CHECK_STRICT && rls_report_undecided_count(r) > 0;
    if (strict && w.verdict < RLS_REVIEW)
        w.verdict = RLS_REVIEW;
    if (rls_report_truncated(r) > 0)
        w.verdict = rls_report_verdict(r);
    b->out.failed = b->out.failed || w.ids.failed || w.rules.failed;
    return w;
}

void weight_free(struct weight *w)
{
    buffer_free(&w->ids);
    buffer_free(&w->rules);
}
