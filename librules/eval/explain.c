/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/explain.h"

#include "eval/actual.h"
#include "eval/condition.h"
#include "eval/explained_hits.h"
#include "eval/near.h"
#include "eval/record.h"
#include "eval/value.h"

void explanation_clear(struct rls_explanation *e, const struct mem *mem)
{
    mem_release(mem, e->rows, e->cap * sizeof *e->rows);
}

size_t explanation_memory(const struct rls_explanation *e)
{
    return e->cap * sizeof *e->rows;
}

/* What a condition is a part of. */
struct whole {
    struct rls_evaluator *ev;
    const char *part;
    const char *owner; /* id of a requirement or exception, or NULL */
    const char *version;
    const char *record; /* or NULL */
};

/* Records of a collection that are explained. */
enum { MOST_RECORDS = 16 };

static bool explain_records(const struct whole *w, const struct condition *c, uint32_t depth);

static struct rls_explained row_of(const struct whole *w, const struct condition *c, uint32_t depth)
{
    struct rls_evaluator *ev = w->ev;
    struct rls_explained x = {.size = sizeof x,
                              .truth = condition_value(ev, c),
                              .depth = depth,
                              .line = c->line,
                              .number = c->number,
                              .part = w->part,
                              .owner = w->owner,
                              .record = w->record,
                              .version = w->version,
                              .operation = c->operation,
                              .operand = c->written,
                              .actual = actual_of(ev, c),
                              .near_miss = near_miss_of(ev, c),
                              .distance = RLS_NO_DISTANCE};

    x.hits = explained_hits(ev, c, &x.n_hits);
    if (c->kind == CONDITION_NEAR) {
        x.within = c->near->within;
        x.distance = near_distance(ev, c, &x.crosses);
    }
    return x;
}

/* Depth is bounded as that of condition_value. */
static bool explain_condition(const struct whole *w, const struct condition *c, uint32_t depth)
{
    struct rls_evaluator *ev = w->ev;
    struct rls_explanation *e = &ev->explanation;
    bool ok = mem_grow(&ev->mem, &e->rows, &e->cap, e->n + 1, sizeof *e->rows);

    if (ok) {
        e->rows[e->n] = row_of(w, c, depth);
        e->n++;
    }
    if (c->kind == CONDITION_SOME || c->kind == CONDITION_EVERY || c->kind == CONDITION_COUNT)
        return ok && explain_records(w, c, depth + 1);
    for (uint32_t i = 0; ok && i < c->n_children; i++)
        ok = explain_condition(w, &c->children[i], depth + 1);
    return ok;
}

/* The child for the first records of the collection. */
static bool explain_records(const struct whole *w, const struct condition *c, uint32_t depth)
{
    struct rls_evaluator *ev = w->ev;
    struct whole of = *w;
    uint32_t n = 0;

    for (uint32_t r = records_first(ev, c->records); r && n < MOST_RECORDS;
         r = records_next(ev, r), n++) {
        ev->bound[c->records->bound] = r;
        of.record = record_path(ev, r);
        if (!of.record || !explain_condition(&of, c->children, depth))
            return false;
    }
    return true;
}

/* The truth of a condition whose rows begin at *at, if the condition of a number had another. The
 * rows of records that it was looked at for are none of its children. */
static enum rls_truth truth_if(const struct rls_explanation *e, const struct condition *c,
                               size_t *at, uint32_t number, enum rls_truth other)
{
    const struct rls_explained *row = &e->rows[(*at)++];
    enum rls_truth truth = (enum rls_truth)row->truth;
    enum rls_truth most = RLS_FALSE, least = RLS_TRUE;
    bool joins = c->kind <= CONDITION_USE;

    for (uint32_t i = 0; joins && i < c->n_children; i++) {
        enum rls_truth t = truth_if(e, &c->children[i], at, number, other);

        most = t > most ? t : most;
        least = t < least ? t : least;
    }
    while (*at < e->n && e->rows[*at].depth > row->depth)
        ++*at;
    if (c->number == number)
        return other;
    switch (c->kind) {
    case CONDITION_ALL:
        return least;
    case CONDITION_ANY:
    case CONDITION_USE:
        return most;
    case CONDITION_NONE:
    case CONDITION_NOT:
        return truth_not(most);
    default:
        return truth;
    }
}

/* Conditions of a part beyond which none is tried: the time is their square. */
enum { MOST_TRIED = 2000 };

static bool would_turn(const struct rls_explanation *e, const struct condition *c, size_t first,
                       size_t row)
{
    const enum rls_truth truth = (enum rls_truth)e->rows[first].truth;

    for (uint32_t other = RLS_FALSE; other <= RLS_TRUE; other++) {
        size_t at = first;

        if (other != RLS_UNKNOWN && other != e->rows[row].truth &&
            truth_if(e, c, &at, e->rows[row].number, (enum rls_truth)other) != truth)
            return true;
    }
    return false;
}

