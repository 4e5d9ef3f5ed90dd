/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

static bool read_one(struct build *b, struct part *part, const struct element *e,
                     enum attribute_kind kind, uint8_t type, struct value *out)
{
    const struct attribute *a = attribute_of(e, kind);
    struct expression x;

    if (!a || a->choice == CHOICE_NONE)
        return false;
    if (!lower_literal(b, part, e, a, &(struct item){a->value, a->length, 0}, type, &x))
        return false;
    *out = x.value;
    return true;
}

static const struct value *read_bound(struct build *b, struct part *part, const struct element *e,
                                      enum attribute_kind kind, uint8_t type)
{
    const struct attribute *a = attribute_of(e, kind);
    struct value v;

    if (!a)
        return NULL;
    if (type == TYPE_TEXT || type == TYPE_BOOLEAN) {
        complain(
            b->d, part->doc, e,
            &(struct complaint){.message = MSG_TEST_TYPE,
                                .place = name_place(part->doc, a, strlen(a->name)),
                                .args = {a->name, value_of(e, ATTRIBUTE_ID), type_name(type)}});
        return NULL;
    }
    return read_one(b, part, e, kind, type, &v) ? need(b, arena_copy(&b->set->arena, &v, sizeof v))
                                                : NULL;
}

static void report_range(struct build *b, const struct part *part, const struct element *e,
                         const struct attribute *a, const struct item *item)
{
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_PARAM_RANGE,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)}});
}

static void lower_param(struct build *b, struct part *part, const struct element *e)
{
    struct param *p = &b->params[b->set->n_params];
    const struct attribute *value = attribute_of(e, ATTRIBUTE_DEFAULT);
    struct named *named = scope_add(b, part, e);

    if (!named || !value || !attribute_of(e, ATTRIBUTE_TYPE))
        return;
    p->type = (uint8_t)choice_of(e, ATTRIBUTE_TYPE, TYPE_TEXT);
    p->name = keep_text(b, value_of(e, ATTRIBUTE_ID));
    p->id = keep_id(b, part, value_of(e, ATTRIBUTE_ID));
    p->zone = part->kept_zone;
    p->title = keep_languages(b, e, ELEMENT_TITLE);
    p->min = read_bound(b, part, e, ATTRIBUTE_MIN, p->type);
    p->max = read_bound(b, part, e, ATTRIBUTE_MAX, p->type);
    if (!read_one(b, part, e, ATTRIBUTE_DEFAULT, p->type, &p->value) || b->failed)
        return;
    if (!param_allows(p, &p->value))
        report_range(b, part, e, value, &(struct item){value->value, value->length, 0});
    p->index = b->set->n_params++;
    named->param = p;
}

void lower_params(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_PARAM); e && !b->failed;
         e = next_of(e))
        lower_param(b, part, e);
}

/* Of a case or profile. */
static bool set_param(struct build *b, struct part *part, const struct element *e,
                      struct rls_param *out)
{
    const struct attribute *name = attribute_of(e, ATTRIBUTE_NAME);
    const struct attribute *value = attribute_of(e, ATTRIBUTE_VALUE);
    struct item item;
    const struct named *named;
    struct value v;

    if (!name || !value)
        return false;
    item = (struct item){name->value, name->length, 0};
    named = scope_resolve_name(b, part, e, name, &item, ELEMENT_PARAM);
    if (!named || !named->param || !read_one(b, part, e, ATTRIBUTE_VALUE, named->param->type, &v))
        return false;
    item = (struct item){value->value, value->length, 0};
    if (!param_allows(named->param, &v))
        report_range(b, part, e, value, &item);
    out->name = named->param->id;
    out->value = need(b, arena_text(&b->set->arena, item.text, item.len));
    return true;
}

uint32_t count_set_params(const struct element *e)
{
    uint32_t n = 0;

    for (const struct element *p = child_of(e, ELEMENT_CASE_PARAM); p; p = next_of(p))
        n++;
    return n;
}

uint32_t set_params(struct build *b, struct part *part, const struct element *e,
                    struct rls_param *out)
{
    uint32_t n = 0;

    for (const struct element *p = child_of(e, ELEMENT_CASE_PARAM); p && !b->failed; p = next_of(p))
        n += set_param(b, part, p, &out[n]);
    return n;
}
