/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "eval/condition.h"
#include "eval/judge.h"
#include "eval/judged.h"
#include "eval/milestone.h"
#include "eval/options.h"
#include "eval/record.h"
#include "eval/select.h"
#include "eval/value.h"

/*
 * Which versions of a rule count. Mostly that is one. Where a newer version may be used early,
 * satisfying it is as good as satisfying the one in force; where it may not even apply, neither is
 * sure. Where the selecting instant is not
 * known, each instant that it may be has its own answer, and what all answers agree on is decided.
 */

struct hearing {
    struct rls_evaluator *ev;
    const struct rls_rule *rule;
    struct judged *rows;
    uint32_t n_rows;
    struct range *ranges;         /* by slot; NULL: no instant yet */
    uint16_t row[LIMIT_VERSIONS]; /* by version: its row + 1; 0: not judged */
    const char *fact;             /* path of the field that does not say which counts; or NULL */
    struct judged excused;        /* silent: what a slot is if `perhaps` excuses */
    const struct judged *perhaps; /* row of an early version that may apply; or NULL */
};

static bool is_graver(const struct judged *a, const struct judged *b)
{
    return a->kind != b->kind ? a->kind > b->kind : ruling_is_milder(&b->ruling, &a->ruling);
}

static const struct judged *row_of(struct hearing *h, uint32_t version)
{
    struct judged *row;

    if (!h->row[version]) {
        h->row[version] = (uint16_t)++h->n_rows;
        row = h->rows + (size_t)(h->n_rows - 1) * h->rule->n_slots;
        judge_version(h->ev, &h->rule->versions[version], h->rule->n_slots, row);
    }
    return h->rows + (size_t)(h->row[version] - 1) * h->rule->n_slots;
}

/* The gravest slot of a version. */
static const struct judged *gravest(const struct judged *row, uint32_t n_slots)
{
    const struct judged *worst = row;

    for (uint32_t slot = 1; slot < n_slots; slot++)
        if (is_graver(&row[slot], worst))
            worst = &row[slot];
    return worst;
}

/* The row of the version that is to be satisfied at an instant: of those that may be used, the one
 * that came off best as a whole; the one in force, where they are equal. Who may use a version must
 * be sure: one that would come off better, if it is not violated, is kept in mind. */
static const struct judged *best_row(struct hearing *h, uint32_t base, int64_t at)
{
    const struct rls_rule *rule = h->rule;
    const struct judged *best = row_of(h, base), *perhaps = NULL;

    for (uint32_t i = base + 1; i < rule->n_versions; i++) {
        if (rule->versions[i].also_from <= at && at < rule->versions[i].from) {
            const struct judged *early = row_of(h, i), *worst = gravest(early, rule->n_slots);

            if (!is_graver(gravest(best, rule->n_slots), worst))
                continue;
            if (worst->kind == JUDGED_UNDECIDED)
                perhaps = early;
            else
                best = early;
        }
    }
    if (perhaps && is_graver(gravest(best, rule->n_slots), gravest(perhaps, rule->n_slots)))
        h->perhaps = perhaps;
    return best;
}

static void widen(struct range *r, const struct judged *j)
{
    if (!r->least || is_graver(r->least, j))
        r->least = j;
    if (!r->most || is_graver(j, r->most))
        r->most = j;
}

static void hear(struct hearing *h, int64_t at)
{
    const struct rule_version *base = rule_version_at(h->rule, at);
    const struct judged *row;

    if (!base)
        return;
    row = best_row(h, (uint32_t)(base - h->rule->versions), at);
    for (uint32_t slot = 0; slot < h->rule->n_slots; slot++) {
        widen(&h->ranges[slot], &row[slot]);
        if (h->perhaps)
            widen(&h->ranges[slot], &h->excused);
    }
}

/* The first instant after `at` from which other versions may count; INT64_MAX: none. */
static int64_t next_change(const struct rls_rule *rule, int64_t at)
{
    int64_t next = INT64_MAX;

    for (uint32_t i = 0; i < rule->n_versions; i++) {
        const struct rule_version *v = &rule->versions[i];
        const int64_t changes[] = {v->also_from, v->from, v->until};

        for (size_t k = 0; k < sizeof changes / sizeof *changes; k++)
            if (changes[k] > at && changes[k] < next)
                next = changes[k];
    }
    return next;
}

static void hear_between(struct hearing *h, int64_t low, int64_t high)
{
    int64_t at = low;

    do {
        hear(h, at);
        at = next_change(h->rule, at);
    } while (at <= high && at != INT64_MAX);
}

/* The instants that the field names; the past, when it names none: what selects has happened. A day
 * is all its instants. */
static void hear_field(struct hearing *h, const struct selector *s)
{
    const struct facts *facts = &h->ev->facts;
    uint32_t first = select_first(h->ev, s);
    bool unknown = !first;

    for (uint32_t i = first; i && !unknown; i = select_next(h->ev, s, i)) {
        const struct fact *value = &facts->items[i];

        unknown = value->state != VALUE_KNOWN;
        note_assumed(h->ev, i);
        if (!unknown)
            hear_between(h, value->instant, value->last);
    }
    if (unknown)
        hear_between(h, INT64_MIN, h->ev->report.options.as_of);
    if (unknown || facts->items[first].day || select_next(h->ev, s, first))
        h->fact = s->name;
}

