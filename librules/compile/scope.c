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
static void offer_all(struct build *b, const struct part *part, const struct item *name,
                      enum element_kind kind, struct nearest *near)
{
    for (const struct scope *s = part->scope; s; s = s->outer) {
        uint32_t n = s->names.ids.count;

        for (uint32_t id = 0; may_compare(b, n) && id < n; id++)
            if (!kind || s->items[id].element->kind == kind)
                nearest_offer(near, name->text, name->len, intern_name(&s->names.ids, id));
    }
    if (!kind)
        nearest_offer(near, name->text, name->len, "now");
}

static void report_unknown(struct build *b, const struct part *part, const struct element *e,
                           const struct attribute *a, const struct item *item,
                           const struct item *name, enum element_kind kind)
{
    struct complaint c = {.message =
                              kind == ELEMENT_DEADLINE ? MSG_UNKNOWN_DEADLINE : MSG_UNKNOWN_NAME,
                          .place = value_place(part->doc, a, item->offset, item->len)};
    struct nearest near = {0};
    char word[WORD_BYTES], hint[WORD_BYTES];
    size_t mark = item->len - name->len;

    if (diagnostics_hints(b->d))
        offer_all(b, part, name, kind, &near);
    c.args[0] = word_of(item->text, item->len, word);
    if (near.best && strlen(near.best) + 2 < sizeof hint) {
        hint[0] = '$';
        memcpy(hint + mark, near.best, strlen(near.best) + 1);
        c.hint = HINT_DID_YOU_MEAN;
        c.hint_args[0] = hint;
    }
    complain(b->d, part->doc, e, &c);
}

const struct named *scope_resolve(struct build *b, struct part *part, const struct element *e,
                                  const struct attribute *a, const struct item *item)
{
    struct item name = {item->text + 1, item->len - 1, item->offset + 1};
    const struct named *found = scope_find(part, name.text, name.len);

    /* What a broken source refers to may stand behind the break. */
    if (!found && !part->doc->broken)
        report_unknown(b, part, e, a, item, &name, ELEMENT_UNKNOWN);
    return found;
}

const struct named *scope_resolve_name(struct build *b, struct part *part, const struct element *e,
                                       const struct attribute *a, const struct item *item,
                                       enum element_kind kind)
{
    const struct named *found = scope_find(part, item->text, item->len);

    if (found && found->element->kind == kind)
        return found;
    if (!part->doc->broken)
        report_unknown(b, part, e, a, item, item, kind);
    return NULL;
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
