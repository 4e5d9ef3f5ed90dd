/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"
#include "compile/build.h"

/* Relations between texts, and the conditions that ask for them. */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next word of a text. */
static bool next_word(const struct item *text, size_t *at, struct item *out)
{
    size_t begin;

    while (*at < text->len && is_space(text->text[*at]))
        ++*at;
    begin = *at;
    while (*at < text->len && !is_space(text->text[*at]))
        ++*at;
    *out = (struct item){text->text + begin, *at - begin, begin};
    return out->len > 0;
}

static void count(const struct element *relation, uint32_t *members, uint32_t *pairs)
{
    struct item word;

    *members = *pairs = 0;
    for (const struct element *e = child_of(relation, ELEMENT_GROUP); e; e = next_of(e)) {
        struct item text = trimmed_text(e);
        size_t at = 0;

        while (next_word(&text, &at, &word))
            ++*members;
    }
    for (const struct element *e = child_of(relation, ELEMENT_PAIR); e; e = next_of(e))
        ++*pairs;
}

static void add_group(struct build *b, struct part *part, const struct element *e, uint32_t group,
                      struct relation_member *members, uint32_t *n)
{
    struct item text = trimmed_text(e), word;
    size_t at = 0;

    while (next_word(&text, &at, &word) && !b->failed) {
        members[*n].group = group;
        (void)read_value(b, part, TYPE_TEXT, word.text, word.len, &members[(*n)++].text);
    }
}

static bool add_pair(struct build *b, struct part *part, const struct element *e,
                     struct relation_pair *out)
{
    const struct attribute *left = attribute_of(e, ATTRIBUTE_LEFT);
    const struct attribute *right = attribute_of(e, ATTRIBUTE_RIGHT);

    if (!left || !right)
        return false;
    (void)read_value(b, part, TYPE_TEXT, left->value, left->length, &out->left);
    (void)read_value(b, part, TYPE_TEXT, right->value, right->length, &out->right);
    return !b->failed;
}

static void lower_relation(struct build *b, struct part *part, const struct element *e)
{
    struct named *named = scope_add(b, part, e);
    struct text_relation *r = keep_array(b, 1, sizeof *r);
    struct relation_member *members;
    struct relation_pair *pairs;
    uint32_t n_members, n_pairs, group = 0;

    count(e, &n_members, &n_pairs);
    members = keep_array(b, n_members, sizeof *members);
    pairs = keep_array(b, n_pairs, sizeof *pairs);
    if (!named || b->failed)
        return;
    *r = (struct text_relation){.id = keep_text(b, value_of(e, ATTRIBUTE_ID)),
                                .symmetric =
                                    choice_of(e, ATTRIBUTE_SYMMETRIC, NO_CHOICE) == YES_CHOICE,
                                .members = members,
                                .pairs = pairs};
    for (const struct element *g = child_of(e, ELEMENT_GROUP); g && !b->failed; g = next_of(g))
        add_group(b, part, g, group++, members, &r->n_members);
    for (const struct element *p = child_of(e, ELEMENT_PAIR); p && !b->failed; p = next_of(p))
        r->n_pairs += add_pair(b, part, p, &pairs[r->n_pairs]);
    named->relation = r;
}

void lower_relations(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_RELATION); e && !b->failed;
         e = next_of(e))
        lower_relation(b, part, e);
}

/* --- conditions ------------------------------------------------------------------------------- */

static bool is_field(const struct build *b, const struct part *part, const struct attribute *a)
{
    const char *key;
    size_t key_len;

    return vocabulary_find(&b->set->vocabulary, part->subject, a->value, a->length, &key,
                           &key_len) != FIELD_UNKNOWN;
}

/* The text of the relation, or the field, that was probably meant. */
static const char *nearest_text(struct build *b, const struct part *part,
                                const struct text_relation *r, const struct attribute *a)
{
    struct nearest n = {0};
    bool search = may_compare(b, 2 * r->n_pairs + r->n_members);

    for (uint32_t i = 0; search && i < r->n_pairs; i++) {
        nearest_offer(&n, a->value, a->length, r->pairs[i].left.text);
        nearest_offer(&n, a->value, a->length, r->pairs[i].right.text);
    }
    for (uint32_t i = 0; search && i < r->n_members; i++)
        nearest_offer(&n, a->value, a->length, r->members[i].text.text);
    return n.best ? n.best
                  : vocabulary_nearest(&b->set->vocabulary, part->subject, a->value, a->length);
}

/* What is neither a field nor a text of the relation was misspelt. */
static bool lower_right(struct build *b, struct part *part, const struct element *e,
                        const struct text_relation *r, struct expression *out)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_RIGHT);
    const char *near;
    struct item item;

    if (!a || a->choice == CHOICE_NONE)
        return false;
    if (is_reference(a) || is_field(b, part, a))
        return lower_side(b, part, e, a, TYPE_TEXT, out);
    item = (struct item){a->value, a->length, 0};
    if (!lower_operand(b, part, e, a, &item, TYPE_TEXT, out))
        return false;
    if (relation_knows(r, &out->value) || part->doc->broken)
        return true;
    near = nearest_text(b, part, r, a);
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_NOT_RELATED,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, r->id},
                                 .hint = near ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {near}});
    return false;
}

void lower_related(struct build *b, struct part *part, const struct element *e,
                   struct condition *out)
{
    const struct attribute *by = attribute_of(e, ATTRIBUTE_BY);
    const struct attribute *left = attribute_of(e, ATTRIBUTE_LEFT);
    struct related_test *t = keep_array(b, 1, sizeof *t);
    struct expression *sides = keep_array(b, 2, sizeof *sides);
    struct item item;
    const struct named *named;

    out->kind = CONDITION_RELATED;
    out->related = t;
    if (!t || !sides || !by || !left || by->choice == CHOICE_NONE || left->choice == CHOICE_NONE)
        return;
    item = (struct item){by->value, by->length, 0};
    named = scope_resolve_name(b, part, e, by, &item, ELEMENT_RELATION);
    if (!named || !named->relation || !lower_side(b, part, e, left, TYPE_TEXT, &sides[0]) ||
        !lower_right(b, part, e, named->relation, &sides[1]))
        return;
    *t = (struct related_test){named->relation, &sides[0], &sides[1]};
}
