/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/base.h>

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

static void offer_field(struct nearest *n, const struct field *f, const struct name_sketch *sketch,
                        const struct name_sketch *known, struct rls_text path)
{
    if (f->family)
        nearest_offer(n, path.data, family_part(f->name, path.data, path.len), f->name);
    else if (name_may_be_near(sketch, known))
        nearest_offer(n, path.data, path.len, f->name);
}

const char *vocabulary_nearest(const struct vocabulary *v, uint32_t subject, const char *path,
                               size_t len)
{
    const struct name_sketch sketch = name_sketch(path, len);
    /* Without a dot it is no name of a family's member. */
    bool dotted = len && memchr(path, '.', len);
    struct nearest n = {0};

    for (uint32_t id = 0; id < v->count; id++) {
        const struct field *f = &v->fields[id];

        if ((dotted || name_may_be_near(&sketch, &v->sketches[id])) && f->subjects & 1u << subject)
            offer_field(&n, f, &sketch, &v->sketches[id], (struct rls_text){path, len});
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
        if (name_may_be_near(&sketch, &v->sketches[i]) && v->fields[i].subjects & 1u << subject)
            nearest_offer(&n, name, len, v->fields[i].name);
    for (uint32_t i = 0; i < v->n_collections; i++)
        if (v->collections[i].subjects & 1u << subject)
            nearest_offer(&n, name, len, v->collections[i].name);
    return n.best;
}
