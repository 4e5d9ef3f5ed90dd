/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "compile/build.h"

/* Conditions that bind the records of a collection, and the names of bound records. */

static const struct binding *find_binding(const struct build *b, const char *name, size_t len)
{
    const struct binding *at = b->bound;

    while (at && !(at->len == len && memcmp(at->name, name, len) == 0))
        at = at->outer;
    return at;
}

/* The name of the bound record that was probably meant; in scratch memory, or NULL. */
static const char *nearest_binding(struct build *b, const char *name, size_t len)
{
    struct nearest n = {0};

    for (const struct binding *at = b->bound; at; at = at->outer) {
        const char *candidate = need(b, arena_text(b->scratch, at->name, at->len));

        if (candidate)
            nearest_offer(&n, name, len, candidate);
    }
    return n.best;
}

static void report(struct build *b, const struct part *part, const struct element *e,
                   const struct attribute *a, size_t at, size_t len, const struct complaint *c)
{
    struct complaint full = *c;

    full.place = value_place(part->doc, a, at, len);
    complain(b->d, part->doc, e, &full);
}

bool is_bound_member(const struct build *b, const char *text, size_t len)
{
    const char *dot = len > 1 && text[0] == '$' ? memchr(text, '.', len) : NULL;

    return dot && find_binding(b, text + 1, (size_t)(dot - text) - 1);
}

/* "$meant.member" for "$name.member"; false when that is too long. */
static bool respell(const struct item *item, size_t name, const char *meant, char out[WORD_BYTES])
{
    size_t n = strlen(meant), rest = item->len - 1 - name;

    if (1 + n + rest >= WORD_BYTES)
        return false;
    out[0] = '$';
    memcpy(out + 1, meant, n);
    memcpy(out + 1 + n, item->text + 1 + name, rest);
    out[1 + n + rest] = '\0';
    return true;
}

/* name: bytes of the name behind the dollar sign. */
static void report_unbound(struct build *b, const struct part *part, const struct element *e,
                           const struct attribute *a, const struct item *item, size_t name)
{
    const char *best = nearest_binding(b, item->text + 1, name);
    char word[WORD_BYTES], hint[WORD_BYTES];
    bool hinted = best && respell(item, name, best, hint);

    report(b, part, e, a, item->offset, item->len,
           &(struct complaint){.message = MSG_UNKNOWN_RECORD,
                               .args = {word_of(item->text + 1, name, word)},
                               .hint = hinted ? HINT_DID_YOU_MEAN : HINT_NONE,
                               .hint_args = {hint}});
}

bool report_misspelt_record(struct build *b, const struct part *part, const struct element *e,
                            const struct attribute *a, const struct item *item)
{
    const char *dot = memchr(item->text, '.', item->len);
    size_t name = dot ? (size_t)(dot - item->text) - 1 : 0;

    if (item->text[0] != '$' || name == 0 || !nearest_binding(b, item->text + 1, name))
        return false;
    report_unbound(b, part, e, a, item, name);
    return true;
}

const struct binding *bound_path(struct build *b, const struct part *part, const struct element *e,
                                 const struct attribute *a, const struct item *item,
                                 const char **path)
{
    const char *dot = memchr(item->text, '.', item->len);
    size_t name = dot ? (size_t)(dot - item->text) - 1 : item->len - 1;
    const struct binding *bound = find_binding(b, item->text + 1, name);
    const char *collection;
    char *out;
    size_t n, rest = dot ? item->len - name - 1 : 0;

    if (!bound) {
        report_unbound(b, part, e, a, item, name);
        return NULL;
    }
    collection = b->set->vocabulary.collections[bound->collection].name;
    n = strlen(collection);
    out = need(b, arena_alloc(&b->set->arena, n + rest + 1));
    if (!out)
        return NULL;
    memcpy(out, collection, n);
    if (rest)
        memcpy(out + n, dot, rest);
    out[n + rest] = '\0';
    *path = out;
    return bound;
}

