/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

static const struct {
    enum attribute_kind attribute;
    enum test_kind test;
} tests[] = {{ATTRIBUTE_IS, TEST_IS}, {ATTRIBUTE_IS_NOT, TEST_IS}, {ATTRIBUTE_LT, TEST_LT},
             {ATTRIBUTE_LE, TEST_LE}, {ATTRIBUTE_GT, TEST_GT},     {ATTRIBUTE_GE, TEST_GE}};

static const struct attribute *find_test(const struct element *e, struct field_test *out)
{
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const struct attribute *a = attribute_of(e, tests[i].attribute);

        if (!a || a->choice == CHOICE_NONE)
            continue;
        out->test = (uint8_t)tests[i].test;
        return a;
    }
    return NULL;
}

bool is_reference(const struct attribute *a)
{
    return a->length > 1 && a->value[0] == '$' && a->value[1] != '$';
}

static void report_test(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *left, const struct attribute *test, uint8_t type)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_TEST_TYPE,
                                 .place = name_place(part->doc, test, strlen(test->name)),
                                 .args = {test->name, left->value, type_name(type)}});
}

/* The type both sides have: what is said, what is moved in time, or what a side has by itself. */
static uint8_t wanted_type(const struct part *part, const struct element *e,
                           const struct attribute *right)
{
    struct item item = {right->value, right->length, 0};
    const struct named *named;

    if (attribute_of(e, ATTRIBUTE_TYPE))
        return (uint8_t)choice_of(e, ATTRIBUTE_TYPE, TYPE_ANY);
    if (attribute_of(e, ATTRIBUTE_PLUS) || attribute_of(e, ATTRIBUTE_MINUS))
        return TYPE_INSTANT;
    if (!is_reference(right))
        return TYPE_ANY;
    if (item.len == 4 && memcmp(item.text, "$now", 4) == 0)
        return TYPE_INSTANT;
    named = scope_find(part, item.text + 1, item.len - 1);
    if (named && named->param)
        return named->param->type;
    return named && named->let ? named->let->expression.type : TYPE_ANY;
}

bool lower_side(struct build *b, struct part *part, const struct element *e,
                const struct attribute *a, uint8_t type, struct expression *out)
{
    struct item item = {a->value, a->length, 0};

    if (is_reference(a) && !is_bound_member(b, a->value, a->length))
        return lower_operand(b, part, e, a, &item, type, out);
    return lower_field_value(b, part, e, a, &item, type, out);
}

/* A field on the left is tested like by <field>: of several values one must pass. */
static void use_left(struct build *b, struct comparison *k, struct condition *out)
{
    out->kind = CONDITION_COMPARE;
    out->compare = k;
    if (k->left->source != EXPRESSION_FIELD)
        return;
    k->test.selector =
        need(b, arena_copy(&b->set->arena, &k->left->selector, sizeof k->left->selector));
    out->kind = CONDITION_FIELD;
    out->field = &k->test;
}

static void lower_sides(struct build *b, struct part *part, const struct element *e,
                        struct condition *out)
{
    struct comparison *k = keep_array(b, 1, sizeof *k);
    const struct attribute *left = attribute_of(e, ATTRIBUTE_LEFT);
    const struct attribute *test = k ? find_test(e, &k->test) : NULL;
    struct expression *sides = keep_array(b, 2, sizeof *sides);

    out->kind = CONDITION_COMPARE;
    if (!left || left->choice == CHOICE_NONE || !test || !sides ||
        !lower_field_or_name(b, part, e, left, wanted_type(part, e, test), &sides[0]))
        return;
    k->test.type = sides[0].type;
    if (k->test.test != TEST_IS && (k->test.type == TYPE_TEXT || k->test.type == TYPE_BOOLEAN)) {
        report_test(b, part, e, left, test, k->test.type);
        return;
    }
    if (!lower_operand(b, part, e, test, &(struct item){test->value, test->length, 0}, k->test.type,
                       &sides[1]) ||
        !lower_shifts(b, part, e, &sides[1]))
        return;
    check_kinds(b, part, e, &sides[0], &sides[1], 1);
    k->left = &sides[0];
    k->test.operands = &sides[1];
    k->test.n_operands = 1;
    use_left(b, k, out);
}

void lower_compare(struct build *b, struct part *part, const struct element *e,
                   struct condition *out)
{
    struct condition *inner;

    if (!attribute_of(e, ATTRIBUTE_IS_NOT)) {
        lower_sides(b, part, e, out);
        return;
    }
    inner = keep_array(b, 1, sizeof *inner);
    out->kind = CONDITION_NOT;
    if (!inner)
        return;
    inner->line = out->line;
    lower_sides(b, part, e, inner);
    out->children = inner;
    out->n_children = 1;
}
