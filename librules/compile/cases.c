/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

static const char ATTRIBUTES[] = "attributes.";

/* Values of one case that are searched for repetitions: the work grows with the square. */
enum { COMPARED_VALUES = 64 };

struct arena *case_arena(struct build *b)
{
    return b->keep_cases ? &b->set->arena : b->scratch;
}

/* The path of a value; NULL when its name is missing. */
static const char *value_path(struct build *b, const struct element *e)
{
    const char *name = e->kind == ELEMENT_VALUE ? e->name : value_of(e, ATTRIBUTE_NAME);
    size_t prefix = e->kind == ELEMENT_ATTRIBUTE ? sizeof ATTRIBUTES - 1 : 0, len;
    char *path;

    if (!name)
        return NULL;
    len = strlen(name);
    path = need(b, arena_alloc(case_arena(b), prefix + len + 1));
    if (!path)
        return NULL;
    memcpy(path, ATTRIBUTES, prefix);
    memcpy(path + prefix, name, len + 1);
    return path;
}

static struct place name_of_value(const struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);

    return a && e->kind != ELEMENT_VALUE ? value_place(part->doc, a, 0, a->length)
                                         : element_place(part->doc, e);
}

static bool stands_before(const struct case_fact *facts, uint32_t n, const char *path)
{
    for (uint32_t i = 0; i < n && i < COMPARED_VALUES; i++)
        if (facts[i].kind == CASE_VALUE && strcmp(facts[i].path, path) == 0)
            return true;
    return false;
}

static void unknown_value(struct build *b, struct part *part, const struct element *e,
                          const char *path, size_t len)
{
    const char *member = e->kind == ELEMENT_RECORD_FIELD ? value_of(e, ATTRIBUTE_NAME) : NULL;
    char *collection;

    if (!member) {
        unknown_field(b, part, e, name_of_value(part, e), path, len);
        return;
    }
    collection = need(b, arena_text(b->scratch, path, len - strlen(member) - 1));
    if (collection)
        unknown_member(b, part, e, name_of_value(part, e), path, collection, "");
}

static void check_value(struct build *b, struct part *part, const struct element *e,
                        const struct case_fact *facts, uint32_t n, const char *path)
{
    const struct vocabulary *v = &b->set->vocabulary;
    const char *key;
    size_t len = strlen(path), key_len;
    uint32_t field = vocabulary_find(v, part->subject, path, len, &key, &key_len);

    if (field == FIELD_UNKNOWN) {
        if (!part->doc->broken)
            unknown_value(b, part, e, path, len);
    } else if (!v->fields[field].many && stands_before(facts, n, path)) {
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_REPEATED_VALUE, .args = {path}});
    }
}

struct writer {
    struct build *b;
    struct part *part;
    struct case_fact *facts;
    uint32_t n;
};

static void write_fact(struct writer *w, uint8_t kind, const char *path, struct item text)
{
    w->facts[w->n++] = (struct case_fact){
        kind, path, need(w->b, arena_text(case_arena(w->b), text.text, text.len))};
}

static void write_value(struct writer *w, const struct element *e, const char *path)
{
    if (!path)
        return;
    check_value(w->b, w->part, e, w->facts, w->n, path);
    write_fact(w, CASE_VALUE, path, trimmed_text(e));
}

/* "collection.member"; NULL when a name is missing. */
static const char *member_path(struct build *b, const char *collection, const char *member)
{
    size_t n = strlen(collection), m = member ? strlen(member) : 0;
    char *path = member ? need(b, arena_alloc(case_arena(b), n + m + 2)) : NULL;

    if (!path)
        return NULL;
    memcpy(path, collection, n);
    path[n] = '.';
    memcpy(path + n + 1, member, m + 1);
    return path;
}

/* The collection that a <record> is one of, standing in one of another; COLLECTION_NONE when it was
 * reported. */
