/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

/* Values that a rule set names together. */

static uint32_t count_children(const struct element *e, enum element_kind kind)
{
    uint32_t n = 0;

    for (const struct element *child = child_of(e, kind); child; child = next_of(child))
        n++;
    return n;
}

/* An item is the text of its element. */
static bool lower_item(struct build *b, struct part *part, const struct element *e, uint8_t type,
                       struct expression *out, struct period *period)
{
    struct item text = trimmed_text(e);
    enum message_code message;
    char word[WORD_BYTES];

    begin_expression(b, part, e, &text, out);
    (void)read_period(b, part, e, &period->from, &period->until);
    if (b->failed || !text.len)
        return false;
    out->type = type;
    message = read_value(b, part, type, text.text, text.len, &out->value);
    if (message && !b->failed)
        complain(
            b->d, part->doc, e,
            &(struct complaint){.message = MSG_BAD_OPERAND,
                                .place = text_place(part->doc, e),
                                .args = {word_of(text.text, text.len, word), type_name(type)}});
    return !message && !b->failed;
}

static void lower_set(struct build *b, struct part *part, const struct element *e)
{
    struct named *named = scope_add(b, part, e);
    uint32_t n = count_children(e, ELEMENT_ITEM);
    struct value_set *set = keep_array(b, 1, sizeof *set);
    struct expression *items = keep_array(b, n, sizeof *items);
    struct period *periods = keep_array(b, n, sizeof *periods);

    if (!named || b->failed || choice_of(e, ATTRIBUTE_TYPE, CHOICE_NONE) == CHOICE_NONE)
        return;
    *set = (struct value_set){.id = keep_text(b, value_of(e, ATTRIBUTE_ID)),
                              .type = (uint8_t)choice_of(e, ATTRIBUTE_TYPE, TYPE_TEXT),
                              .items = items,
                              .periods = periods};
    for (const struct element *i = child_of(e, ELEMENT_ITEM); i && !b->failed; i = next_of(i))
        set->n_items +=
            lower_item(b, part, i, set->type, &items[set->n_items], &periods[set->n_items]);
    check_kinds(b, part, e, NULL, items, set->n_items);
    if (set->n_items == n && n > 0)
        named->set = set;
}

void lower_sets(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_SET); e && !b->failed;
         e = next_of(e))
        lower_set(b, part, e);
}
