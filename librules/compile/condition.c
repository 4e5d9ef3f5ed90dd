/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

const char *type_name(uint8_t type)
{
    static const char *const names[] = {"text", "number", "boolean", "instant"};

    return names[type];
}

static uint32_t count_items(const struct attribute *a)
{
    struct item item;
    size_t at = 0;
    uint32_t n = 0;

    while (next_item(a, &at, &item))
        n++;
    return n;
}

/* --- text ---------------------------------------------------------------------------------- */

static void lower_selectors(struct build *b, struct part *part, const struct element *e,
                            const struct attribute *a, struct condition *out)
{
    struct selector *selectors = keep_array(b, count_items(a), sizeof *selectors);
    struct item item;
    size_t at = 0;

    while (selectors && next_item(a, &at, &item)) {
        struct selector *s = &selectors[out->n_selectors];
        const struct field *f;
        char word[WORD_BYTES];

        if (!lower_selector(b, part, e, a, &item, s))
            continue;
        out->n_selectors++;
        f = s->field == FIELD_EVERY ? NULL : &b->set->vocabulary.fields[s->field];
        if (f && f->type != TYPE_TEXT)
            complain(b->d, part->doc, e,
                     &(struct complaint){
                         .message = MSG_NOT_TEXT,
                         .place = value_place(part->doc, a, item.offset, item.len),
                         .args = {word_of(item.text, item.len, word), type_name(f->type)}});
    }
    out->selectors = selectors;
}

static void lower_lists(struct build *b, struct part *part, const struct element *e,
                        const struct attribute *a, struct condition *out)
{
    uint32_t *lists = keep_array(b, count_items(a), sizeof *lists);
    struct item item;
    size_t at = 0;

    b->stamp++;
    while (lists && next_item(a, &at, &item)) {
        struct part *owner = owner_of(b, part, e, a, &item);
        uint32_t id = owner ? names_resolve(&owner->terms, b, part, e, a, &item, MSG_UNKNOWN_TERMS)
                            : INTERN_NONE;

        if (id == INTERN_NONE || owner->stamps[id] == b->stamp)
            continue;
        owner->stamps[id] = b->stamp;
        lists[out->n_term_sets++] = owner->first_list + id;
    }
    out->term_sets = lists;
}

static void lower_text(struct build *b, struct part *part, const struct element *e,
                       struct condition *out)
{
    const struct attribute *in = attribute_of(e, ATTRIBUTE_IN);
    const struct attribute *terms = attribute_of(e, ATTRIBUTE_TERMS);

    out->kind = CONDITION_TEXT;
    if (in)
        lower_selectors(b, part, e, in, out);
    if (terms)
        lower_lists(b, part, e, terms, out);
}

/* --- logic --------------------------------------------------------------------------------- */

static void lower(struct build *b, struct part *part, const struct element *e,
                  struct condition *out);

static bool is_condition(const struct element *e)
{
    return e->kind >= ELEMENT_ALL && e->kind <= ELEMENT_FIELD;
}

static void lower_logic(struct build *b, struct part *part, const struct element *e,
                        enum condition_kind kind, struct condition *out)
{
    struct condition *children;
    uint32_t n = 0;

    for (const struct element *child = e->first; child; child = child->next)
        n += is_condition(child);
    children = keep_array(b, n, sizeof *children);
    out->kind = (uint8_t)kind;
    out->children = children;
    for (const struct element *child = e->first; child && children && !b->failed;
         child = child->next)
        if (is_condition(child))
            lower(b, part, child, &children[out->n_children++]);
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void lower(struct build *b, struct part *part, const struct element *e,
                  struct condition *out)
{
    out->line = line_of(part, e);
    count_conditions(b, 1);
    switch ((enum element_kind)e->kind) {
    case ELEMENT_ALL:
        lower_logic(b, part, e, CONDITION_ALL, out);
        break;
    case ELEMENT_ANY:
        lower_logic(b, part, e, CONDITION_ANY, out);
        break;
    case ELEMENT_NONE:
        lower_logic(b, part, e, CONDITION_NONE, out);
        break;
    case ELEMENT_NOT:
        lower_logic(b, part, e, CONDITION_NOT, out);
        break;
    case ELEMENT_USE:
        lower_use(b, part, e, out);
        break;
    case ELEMENT_TEXT:
        lower_text(b, part, e, out);
        break;
    default:
        lower_field_test(b, part, e, out);
    }
}

const struct condition *lower_condition_in(struct build *b, struct part *part,
                                           const struct element *e)
{
    const struct element *child = e->first;
    struct condition *out;

    while (child && !is_condition(child))
        child = child->next;
    out = child ? keep_array(b, 1, sizeof *out) : NULL;
    if (out)
        lower(b, part, child, out);
    return out;
}
