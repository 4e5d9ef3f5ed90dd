/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/field_test.h"

#include "base/limits.h"
#include "eval/compare.h"
#include "eval/select.h"
#include "eval/witness.h"

/* fact: the first value, or 0. An assumed value is none. */
static enum rls_truth presence(const struct rls_evaluator *ev, const struct field_test *t,
                               uint32_t fact)
{
    bool any = fact && fact < ev->assumed_from;

    if (!any && absence_is_unknown(ev, t->selector))
        return RLS_UNKNOWN;
    return any == t->operands[0].boolean ? RLS_TRUE : RLS_FALSE;
}

enum rls_truth field_test_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct field_test *t = c->field;
    uint32_t fact = select_first(ev, t->selector);
    bool unparsed = false;

    if (t->test == TEST_PRESENT)
        return presence(ev, t, fact);
    if (!fact)
        return absence_is_unknown(ev, t->selector) ? RLS_UNKNOWN : RLS_FALSE;
    for (; fact; fact = select_next(ev, t->selector, fact)) {
        const struct fact *value = &ev->facts.items[fact];

        note_assumed(ev, fact);
        if (value->state == VALUE_UNPARSED)
            unparsed = true;
        else if (compare_value(ev, t, value))
            return RLS_TRUE;
    }
    return unparsed ? RLS_UNKNOWN : RLS_FALSE;
}

/* The values that pass the test, or those that do not. */
static void quote_values(struct rls_evaluator *ev, const struct condition *c, bool passing)
{
    const struct field_test *t = c->field;
    uint32_t fact = select_first(ev, t->selector);

    for (unsigned quoted = 0; fact && quoted < LIMIT_EVIDENCE;
         fact = select_next(ev, t->selector, fact)) {
        const struct fact *value = &ev->facts.items[fact];

        if (fact >= ev->assumed_from || value->state == VALUE_UNPARSED)
            continue;
        if (t->test != TEST_PRESENT && compare_value(ev, t, value) != passing)
            continue;
        quoted++;
        witness_quote(
            ev, &(struct candidate_evidence){fact, 0, (uint32_t)value->text_len, HIT_NONE, NULL});
    }
}

void field_test_quote(struct rls_evaluator *ev, const struct condition *c)
{
    quote_values(ev, c, true);
}

void field_test_quote_against(struct rls_evaluator *ev, const struct condition *c)
{
    quote_values(ev, c, false);
}

void field_test_missing(struct rls_evaluator *ev, const struct condition *c)
{
    witness_missing(ev, c->field->selector->name);
}
