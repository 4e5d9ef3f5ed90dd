/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/condition.h"
#include "eval/grace.h"
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

static enum rls_truth both(enum rls_truth a, enum rls_truth b)
{
    return a < b ? a : b;
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
    if (e.holds == RLS_TRUE) {
        j->kind = both(applies, fires) == RLS_TRUE ? JUDGED_EXEMPT : JUDGED_SILENT;
        j->satisfied = e.satisfied;
    } else if (applies == RLS_UNKNOWN) {
        j->kind = JUDGED_UNDECIDED;
    } else {
        j->kind = fires == RLS_UNKNOWN || e.review ? JUDGED_INDETERMINATE : JUDGED_VIOLATED;
        grace_apply(ev, j);
    }
}

static enum rls_truth fires(struct rls_evaluator *ev, enum rls_truth when,
                            const struct requirement *r)
{
    return r ? both(when, truth_not(condition_value(ev, r->condition))) : when;
}

static void judge_slots(struct rls_evaluator *ev, const struct rule_version *v,
                        enum rls_truth applies, struct judged *row)
{
    enum rls_truth when = v->when ? condition_value(ev, v->when) : RLS_TRUE;
    struct exemptions e = {RLS_FALSE, false, NULL};

    if (when == RLS_FALSE)
        return;
    weigh(ev, v->exemptions, v->n_exemptions, &e);
    if (!v->n_requirements)
        judge_slot(ev, applies, when, &e, row);
    for (uint32_t i = 0; i < v->n_requirements; i++) {
        const struct requirement *r = &v->requirements[i];

        row[r->slot].requirement = r;
        judge_slot(ev, applies, fires(ev, when, r), &e, &row[r->slot]);
    }
}

/* A slot that would fire if what is nearly due were missed. Nothing is wrong yet: there is
 * nothing to be taken. */
static void foresee_slot(struct rls_evaluator *ev, enum rls_truth when, const struct exemptions *of,
                         const struct requirement *r, struct judged *j)
{
    struct exemptions e = *of;

    if (j->kind != JUDGED_SILENT || fires(ev, when, r) != RLS_TRUE)
        return;
    if (r)
        weigh(ev, r->exemptions, r->n_exemptions, &e);
    if (e.holds == RLS_TRUE)
        return;
    j->requirement = r;
    grade(ev, j);
    j->kind = JUDGED_AT_RISK;
    j->ungraded = false;
    j->ruling.action = NULL;
    j->ruling.points = 0;
    if (j->ruling.verdict > RLS_ADVISE)
        j->ruling.verdict = RLS_ADVISE;
}

static void foresee_slots(struct rls_evaluator *ev, const struct rule_version *v,
                          struct judged *row)
{
    enum rls_truth when = v->when ? condition_value(ev, v->when) : RLS_TRUE;
    struct exemptions e = {RLS_FALSE, false, NULL};

    if (when != RLS_TRUE)
        return;
    weigh(ev, v->exemptions, v->n_exemptions, &e);
    if (!v->n_requirements)
        foresee_slot(ev, when, &e, NULL, row);
    for (uint32_t i = 0; i < v->n_requirements; i++)
        foresee_slot(ev, when, &e, &v->requirements[i], &row[v->requirements[i].slot]);
}

void judge_version(struct rls_evaluator *ev, const struct rule_version *v, uint32_t n_slots,
                   struct judged *row)
{
    enum rls_truth applies = v->applies ? condition_value(ev, v->applies) : RLS_TRUE;

    for (uint32_t i = 0; i < n_slots; i++)
        row[i] = (struct judged){.version = v};
    if (applies == RLS_FALSE)
        return;
    judge_slots(ev, v, applies, row);
    if (applies != RLS_TRUE)
        return;
    ev->applied = true;
    ev->foreseeing = v->warns;
    if (v->warns)
        foresee_slots(ev, v, row);
    ev->foreseeing = false;
}
