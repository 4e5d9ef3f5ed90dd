/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

/*
 * What a rule says of goods that have nothing to do with it: no text is hit, the category is
 * another one, and nothing is given that few documents give. A rule that cannot be told there
 * would send every document to review.
 */
enum answer { ANSWER_NO, ANSWER_UNKNOWN, ANSWER_YES };

struct reach {
    const struct build *b;
    const struct selector *asked; /* the first fact that is missing */
};

static bool is_given(const struct build *b, const struct selector *s)
{
    const char *name = s->field == FIELD_EVERY ? "*" : b->set->vocabulary.fields[s->field].name;

    return s->absence != ABSENT_UNKNOWN || s->record || strncmp(name, "category", 8) == 0;
}

static enum answer miss(struct reach *r, const struct selector *s)
{
    if (!r->asked)
        r->asked = s;
    return ANSWER_UNKNOWN;
}

static enum answer reach_field(struct reach *r, const struct field_test *t)
{
    if (!is_given(r->b, t->selector))
        return miss(r, t->selector);
    return t->negative ? ANSWER_YES : ANSWER_NO;
}

static enum answer reach_text(struct reach *r, const struct text_test *t)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (!is_given(r->b, &t->selectors[i]))
            return miss(r, &t->selectors[i]);
    return ANSWER_NO;
}

static enum answer reach_condition(struct reach *r, const struct condition *c);

/* The least of the children's answers, or the greatest. */
static enum answer reach_children(struct reach *r, const struct condition *c, bool least)
{
    enum answer found = least ? ANSWER_YES : ANSWER_NO;

    for (uint32_t i = 0; i < c->n_children; i++) {
        const struct selector *before = r->asked;
        enum answer a = reach_condition(r, &c->children[i]);

        if (a != ANSWER_UNKNOWN)
            r->asked = before;
        if (least ? a < found : a > found)
            found = a;
    }
    return found;
}

/* Depth is bounded by LIMIT_XML_DEPTH. What is not looked into counts as false: a warning is to be
 * sure. */
static enum answer reach_condition(struct reach *r, const struct condition *c)
{
    switch ((enum condition_kind)c->kind) {
    case CONDITION_ALL:
        return reach_children(r, c, true);
    case CONDITION_ANY:
        return reach_children(r, c, false);
    case CONDITION_NONE:
        return ANSWER_YES - reach_children(r, c, false);
    case CONDITION_NOT:
        return ANSWER_YES - reach_condition(r, c->children);
    case CONDITION_USE:
        return reach_condition(r, c->children);
    case CONDITION_TEXT:
        return reach_text(r, c->text);
    case CONDITION_FIELD:
        return reach_field(r, c->field);
    default:
        return ANSWER_NO;
    }
}

void check_reach(struct build *b, struct part *part, const struct element *e,
                 const struct rule_version *v)
{
    struct reach scope = {.b = b}, r = {.b = b};

    /* Where something is wrong, conditions may lack. */
    if (b->failed || b->d->count[RLS_ERROR] > 0 || part->subject != RLS_LISTING || !v->when)
        return;
    if (v->applies && reach_condition(&scope, v->applies) != ANSWER_YES)
        return;
    if (reach_condition(&r, v->when) == ANSWER_UNKNOWN)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_ASKS_EVERY, .args = {r.asked->name}});
}