static bool decide(struct hearing *h, uint32_t slot, bool *undecided)
{
    const struct range *r = &h->ranges[slot];
    struct doubt doubt = {h->rows, h->n_rows, h->rule->n_slots, slot, h->fact, h->perhaps};

    if (!r->least || (r->least->kind != r->most->kind && r->most->kind <= JUDGED_AT_RISK))
        return true;
    if (r->least->kind == r->most->kind)
        return conclude(h->ev, h->rule, r->least, NULL, undecided);
    return conclude(h->ev, h->rule, r->most, &doubt, undecided);
}

/* Room for one row a version that may count, and the ranges. */
static bool prepare(struct hearing *h, uint32_t versions)
{
    struct rls_evaluator *ev = h->ev;
    size_t n = (size_t)versions * h->rule->n_slots;

    if (!mem_grow(&ev->mem, &ev->judged, &ev->cap_judged, n, sizeof *ev->judged) ||
        !mem_grow(&ev->mem, &ev->ranges, &ev->cap_ranges, h->rule->n_slots, sizeof *ev->ranges))
        return false;
    h->rows = ev->judged;
    h->ranges = ev->ranges;
    h->excused.version = h->rule->versions;
    for (uint32_t i = 0; i < h->rule->n_slots; i++)
        h->ranges[i] = (struct range){NULL, NULL};
    return true;
}

static bool judge_versions(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    struct hearing h = {.ev = ev, .rule = rule};
    bool undecided = false, ok = prepare(&h, rule->n_versions);
    int64_t as_of = ev->report.options.as_of;

    if (!ok)
        return false;
    if (rule->version_by)
        hear_field(&h, rule->version_by);
    else
        hear_between(&h, as_of, as_of);
    for (uint32_t slot = 0; ok && slot < rule->n_slots; slot++)
        ok = decide(&h, slot, &undecided);
    return ok;
}

/* The usual case, at less cost: the version in force is the one that counts. */
static bool judge_one(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    const struct rule_version *v = rule_version_at(rule, ev->report.options.as_of);
    bool undecided = false, ok = true;

    if (!v)
        return true;
    if (!mem_grow(&ev->mem, &ev->judged, &ev->cap_judged, rule->n_slots, sizeof *ev->judged))
        return false;
    judge_version(ev, v, rule->n_slots, ev->judged);
    for (uint32_t slot = 0; ok && slot < rule->n_slots; slot++)
        ok = conclude(ev, rule, &ev->judged[slot], NULL, &undecided);
    return ok;
}

/* What selects the version also selects what is in force of sets and tables, if it is one instant
 * or day. */
static void select_instant(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    uint32_t fact = rule->version_by ? select_first(ev, rule->version_by) : 0;
    const struct fact *value = &ev->facts.items[fact];

    ev->instant = ev->last_instant = ev->report.options.as_of;
    if (!fact || value->state != VALUE_KNOWN || select_next(ev, rule->version_by, fact))
        return;
    ev->instant = value->instant;
    ev->last_instant = value->last;
    ev->selected_by = rule->version_by->name;
}

static bool judge_bound(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    bool ok;

    values_forget(ev);
    ev->applied = false;
    select_instant(ev, rule);
    ok = rule->version_by || rule->early ? judge_versions(ev, rule) : judge_one(ev, rule);
    return ok && (!ev->applied || tell_milestones(ev, rule));
}

/* Without its records nobody can tell what the rule applies to. */
static bool judge_no_records(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    const struct rule_version *v = rule_version_at(rule, ev->report.options.as_of);
    struct judged j = {.kind = JUDGED_UNDECIDED, .version = v};
    struct doubt doubt = {.fact = rule->for_each->name};
    bool undecided = false;

    if (!v)
        return true;
    j.ruling = v->outcome->ruling;
    return conclude(ev, rule, &j, &doubt, &undecided);
}

static bool judge_each(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    const struct record_test *each = rule->for_each;
    bool ok = !records_unknown(ev, each) || judge_no_records(ev, rule);

    for (uint32_t r = records_first(ev, each); ok && r && !budget_is_spent(&ev->budget);
         r = records_next(ev, r)) {
        ev->bound[each->bound] = r;
        ok = judge_bound(ev, rule);
    }
    return ok;
}

bool judge_rule(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    bool ok;

    if (rls_profile_mode(ev->profile, rule, NULL, NULL) == RLS_MODE_OFF)
        return true;
    if (!rule->version_by)
        report_expect(&ev->report, next_change(rule, ev->report.options.as_of));
    probe_begin(&ev->probe, rule);
    ok = rule->for_each ? judge_each(ev, rule) : judge_bound(ev, rule);
    probe_end(&ev->probe);
    if (ev->costs)
        costs_of_rule(ev, rule);
    return ok && !ev->out_of_memory;
}
