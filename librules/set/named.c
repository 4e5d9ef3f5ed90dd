/* SPDX-License-Identifier: Apache-2.0 */
#include "set/named.h"

#include <string.h>

#include "base/nearest.h"
#include "set/compared.h"
#include "set/program.h"
#include "text/reader.h"
#include "text/trim.h"

enum { LONGEST_VALUE = 256, FIELDS = 8 };

/* The values are counted first, then listed. */
struct list {
    uint32_t count;
    struct rls_text *values; /* NULL: counts only */
};

static void add_value(struct rls_text value, void *user)
{
    struct list *l = user;

    for (uint32_t i = 0; l->values && i < l->count; i++)
        if (l->values[i].len == value.len && memcmp(l->values[i].data, value.data, value.len) == 0)
            return;
    if (l->values)
        l->values[l->count] = value;
    l->count++;
}

/* Leaves a count of 0 where nothing can be told. */
static bool find(struct rls_set *set, uint32_t field, struct named_values *out)
{
    struct list counted = {0}, listed = {0};

    *out = (struct named_values){.field = field};
    if (!compared_values(set, field, add_value, &counted) || counted.count == 0)
        return true;
    listed.values = arena_array(&set->arena, counted.count, sizeof *listed.values);
    if (!listed.values)
        return false;
    compared_values(set, field, add_value, &listed);
    out->count = listed.count;
    out->values = listed.values;
    return true;
}

static bool is_scope(const struct field *f)
{
    return !f->family && (strcmp(f->name, "platform") == 0 || strcmp(f->name, "channel") == 0);
}

bool named_values_find(struct rls_set *set)
{
    const struct vocabulary *v = &set->vocabulary;
    struct named_values *named = arena_array(&set->arena, FIELDS, sizeof *named);

    if (!named)
        return false;
    for (uint32_t i = 0; i < v->count && set->n_named < FIELDS; i++) {
        if (!is_scope(&v->fields[i]))
            continue;
        if (!find(set, i, &named[set->n_named]))
            return false;
        set->n_named += named[set->n_named].count > 0;
    }
    set->named = named;
    return true;
}

static bool is_listed(const struct named_values *n, const char *text, size_t len)
{
    for (uint32_t i = 0; i < n->count; i++)
        if (n->values[i].len == len && memcmp(n->values[i].data, text, len) == 0)
            return true;
    return false;
}

bool named_values_hold(const struct named_values *n, struct rls_text text, const char **nearest)
{
    char folded[LONGEST_VALUE];
    const char *value = folded;
    struct nearest near = {0};
    size_t len;

    *nearest = NULL;
    /* What is folded already stays as it is: mostly nothing else need be done. */
    if (is_listed(n, text.data, text.len))
        return true;
    len = text_fold(text.data, text.len, FORM_DEFAULT, folded, sizeof folded);
    if (len >= sizeof folded)
        return true;
    text_trim(&value, &len);
    if (is_listed(n, value, len))
        return true;
    for (uint32_t i = 0; i < n->count; i++)
        nearest_offer(&near, value, len, n->values[i].data);
    *nearest = near.best;
    return false;
}
