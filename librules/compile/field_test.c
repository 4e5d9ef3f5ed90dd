/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

const char *type_name(uint8_t type)
{
    static const char *const names[] = {"text",    "number",   "boolean",
                                        "instant", "duration", "quantity"};

    return names[type];
}

static const struct {
    enum attribute_kind attribute;
    enum test_kind test;
    bool negative;
} tests[] = {{ATTRIBUTE_PRESENT, TEST_PRESENT, false},
             {ATTRIBUTE_IS, TEST_IS, false},
             {ATTRIBUTE_IS_NOT, TEST_IS, true},
             {ATTRIBUTE_IN, TEST_IS, false},
             {ATTRIBUTE_NOT_IN, TEST_IS, true},
             {ATTRIBUTE_UNDER, TEST_UNDER, false},
             {ATTRIBUTE_NOT_UNDER, TEST_UNDER, true},
             {ATTRIBUTE_LT, TEST_LT, false},
             {ATTRIBUTE_LE, TEST_LE, false},
             {ATTRIBUTE_GT, TEST_GT, false},
             {ATTRIBUTE_GE, TEST_GE, false}};

static const struct attribute *find_test(const struct element *e, struct field_test *out)
{
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        const struct attribute *a = attribute_of(e, tests[i].attribute);

        if (!a || a->choice == CHOICE_NONE)
            continue;
        out->test = (uint8_t)tests[i].test;
        out->negative = tests[i].negative;
        return a;
    }
    return NULL;
}

const struct attribute *find_order(const struct element *e, uint8_t *test)
{
    static const struct {
        enum attribute_kind attribute;
        enum test_kind test;
    } orders[] = {{ATTRIBUTE_IS, TEST_IS},
                  {ATTRIBUTE_LT, TEST_LT},
                  {ATTRIBUTE_LE, TEST_LE},
                  {ATTRIBUTE_GT, TEST_GT},
                  {ATTRIBUTE_GE, TEST_GE}};

    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const struct attribute *a = attribute_of(e, orders[i].attribute);

        *test = (uint8_t)orders[i].test;
        if (a)
            return a;
    }
    return NULL;
}

static bool fits_type(uint8_t test, uint8_t type)
{
    if (test == TEST_UNDER)
        return type == TYPE_TEXT;
    return test < TEST_LT || (type != TYPE_TEXT && type != TYPE_BOOLEAN);
}

static void lower_presence(struct build *b, const struct attribute *a, struct field_test *out)
{
    struct expression *operand = keep_array(b, 1, sizeof *operand);

    if (!operand)
        return;
    operand->type = operand->value.type = TYPE_BOOLEAN;
    operand->value.boolean = a->choice == YES_CHOICE;
    operand->written = a->choice == YES_CHOICE ? "yes" : "no";
    out->operands = operand;
    out->n_operands = 1;
}

static bool is_list(const struct attribute *a)
{
    return a->kind == ATTRIBUTE_IN || a->kind == ATTRIBUTE_NOT_IN;
}

static void lower_operands(struct build *b, struct part *part, const struct element *e,
                           const struct attribute *a, struct field_test *out)
{
    struct item item = {a->value, a->length, 0};
    struct expression *operands;
    size_t at = 0;
    uint32_t n = 0;

    while (is_list(a) && next_item(a, &at, &item))
        n++;
    operands = keep_array(b, n ? n : 1, sizeof *operands);
    out->operands = operands;
    if (!operands)
        return;
    if (!is_list(a)) {
        (void)lower_operand(b, part, e, a, &item, out->type, &operands[out->n_operands++]);
        if (out->test == TEST_UNDER && !b->failed)
            suspect_step(b, part, e, a, &operands[0]);
        return;
    }
    if (out->type == TYPE_TEXT)
        suspect_commas(b, part, e, a);
    for (at = 0; next_item(a, &at, &item) && !b->failed;)
        (void)lower_operand(b, part, e, a, &item, out->type, &operands[out->n_operands++]);
    check_kinds(b, part, e, NULL, operands, out->n_operands);
}

static void report_many(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *name)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_MANY_FIELDS,
                                 .place = name_place(part->doc, name, strlen(name->name)),
                                 .args = {name->value}});
}

static void report_test(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *name, const struct attribute *test,
                        const struct field *f)
{
    struct complaint c = {.message = MSG_TEST_TYPE,
                          .place = name_place(part->doc, test, strlen(test->name)),
                          .args = {test->name, name->value, type_name(f->type)}};

    /* The keys of a family cannot have types of their own. */
    if (f->family && f->type == TYPE_TEXT) {
        c.hint = HINT_OWN_NUMBER;
        c.hint_args[0] = f->name;
    }
    complain(b->d, part->doc, e, &c);
}

/* The <not> or <none> that turns what the element says round; NULL: none, or two. */
static const struct element *turned_by(const struct element *e)
{
    const struct element *by = NULL;

    while ((e = e->parent) && e->kind >= ELEMENT_ALL && e->kind <= ELEMENT_NOT)
        if (e->kind == ELEMENT_NOT || e->kind == ELEMENT_NONE)
            by = by ? NULL : e;
    return by;
}

/* Of several values it matters whether one passes or all do as soon as the test is negated. */
static void check_values(struct build *b, const struct part *part, const struct element *e,
                         const struct attribute *test, const struct field_test *t,
                         const struct field *f)
{
    const struct attribute *values = attribute_of(e, ATTRIBUTE_VALUES);
    const struct element *by = turned_by(e);
    struct complaint c = {.message = MSG_NEGATIVE_VALUES,
                          .args = {value_of(e, ATTRIBUTE_NAME), test->name}};

    if (values && t->test == TEST_PRESENT) {
        c = (struct complaint){.message = MSG_VALUES_PRESENT,
                               .place = name_place(part->doc, values, strlen(values->name))};
        complain(b->d, part->doc, e, &c);
        return;
    }
    /* A member of one record is one value, unless it is one of a family. */
    if (values || t->test == TEST_PRESENT || !f->many || (t->selector->record && !f->family) ||
        (!t->negative && !by))
        return;
    if (!t->negative) {
        c.message = MSG_POSITIVE_VALUES;
        c.args[1] = by->name;
    }
    c.place = name_place(part->doc, test, strlen(test->name));
    complain(b->d, part->doc, e, &c);
}

void lower_field_test(struct build *b, struct part *part, const struct element *e,
                      struct condition *out)
{
    const struct attribute *name = attribute_of(e, ATTRIBUTE_NAME);
    struct field_test *t = keep_array(b, 1, sizeof *t);
    struct selector *selector = keep_array(b, 1, sizeof *selector);
    const struct attribute *test = t ? find_test(e, t) : NULL;
    const struct field *f;

    out->kind = CONDITION_FIELD;
    out->field = t;
    if (!t || !selector || !name || name->choice == CHOICE_NONE ||
        !lower_selector(b, part, e, name, &(struct item){name->value, name->length, 0}, selector))
        return;
    t->selector = selector;
    f = selector->field == FIELD_EVERY ? NULL : &b->set->vocabulary.fields[selector->field];
    if (!f || (f->family && !selector->key)) {
        report_many(b, part, e, name);
        return;
    }
    t->type = f->type;
    t->every = choice_of(e, ATTRIBUTE_VALUES, VALUES_ANY) == VALUES_ALL;
    if (!test)
        return;
    check_values(b, part, e, test, t, f);
    if (t->test == TEST_PRESENT)
        lower_presence(b, test, t);
    else if (fits_type(t->test, f->type))
        lower_operands(b, part, e, test, t);
    else
        report_test(b, part, e, name, test, f);
}