static bool explain_part(struct whole w, const char *part, const char *owner,
                         const struct condition *c)
{
    struct rls_explanation *e = &w.ev->explanation;
    size_t first = e->n;

    w.part = part;
    w.owner = owner;
    if (!c)
        return true;
    if (!explain_condition(&w, c, 0))
        return false;
    for (size_t i = first; e->n - first <= MOST_TRIED && i < e->n; i++)
        e->rows[i].decides = would_turn(e, c, first, i);
    return true;
}

static bool explain_exemptions(const struct whole *w, const char *owner,
                               const struct exemption *list, uint32_t n)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < n; i++)
        ok = explain_part(*w, "unless", owner, list[i].condition);
    return ok;
}

static bool explain_version(struct rls_evaluator *ev, const struct rule_version *v,
                            const char *record)
{
    const struct whole w = {ev, NULL, NULL, v->name, record};
    bool ok =
        explain_part(w, "applies", NULL, v->applies) && explain_part(w, "when", NULL, v->when);

    for (uint32_t i = 0; ok && i < v->n_requirements; i++) {
        const struct requirement *r = &v->requirements[i];

        ok = explain_part(w, "require", r->id, r->condition) &&
             explain_exemptions(&w, r->id, r->exemptions, r->n_exemptions);
    }
    ok = ok && explain_exemptions(&w, NULL, v->exemptions, v->n_exemptions);
    for (uint32_t i = 0; ok && i < v->n_graces; i++)
        ok = explain_part(w, "grace", NULL, v->graces[i].condition);
    for (uint32_t i = 0; ok && i < v->outcome->n_grades; i++)
        ok = explain_part(w, "grade", NULL, v->outcome->grades[i].condition);
    return ok;
}

/* Whether a version may count in the last check. */
static bool may_count(const struct rls_rule *rule, const struct rule_version *v, int64_t instant)
{
    return rule->version_by || (instant >= v->from && instant < v->until) ||
           (instant >= v->also_from && instant < v->from);
}

static bool explain_versions(struct rls_evaluator *ev, const struct rls_rule *rule,
                             const char *record)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < rule->n_versions; i++)
        if (may_count(rule, &rule->versions[i], ev->report.options.as_of))
            ok = explain_version(ev, &rule->versions[i], record);
    return ok;
}

/* A rule for each record of a collection, for the first of them. */
static bool explain_each(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    const struct record_test *each = rule->for_each;
    uint32_t n = 0;

    for (uint32_t r = records_first(ev, each); r && n < MOST_RECORDS;
         r = records_next(ev, r), n++) {
        const char *record = record_path(ev, r);

        ev->bound[each->bound] = r;
        values_forget(ev);
        if (!record || !explain_versions(ev, rule, record))
            return false;
    }
    return true;
}

static bool explain_rule(struct rls_evaluator *ev, const struct rls_rule *rule)
{
    bool ok = rule->for_each ? explain_each(ev, rule) : explain_versions(ev, rule, NULL);

    for (uint32_t i = 0; ok && i < rule->n_exceptions; i++) {
        const struct exception *x = &ev->set->exceptions[rule->exceptions[i]];
        const struct whole w = {ev, NULL, NULL, "", NULL};

        ok = explain_part(w, "exception", x->view.id, x->scope);
    }
    return ok && !ev->out_of_memory;
}

/* Looks for words in the texts that no rule looks at: what stands there is a near miss. */
static bool scan_rest(struct rls_evaluator *ev)
{
    const struct rls_set *set = ev->set;

    for (; ev->rest < ev->facts.n_items; ev->rest++) {
        const struct fact *value = &ev->facts.items[ev->rest];

        if (value->field == FIELD_UNKNOWN || !value->text || set->scanned[value->field] ||
            !set->vocabulary.fields[value->field].shown)
            continue;
        if (hits_scan(&ev->hits, set, &ev->facts, ev->rest) == SCAN_MEMORY)
            return false;
    }
    return true;
}

static int explain(struct rls_evaluator *ev, const char *rule_id)
{
    const struct rls_rule *rule = rls_set_rule_find(ev->set, rule_id);
    bool ok;

    if (!ev->checked)
        return RLS_ERR_ARGUMENT;
    if (!rule)
        return RLS_ERR_NOT_FOUND;
    ev->explanation.n = 0;
    if (rule->subject != ev->facts.subject)
        return RLS_OK;
    /* The report is written: what is looked at now assumes nothing more. */
    ev->explaining = true;
    values_forget(ev);
    ok = scan_rest(ev) && explain_rule(ev, rule);
    values_forget(ev);
    ev->explaining = ev->out_of_memory = false;
    return ok ? RLS_OK : RLS_ERR_MEMORY;
}

int rls_explain(struct rls_evaluator *ev, const char *rule_id, const struct rls_explanation **out)
{
    int st;

    if (out)
        *out = NULL;
    if (!ev || !rule_id || !out)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    st = explain(ev, rule_id);
    if (st == RLS_OK)
        *out = &ev->explanation;
    evaluator_leave(ev);
    return st;
}

size_t rls_explanation_count(const struct rls_explanation *e)
{
    return e ? e->n : 0;
}

const struct rls_explained *rls_explanation_at(const struct rls_explanation *e, size_t index)
{
    return e && index < e->n ? &e->rows[index] : NULL;
}
