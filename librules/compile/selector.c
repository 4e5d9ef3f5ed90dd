/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* Behind the n-th dot of a path; len when it has fewer. */
static size_t behind_dot(const char *path, size_t len, size_t n)
{
    size_t at = 0;

    while (at < len && n > 0)
        n -= path[at++] == '.';
    return at;
}

/* The name a misspelt path probably meant, with its key; false when none is near. */
static bool suggest(const struct build *b, const struct part *part, const char *path, size_t len,
                    char out[2 * WORD_BYTES])
{
    const struct vocabulary *v = &b->set->vocabulary;
    const char *near = vocabulary_nearest(v, part->subject, path, len), *key;
    size_t n = near ? strlen(near) : 0, key_len, at, dots = 1;

    if (!near || n >= WORD_BYTES)
        return false;
    memcpy(out, near, n + 1);
    for (size_t i = 0; i < n; i++)
        dots += near[i] == '.';
    /* Of a family the key is kept: it stands behind one dot more than the name has. */
    at = behind_dot(path, len, dots);
    if (at == len)
        return vocabulary_find(v, part->subject, near, n, &key, &key_len) != FIELD_UNKNOWN;
    if (len - at >= WORD_BYTES - 1)
        return false;
    out[n] = '.';
    memcpy(out + n + 1, path + at, len - at);
    out[n + 1 + len - at] = '\0';
    return true;
}

/* "attributes" alone, where "attributes.KEY" is meant. */
static bool names_family(const struct build *b, const struct part *part, const char *path,
                         size_t len)
{
    char member[WORD_BYTES + 2];
    const char *key;
    size_t key_len;

    if (len >= WORD_BYTES)
        return false;
    memcpy(member, path, len);
    memcpy(member + len, ".*", 2);
    return vocabulary_find(&b->set->vocabulary, part->subject, member, len + 2, &key, &key_len) !=
               FIELD_UNKNOWN &&
           key_len == 1;
}

const char *subject_name(uint32_t subject)
{
    static const char *const names[] = {[RLS_LISTING] = "listing",
                                        [RLS_MERCHANT] = "merchant",
                                        [RLS_MESSAGE] = "message",
                                        [RLS_RULE_CHANGE] = "rule-change"};

    return names[subject];
}

void unknown_field(struct build *b, struct part *part, const struct element *e, struct place place,
                   const char *path, size_t len)
{
    char word[WORD_BYTES], hint[2 * WORD_BYTES];
    struct complaint c = {.message = MSG_UNKNOWN_FIELD, .place = place};

    c.args[0] = subject_name(part->subject);
    c.args[1] = word_of(path, len, word);
    c.hint_args[0] = hint;
    if (names_family(b, part, path, len)) {
        size_t n = strlen(word);

        memcpy(hint, word, n);
        memcpy(hint + n, e->kind == ELEMENT_TEXT ? ".*" : ".KEY",
               e->kind == ELEMENT_TEXT ? sizeof ".*" : sizeof ".KEY");
        c.hint = HINT_WRITE;
    } else if (may_compare(b, b->set->vocabulary.count) && suggest(b, part, path, len, hint)) {
        c.hint = HINT_DID_YOU_MEAN;
    }
    complain(b->d, part->doc, e, &c);
}

void unknown_member(struct build *b, struct part *part, const struct element *e, struct place place,
                    const char *path, const char *collection, const char *prefix)
{
    char word[WORD_BYTES], hint[2 * WORD_BYTES], relative[3 * WORD_BYTES];
    size_t n = strlen(collection), len = strlen(path), p = strlen(prefix);
    struct complaint c = {.message = MSG_UNKNOWN_FIELD, .place = place};

    c.args[0] = subject_name(part->subject);
    c.args[1] = word_of(path, len, word);
    if (p < WORD_BYTES && may_compare(b, b->set->vocabulary.count) &&
        suggest(b, part, path, len, hint)) {
        c.hint = HINT_DID_YOU_MEAN;
        c.hint_args[0] = hint;
        if (strncmp(hint, collection, n) == 0 && hint[n] == '.') {
            memcpy(relative, prefix, p);
            memcpy(relative + p, hint + n + 1, strlen(hint) - n);
            c.hint_args[0] = relative;
        }
    }
    complain(b->d, part->doc, e, &c);
}

