/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "eval/condition.h"
#include "eval/evidence.h"
#include "eval/exception.h"
#include "eval/grace.h"
#include "eval/judged.h"
#include "eval/record.h"
#include "eval/value.h"
#include "eval/witness.h"

/* --- names ---------------------------------------------------------------------------------- */

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

/* Depends on the rule, the requirement, the document, and which terms stand in which fields: on no
 * order, number or place of them, and no version of the rule. */
static void name_finding(const struct rls_report *r, struct rls_finding *f)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t h = mix(mix(0, f->rule->id), r->document_id ? r->document_id : ""), sum = 0;

    if (f->requirement)
        h = mix(h, f->requirement->id);
    if (f->record)
        h = mix(h, f->record_id ? f->record_id : f->record);
    for (size_t i = 0; i < f->n_evidence; i++)
        if (!said_before(f, i))
            sum += mix_evidence(&f->evidence[i]);
    h = (h ^ sum) * 1099511628211u;
    h ^= h >> 32;
    for (int i = 0; i < FINDING_ID_LENGTH; i++)
        f->id[i] = digits[h >> (60 - 4 * i) & 15];
    f->id[FINDING_ID_LENGTH] = '\0';
}

/* --- what is missing ------------------------------------------------------------------------ */

static void miss_exemptions(struct rls_evaluator *ev, const struct exemption *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        condition_missing(ev, list[i].condition);
}

/* What would decide a slot, or exempt it. */
static void miss_slot(struct rls_evaluator *ev, const struct judged *j)
{
    const struct rule_version *v = j->version;

    if (j->kind == JUDGED_UNDECIDED)
        condition_missing(ev, v->applies);
    if (j->kind != JUDGED_GRACE && j->kind != JUDGED_INDETERMINATE && j->kind != JUDGED_VIOLATED)
        return;
    if (v->when)
        condition_missing(ev, v->when);
    if (j->requirement) {
        condition_missing(ev, j->requirement->condition);
        miss_exemptions(ev, j->requirement->exemptions, j->requirement->n_exemptions);
    }
    miss_exemptions(ev, v->exemptions, v->n_exemptions);
    if (j->grace)
        grace_missing(ev, j->grace);
}

/* What would tell the grade: nothing behind the one that holds. */
static void miss_grades(struct rls_evaluator *ev, const struct outcome *o)
{
    for (uint32_t i = 0; i < o->n_grades; i++) {
        if (condition_value(ev, o->grades[i].condition) == RLS_TRUE)
            return;
        condition_missing(ev, o->grades[i].condition);
    }
}

static void miss_all(struct rls_evaluator *ev, const struct judged *j, const struct doubt *doubt)
{
    ev->n_missing = 0;
    if (doubt && doubt->fact)
        witness_missing(ev, doubt->fact);
    for (uint32_t i = 0; doubt && doubt->perhaps && i < doubt->n_slots; i++)
        miss_slot(ev, &doubt->perhaps[i]);
    for (uint32_t i = 0; doubt && i < doubt->n_rows; i++)
        miss_slot(ev, &doubt->rows[(size_t)i * doubt->n_slots + doubt->slot]);
    if (!doubt)
        miss_slot(ev, j);
}

static bool take_missing(struct rls_evaluator *ev, struct rls_finding *f)
{
    if (!ev->n_missing)
        return true;
    f->missing = arena_copy(&ev->report.arena, ev->missing, ev->n_missing * sizeof *ev->missing);
    f->n_missing = ev->n_missing;
    return f->missing != NULL;
}

/* --- what is reported ----------------------------------------------------------------------- */

static bool take_candidates(struct rls_evaluator *ev, const struct doubt *doubt,
                            struct rls_finding *f)
{
    const char **names;

    if (!doubt)
        return true;
    names = arena_array(&ev->report.arena, doubt->n_rows, sizeof *names);
    for (uint32_t i = 0; names && i < doubt->n_rows; i++)
        names[i] = doubt->rows[(size_t)i * doubt->n_slots].version->name;
    f->candidates = names;
    f->n_candidates = doubt->n_rows;
    return names != NULL;
}