/* The collection that an attribute names, with the record that holds it. */
static bool resolve_collection(struct build *b, const struct part *part, const struct element *e,
                               const struct attribute *a, struct record_test *out)
{
    const struct vocabulary *v = &b->set->vocabulary;
    const struct binding *bound = NULL;
    const char *path = a->value, *best;
    uint32_t parent;

    if (*path == '$') {
        bound = bound_path(b, part, e, a, &(struct item){a->value, a->length, 0}, &path);
        if (!bound)
            return false;
    }
    out->collection = vocabulary_collection(v, part->subject, path, strlen(path));
    if (out->collection == COLLECTION_NONE) {
        best = nearest_collection(b, part, path);
        if (!part->doc->broken)
            report(b, part, e, a, 0, a->length,
                   &(struct complaint){.message = MSG_UNKNOWN_COLLECTION,
                                       .args = {path},
                                       .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                       .hint_args = {best}});
        return false;
    }
    out->name = v->collections[out->collection].name;
    out->parent = bound ? bound->number : 0;
    parent = v->collections[out->collection].parent;
    if (parent == (bound ? bound->collection : COLLECTION_NONE))
        return true;
    report(b, part, e, a, 0, a->length,
           &(struct complaint){.message = MSG_NESTED_COLLECTION,
                               .args = {out->name, parent == COLLECTION_NONE
                                                       ? subject_name(part->subject)
                                                       : v->collections[parent].name}});
    return false;
}

/* Makes a name for the record; the binding is valid until it is taken off again. */
static bool bind_record(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *in, struct record_test *t, struct binding *out)
{
    const struct attribute *as = attribute_of(e, ATTRIBUTE_AS);
    char limit[NUMBER_BYTES];

    if (!in || !as || in->choice == CHOICE_NONE || as->choice == CHOICE_NONE ||
        !resolve_collection(b, part, e, in, t))
        return false;
    if (find_binding(b, as->value, as->length)) {
        report(b, part, e, as, 0, as->length,
               &(struct complaint){.message = MSG_RECORD_NAMED_TWICE, .args = {as->value}});
        return false;
    }
    t->bound = (uint8_t)(b->bound ? b->bound->number + 1 : 1);
    if (t->bound > LIMIT_BOUND_RECORDS) {
        report(b, part, e, in, 0, in->length,
               &(struct complaint){.message = MSG_TOO_MANY_RECORDS,
                                   .args = {message_number(LIMIT_BOUND_RECORDS, limit)}});
        return false;
    }
    *out = (struct binding){as->value, as->length, t->collection, t->bound, b->bound};
    return true;
}

static void read_count(struct build *b, const struct part *part, const struct element *e,
                       struct record_test *t)
{
    const struct attribute *a = find_order(e, &t->test);
    uint32_t n = 0;
    size_t i = 0;

    if (!a || a->choice == CHOICE_NONE)
        return;
    for (; i < a->length && a->value[i] >= '0' && a->value[i] <= '9' && n < 100000000; i++)
        n = n * 10 + (uint32_t)(a->value[i] - '0');
    t->number = n;
    if (i < a->length)
        report(b, part, e, a, 0, a->length,
               &(struct complaint){.message = MSG_BAD_COUNT, .args = {a->value}});
}

void lower_record_test(struct build *b, struct part *part, const struct element *e,
                       enum condition_kind kind, struct condition *out)
{
    struct record_test *t = keep_array(b, 1, sizeof *t);
    const struct binding *outer = b->bound;
    struct binding bound;

    out->kind = (uint8_t)kind;
    out->records = t;
    if (!t)
        return;
    if (kind == CONDITION_COUNT)
        read_count(b, part, e, t);
    if (!bind_record(b, part, e, attribute_of(e, ATTRIBUTE_IN), t, &bound))
        return;
    b->bound = &bound;
    out->children = lower_condition_in(b, part, e);
    out->n_children = out->children != NULL;
    b->bound = outer;
}

const struct record_test *bind_rule(struct build *b, struct part *part, const struct element *e,
                                    struct binding *out)
{
    const struct attribute *each = attribute_of(e, ATTRIBUTE_FOR_EACH);
    const struct attribute *as = attribute_of(e, ATTRIBUTE_AS);
    struct record_test *t;

    if (!each && !as)
        return NULL;
    if (!each || !as) {
        complain(b->d, part->doc, e, &(struct complaint){.message = MSG_FOR_EACH_NAME});
        return NULL;
    }
    t = keep_array(b, 1, sizeof *t);
    if (!t || !bind_record(b, part, e, each, t, out))
        return NULL;
    b->bound = out;
    return t;
}
