/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/vocabulary.h"

#include <librules/set.h>

#include <string.h>

#include "facts/label_fields.h"

enum {
    LISTING = 1u << RLS_LISTING,
    MERCHANT = 1u << RLS_MERCHANT,
    MESSAGE = 1u << RLS_MESSAGE,
    RULE_CHANGE = 1u << RLS_RULE_CHANGE,
    TRADE = LISTING | MERCHANT | MESSAGE,
    EVERY = TRADE | RULE_CHANGE
};

static const char attribute_names[] = "attribute_names";

/* docs/documents.md says the same in words. Names are member paths of the JSON documents. */
static const struct field built_in[] = {
    {.name = "id", .absence = ABSENT_EMPTY, .subjects = EVERY},
    {.name = "platform", .absence = ABSENT_ASSUMED, .assumed = "1688", .subjects = TRADE},
    {.name = "channel", .absence = ABSENT_ASSUMED, .assumed = "domestic", .subjects = TRADE},

    {.name = "title", .absence = ABSENT_EMPTY, .shown = true, .subjects = LISTING},
    {.name = "description",
     .absence = ABSENT_EMPTY,
     .shown = true,
     .page = true,
     .subjects = LISTING},
    {.name = "description_type", .absence = ABSENT_EMPTY, .subjects = LISTING},
    {.name = "category", .absence = ABSENT_UNKNOWN, .shown = true, .subjects = LISTING},
    {.name = "category.id", .absence = ABSENT_UNKNOWN, .subjects = LISTING},
    {.name = "attributes",
     .absence = ABSENT_EMPTY,
     .shown = true,
     .family = true,
     .many = true,
     .named = true,
     .subjects = LISTING},
    {.name = attribute_names,
     .absence = ABSENT_EMPTY,
     .shown = true,
     .many = true,
     .subjects = LISTING},
    {.name = "label", .absence = ABSENT_UNKNOWN, .shown = true, .subjects = LISTING},
    {.name = "label",
     .absence = ABSENT_UNKNOWN,
     .shown = true,
     .family = true,
     .members = true,
     .many = true,
     .subjects = LISTING},
    {.name = "price",
     .type = TYPE_NUMBER,
     .absence = ABSENT_UNKNOWN,
     .money = true,
     .subjects = LISTING},
    {.name = "currency", .absence = ABSENT_UNKNOWN, .subjects = LISTING},
    {.name = "brand", .absence = ABSENT_EMPTY, .shown = true, .subjects = LISTING},
    {.name = "origin", .absence = ABSENT_UNKNOWN, .shown = true, .subjects = LISTING},
    {.name = "image_texts",
     .absence = ABSENT_EMPTY,
     .shown = true,
     .many = true,
     .subjects = LISTING},
    {.name = "destinations", .absence = ABSENT_UNKNOWN, .many = true, .subjects = LISTING},
    {.name = "skus.id", .absence = ABSENT_EMPTY, .many = true, .subjects = LISTING},
    {.name = "skus.title",
     .absence = ABSENT_EMPTY,
     .shown = true,
     .many = true,
     .subjects = LISTING},
    {.name = "skus.price",
     .type = TYPE_NUMBER,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .money = true,
     .subjects = LISTING},
    {.name = "skus.attributes",
     .absence = ABSENT_EMPTY,
     .shown = true,
     .family = true,
     .many = true,
     .named = true,
     .subjects = LISTING},
    {.name = "seller",
     .absence = ABSENT_UNKNOWN,
     .family = true,
     .many = true,
     .subjects = LISTING},

    /* What a platform asks of a licence. */
    {.name = "seller.qualifications.kind",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},
    {.name = "seller.qualifications.number",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},
    {.name = "seller.qualifications.issuer",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},
    {.name = "seller.qualifications.valid_from",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},
    {.name = "seller.qualifications.valid_until",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},
    {.name = "seller.qualifications.scope",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},
    {.name = "seller.qualifications.standing",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = LISTING},

    {.name = "name", .absence = ABSENT_UNKNOWN, .shown = true, .subjects = MERCHANT},
    {.name = "qualifications.kind", .absence = ABSENT_UNKNOWN, .many = true, .subjects = MERCHANT},
    {.name = "qualifications.number",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = MERCHANT},
    {.name = "qualifications.issuer",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = MERCHANT},
    {.name = "qualifications.valid_from",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = MERCHANT},
    {.name = "qualifications.valid_until",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = MERCHANT},
    {.name = "qualifications.scope", .absence = ABSENT_UNKNOWN, .many = true, .subjects = MERCHANT},
    {.name = "qualifications.standing",
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = MERCHANT},
    {.name = "kind", .absence = ABSENT_UNKNOWN, .subjects = MERCHANT},
    {.name = "country", .absence = ABSENT_UNKNOWN, .subjects = MERCHANT},
    {.name = "registered", .type = TYPE_INSTANT, .absence = ABSENT_UNKNOWN, .subjects = MERCHANT},
    {.name = "qualifications",
     .absence = ABSENT_UNKNOWN,
     .family = true,
     .many = true,
     .subjects = MERCHANT},

    {.name = "text", .absence = ABSENT_EMPTY, .shown = true, .subjects = MESSAGE},
    {.name = "sender", .absence = ABSENT_UNKNOWN, .subjects = MESSAGE},

    {.name = "platform", .absence = ABSENT_UNKNOWN, .subjects = RULE_CHANGE},
    {.name = "title", .absence = ABSENT_EMPTY, .shown = true, .subjects = RULE_CHANGE},
    {.name = "text", .absence = ABSENT_EMPTY, .shown = true, .subjects = RULE_CHANGE},
    {.name = "kind", .absence = ABSENT_UNKNOWN, .subjects = RULE_CHANGE},
    {.name = "importance", .absence = ABSENT_UNKNOWN, .subjects = RULE_CHANGE},
    {.name = "published", .type = TYPE_INSTANT, .absence = ABSENT_UNKNOWN, .subjects = RULE_CHANGE},
    {.name = "effective", .type = TYPE_INSTANT, .absence = ABSENT_UNKNOWN, .subjects = RULE_CHANGE},
    {.name = "consultation_from",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .subjects = RULE_CHANGE},
    {.name = "consultation_until",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .subjects = RULE_CHANGE},

    {.name = "counters.name", .absence = ABSENT_UNKNOWN, .many = true, .subjects = EVERY},
    {.name = "counters.window", .absence = ABSENT_UNKNOWN, .many = true, .subjects = EVERY},
    {.name = "counters.value",
     .type = TYPE_NUMBER,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = EVERY},
    {.name = "counters.numerator",
     .type = TYPE_NUMBER,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = EVERY},
    {.name = "counters.denominator",
     .type = TYPE_NUMBER,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = EVERY},
    {.name = "counters.up_to",
     .type = TYPE_INSTANT,
     .absence = ABSENT_UNKNOWN,
     .many = true,
     .subjects = EVERY},
};

