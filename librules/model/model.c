/* SPDX-License-Identifier: Apache-2.0 */
#include "model/model.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const struct element *child_of(const struct element *e, enum element_kind kind)
{
    const struct element *child = e->first;

    while (child && child->kind != kind)
        child = child->next;
    return child;
}

const struct element *next_of(const struct element *e)
{
    const struct element *next = e->next;

    while (next && next->kind != e->kind)
        next = next->next;
    return next;
}

const struct attribute *attribute_of(const struct element *e, enum attribute_kind kind)
{
    for (uint32_t i = 0; i < e->n_attributes; i++)
        if (e->attributes[i].kind == kind)
            return &e->attributes[i];
    return NULL;
}

const char *value_of(const struct element *e, enum attribute_kind kind)
{
    const struct attribute *a = attribute_of(e, kind);

    return a ? a->value : NULL;
}

uint32_t choice_of(const struct element *e, enum attribute_kind kind, uint32_t absent)
{
    const struct attribute *a = attribute_of(e, kind);

    return a && a->choice != CHOICE_NONE ? a->choice : absent;
}

const char *chosen_of(const struct element *e, enum attribute_kind kind)
{
    const struct attribute_rule *rules = grammar_element(e->kind)->attributes;
    uint32_t choice = choice_of(e, kind, CHOICE_NONE);

    if (choice == CHOICE_NONE)
        return NULL;
    while (rules->kind != kind)
        rules++;
    return rules->choices[choice];
}

uint32_t language_of(const struct element *e)
{
    while (e->parent && !attribute_of(e, ATTRIBUTE_LANG))
        e = e->parent;
    return choice_of(e, ATTRIBUTE_LANG, LANGUAGE_ZH);
}

bool next_item(const struct attribute *a, size_t *at, struct item *out)
{
    size_t i = *at, begin;

    while (i < a->length && is_blank(a->value[i]))
        i++;
    begin = i;
    while (i < a->length && !is_blank(a->value[i]))
        i++;
    *out = (struct item){a->value + begin, i - begin, begin};
    *at = i;
    return i > begin;
}

struct item trimmed_text(const struct element *e)
{
    size_t begin = 0, end = e->text_length;

    while (begin < end && is_blank(e->text[begin]))
        begin++;
    while (end > begin && is_blank(e->text[end - 1]))
        end--;
    return (struct item){e->text + begin, end - begin, begin};
}

static const struct element *enclosing(const struct element *e, enum element_kind kind)
{
    while (e && e->kind != kind)
        e = e->parent;
    return e;
}

void complain(struct diagnostics *d, const struct document *doc, const struct element *e,
              const struct complaint *c)
{
    const struct element *rule = enclosing(e, ELEMENT_RULE);
    const char *rule_id = rule ? value_of(rule, ATTRIBUTE_ID) : NULL;
    const char *set_id = value_of(doc->root, ATTRIBUTE_ID);
    struct complaint placed = *c;
    char name[256];

    if (rule_id) {
        if (!set_id)
            set_id = "";
        (void)snprintf(name, sizeof name, "%.*s/%.*s", (int)utf8_cut(set_id, strlen(set_id), 100),
                       set_id, (int)utf8_cut(rule_id, strlen(rule_id), 150), rule_id);
        placed.rule = name;
    }
    if (!placed.place.source)
        placed.place = element_place(doc, e);
    diagnostics_add(d, &placed);
}
