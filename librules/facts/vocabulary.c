/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/vocabulary.h"

#include <librules/set.h>

#include <string.h>

#include "base/nearest.h"

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

    {.name = "name", .absence = ABSENT_UNKNOWN, .shown = true, .subjects = MERCHANT},
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
};

bool vocabulary_init(struct vocabulary *v, struct arena *arena)
{
    const char *key;
    size_t key_len;

    *v = (struct vocabulary){.arena = arena};
    intern_init(&v->names, arena);
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (vocabulary_add(v, &built_in[i]) == FIELD_UNKNOWN) {
            vocabulary_clear(v);
            return false;
        }
    }
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
    intern_clear(&v->names);
    *v = (struct vocabulary){0};
}

/* Room in every array before any of them changes, so that a failure changes nothing. */
static bool make_room(struct vocabulary *v, uint32_t name)
{
    const struct mem *mem = &v->arena->mem;
    size_t fields = (size_t)v->count + 1, names = (size_t)name + 1;

    return mem_grow(mem, &v->fields, &v->cap, fields, sizeof *v->fields) &&
           mem_grow(mem, &v->older, &v->cap_older, fields, sizeof *v->older) &&
           mem_grow(mem, &v->plain, &v->cap_plain, names, sizeof *v->plain) &&
           mem_grow(mem, &v->family, &v->cap_family, names, sizeof *v->family);
}

static const char *copy_assumed(struct vocabulary *v, const char *assumed)
{
    return assumed ? arena_text(v->arena, assumed, strlen(assumed)) : NULL;
}

uint32_t vocabulary_add(struct vocabulary *v, const struct field *f)
{
    size_t len = strlen(f->name);
    const char *assumed = copy_assumed(v, f->assumed);
    uint32_t id = v->count, name;
    uint32_t *latest;

    if ((f->assumed && !assumed) || id >= FIELD_EVERY)
        return FIELD_UNKNOWN;
    name = intern_add(&v->names, f->name, len);
    if (name == INTERN_NONE || !make_room(v, name))
        return FIELD_UNKNOWN;
    for (; v->n_names <= name; v->n_names++)
        v->plain[v->n_names] = v->family[v->n_names] = FIELD_UNKNOWN;
    latest = f->family ? &v->family[name] : &v->plain[name];
    v->fields[id] = *f;
    v->fields[id].name = intern_name(&v->names, name);
    v->fields[id].assumed = assumed;
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

uint32_t vocabulary_family(const struct vocabulary *v, uint32_t subject, const char *name)
{
    return of_subject(v, subject, v->family, name, strlen(name));
}

/* As much of the path as has as many dots as the name of a family; 0 when there is no key left. */
static size_t family_part(const char *family, const char *path, size_t len)
{
    size_t dots = 1;

    for (; *family; family++)
        dots += *family == '.';
    for (size_t i = 0; i < len; i++) {
        dots -= path[i] == '.';
        if (dots == 0)
            return i;
    }
    return 0;
}

const char *vocabulary_nearest(const struct vocabulary *v, uint32_t subject, const char *path,
                               size_t len)
{
    struct nearest n = {0};

    for (uint32_t id = 0; id < v->count; id++) {
        const struct field *f = &v->fields[id];
        size_t part = f->family ? family_part(f->name, path, len) : len;

        if (f->subjects & 1u << subject)
            nearest_offer(&n, path, part, f->name);
    }
    return n.best;
}