/* What a condition says of absence goes before what the field says. */
static uint8_t absence_in(const struct build *b, const struct element *e, uint32_t field)
{
    switch (choice_of(e, ATTRIBUTE_IF_ABSENT, CHOICE_NONE)) {
    case IF_ABSENT_EMPTY:
        return ABSENT_EMPTY;
    case IF_ABSENT_UNKNOWN:
        return ABSENT_UNKNOWN;
    default:
        return b->set->vocabulary.fields[field].absence;
    }
}

static void report_unknown(struct build *b, struct part *part, const struct element *e,
                           const struct attribute *a, const struct item *item,
                           const struct binding *bound, const char *path)
{
    struct place place = value_place(part->doc, a, item->offset, item->len);
    char prefix[WORD_BYTES + 2];
    size_t n;

    if (!bound) {
        unknown_field(b, part, e, place, path, strlen(path));
        return;
    }
    prefix[0] = '$';
    word_of(bound->name, bound->len, prefix + 1);
    n = strlen(prefix);
    memcpy(prefix + n, ".", 2);
    unknown_member(b, part, e, place, path, b->set->vocabulary.collections[bound->collection].name,
                   prefix);
}

/* The field whose name behind that of the family, `family` bytes with the dot, is near the key. */
static const char *nearest_kin(struct build *b, uint32_t subject, const char *name, size_t family)
{
    const struct vocabulary *v = &b->set->vocabulary;
    struct nearest n = {0};
    bool search = may_compare(b, v->count);

    for (uint32_t i = 0; search && i < v->count; i++) {
        const struct field *f = &v->fields[i];

        if (f->subjects & 1u << subject && strncmp(f->name, name, family) == 0)
            nearest_offer(&n, name + family, strlen(name + family), f->name + family);
    }
    return n.best ? n.best - family : NULL;
}

/* Any key may be a member of a family; one that is nearly a field was probably to be that. */
static void warn_near_field(struct build *b, struct part *part, const struct element *e,
                            const struct attribute *a, const struct item *item, const char *name,
                            const char *key)
{
    size_t len = strlen(name), family = (size_t)(key - name);
    const char *best = nearest_kin(b, part->subject, name, family);
    char word[WORD_BYTES], kin[WORD_BYTES];

    if (!best)
        return;
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_NEAR_FIELD,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(name, len, word), word_of(name, family - 1, kin)},
                                 .hint = HINT_DID_YOU_MEAN,
                                 .hint_args = {best}});
}

bool lower_selector(struct build *b, struct part *part, const struct element *e,
                    const struct attribute *a, const struct item *item, struct selector *out)
{
    const struct binding *bound = NULL;
    const char *name, *key;
    size_t key_len;

    if (item->len > 1 && item->text[0] == '$') {
        bound = bound_path(b, part, e, a, item, &name);
        if (!bound)
            return false;
    } else {
        name = need(b, arena_text(&b->set->arena, item->text, item->len));
    }
    if (!name)
        return false;
    *out = (struct selector){.field = FIELD_EVERY, .name = name, .absence = ABSENT_EMPTY};
    out->record = bound ? bound->number : 0;
    if (strcmp(name, "*") == 0)
        return true;
    out->field =
        vocabulary_find(&b->set->vocabulary, part->subject, name, strlen(name), &key, &key_len);
    if (out->field == FIELD_UNKNOWN) {
        /* A broken source may declare it behind the break. */
        if (!part->doc->broken)
            report_unknown(b, part, e, a, item, bound, name);
        return false;
    }
    if (!b->idle)
        b->set->vocabulary.fields[out->field].used = true;
    out->absence = absence_in(b, e, out->field);
    if (!key || (key_len == 1 && *key == '*'))
        return true;
    if (!bound)
        warn_near_field(b, part, e, a, item, name, key);
    out->key = key;
    out->key_len = (uint32_t)key_len;
    return true;
}
