/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* Names that one build compares with misspelt ones: about two seconds of a hostile source. */
enum { MOST_COMPARED = 2000000 };

void names_init(struct names *n, struct build *b)
{
    *n = (struct names){.cap = 0};
    intern_init(&n->ids, b->scratch);
}

void names_clear(struct names *n, struct build *b)
{
    mem_release(&b->mem, n->elements, n->cap * sizeof *n->elements);
    intern_clear(&n->ids);
    *n = (struct names){.cap = 0};
}

const struct attribute *name_of(const struct element *e)
{
    return attribute_of(e, e->kind == ELEMENT_USES ? ATTRIBUTE_PREFIX : ATTRIBUTE_ID);
}

static void repeated(struct build *b, const struct part *part, const struct element *e,
                     const struct element *first)
{
    const struct attribute *a = name_of(e);
    char line[NUMBER_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_DUPLICATE_ID,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, message_number(line_of(part, first), line)}});
}

void names_add(struct names *n, struct build *b, const struct part *part, const struct element *e)
{
    const struct attribute *a = name_of(e);
    uint32_t known = n->ids.count, id;

    if (!a)
        return;
    id = intern_add(&n->ids, a->value, a->length);
    if (id == INTERN_NONE ||
        !mem_grow(&b->mem, &n->elements, &n->cap, (size_t)id + 1, sizeof *n->elements)) {
        b->failed = true;
        return;
    }
    if (id < known)
        repeated(b, part, e, n->elements[id]);
    else
        n->elements[id] = e;
}

/* What is only counted needs no hint. */
bool may_compare(struct build *b, uint32_t n)
{
    if (!diagnostics_hints(b->d) || n > MOST_COMPARED - b->compared)
        return false;
    b->compared += n;
    return true;
}

static const char *nearest_name(const struct names *n, struct build *b, const struct item *item)
{
    struct nearest near = {0};
    bool search = may_compare(b, n->ids.count);

    for (uint32_t id = 0; search && id < n->ids.count; id++)
        nearest_offer(&near, item->text, item->len, intern_name(&n->ids, id));
    return near.best;
}

uint32_t names_resolve(const struct names *n, struct build *b, const struct part *part,
                       const struct element *e, const struct attribute *a, const struct item *item,
                       enum message_code unknown)
{
    uint32_t id = intern_find(&n->ids, item->text, item->len);
    const char *best;
    char word[WORD_BYTES];

    /* What a broken source refers to may stand behind the break. */
    if (id != INTERN_NONE || part->doc->broken)
        return id;
    best = nearest_name(n, b, item);
    complain(b->d, part->doc, e,
             &(struct complaint){.message = unknown,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)},
                                 .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {best}});
    return INTERN_NONE;
}

/* Where the prefix of an item ends; its length when it has none. */
static size_t prefix_length(const struct item *item)
{
    const char *colon = memchr(item->text, ':', item->len);

    return colon ? (size_t)(colon - item->text) : item->len;
}

struct part *owner_of(struct build *b, struct part *part, const struct element *e,
                      const struct attribute *a, struct item *item)
{
    size_t len = prefix_length(item);
    uint32_t id;

    if (len == item->len)
        return part;
    id = names_resolve(&part->prefixes, b, part, e, a,
                       &(struct item){item->text, len, item->offset}, MSG_UNKNOWN_PREFIX);
    if (id == INTERN_NONE)
        return NULL;
    part->uses[id].used = true;
    item->text += len + 1;
    item->len -= len + 1;
    item->offset += len + 1;
    return part->uses[id].part;
}