static uint32_t find_record(struct writer *w, const struct element *e, uint32_t in)
{
    const struct vocabulary *v = &w->b->set->vocabulary;
    const struct attribute *a = attribute_of(e, ATTRIBUTE_IN);
    uint32_t c;
    const char *best;

    if (!a || a->choice == CHOICE_NONE)
        return COLLECTION_NONE;
    c = vocabulary_collection(v, w->part->subject, a->value, a->length);
    if (c != COLLECTION_NONE && v->collections[c].parent == in)
        return c;
    best = nearest_collection(w->b, w->part, a->value);
    complain(
        w->b->d, w->part->doc, e,
        &(struct complaint){.message = MSG_UNKNOWN_COLLECTION,
                            .place = value_place(w->part->doc, a, 0, a->length),
                            .args = {a->value},
                            .hint = c == COLLECTION_NONE && best ? HINT_DID_YOU_MEAN : HINT_NONE,
                            .hint_args = {best}});
    return COLLECTION_NONE;
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void write_record(struct writer *w, const struct element *record, uint32_t in)
{
    uint32_t c = find_record(w, record, in);
    const char *name;

    if (c == COLLECTION_NONE)
        return;
    name = w->b->set->vocabulary.collections[c].name;
    write_fact(w, CASE_BEGIN_RECORD, name, (struct item){"", 0, 0});
    for (const struct element *e = record->first; e && !w->b->failed; e = e->next) {
        if (e->kind == ELEMENT_RECORD)
            write_record(w, e, c);
        else if (e->kind)
            write_value(w, e, member_path(w->b, name, value_of(e, ATTRIBUTE_NAME)));
    }
    write_fact(w, CASE_END_RECORD, NULL, (struct item){"", 0, 0});
}

static uint32_t count_facts(const struct element *in)
{
    uint32_t n = 0;

    for (const struct element *e = in->first; e; e = e->next)
        n += e->kind == ELEMENT_RECORD ? 2 + count_facts(e) : e->kind != ELEMENT_UNKNOWN;
    return n;
}

static void check_part(const struct writer *w, const struct element *e, const struct attribute *a,
                       const struct item *item)
{
    const struct vocabulary *v = &w->b->set->vocabulary;
    const char *best;
    char word[WORD_BYTES];

    if (w->part->doc->broken || vocabulary_has_part(v, w->part->subject, item->text, item->len))
        return;
    best = may_compare(w->b, v->count + v->n_collections)
               ? vocabulary_nearest_part(v, w->part->subject, item->text, item->len)
               : NULL;
    complain(w->b->d, w->part->doc, e,
             &(struct complaint){.message = MSG_UNKNOWN_PART,
                                 .place = value_place(w->part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)},
                                 .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {best}});
}

static void write_complete(struct writer *w, const struct element *e, const struct attribute *a)
{
    struct item item;
    size_t at = 0;

    while (next_item(a, &at, &item) && !w->b->failed) {
        check_part(w, e, a, &item);
        write_fact(w, CASE_COMPLETE, need(w->b, arena_text(case_arena(w->b), item.text, item.len)),
                   (struct item){"", 0, 0});
    }
}

static void lower_facts(struct build *b, struct part *part, const struct element *document,
                        struct set_case *out)
{
    const struct attribute *complete = attribute_of(document, ATTRIBUTE_COMPLETE);
    struct writer w = {.b = b, .part = part};
    struct item item;
    size_t at = 0;
    uint32_t n = count_facts(document);

    while (complete && next_item(complete, &at, &item))
        n++;
    w.facts = need(b, arena_array(case_arena(b), n, sizeof *w.facts));
    out->facts = w.facts;
    if (w.facts && complete)
        write_complete(&w, document, complete);
    for (const struct element *e = document->first; e && w.facts && !b->failed; e = e->next) {
        if (e->kind == ELEMENT_RECORD)
            write_record(&w, e, COLLECTION_NONE);
        else if (e->kind)
            write_value(&w, e, value_path(b, e));
    }
    out->n_facts = w.n;
}

/* One of another subject was reported. */
static const struct element *document_of(const struct part *part, const struct element *e)
{
    switch (part->subject) {
    case RLS_MERCHANT:
        return child_of(e, ELEMENT_MERCHANT);
    case RLS_MESSAGE:
        return child_of(e, ELEMENT_CHAT);
    case RLS_RULE_CHANGE:
        return child_of(e, ELEMENT_RULE_CHANGE);
    default:
        return child_of(e, ELEMENT_LISTING);
    }
}

static void lower_case(struct build *b, struct part *part, const struct element *e,
                       const struct rls_rule *rule, struct set_case *out)
{
    const struct element *document = document_of(part, e);
    struct rls_param *params =
        need(b, arena_array(case_arena(b), count_set_params(e), sizeof *params));

    out->view = (struct rls_case){.size = sizeof out->view,
                                  .rule = rule,
                                  /* The choices are in the order of enum rls_expect. */
                                  .expect = choice_of(e, ATTRIBUTE_EXPECT, 0) + RLS_EXPECT_FINDING,
                                  .line = line_of(part, e),
                                  .source = part->source,
                                  .note = keep_text(b, value_of(e, ATTRIBUTE_NOTE))};
    out->subject = part->subject;
    out->has_as_of = read_instant(b, part, e, ATTRIBUTE_AS_OF, &out->as_of);
    out->params = params;
    out->n_params = params ? set_params(b, part, e, params) : 0;
    out->has_now = read_instant(b, part, e, ATTRIBUTE_NOW, &out->now);
    lower_expected(b, part, e, rule, out);
    if (document)
        lower_facts(b, part, document, out);
}

uint32_t lower_cases(struct build *b, struct part *part, const struct element *rule,
                     const struct rls_rule *lowered, struct set_case *cases)
{
    uint32_t n = 0;

    for (const struct element *e = child_of(rule, ELEMENT_CASE); e && !b->failed; e = next_of(e)) {
        struct set_case checked = {.has_as_of = false};

        lower_case(b, part, e, lowered, cases ? &cases[n] : &checked);
        n++;
    }
    return n;
}
