/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/field_test.h"

#include "base/limits.h"
#include "eval/compare.h"
#include "eval/comparison.h"
#include "eval/select.h"
#include "eval/value.h"
#include "eval/witness.h"

/* fact: the first value, or 0. An assumed value is none. */
static enum rls_truth presence(const struct rls_evaluator *ev, const struct field_test *t,
                               uint32_t fact)
{
    bool any = fact && fact < ev->assumed_from;

    if (!any && absence_is_unknown(ev, t->selector))
        return RLS_UNKNOWN;
    return any == t->operands[0].value.boolean ? RLS_TRUE : RLS_FALSE;
}

static enum rls_truth value_passes(struct rls_evaluator *ev, const struct field_test *t,
                                   const struct fact *value)
{
    enum rls_truth holds = compare_fact(ev, t, value);

    return t->negative ? (enum rls_truth)(RLS_TRUE - holds) : holds;
}

/* A field that is known to have no value passes negative tests alone. */
static enum rls_truth without_value(const struct rls_evaluator *ev, const struct field_test *t)
{
    if (absence_is_unknown(ev, t->selector))
        return RLS_UNKNOWN;
    return t->negative ? RLS_TRUE : RLS_FALSE;
}

enum rls_truth field_test_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct field_test *t = c->field;
    uint32_t fact = select_first(ev, t->selector);
    enum rls_truth best = t->every ? RLS_TRUE : RLS_FALSE;
    enum rls_truth end = t->every ? RLS_FALSE : RLS_TRUE;

    if (t->test == TEST_PRESENT)
        return presence(ev, t, fact);
    if (!fact)
        return without_value(ev, t);
    for (; fact && best != end; fact = select_next(ev, t->selector, fact)) {
        enum rls_truth one = value_passes(ev, t, &ev->facts.items[fact]);

        note_assumed(ev, fact);
        if (t->every ? one < best : one > best)
            best = one;
    }
    return best;
}

/* The values that pass the test, or those that do not. */
static void quote_values(struct rls_evaluator *ev, const struct condition *c, enum rls_truth wanted)
{
    const struct field_test *t = c->field;
    uint32_t fact = select_first(ev, t->selector);

    for (unsigned quoted = 0; fact && quoted < LIMIT_EVIDENCE;
         fact = select_next(ev, t->selector, fact)) {
        if (fact >= ev->assumed_from || ev->facts.items[fact].state == VALUE_UNPARSED)
            continue;
        if (t->test != TEST_PRESENT && value_passes(ev, t, &ev->facts.items[fact]) != wanted)
            continue;
        quoted++;
        witness_value(ev, fact);
    }
    operands_quote(ev, t);
}

void field_test_quote(struct rls_evaluator *ev, const struct condition *c)
{
    quote_values(ev, c, RLS_TRUE);
}

void field_test_quote_against(struct rls_evaluator *ev, const struct condition *c)
{
    quote_values(ev, c, RLS_FALSE);
}

/* Whether the field has a value, and every value can be read. */
static bool is_known(struct rls_evaluator *ev, const struct field_test *t)
{
    uint32_t fact = select_first(ev, t->selector);
    bool known = fact != 0;

    for (; fact && known; fact = select_next(ev, t->selector, fact)) {
        struct evaluated value;

        fact_evaluate(ev, &ev->facts.items[fact], t->type, &value);
        known = value.state == VALUE_KNOWN;
    }
    return known;
}

void field_test_missing(struct rls_evaluator *ev, const struct condition *c)
{
    const struct field_test *t = c->field;
    bool field = t->test == TEST_PRESENT || !is_known(ev, t);

    if (field)
        witness_missing(ev, t->selector->name);
    if (!operands_missing(ev, t, false) && !field) {
        /* All is known, and too vague. */
        witness_missing(ev, t->selector->name);
        (void)operands_missing(ev, t, true);
    }
}
