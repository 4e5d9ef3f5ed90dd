/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static bool grow(struct paths *p)
{
    size_t cap = p->cap ? p->cap * 2 : 16;
    char **items = realloc(p->items, cap * sizeof *items);

    if (!items)
        return false;
    p->items = items;
    p->cap = cap;
    return true;
}

bool paths_add(struct paths *p, const char *path)
{
    char *copy = strdup(path);

    if (!copy || (p->count == p->cap && !grow(p))) {
        free(copy);
        complain(TEXT_NO_MEMORY);
        return false;
    }
    p->items[p->count++] = copy;
    return true;
}

void paths_free(struct paths *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->items[i]);
    free(p->items);
    *p = (struct paths){0};
}
