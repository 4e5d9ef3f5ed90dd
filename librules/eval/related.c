/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/related.h"

#include "base/limits.h"
#include "eval/select.h"
#include "eval/value.h"
#include "eval/witness.h"

/* The texts of one side. */
struct texts {
    struct value items[LIMIT_RELATED_VALUES];
    uint32_t n;
    bool unknown; /* there may be others */
};

static void add(struct texts *t, const struct evaluated *value)
{
    if (value->state == VALUE_NOTHING)
        return;
    if (value->state != VALUE_KNOWN || t->n == LIMIT_RELATED_VALUES)
        t->unknown = true;
    else
        t->items[t->n++] = value->value;
}

static void read_side(struct rls_evaluator *ev, const struct expression *x, struct texts *out)
{
    struct evaluated value;
    uint32_t fact;

    out->n = 0;
    out->unknown = false;
    if (x->source != EXPRESSION_FIELD) {
        expression_evaluate(ev, x, &value);
        add(out, &value);
        return;
    }
    fact = select_first(ev, &x->selector);
    out->unknown = !fact && absence_is_unknown(ev, &x->selector);
    for (; fact && !out->unknown; fact = select_next(ev, &x->selector, fact)) {
        note_assumed(ev, fact);
        fact_evaluate(ev, &ev->facts.items[fact], TYPE_TEXT, &value);
        add(out, &value);
    }
}

static bool is_any_related(const struct text_relation *r, const struct texts *left,
                           const struct texts *right)
{
    for (uint32_t i = 0; i < left->n; i++)
        for (uint32_t k = 0; k < right->n; k++)
            if (relation_holds(r, &left->items[i], &right->items[k]))
                return true;
    return false;
}

enum rls_truth related_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct related_test *t = c->related;
    struct texts left, right;

    read_side(ev, t->left, &left);
    read_side(ev, t->right, &right);
    if (is_any_related(t->relation, &left, &right))
        return RLS_TRUE;
    /* Without any value on one side none can be related. */
    if ((!left.n && !left.unknown) || (!right.n && !right.unknown))
        return RLS_FALSE;
    return left.unknown || right.unknown ? RLS_UNKNOWN : RLS_FALSE;
}

void related_quote(struct rls_evaluator *ev, const struct condition *c)
{
    expression_quote(ev, c->related->left);
    expression_quote(ev, c->related->right);
}

static void side_missing(struct rls_evaluator *ev, const struct expression *x)
{
    struct texts side;

    read_side(ev, x, &side);
    if (side.unknown)
        (void)expression_missing(ev, x, true);
}

void related_missing(struct rls_evaluator *ev, const struct condition *c)
{
    side_missing(ev, c->related->left);
    side_missing(ev, c->related->right);
}
