/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/compare.h"

#include <string.h>

#include "eval/lookup.h"
#include "eval/value.h"
#include "text/reader.h"
#include "text/trim.h"

/* Text of a fact is folded into a buffer of its own: of many facts none is kept. */
static bool fold(struct rls_evaluator *ev, const struct fact *f, struct value *out)
{
    struct text_buffer *b = &ev->fold;
    size_t need = text_fold(f->text, f->text_len, FORM_DEFAULT, b->data, b->cap);

    if (need >= b->cap) {
        if (!buffer_reserve(&ev->mem, b, need + 1)) {
            ev->out_of_memory = true;
            return false;
        }
        (void)text_fold(f->text, f->text_len, FORM_DEFAULT, b->data, b->cap);
    }
    *out = (struct value){.type = TYPE_TEXT, .text = b->data, .length = need};
    return true;
}

static bool is_text(const char *text, size_t len, const struct value *operand)
{
    text_trim(&text, &len);
    return operand->length == len && memcmp(operand->text, text, len) == 0;
}

/* Steps end at '>' when the path has one, else at '/'. */
static bool has_step(const struct value *path, const struct value *operand)
{
    const char *at = path->text, *end = at + path->length;
    char mark = memchr(at, '>', path->length) ? '>' : '/';

    for (;;) {
        const char *stop = memchr(at, mark, (size_t)(end - at));

        if (is_text(at, (size_t)((stop ? stop : end) - at), operand))
            return true;
        if (!stop)
            return false;
        at = stop + 1;
    }
}

static enum relation relation_of(uint8_t test)
{
    switch (test) {
    case TEST_LT:
        return RELATION_LT;
    case TEST_LE:
        return RELATION_LE;
    case TEST_GT:
        return RELATION_GT;
    case TEST_GE:
        return RELATION_GE;
    default:
        return RELATION_IS;
    }
}

static enum rls_truth truth_of(bool b)
{
    return b ? RLS_TRUE : RLS_FALSE;
}

static enum rls_truth compare_known(const struct field_test *t, const struct value *value,
                                    const struct value *operand)
{
    if (t->type != TYPE_TEXT)
        return value_compare(value, relation_of(t->test), operand);
    return truth_of(t->test == TEST_UNDER ? has_step(value, operand)
                                          : is_text(value->text, value->length, operand));
}

/* Against what is in force of a set. */
static enum rls_truth compare_with_set(struct rls_evaluator *ev, const struct field_test *t,
                                       const struct value *value, const struct value_set *set)
{
    enum rls_truth best = RLS_FALSE;

    for (uint32_t i = 0; i < set->n_items && best != RLS_TRUE; i++) {
        enum rls_truth one = compare_known(t, value, &set->items[i].value), now;

        if (one <= best)
            continue;
        now = in_force(ev, &set->periods[i]);
        one = now < one ? now : one;
        best = one > best ? one : best;
    }
    return best;
}

/* Against one operand. Nothing is never equal, before or after. */
static enum rls_truth compare_with(struct rls_evaluator *ev, const struct field_test *t,
                                   const struct value *value, const struct expression *x)
{
    struct evaluated operand;

    if (x->source == EXPRESSION_SET)
        return compare_with_set(ev, t, value, x->set);
    if (x->source == EXPRESSION_LITERAL && !x->plus && !x->minus)
        return compare_known(t, value, &x->value);
    expression_evaluate(ev, x, &operand);
    if (operand.state == VALUE_KNOWN)
        return compare_known(t, value, &operand.value);
    return operand.state == VALUE_NOTHING ? RLS_FALSE : RLS_UNKNOWN;
}

static enum rls_truth compare_with_any(struct rls_evaluator *ev, const struct field_test *t,
                                       const struct value *value)
{
    enum rls_truth best = RLS_FALSE;

    for (uint32_t i = 0; i < t->n_operands && best != RLS_TRUE; i++) {
        enum rls_truth one = compare_with(ev, t, value, &t->operands[i]);

        best = one > best ? one : best;
    }
    return best;
}

enum rls_truth compare_fact(struct rls_evaluator *ev, const struct field_test *t,
                            const struct fact *value)
{
    bool text = ev->set->vocabulary.fields[value->field].type == TYPE_TEXT;
    struct evaluated known = {.state = value->state};

    if (value->state == VALUE_UNPARSED)
        return RLS_UNKNOWN;
    if (t->type == TYPE_TEXT) {
        if (!value->text)
            return RLS_FALSE;
        if (!fold(ev, value, &known.value))
            return RLS_UNKNOWN;
    } else if (text) {
        fact_evaluate(ev, value, t->type, &known);
    } else {
        value_of_fact(value, t->type, &known.value);
    }
    return compare_value(ev, t, &known);
}

enum rls_truth compare_value(struct rls_evaluator *ev, const struct field_test *t,
                             const struct evaluated *value)
{
    if (value->state == VALUE_NOTHING)
        return RLS_FALSE;
    return value->state == VALUE_KNOWN ? compare_with_any(ev, t, &value->value) : RLS_UNKNOWN;
}
