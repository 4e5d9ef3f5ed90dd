/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "facts/vocabulary.h"

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
    const struct name_sketch sketch = name_sketch(path, len);
    bool dotted = len && memchr(path, '.', len);
    struct nearest n = {0};

    for (uint32_t id = 0; id < v->count; id++) {
        const struct field *f = &v->fields[id];

        if (!(f->subjects & 1u << subject))
            continue;
        if (!f->family && name_may_be_near(&sketch, &v->sketches[id]))
            nearest_offer(&n, path, len, f->name);
        if (f->family && dotted)
            nearest_offer(&n, path, family_part(f->name, path, len), f->name);
    }
    return n.best;
}

/* Whether a name is the part, or begins with it and a dot. */
static bool is_within(const char *name, const char *part, size_t len)
{
    size_t n = strlen(name);

    return len <= n && memcmp(name, part, len) == 0 && (len == n || name[len] == '.');
}

bool vocabulary_has_part(const struct vocabulary *v, uint32_t subject, const char *name, size_t len)
{
    const char *key;
    size_t key_len;

    if (vocabulary_find(v, subject, name, len, &key, &key_len) != FIELD_UNKNOWN ||
        vocabulary_within(v, subject, name, len))
        return true;
    for (uint32_t i = 0; i < v->n_collections; i++)
        if (v->collections[i].subjects & 1u << subject &&
            is_within(v->collections[i].name, name, len))
            return true;
    return false;
}

const char *vocabulary_nearest_part(const struct vocabulary *v, uint32_t subject, const char *name,
                                    size_t len)
{
    const struct name_sketch sketch = name_sketch(name, len);
    struct nearest n = {0};

    for (uint32_t i = 0; i < v->count; i++)
        if (v->fields[i].subjects & 1u << subject && name_may_be_near(&sketch, &v->sketches[i]))
            nearest_offer(&n, name, len, v->fields[i].name);
    for (uint32_t i = 0; i < v->n_collections; i++)
        if (v->collections[i].subjects & 1u << subject)
            nearest_offer(&n, name, len, v->collections[i].name);
    return n.best;
}
