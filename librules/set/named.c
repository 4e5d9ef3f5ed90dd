/* SPDX-License-Identifier: Apache-2.0 */
#include "set/named.h"

#include <string.h>

#include "base/nearest.h"
#include "set/program.h"
#include "text/reader.h"
#include "text/trim.h"

enum { LONGEST_VALUE = 256, FIELDS = 8 };

/* What conditions say of one field. The values are counted first, then listed. */
struct search {
    uint32_t field, count;
    struct rls_text *values; /* NULL: counts only */
    bool open;               /* some condition does other than compare it with literals */
};

static void add_value(struct search *s, struct rls_text value)
{
    for (uint32_t i = 0; s->values && i < s->count; i++)
        if (s->values[i].len == value.len && memcmp(s->values[i].data, value.data, value.len) == 0)
            return;
    if (s->values)
        s->values[s->count] = value;
    s->count++;
}

static void look_at_test(struct search *s, const struct field_test *t)
{
    if (t->selector->field != s->field || t->test == TEST_PRESENT)
        return;
    s->open = s->open || t->test != TEST_IS || t->type != TYPE_TEXT;
    for (uint32_t i = 0; !s->open && i < t->n_operands; i++) {
        const struct expression *x = &t->operands[i];

        if (x->source == EXPRESSION_LITERAL)
            add_value(s, (struct rls_text){x->value.text, x->value.length});
        else
            s->open = true;
    }
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

/* Depth is bounded by LIMIT_XML_DEPTH: conditions nest no deeper than the elements they were. */
static void look_at_condition(struct search *s, const struct condition *c)
{
    for (uint32_t i = 0; i < c->n_children; i++)
        look_at_condition(s, &c->children[i]);
    if (c->kind == CONDITION_FIELD)
        look_at_test(s, c->field);
    else if (c->kind == CONDITION_COMPARE)
        s->open = s->open || is_about(c->compare->left, s->field);
    else if (c->kind == CONDITION_RELATED)
        s->open = s->open || is_about(c->related->left, s->field) ||
                  is_about(c->related->right, s->field);
}

static void look_at(const struct condition *c, const struct condition_place *at, void *search)
{
    (void)at;
    if (c)
        look_at_condition(search, c);
}

static void look_at_rules(const struct rls_set *set, struct search *s)
{
    const char *assumed = set->vocabulary.fields[s->field].assumed;

    s->count = 0;
    for (uint32_t i = 0; i < set->n_exceptions; i++)
        look_at(set->exceptions[i].scope, NULL, s);
    for (uint32_t i = 0; i < set->n_rules; i++)
        for (uint32_t j = 0; j < set->rules[i].n_versions; j++)
            version_conditions(&set->rules[i].versions[j], look_at, s);
    if (s->count > 0 && assumed)
        add_value(s, (struct rls_text){assumed, strlen(assumed)});
}

/* Leaves a count of 0 where nothing can be told. */
static bool find(struct rls_set *set, uint32_t field, struct named_values *out)
{
    struct search s = {.field = field};

    *out = (struct named_values){.field = field};
    look_at_rules(set, &s);
    if (s.open || s.count == 0)
        return true;
    s.values = arena_array(&set->arena, s.count, sizeof *s.values);
    if (!s.values)
        return false;
    look_at_rules(set, &s);
    out->count = s.count;
    out->values = s.values;
    return true;
}

static bool is_scope(const struct field *f)
{
    return !f->family && (strcmp(f->name, "platform") == 0 || strcmp(f->name, "channel") == 0);
}

bool named_values_find(struct rls_set *set)
{
    const struct vocabulary *v = &set->vocabulary;
    struct named_values *named = arena_array(&set->arena, FIELDS, sizeof *named);

    if (!named)
        return false;
    for (uint32_t i = 0; i < v->count && set->n_named < FIELDS; i++) {
        if (!is_scope(&v->fields[i]))
            continue;
        if (!find(set, i, &named[set->n_named]))
            return false;
        set->n_named += named[set->n_named].count > 0;
    }
    set->named = named;
    return true;
}

static bool is_listed(const struct named_values *n, const char *text, size_t len)
{
    for (uint32_t i = 0; i < n->count; i++)
        if (n->values[i].len == len && memcmp(n->values[i].data, text, len) == 0)
            return true;
    return false;
}

bool named_values_hold(const struct named_values *n, struct rls_text text, const char **nearest)
{
    char folded[LONGEST_VALUE];
    const char *value = folded;
    struct nearest near = {0};
    size_t len;

    *nearest = NULL;
    /* What is folded already stays as it is: mostly nothing else need be done. */
    if (is_listed(n, text.data, text.len))
        return true;
    len = text_fold(text.data, text.len, FORM_DEFAULT, folded, sizeof folded);
    if (len >= sizeof folded)
        return true;
    text_trim(&value, &len);
    if (is_listed(n, value, len))
        return true;
    for (uint32_t i = 0; i < n->count; i++)
        nearest_offer(&near, value, len, n->values[i].data);
    *nearest = near.best;
    return false;
}
