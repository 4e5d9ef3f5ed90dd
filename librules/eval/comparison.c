/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/comparison.h"

#include "eval/compare.h"
#include "eval/value.h"

enum rls_truth comparison_value(struct rls_evaluator *ev, const struct condition *c)
{
    struct evaluated left;

    expression_evaluate(ev, c->compare->left, &left);
    return compare_value(ev, &c->compare->test, &left);
}

void operands_quote(struct rls_evaluator *ev, const struct field_test *t)
{
    for (uint32_t i = 0; i < t->n_operands; i++)
        expression_quote(ev, &t->operands[i]);
}

void comparison_quote(struct rls_evaluator *ev, const struct condition *c)
{
    expression_quote(ev, c->compare->left);
    operands_quote(ev, &c->compare->test);
}

bool operands_missing(struct rls_evaluator *ev, const struct field_test *t, bool all)
{
    bool any = false;

    for (uint32_t i = 0; i < t->n_operands; i++)
        any = expression_missing(ev, &t->operands[i], all) || any;
    return any;
}

void comparison_missing(struct rls_evaluator *ev, const struct condition *c)
{
    const struct comparison *k = c->compare;
    bool left = expression_missing(ev, k->left, false);

    if (operands_missing(ev, &k->test, false) || left)
        return;
    /* All is known, and too vague. */
    (void)expression_missing(ev, k->left, true);
    (void)operands_missing(ev, &k->test, true);
}
