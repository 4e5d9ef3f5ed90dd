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

static bool value_passes(struct rls_evaluator *ev, const struct field_test *t,
                         const struct fact *value)
{
    return compare_value(ev, t, value) != t->negative;
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
    bool unparsed = false;

    if (t->test == TEST_PRESENT)
        return presence(ev, t, fact);
    if (!fact)
        return without_value(ev, t);
    for (; fact; fact = select_next(ev, t->selector, fact)) {
        const struct fact *value = &ev->facts.items[fact];

        note_assumed(ev, fact);
        if (value->state == VALUE_UNPARSED)
            unparsed = true;
        else if (value_passes(ev, t, value) != t->every)
            return t->every ? RLS_FALSE : RLS_TRUE;
    }
    if (unparsed)
        return RLS_UNKNOWN;
    return t->every ? RLS_TRUE : RLS_FALSE;
}

/* The values that pass, or those that do not. */
static void quote_values(struct rls_evaluator *ev, const struct condition *c, bool passing)
{
    const struct field_test *t = c->field;
    uint32_t fact = select_first(ev, t->selector);

    for (unsigned quoted = 0; fact && quoted < LIMIT_EVIDENCE;
         fact = select_next(ev, t->selector, fact)) {
        const struct fact *value = &ev->facts.items[fact];

        if (fact >= ev->assumed_from || value->state == VALUE_UNPARSED)
            continue;
        if (t->test != TEST_PRESENT && value_passes(ev, t, value) != passing)
            continue;
        quoted++;
        witness_quote(ev, &(struct candidate_evidence){
                              .fact = fact, .end = (uint32_t)value->text_len, .hit = HIT_NONE});
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