static const struct collection built_in_collections[] = {
    {.name = "skus", .absence = ABSENT_EMPTY, .subjects = LISTING},
    {.name = "seller.qualifications", .absence = ABSENT_UNKNOWN, .subjects = LISTING},
    {.name = "qualifications", .absence = ABSENT_UNKNOWN, .subjects = MERCHANT},
    {.name = "counters", .absence = ABSENT_UNKNOWN, .subjects = EVERY},
};

static bool add_label_field(struct vocabulary *v, const struct label_field *f)
{
    return vocabulary_add(v, &(struct field){.name = f->name,
                                             .type = f->type,
                                             .absence = ABSENT_UNKNOWN,
                                             .shown = true,
                                             .many = true,
                                             .aliases = f->aliases,
                                             .subjects = LISTING}) != FIELD_UNKNOWN;
}

static bool add_built_in(struct vocabulary *v)
{
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof built_in / sizeof *built_in; i++)
        ok = vocabulary_add(v, &built_in[i]) != FIELD_UNKNOWN;
    for (size_t i = 0; ok && i < n_label_fields; i++)
        ok = add_label_field(v, &label_fields[i]);
    for (size_t i = 0; ok && i < sizeof built_in_collections / sizeof *built_in_collections; i++) {
        const struct collection *c = &built_in_collections[i];

        ok = vocabulary_collect(v, c->name, c->absence, c->subjects) != COLLECTION_NONE;
    }
    return ok;
}

