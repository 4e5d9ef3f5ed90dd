/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* Arrays of objects that rule sets declare, with the members of their records. */

static void report(struct build *b, const struct part *part, const struct element *e,
                   enum message_code message)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);

    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value}});
}

/* False when it was reported. */
static bool enter_collection(struct build *b, const struct part *part, const struct element *e,
                             const struct attribute *name)
{
    struct vocabulary *v = &b->set->vocabulary;
    uint32_t known = vocabulary_collection(v, part->subject, name->value, name->length);
    uint8_t absence = choice_of(e, ATTRIBUTE_ABSENT, IF_ABSENT_UNKNOWN) == IF_ABSENT_EMPTY
                          ? ABSENT_EMPTY
                          : ABSENT_UNKNOWN;

    if (known == COLLECTION_NONE) {
        if (vocabulary_collect(v, name->value, absence, 1u << part->subject) == COLLECTION_NONE)
            b->failed = true;
        return !b->failed;
    }
    if (known >= b->built_in_collections && v->collections[known].absence == absence)
        return true;
    report(b, part, e, MSG_COLLECTION_CONFLICT);
    return false;
}

static void declare_collection(struct build *b, const struct part *part, const struct element *e)
{
    const struct attribute *name = attribute_of(e, ATTRIBUTE_NAME);

    if (!name || name->choice == CHOICE_NONE)
        return;
    if (!is_field_name(name->value)) {
        report(b, part, e, MSG_BAD_FIELD_NAME);
        return;
    }
    if (!enter_collection(b, part, e, name))
        return;
    for (const struct element *m = child_of(e, ELEMENT_MEMBER); m && !b->failed; m = next_of(m))
        declare_member(b, part, m, name->value);
}

void declare_collections(struct build *b)
{
    b->built_in_collections = b->set->vocabulary.n_collections;
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        for (const struct element *e = child_of(b->parts[i].root, ELEMENT_COLLECTION);
             e && !b->failed; e = next_of(e))
            declare_collection(b, &b->parts[i], e);
    vocabulary_settle(&b->set->vocabulary);
}

const char *nearest_collection(struct build *b, const struct part *part, const char *name)
{
    const struct vocabulary *v = &b->set->vocabulary;
    struct nearest n = {0};
    bool search = may_compare(b, v->n_collections);

    for (uint32_t i = 0; search && i < v->n_collections; i++)
        if (v->collections[i].subjects & 1u << part->subject)
            nearest_offer(&n, name, strlen(name), v->collections[i].name);
    return n.best;
}
