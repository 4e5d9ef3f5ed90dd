/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
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

static const struct selector *lower_selectors(struct build *b, struct part *part,
                                              const struct element *e, const struct attribute *a,
                                              uint32_t *n)
{
    struct selector *selectors = keep_array(b, count_items(a), sizeof *selectors);
    struct item item;
    size_t at = 0;

    while (selectors && next_item(a, &at, &item)) {
        struct selector *s = &selectors[*n];
        const struct field *f;
        char word[WORD_BYTES];

        if (!lower_selector(b, part, e, a, &item, s))
            continue;
        (*n)++;
        f = s->field == FIELD_EVERY ? NULL : &b->set->vocabulary.fields[s->field];
        if (f && f->type != TYPE_TEXT)
            complain(b->d, part->doc, e,
                     &(struct complaint){
                         .message = MSG_NOT_TEXT,
                         .place = value_place(part->doc, a, item.offset, item.len),
                         .args = {word_of(item.text, item.len, word), type_name(f->type)}});
    }
    return selectors;
}

static const uint32_t *lower_lists(struct build *b, struct part *part, const struct element *e,
                                   const struct attribute *a, uint32_t *n)
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
        lists[(*n)++] = owner->first_list + id;
    }
    return lists;
}

/* --- guards -------------------------------------------------------------------------------- */

/* A whole number of folded symbols; what it is when it is none does not matter. */
static uint32_t read_distance(struct build *b, const struct part *part, const struct element *e,
                              const struct attribute *a)
{
    char word[WORD_BYTES], most[NUMBER_BYTES];
    uint32_t n = 0;
    size_t i = 0;

    for (; i < a->length && a->value[i] >= '0' && a->value[i] <= '9' && n <= LIMIT_DISTANCE; i++)
        n = n * 10 + (uint32_t)(a->value[i] - '0');
    if (a->choice != CHOICE_NONE && (i < a->length || n > LIMIT_DISTANCE))
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_BAD_DISTANCE,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {word_of(a->value, a->length, word),
                                              message_number(LIMIT_DISTANCE, most)}});
    return n;
}

static uint32_t distance_of(struct build *b, const struct part *part, const struct element *e,
                            enum attribute_kind kind)
{
    const struct attribute *a = attribute_of(e, kind);

    return a ? read_distance(b, part, e, a) : NO_DISTANCE;
}

static void check_inside(struct build *b, const struct part *part, const struct element *e,
                         const struct guard *g)
{
    for (uint32_t i = 0; i < g->n_inside; i++)
        if (g->inside[i].field == FIELD_EVERY)
            complain(b->d, part->doc, e, &(struct complaint){.message = MSG_GUARD_EVERY});
}

static void lower_guard(struct build *b, struct part *part, const struct element *e,
                        struct guard *out)
{
    const struct attribute *terms = attribute_of(e, ATTRIBUTE_TERMS);
    const struct attribute *inside = attribute_of(e, ATTRIBUTE_INSIDE);

    out->number = b->guards++;
    out->line = line_of(part, e);
    out->written = keep_written(b, e);
    out->before = distance_of(b, part, e, ATTRIBUTE_BEFORE);
    out->after = distance_of(b, part, e, ATTRIBUTE_AFTER);
    /* The choices are in the order of enum across. */
    out->across = (uint8_t)choice_of(e, ATTRIBUTE_ACROSS, ACROSS_NONE);
    if (terms)
        out->term_sets = lower_lists(b, part, e, terms, &out->n_term_sets);
    if (inside)
        out->inside = lower_selectors(b, part, e, inside, &out->n_inside);
    check_inside(b, part, e, out);
}

static void lower_guards(struct build *b, struct part *part, const struct element *e,
                         struct text_test *out)
{
    struct guard *guards;
    uint32_t n = 0;

    for (const struct element *g = child_of(e, ELEMENT_GUARD); g; g = next_of(g))
        n++;
    guards = n ? keep_array(b, n, sizeof *guards) : NULL;
    out->guards = guards;
    for (const struct element *g = child_of(e, ELEMENT_GUARD); g && guards && !b->failed;
         g = next_of(g))
        lower_guard(b, part, g, &guards[out->n_guards++]);
}

/* --- conditions ---------------------------------------------------------------------------- */

static void lower_terms(struct build *b, struct part *part, const struct element *e,
                        struct text_test *out)
{
    const struct attribute *terms = attribute_of(e, ATTRIBUTE_TERMS);

    if (terms)
        out->term_sets = lower_lists(b, part, e, terms, &out->n_term_sets);
    lower_guards(b, part, e, out);
}

void lower_text_test(struct build *b, struct part *part, const struct element *e,
                     struct condition *out)
{
    const struct attribute *in = attribute_of(e, ATTRIBUTE_IN);
    struct text_test *t = keep_array(b, 1, sizeof *t);

    out->kind = CONDITION_TEXT;
    out->text = t;
    if (!t)
        return;
    if (in)
        t->selectors = lower_selectors(b, part, e, in, &t->n_selectors);
    lower_terms(b, part, e, t);
}

static void lower_near_parts(struct build *b, struct part *part, const struct element *e,
                             struct near_test *out)
{
    const struct attribute *in = attribute_of(e, ATTRIBUTE_IN);
    struct text_test common = {.n_selectors = 0}, *parts;
    uint32_t n = 0;

    if (in)
        common.selectors = lower_selectors(b, part, e, in, &common.n_selectors);
    for (const struct element *t = child_of(e, ELEMENT_NEAR_TEXT); t; t = next_of(t))
        n++;
    parts = keep_array(b, n, sizeof *parts);
    out->parts = parts;
    for (const struct element *t = child_of(e, ELEMENT_NEAR_TEXT); t && parts && !b->failed;
         t = next_of(t)) {
        parts[out->n_parts] = common;
        lower_terms(b, part, t, &parts[out->n_parts++]);
    }
}

void lower_near_test(struct build *b, struct part *part, const struct element *e,
                     struct condition *out)
{
    const struct attribute *within = attribute_of(e, ATTRIBUTE_WITHIN);
    struct near_test *t = keep_array(b, 1, sizeof *t);

    out->kind = CONDITION_NEAR;
    out->near = t;
    if (!t)
        return;
    if (within)
        t->within = read_distance(b, part, e, within);
    t->across = (uint8_t)choice_of(e, ATTRIBUTE_ACROSS, ACROSS_CLAUSE);
    t->as_written = choice_of(e, ATTRIBUTE_ORDER, ORDER_ANY) == ORDER_AS_WRITTEN;
    lower_near_parts(b, part, e, t);
}