bool vocabulary_init(struct vocabulary *v, struct arena *arena)
{
    const char *key;
    size_t key_len;

    *v = (struct vocabulary){.arena = arena};
    intern_init(&v->names, arena);
    if (!add_built_in(v)) {
        vocabulary_clear(v);
        return false;
    }
    vocabulary_settle(v);
    v->attribute_names = vocabulary_find(v, RLS_LISTING, attribute_names,
                                         sizeof attribute_names - 1, &key, &key_len);
    return true;
}

void vocabulary_clear(struct vocabulary *v)
{
    const struct mem *mem = &v->names.mem;

    if (!v->arena)
        return;
    mem_release(mem, v->fields, v->cap * sizeof *v->fields);
    mem_release(mem, v->older, v->cap_older * sizeof *v->older);
    mem_release(mem, v->plain, v->cap_plain * sizeof *v->plain);
    mem_release(mem, v->family, v->cap_family * sizeof *v->family);
    mem_release(mem, v->within, v->cap_within * sizeof *v->within);
    mem_release(mem, v->sketches, v->cap_sketches * sizeof *v->sketches);
    mem_release(mem, v->collections, v->cap_collections * sizeof *v->collections);
    intern_clear(&v->names);
    *v = (struct vocabulary){0};
}

/* Room in every array before any of them changes, so that a failure changes nothing. */
static bool make_room(struct vocabulary *v)
{
    const struct mem *mem = &v->arena->mem;
    size_t fields = (size_t)v->count + 1, names = v->names.count;

    return mem_grow(mem, &v->fields, &v->cap, fields, sizeof *v->fields) &&
           mem_grow(mem, &v->older, &v->cap_older, fields, sizeof *v->older) &&
           mem_grow(mem, &v->plain, &v->cap_plain, names, sizeof *v->plain) &&
           mem_grow(mem, &v->family, &v->cap_family, names, sizeof *v->family) &&
           mem_grow(mem, &v->within, &v->cap_within, names, sizeof *v->within) &&
           mem_grow(mem, &v->sketches, &v->cap_sketches, fields, sizeof *v->sketches);
}

/* Interns what the name lies within, and itself last: its number, or INTERN_NONE. */
static uint32_t intern_path(struct vocabulary *v, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (name[i] == '.' && intern_add(&v->names, name, i) == INTERN_NONE)
            return INTERN_NONE;
    }
    return intern_add(&v->names, name, len);
}

static void spread_within(struct vocabulary *v, const char *name, size_t len, subject_mask subjects)
{
    for (size_t i = 0; i <= len; i++) {
        if (i == len || name[i] == '.')
            v->within[intern_find(&v->names, name, i)] |= subjects;
    }
}

static const char *copy(struct vocabulary *v, const char *text)
{
    return text ? arena_text(v->arena, text, strlen(text)) : NULL;
}

uint32_t vocabulary_add(struct vocabulary *v, const struct field *f)
{
    size_t len = strlen(f->name);
    const char *assumed = copy(v, f->assumed), *aliases = copy(v, f->aliases);
    uint32_t id = v->count, name;
    uint32_t *latest;

    if ((f->assumed && !assumed) || (f->aliases && !aliases) || id >= FIELD_EVERY)
        return FIELD_UNKNOWN;
    name = intern_path(v, f->name, len);
    if (name == INTERN_NONE || !make_room(v))
        return FIELD_UNKNOWN;
    for (; v->n_names < v->names.count; v->n_names++) {
        v->plain[v->n_names] = v->family[v->n_names] = FIELD_UNKNOWN;
        v->within[v->n_names] = 0;
    }
    spread_within(v, f->name, len, f->subjects);
    v->sketches[id] = name_sketch(f->name, len);
    latest = f->family ? &v->family[name] : &v->plain[name];
    v->fields[id] = *f;
    v->fields[id].name = intern_name(&v->names, name);
    v->fields[id].assumed = assumed;
    v->fields[id].aliases = aliases;
    v->fields[id].collection = COLLECTION_NONE;
    v->older[id] = *latest;
    *latest = id;
    if (len > v->longest_name)
        v->longest_name = len;
    if (f->family && len > v->longest_family)
        v->longest_family = len;
    v->count++;
    return id;
}

