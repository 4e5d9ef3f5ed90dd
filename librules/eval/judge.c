/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/judge.h"

#include <string.h>

#include "eval/condition.h"
#include "eval/evidence.h"

/* What became of the exemptions of a rule whose condition is true. */
struct exemptions {
    enum rls_truth holds;
    bool review;                       /* an unknown one asks for review */
    const struct exemption *satisfied; /* the first that holds */
};

static struct exemptions weigh(struct rls_evaluator *ev, const struct rule_version *v)
{
    struct exemptions e = {RLS_FALSE, false, NULL};

    for (uint32_t i = 0; i < v->n_exemptions; i++) {
        const struct exemption *x = &v->exemptions[i];
        enum rls_truth t = condition_value(ev, x->condition);

        if (t == RLS_TRUE)
            return (struct exemptions){RLS_TRUE, false, x};
        if (t == RLS_UNKNOWN) {
            e.holds = RLS_UNKNOWN;
            e.review = e.review || x->review_if_unknown;
        }
    }
    return e;
}

static uint64_t mix(uint64_t h, const char *text)
{
    return (h ^ hash_bytes(text, strlen(text))) * 1099511628211u;
}

static uint64_t mix_evidence(const struct rls_evidence *e)
{
    return mix(mix(1, e->field), e->term ? e->term : "");
}

/* Whether an entry before says the same: the same field and term. */
static bool said_before(const struct rls_finding *f, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (mix_evidence(&f->evidence[k]) == mix_evidence(&f->evidence[i]))
            return true;
    return false;
}

/* Depends on the rule, the document, and which terms stand in which fields: on no order, number or
 * place of them, and no version of the rule. */
static void name_finding(const struct rls_report *r, struct rls_finding *f)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t h = mix(mix(0, f->rule->id), r->document_id ? r->document_id : ""), sum = 0;

    for (size_t i = 0; i < f->n_evidence; i++)
        if (!said_before(f, i))
            sum += mix_evidence(&f->evidence[i]);
    h = (h ^ sum) * 1099511628211u;
    h ^= h >> 32;
    for (int i = 0; i < FINDING_ID_LENGTH; i++)
        f->id[i] = digits[h >> (60 - 4 * i) & 15];
    f->id[FINDING_ID_LENGTH] = '\0';
}

static bool take_missing(struct rls_evaluator *ev, struct rls_finding *f)
{
    if (!ev->n_missing)
        return true;
    f->missing = arena_copy(&ev->report.arena, ev->missing, ev->n_missing * sizeof *ev->missing);
    f->n_missing = ev->n_missing;
    return f->missing != NULL;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* A rule that could not be told asks for a look, but never for more than it would if it fired. */
static uint32_t contribution(const struct rls_rule *rule, const struct outcome *o, uint32_t outcome)
{
    if (rule->mode != RLS_MODE_ENFORCE || outcome == RLS_EXEMPT)
        return RLS_PASS;
    return outcome == RLS_VIOLATED ? o->verdict : smaller(o->verdict, RLS_REVIEW);
}

static bool add_finding(struct rls_evaluator *ev, const struct rls_rule *rule,
                        const struct rule_version *v, uint32_t outcome, size_t max_findings)
{
    struct rls_report *r = &ev->report;
    struct rls_finding f = {.rule = rule,
                            .version = v,
                            .language = r->options.language,
                            .outcome = outcome,
                            .verdict = contribution(rule, v->outcome, outcome)};

    if (f.verdict > r->verdict)
        r->verdict = f.verdict;
    if (r->n_findings >= max_findings) {
        r->truncated++;
        return true;
    }
    if (!evidence_make(ev, &f) || !take_missing(ev, &f))
        return false;
    name_finding(r, &f);
    return report_add_finding(r, &f);
}

static bool add_undecided(struct rls_evaluator *ev, const struct rls_rule *rule,
                          const struct rule_version *v)
{
    struct rls_report *r = &ev->report;
    uint32_t asks = contribution(rule, v->outcome, RLS_INDETERMINATE);

    condition_missing(ev, v->applies);
    for (size_t i = 0; i < ev->n_missing; i++)
        if (!report_add_undecided(r, ev->missing[i]))
            return false;
    if (!mem_grow(&ev->mem, &ev->undecided, &ev->cap_undecided, ev->n_undecided + 1,
                  sizeof *ev->undecided))
        return false;
    ev->undecided[ev->n_undecided++] = rule;
    if ((r->options.flags & RLS_CHECK_STRICT) && asks > r->verdict)
        r->verdict = asks;
    return true;
}

/* The condition is not surely false and the rule surely applies. */
static bool judge_applying(struct rls_evaluator *ev, const struct rls_rule *rule,
                           const struct rule_version *v, enum rls_truth when, size_t max_findings)
{
    struct exemptions e = weigh(ev, v);
    uint32_t outcome = RLS_VIOLATED;

    if (e.holds == RLS_TRUE && when == RLS_UNKNOWN)
        return true;
    condition_quote(ev, v->when);
    if (e.holds == RLS_TRUE) {
        outcome = RLS_EXEMPT;
        condition_quote(ev, e.satisfied->condition);
    } else {
        if (when == RLS_UNKNOWN || e.review)
            outcome = RLS_INDETERMINATE;
        condition_missing(ev, v->when);
        for (uint32_t i = 0; i < v->n_exemptions; i++)
            condition_missing(ev, v->exemptions[i].condition);
    }
    return add_finding(ev, rule, v, outcome, max_findings);
}

bool judge_rule(struct rls_evaluator *ev, const struct rls_rule *rule, size_t max_findings)
{
    const struct rule_version *v = rule_version_at(rule, ev->report.options.as_of);
    enum rls_truth when, applies;
    bool ok = true;

    if (!v || rule->mode == RLS_MODE_OFF)
        return true;
    ev->n_quotes = ev->n_missing = 0;
    applies = v->applies ? condition_value(ev, v->applies) : RLS_TRUE;
    when = applies == RLS_FALSE ? RLS_FALSE : condition_value(ev, v->when);
    if (when != RLS_FALSE)
        ok = applies == RLS_TRUE ? judge_applying(ev, rule, v, when, max_findings)
                                 : add_undecided(ev, rule, v);
    return ok && !ev->out_of_memory;
}
