/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/set.h>

#include "compile/build.h"
#include "facts/label_fields.h"

/* The names under which fields stand on labels: one dictionary for all of a set. */

struct naming {
    struct build *b;
    struct dictionary_builder *names;
    struct label_name *by_term; /* in the scratch until the end */
    size_t cap, count;
};

static enum term_fault enter(struct naming *n, const char *text, size_t len, uint32_t field)
{
    bool weak = len > 0 && *text == '?';
    const struct term term = {.text = text + weak,
                              .length = (uint32_t)(len - weak),
                              .tolerate = FORM_DEFAULT | FORM_SQUEEZED,
                              .word = true};
    enum term_fault fault;

    if (!mem_grow(&n->b->mem, &n->by_term, &n->cap, n->count + 1, sizeof *n->by_term))
        return TERM_MEMORY;
    fault = dictionary_add(n->names, &term);
    if (fault == TERM_OK)
        n->by_term[n->count++] = (struct label_name){field, weak};
    return fault;
}

/* Those of the library; what a rule set has named before stays. */
static void enter_list(struct naming *n, const char *list, uint32_t field)
{
    while (*list && !n->b->failed) {
        size_t len = strcspn(list, " ");

        if (enter(n, list, len, field) == TERM_MEMORY)
            n->b->failed = true;
        list += len + (list[len] == ' ');
    }
}

static void report(struct naming *n, const struct part *part, const struct element *e,
                   const struct item *item, enum message_code message, const char *other)
{
    char word[WORD_BYTES];

    complain(n->b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, attribute_of(e, ATTRIBUTE_ALIASES),
                                                      item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word), other}});
}

static void enter_item(struct naming *n, const struct part *part, const struct element *e,
                       const struct item *item, uint32_t field)
{
    const struct vocabulary *v = &n->b->set->vocabulary;
    uint32_t other;

    switch (*item->text == '?' ? TERM_EMPTY : enter(n, item->text, item->len, field)) {
    case TERM_OK:
        break;
    case TERM_DUPLICATE:
        other = n->by_term[dictionary_duplicate_of(n->names)].field;
        /* The field may be declared by other rule sets, too. */
        if (other != field)
            report(n, part, e, item, MSG_ALIAS_TWICE, v->fields[other].name);
        break;
    case TERM_MEMORY:
        n->b->failed = true;
        break;
    default:
        report(n, part, e, item, MSG_BAD_ALIAS, NULL);
    }
}

static void enter_declared(struct naming *n, struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_ALIASES);
    const struct attribute *name = attribute_of(e, ATTRIBUTE_NAME);
    struct item item;
    const char *key;
    size_t at = 0, key_len;
    uint32_t field;

    if (!a || !name)
        return;
    field = vocabulary_find(&n->b->set->vocabulary, part->subject, name->value, name->length, &key,
                            &key_len);
    if (field == FIELD_UNKNOWN || key || field < n->b->built_in)
        return;
    if (part->subject != RLS_LISTING) {
        complain(n->b->d, part->doc, e,
                 &(struct complaint){.message = MSG_NO_LABEL,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {name->value}});
        return;
    }
    while (next_item(a, &at, &item) && !n->b->failed)
        enter_item(n, part, e, &item, field);
}

static void enter_all(struct naming *n)
{
    const struct vocabulary *v = &n->b->set->vocabulary;

    for (uint32_t i = 0; i < n->b->built_in; i++)
        if (v->fields[i].aliases)
            enter_list(n, v->fields[i].aliases, i);
    for (uint32_t i = 0; i < n->b->n_parts && !n->b->failed; i++)
        for (const struct element *e = child_of(n->b->parts[i].root, ELEMENT_DECLARATION);
             e && !n->b->failed; e = next_of(e))
            enter_declared(n, &n->b->parts[i], e);
    enter_list(n, label_other_names, FIELD_UNKNOWN);
}

static uint32_t plain_field(const struct vocabulary *v, const char *name)
{
    const char *key;
    size_t key_len;

    return vocabulary_find(v, RLS_LISTING, name, strlen(name), &key, &key_len);
}

static void finish(struct naming *n)
{
    struct rls_set *set = n->b->set;
    const struct vocabulary *v = &set->vocabulary;
    struct label_name *by_term = keep_array(n->b, n->count, sizeof *by_term);
    struct label_names *names = keep_array(n->b, 1, sizeof *names);
    bool *texts = keep_array(n->b, v->count, sizeof *texts);
    const struct dictionary *d = need(n->b, dictionary_build(n->names, &set->arena));

    if (n->b->failed)
        return;
    /* Names of fields that no rule looks at are as those of none. */
    for (size_t i = 0; i < n->count; i++) {
        by_term[i] = n->by_term[i];
        if (by_term[i].field != FIELD_UNKNOWN && !v->fields[by_term[i].field].used)
            by_term[i].field = FIELD_UNKNOWN;
    }
    texts[plain_field(v, "label")] = true;
    texts[plain_field(v, "description")] = true;
    texts[plain_field(v, "image_texts")] = true;
    *names = (struct label_names){.names = d,
                                  .by_term = by_term,
                                  .attributes = vocabulary_family(v, RLS_LISTING, "attributes", 10),
                                  .members = vocabulary_family(v, RLS_LISTING, "label", 5),
                                  .texts = texts};
    set->labels = names;
}

void build_labels(struct build *b)
{
    const struct vocabulary *v = &b->set->vocabulary;
    struct naming n = {.b = b};
    bool declared = false, used = false;

    for (uint32_t i = 0; i < v->count; i++) {
        used = used || (v->fields[i].aliases && v->fields[i].used);
        declared = declared || (v->fields[i].aliases && i >= b->built_in);
    }
    if (!declared && !used)
        return;
    n.names = need(b, dictionary_builder_new(&b->mem));
    if (n.names)
        enter_all(&n);
    if (used && !b->failed)
        finish(&n);
    dictionary_builder_free(n.names);
    mem_release(&b->mem, n.by_term, n.cap * sizeof *n.by_term);
}
