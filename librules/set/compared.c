/* SPDX-License-Identifier: Apache-2.0 */
#include "set/compared.h"

#include <string.h>

#include "set/program.h"

struct walk {
    uint32_t field;
    void (*each)(struct rls_text value, void *user);
    void *user;
    bool given; /* some value */
    bool open;  /* some condition does other than compare the field with literals */
};

static void give(struct walk *w, const char *text, size_t len)
{
    w->given = true;
    w->each((struct rls_text){text, len}, w->user);
}

/* Lets stand upon lets no deeper than LIMIT_LET_DEPTH. */
static bool is_about(const struct expression *x, uint32_t field)
{
    if (!x)
        return false;
    if (x->source == EXPRESSION_LET)
        return is_about(&x->let->expression, field);
    if (x->source == EXPRESSION_FIELD && x->selector.field == field)
        return true;
    for (uint32_t i = 0; i < x->n_parts; i++)
        if (is_about(&x->parts[i], field))
            return true;
    return false;
}

static void look_at_operands(struct walk *w, const struct field_test *t)
{
    for (uint32_t i = 0; i < t->n_operands; i++)
        w->open = w->open || is_about(&t->operands[i], w->field);
}

static void look_at_test(struct walk *w, const struct field_test *t)
{
    look_at_operands(w, t);
    if (t->selector->field != w->field || t->test == TEST_PRESENT)
        return;
    w->open = w->open || t->test != TEST_IS || t->type != TYPE_TEXT;
    for (uint32_t i = 0; !w->open && i < t->n_operands; i++) {
        const struct expression *x = &t->operands[i];

        if (x->source == EXPRESSION_LITERAL)
            give(w, x->value.text, x->value.length);
        else
            w->open = true;
    }
}

static void look_at_text(struct walk *w, const struct text_test *t)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        w->open = w->open || t->selectors[i].field == w->field;
}

/* Depth is bounded by LIMIT_XML_DEPTH: conditions nest no deeper than the elements they were. */
static void look_at_condition(struct walk *w, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_children; i++)
        look_at_condition(w, &c->children[i]);
    switch (c->kind) {
    case CONDITION_FIELD:
        look_at_test(w, c->field);
        break;
    case CONDITION_COMPARE:
        look_at_operands(w, &c->compare->test);
        w->open = w->open || is_about(c->compare->left, w->field);
        break;
    case CONDITION_RELATED:
        w->open = w->open || is_about(c->related->left, w->field) ||
                  is_about(c->related->right, w->field);
        break;
    case CONDITION_TEXT:
        look_at_text(w, c->text);
        break;
    case CONDITION_NEAR:
        look_at_text(w, &c->near->parts[0]);
        break;
    default:
        break;
    }
}

static void look_at(const struct condition *c, const struct condition_place *at, void *walk)
{
    (void)at;
    if (c)
        look_at_condition(walk, c);
}

bool compared_values(const struct rls_set *set, uint32_t field,
                     void (*each)(struct rls_text value, void *user), void *user)
{
    struct walk w = {.field = field, .each = each, .user = user};
    const char *assumed = set->vocabulary.fields[field].assumed;

    for (uint32_t i = 0; i < set->n_exceptions; i++)
        look_at(set->exceptions[i].scope, NULL, &w);
    for (uint32_t i = 0; i < set->n_rules; i++)
        for (uint32_t j = 0; j < set->rules[i].n_versions; j++)
            version_conditions(&set->rules[i].versions[j], look_at, &w);
    if (w.given && assumed)
        give(&w, assumed, strlen(assumed));
    return !w.open;
}
