/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/condition.h"

#include "eval/comparison.h"
#include "eval/counter.h"
#include "eval/deadline_test.h"
#include "eval/field_test.h"
#include "eval/near.h"
#include "eval/record.h"
#include "eval/related.h"
#include "eval/text_test.h"

enum rls_truth truth_not(enum rls_truth t)
{
    return (enum rls_truth)(RLS_TRUE - t);
}

/* The largest (any) or smallest (all) value of the children. */
static enum rls_truth fold_children(struct rls_evaluator *ev, const struct condition *c, bool any)
{
    enum rls_truth best = any ? RLS_FALSE : RLS_TRUE, end = truth_not(best);

    for (uint32_t i = 0; i < c->n_children && best != end; i++) {
        enum rls_truth t = condition_value(ev, &c->children[i]);
        if (any ? t > best : t < best)
            best = t;
    }
    return best;
}

static enum rls_truth all_value(struct rls_evaluator *ev, const struct condition *c)
{
    return fold_children(ev, c, false);
}

static enum rls_truth any_value(struct rls_evaluator *ev, const struct condition *c)
{
    return fold_children(ev, c, true);
}

static enum rls_truth none_value(struct rls_evaluator *ev, const struct condition *c)
{
    return truth_not(fold_children(ev, c, true));
}

static enum rls_truth use_value(struct rls_evaluator *ev, const struct condition *c)
{
    return condition_value(ev, c->children);
}

static enum rls_truth not_value(struct rls_evaluator *ev, const struct condition *c)
{
    return truth_not(condition_value(ev, c->children));
}

static void quote_true_children(struct rls_evaluator *ev, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_children; i++)
        if (condition_value(ev, &c->children[i]) == RLS_TRUE)
            condition_quote(ev, &c->children[i]);
}

static void quote_false_children(struct rls_evaluator *ev, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_children; i++)
        if (condition_value(ev, &c->children[i]) == RLS_FALSE)
            condition_quote_against(ev, &c->children[i]);
}

static void children_missing(struct rls_evaluator *ev, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_children; i++)
        condition_missing(ev, &c->children[i]);
}

/* What is not there cannot be quoted. */
static void quote_nothing(struct rls_evaluator *ev, const struct condition *c)
{
    (void)ev;
    (void)c;
}

static const struct {
    enum rls_truth (*value)(struct rls_evaluator *ev, const struct condition *c);
    void (*quote)(struct rls_evaluator *ev, const struct condition *c);   /* of a true one */
    void (*missing)(struct rls_evaluator *ev, const struct condition *c); /* of an unknown one */
    void (*quote_against)(struct rls_evaluator *ev, const struct condition *c); /* of a false one;
                                                                    NULL: nothing is there */
} kinds[] = {
    [CONDITION_ALL] = {all_value, quote_true_children, children_missing, quote_false_children},
    [CONDITION_ANY] = {any_value, quote_true_children, children_missing, quote_false_children},
    [CONDITION_NONE] = {none_value, quote_nothing, children_missing, quote_true_children},
    [CONDITION_NOT] = {not_value, quote_nothing, children_missing, quote_true_children},
    [CONDITION_USE] = {use_value, quote_true_children, children_missing, quote_false_children},
    [CONDITION_TEXT] = {text_test_value, text_test_quote, text_test_missing, NULL},
    [CONDITION_NEAR] = {near_value, near_quote, near_missing, NULL},
    [CONDITION_SOME] = {some_value, records_quote, records_missing, records_quote_against},
    [CONDITION_EVERY] = {every_value, records_quote, records_missing, records_quote_against},
    [CONDITION_COUNT] = {count_value, records_quote, records_missing, records_quote_against},
    [CONDITION_COUNTER] = {counter_value, counter_quote, counter_missing, counter_quote_against},
    [CONDITION_FIELD] = {field_test_value, field_test_quote, field_test_missing,
                         field_test_quote_against},
    [CONDITION_COMPARE] = {comparison_value, comparison_quote, comparison_missing,
                           comparison_quote},
    [CONDITION_MISSED] = {missed_value, deadline_quote, deadline_missing, deadline_quote_against},
    [CONDITION_OPEN] = {open_value, deadline_quote, deadline_missing, deadline_quote_against},
    [CONDITION_MET_LATE] = {met_late_value, deadline_quote, deadline_missing,
                            deadline_quote_against},
    [CONDITION_RELATED] = {related_value, related_quote, related_missing, related_quote},
};

/* Recursion is bounded: conditions nest no deeper than their elements did (LIMIT_XML_DEPTH), and
 * shared ones LIMIT_NESTED_USES times within each other. */
static enum rls_truth probed_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct condition *judged = probe_look(&ev->probe, c);
    enum rls_truth t = kinds[judged->kind].value(ev, judged);

    ev->probe.evaluated += ev->probe.counting;
    if (ev->probe.counts)
        probe_see(ev, c, t);
    return t;
}

enum rls_truth condition_value(struct rls_evaluator *ev, const struct condition *c)
{
    return ev->probe.on ? probed_value(ev, c) : kinds[c->kind].value(ev, c);
}

void condition_quote(struct rls_evaluator *ev, const struct condition *c)
{
    c = probe_look(&ev->probe, c);
    kinds[c->kind].quote(ev, c);
}

void condition_quote_against(struct rls_evaluator *ev, const struct condition *c)
{
    c = probe_look(&ev->probe, c);
    if (kinds[c->kind].quote_against)
        kinds[c->kind].quote_against(ev, c);
}

void condition_missing(struct rls_evaluator *ev, const struct condition *c)
{
    if (condition_value(ev, c) != RLS_UNKNOWN)
        return;
    c = probe_look(&ev->probe, c);
    kinds[c->kind].missing(ev, c);
}