/* The field of a name for the subject, among those declared for other subjects. */
static uint32_t of_subject(const struct vocabulary *v, uint32_t subject, const uint32_t *latest,
                           const char *name, size_t len)
{
    uint32_t interned = intern_find(&v->names, name, len), id;

    /* A name may outlive a declaration that failed for want of memory. */
    if (interned == INTERN_NONE || interned >= v->n_names)
        return FIELD_UNKNOWN;
    id = latest[interned];
    while (id != FIELD_UNKNOWN && !(v->fields[id].subjects & 1u << subject))
        id = v->older[id];
    return id;
}

uint32_t vocabulary_find(const struct vocabulary *v, uint32_t subject, const char *path, size_t len,
                         const char **key, size_t *key_len)
{
    uint32_t id = FIELD_UNKNOWN;

    *key = NULL;
    *key_len = 0;
    if (len <= v->longest_name)
        id = of_subject(v, subject, v->plain, path, len);
    if (id != FIELD_UNKNOWN || len == 0)
        return id;
    /* No dot behind the longest name can end one: hostile paths cost no more than short ones. */
    for (size_t dot = len - 1 < v->longest_family ? len - 1 : v->longest_family; dot > 0; dot--) {
        if (path[dot] != '.')
            continue;
        id = of_subject(v, subject, v->family, path, dot);
        if (id == FIELD_UNKNOWN)
            continue;
        *key = path + dot + 1;
        *key_len = len - dot - 1;
        return id;
    }
    return FIELD_UNKNOWN;
}

bool vocabulary_within(const struct vocabulary *v, uint32_t subject, const char *name, size_t len)
{
    uint32_t interned = len <= v->longest_name ? intern_find(&v->names, name, len) : INTERN_NONE;

    return interned != INTERN_NONE && interned < v->n_names && v->within[interned] & 1u << subject;
}

uint32_t vocabulary_collect(struct vocabulary *v, const char *name, uint8_t absence,
                            subject_mask subjects)
{
    size_t len = strlen(name), dot = len;
    struct collection c = {arena_text(v->arena, name, len), absence, COLLECTION_NONE, subjects};

    if (!c.name || !mem_grow(&v->arena->mem, &v->collections, &v->cap_collections,
                             (size_t)v->n_collections + 1, sizeof *v->collections))
        return COLLECTION_NONE;
    while (dot > 0 && c.parent == COLLECTION_NONE) {
        while (dot > 0 && name[dot - 1] != '.')
            dot--;
        for (uint32_t i = 0; dot > 1 && i < v->n_collections; i++)
            if (v->collections[i].subjects & subjects &&
                strlen(v->collections[i].name) == dot - 1 &&
                memcmp(v->collections[i].name, name, dot - 1) == 0)
                c.parent = i;
        dot -= dot > 0;
    }
    v->collections[v->n_collections] = c;
    return v->n_collections++;
}

/* Whether a field of the name is a member of records of the collection, or of ones inside. */
static bool holds(const struct collection *c, const struct field *f)
{
    size_t n = strlen(c->name);

    return c->subjects & f->subjects && strncmp(f->name, c->name, n) == 0 && f->name[n] == '.';
}

void vocabulary_settle(struct vocabulary *v)
{
    for (uint32_t i = 0; i < v->count; i++) {
        uint32_t *in = &v->fields[i].collection;

        for (uint32_t c = 0; c < v->n_collections; c++)
            if (holds(&v->collections[c], &v->fields[i]) &&
                (*in == COLLECTION_NONE ||
                 strlen(v->collections[c].name) > strlen(v->collections[*in].name)))
                *in = c;
    }
}

uint32_t vocabulary_collection(const struct vocabulary *v, uint32_t subject, const char *path,
                               size_t len)
{
    for (uint32_t i = 0; i < v->n_collections; i++) {
        const struct collection *c = &v->collections[i];

        if (c->subjects & 1u << subject && strlen(c->name) == len &&
            memcmp(c->name, path, len) == 0)
            return i;
    }
    return COLLECTION_NONE;
}

uint32_t vocabulary_family(const struct vocabulary *v, uint32_t subject, const char *name,
                           size_t len)
{
    return len <= v->longest_family ? of_subject(v, subject, v->family, name, len) : FIELD_UNKNOWN;
}