static bool take_record(struct rls_evaluator *ev, struct rls_finding *f)
{
    uint32_t record;
    bool ok = true;

    if (!f->rule->for_each)
        return true;
    record = ev->bound[f->rule->for_each->bound];
    f->record = record_path(ev, record);
    f->record_id = record_id(ev, record, &ok);
    return ok && f->record;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t mode_of(const struct rls_evaluator *ev, const struct rls_rule *rule)
{
    return rls_profile_mode(ev->profile, rule, NULL, NULL);
}

/* A rule that could not be told asks for a look, but never for more than it would if it fired. */
static uint32_t asked(const struct ruling *r, uint32_t outcome)
{
    if (outcome == RLS_EXEMPT)
        return RLS_PASS;
    return outcome == RLS_INDETERMINATE ? smaller(r->verdict, RLS_REVIEW) : r->verdict;
}

static void quote_all(struct rls_evaluator *ev, const struct judged *j)
{
    ev->n_quotes = ev->n_excused = 0;
    ev->told = (struct told){DEADLINE_NONE, 0};
    ev->foreseeing = j->kind == JUDGED_AT_RISK;
    if (j->version->when)
        condition_quote(ev, j->version->when);
    if (j->requirement)
        condition_quote_against(ev, j->requirement->condition);
    if (j->satisfied)
        condition_quote(ev, j->satisfied->condition);
    ev->foreseeing = false;
    if (j->kind == JUDGED_GRACE && j->grace->condition)
        condition_quote(ev, j->grace->condition);
    if (j->kind == JUDGED_GRACE && j->grace->end)
        expression_quote(ev, j->grace->end);
}

/* What the quotes tell of a deadline. A period of grace has its own. */
static void take_deadline(const struct rls_evaluator *ev, struct rls_finding *f)
{
    if (ev->told.state == DEADLINE_NONE || f->outcome == RLS_EXEMPT || f->outcome == RLS_GRACE)
        return;
    f->has_deadline = true;
    f->deadline = ev->told.due;
    if (f->outcome == RLS_VIOLATED && ev->told.state == DEADLINE_OVERDUE)
        f->outcome = RLS_OVERDUE;
    if (f->outcome == RLS_VIOLATED && ev->told.state == DEADLINE_MET_LATE)
        f->outcome = RLS_MET_LATE;
}

static bool add_finding(struct rls_evaluator *ev, struct rls_finding *f, const struct judged *j,
                        const struct doubt *doubt)
{
    struct rls_report *r = &ev->report;

    if (f->verdict > r->verdict)
        r->verdict = f->verdict;
    if (r->n_findings >= r->options.max_findings) {
        r->truncated++;
        return true;
    }
    quote_all(ev, j);
    take_deadline(ev, f);
    miss_all(ev, j, doubt);
    if (f->outcome != RLS_EXEMPT)
        exception_missing(ev, f->rule);
    else if (f->exception)
        ev->n_missing = 0;
    f->n_deciding = ev->n_missing;
    if (j->ungraded)
        miss_grades(ev, j->version->outcome);
    if (!take_record(ev, f) || !evidence_make(ev, f) || !take_missing(ev, f) ||
        !take_candidates(ev, doubt, f))
        return false;
    name_finding(r, f);
    return report_add_finding(r, f);
}

static bool add_undecided(struct rls_evaluator *ev, const struct rls_rule *rule,
                          const struct judged *j, const struct doubt *doubt)
{
    struct rls_report *r = &ev->report;
    bool enforced = mode_of(ev, rule) == RLS_MODE_ENFORCE;
    uint32_t asks = enforced ? asked(&j->ruling, RLS_INDETERMINATE) : RLS_PASS;

    miss_all(ev, j, doubt);
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

static uint32_t outcome_of(const struct judged *j, const struct doubt *doubt)
{
    if (doubt)
        return RLS_INDETERMINATE;
    switch (j->kind) {
    case JUDGED_EXEMPT:
        return RLS_EXEMPT;
    case JUDGED_AT_RISK:
        return RLS_AT_RISK;
    case JUDGED_GRACE:
        return RLS_GRACE;
    case JUDGED_INDETERMINATE:
        return RLS_INDETERMINATE;
    default:
        return RLS_VIOLATED;
    }
}

bool conclude(struct rls_evaluator *ev, const struct rls_rule *rule, const struct judged *j,
              const struct doubt *doubt, bool *undecided)
{
    struct rls_finding f = {.rule = rule,
                            .version = j->version,
                            .requirement = j->requirement,
                            .statement = j->requirement ? &j->requirement->statement
                                                        : &j->version->outcome->statement,
                            .ruling = j->ruling,
                            .mode = mode_of(ev, rule),
                            .language = ev->report.options.language};
    bool added;

    if (j->kind == JUDGED_SILENT || (j->kind == JUDGED_UNDECIDED && *undecided))
        return true;
    if (j->kind == JUDGED_UNDECIDED) {
        *undecided = true;
        return add_undecided(ev, rule, j, doubt);
    }
    f.outcome = outcome_of(j, doubt);
    if (f.outcome != RLS_EXEMPT)
        exception_apply(ev, &f);
    if (f.outcome == RLS_GRACE) {
        f.statement = j->grace->speaks ? &j->grace->statement : f.statement;
        f.has_deadline = true;
        f.deadline = j->grace_until - 1000; /* its last second */
    }
    f.asks = asked(&f.ruling, f.outcome);
    f.verdict = f.mode == RLS_MODE_ENFORCE ? f.asks : RLS_PASS;
    costs_lap(ev->costs, RLS_STAGE_JUDGE);
    added = add_finding(ev, &f, j, doubt);
    costs_lap(ev->costs, RLS_STAGE_REPORT);
    return added;
}
