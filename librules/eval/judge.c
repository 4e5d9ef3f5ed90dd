/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/condition.h"
#include "eval/judged.h"

/* What became of exemptions. */
struct exemptions {
    enum rls_truth holds;
    bool review;                       /* an unknown one asks for review */
    const struct exemption *satisfied; /* the first that holds */
};

static void weigh(struct rls_evaluator *ev, const struct exemption *list, uint32_t n,
                  struct exemptions *out)
{
    for (uint32_t i = 0; i < n && out->holds != RLS_TRUE; i++) {
        enum rls_truth t = condition_value(ev, list[i].condition);

        if (t == RLS_TRUE)
            out->satisfied = &list[i];
        if (t == RLS_UNKNOWN)
            out->review = out->review || list[i].review_if_unknown;
        if (t > out->holds)
            out->holds = t;
    }
}

static struct ruling with(const struct ruling *base, const struct ruling *grade,
                          const struct requirement *r)
{
    struct ruling out = grade ? ruling_over(*base, grade) : *base;

    return r ? ruling_over(out, &r->ruling) : out;
}

/* The grade that holds; while one is unknown, the mildest of those it may be. */
static void grade(struct rls_evaluator *ev, struct judged *j)
{
    const struct outcome *o = j->version->outcome;
    const struct ruling *chosen = NULL;
    bool mild = false;

    for (uint32_t i = 0; i < o->n_grades && !chosen; i++) {
        enum rls_truth t = condition_value(ev, o->grades[i].condition);
        struct ruling one = with(&o->ruling, &o->grades[i].ruling, j->requirement);

        if (t == RLS_FALSE)
            continue;
        if (t == RLS_TRUE)
            chosen = &o->grades[i].ruling;
        if (t == RLS_TRUE || (mild && !ruling_is_milder(&one, &j->ruling)))
            continue;
        j->ruling = one;
        mild = j->ungraded = true;
    }
    {
        struct ruling last = with(&o->ruling, chosen, j->requirement);

        if (!mild || ruling_is_milder(&last, &j->ruling))
            j->ruling = last;
    }
}

/* A grace that surely lasts makes a violation advice; one that may makes it a question. */
static void be_lenient(struct rls_evaluator *ev, struct judged *j)
{
    const struct rule_version *v = j->version;
    enum rls_truth lasts = RLS_FALSE;

    for (uint32_t i = 0; i < v->n_graces && lasts != RLS_TRUE; i++) {
        const struct grace *g = &v->graces[i];
        enum rls_truth t = g->condition ? condition_value(ev, g->condition) : RLS_TRUE;

        if (ev->clock < g->until && t != RLS_FALSE)
            report_expect(&ev->report, g->until);
        if (ev->clock >= g->until || t <= lasts)
            continue;
        lasts = t;
        j->grace = g;
    }
    if (lasts == RLS_TRUE && j->ruling.verdict > RLS_ADVISE)
        j->ruling.verdict = RLS_ADVISE;
    if (lasts != RLS_FALSE && j->kind == JUDGED_VIOLATED)
        j->kind = lasts == RLS_TRUE ? JUDGED_GRACE : JUDGED_INDETERMINATE;
}

static void judge_slot(struct rls_evaluator *ev, enum rls_truth applies, enum rls_truth fires,
                       const struct exemptions *of_version, struct judged *j)
{
    struct exemptions e = *of_version;

    if (fires == RLS_FALSE)
        return;
    if (j->requirement)
        weigh(ev, j->requirement->exemptions, j->requirement->n_exemptions, &e);
    grade(ev, j);
    if (applies == RLS_UNKNOWN) {
        j->kind = JUDGED_UNDECIDED;
    } else if (e.holds == RLS_TRUE) {
        j->kind = fires == RLS_TRUE ? JUDGED_EXEMPT : JUDGED_SILENT;
        j->satisfied = e.satisfied;
    } else {
        j->kind = fires == RLS_UNKNOWN || e.review ? JUDGED_INDETERMINATE : JUDGED_VIOLATED;
        be_lenient(ev, j);
    }
}

static enum rls_truth both(enum rls_truth a, enum rls_truth b)
{
    return a < b ? a : b;
}

void judge_version(struct rls_evaluator *ev, const struct rule_version *v, uint32_t n_slots,
                   struct judged *row)
{
    enum rls_truth applies = v->applies ? condition_value(ev, v->applies) : RLS_TRUE, when;
    struct exemptions e = {RLS_FALSE, false, NULL};

    for (uint32_t i = 0; i < n_slots; i++)
        row[i] = (struct judged){.version = v};
    if (applies == RLS_FALSE)
        return;
    when = v->when ? condition_value(ev, v->when) : RLS_TRUE;
    if (when == RLS_FALSE)
        return;
    weigh(ev, v->exemptions, v->n_exemptions, &e);
    if (!v->n_requirements)
        judge_slot(ev, applies, when, &e, row);
    for (uint32_t i = 0; i < v->n_requirements; i++) {
        const struct requirement *r = &v->requirements[i];
        struct judged *j = &row[r->slot];

        j->requirement = r;
        judge_slot(ev, applies, both(when, truth_not(condition_value(ev, r->condition))), &e, j);
    }
}
