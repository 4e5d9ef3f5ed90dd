/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "compile/build.h"

void scope_open(struct build *b, struct part *part, struct scope *s)
{
    *s = (struct scope){.outer = part->scope, .count = part->scope ? part->scope->count : 0};
    names_init(&s->names, b);
    part->scope = s;
}

void scope_close(struct build *b, struct part *part)
{
    struct scope *s = part->scope;

    part->scope = s->outer;
    mem_release(&b->mem, s->items, s->cap * sizeof *s->items);
    names_clear(&s->names, b);
}

static const struct named *find_in(const struct scope *s, const char *name, size_t len)
{
    uint32_t id = intern_find(&s->names.ids, name, len);

    return id == INTERN_NONE ? NULL : &s->items[id];
}

const struct named *scope_find(const struct part *part, const char *name, size_t len)
{
    const struct named *found = NULL;

    for (const struct scope *s = part->scope; s && !found; s = s->outer)
        found = find_in(s, name, len);
    return found;
}

/* kind: ELEMENT_UNKNOWN for any. */
static void offer_all(struct build *b, const struct scope *from, const struct item *name,
                      enum element_kind kind, struct nearest *near)
{
    for (const struct scope *s = from; s; s = s->outer) {
        uint32_t n = s->items ? s->names.ids.count : 0;

        for (uint32_t id = 0; may_compare(b, n) && id < n; id++)
            if (!kind || s->items[id].element->kind == kind)
                nearest_offer(near, name->text, name->len, intern_name(&s->names.ids, id));
    }
    if (!kind)
        nearest_offer(near, name->text, name->len, "now");
}

static void report_unknown(struct build *b, const struct part *part, const struct scope *from,
                           const struct element *e, const struct attribute *a,
                           const struct item *item, const struct item *name, enum element_kind kind)
{
    struct complaint c = {.message =
                              kind == ELEMENT_DEADLINE ? MSG_UNKNOWN_DEADLINE : MSG_UNKNOWN_NAME,
                          .place = value_place(part->doc, a, item->offset, item->len)};
    struct nearest near = {0};
    char word[WORD_BYTES], hint[WORD_BYTES];
    size_t mark = item->len - name->len;

    if (diagnostics_hints(b->d))
        offer_all(b, from, name, kind, &near);
    c.args[0] = word_of(item->text, item->len, word);
    if (near.best && mark + strlen(near.best) < sizeof hint) {
        memcpy(hint, item->text, mark);
        memcpy(hint + mark, near.best, strlen(near.best) + 1);
        c.hint = HINT_DID_YOU_MEAN;
        c.hint_args[0] = hint;
    }
    complain(b->d, part->doc, e, &c);
}

/* Lets look at fields of their own rule set. */
static bool is_other_let(struct build *b, const struct part *part, const struct element *e,
                         const struct attribute *a, const struct item *item,
                         const struct named *found)
{
    char word[WORD_BYTES];

    if (found->element->kind != ELEMENT_LET)
        return false;
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_OTHER_LET,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)}});
    return true;
}

/* name: the item without its `$`. */
static const struct named *resolve(struct build *b, struct part *part, const struct element *e,
                                   const struct attribute *a, const struct item *item,
                                   struct item name, enum element_kind kind)
{
    struct part *owner = owner_of(b, part, e, a, &name);
    const struct scope *from;
    const struct named *found;

    if (!owner)
        return NULL;
    from = owner == part ? part->scope : &owner->values;
    found =
        owner == part ? scope_find(part, name.text, name.len) : find_in(from, name.text, name.len);
    if (found && (!kind || found->element->kind == kind))
        return owner != part && is_other_let(b, part, e, a, item, found) ? NULL : found;
    /* What a broken source refers to may stand behind the break. */
    if (!part->doc->broken && !owner->doc->broken &&
        (kind || !report_misspelt_record(b, part, e, a, item)))
        report_unknown(b, part, from, e, a, item, &name, kind);
    return NULL;
}

const struct named *scope_resolve(struct build *b, struct part *part, const struct element *e,
                                  const struct attribute *a, const struct item *item)
{
    return resolve(b, part, e, a, item,
                   (struct item){item->text + 1, item->len - 1, item->offset + 1}, ELEMENT_UNKNOWN);
}

const struct named *scope_resolve_name(struct build *b, struct part *part, const struct element *e,
                                       const struct attribute *a, const struct item *item,
                                       enum element_kind kind)
{
    return resolve(b, part, e, a, item, *item, kind);
}

static void report_twice(struct build *b, const struct part *part, const struct element *e,
                         const struct named *first)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_ID);
    char line[NUMBER_BYTES];

    message_number(line_of(part, first->element), line);
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_DUPLICATE_ID,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, line}});
}

struct named *scope_add(struct build *b, struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_ID);
    struct scope *s = part->scope;
    const struct named *first = a ? scope_find(part, a->value, a->length) : NULL;
    uint32_t id;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    if (first) {
        report_twice(b, part, e, first);
        return NULL;
    }
    id = s->names.ids.count;
    if (!mem_grow(&b->mem, &s->items, &s->cap, (size_t)id + 1, sizeof *s->items)) {
        b->failed = true;
        return NULL;
    }
    s->items[id] = (struct named){.element = e};
    names_add(&s->names, b, part, e);
    return b->failed ? NULL : &s->items[id];
}
