/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

uint32_t count_items(const struct attribute *a)
{
    struct item item;
    size_t at = 0;
    uint32_t n = 0;

    while (next_item(a, &at, &item))
        n++;
    return n;
}

static void lower_selectors(struct build *b, struct part *part, const struct element *e,
                            const struct attribute *a, struct text_test *out)
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
                        const struct attribute *a, struct text_test *out)
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

void lower_text_test(struct build *b, struct part *part, const struct element *e,
                     struct condition *out)
{
    const struct attribute *in = attribute_of(e, ATTRIBUTE_IN);
    const struct attribute *terms = attribute_of(e, ATTRIBUTE_TERMS);
    struct text_test *t = keep_array(b, 1, sizeof *t);

    out->kind = CONDITION_TEXT;
    out->text = t;
    if (t && in)
        lower_selectors(b, part, e, in, t);
    if (t && terms)
        lower_lists(b, part, e, terms, t);
}
