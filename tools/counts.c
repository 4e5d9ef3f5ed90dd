/* SPDX-License-Identifier: Apache-2.0 */
#include "counts.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

/* FNV-1a. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash * UINT64_C(1099511628211);
}

static uint64_t hash_of(const char *name, const char *of)
{
    return hash_text(hash_text(UINT64_C(14695981039346656037), name), of ? of : "");
}

static bool is_same(const struct counted *x, uint64_t hash, const char *name, const char *of)
{
    return x->hash == hash && strcmp(x->name, name) == 0 && strcmp(x->of ? x->of : "", of) == 0;
}

/* The slot of a name, or the empty one where it belongs. */
static uint32_t *slot_of(const struct counts *c, uint64_t hash, const char *name, const char *of)
{
    size_t at = hash & (c->n_slots - 1);

    while (c->slots[at] && !is_same(&c->items[c->slots[at] - 1], hash, name, of))
        at = (at + 1) & (c->n_slots - 1);
    return &c->slots[at];
}

/* Slots are at most half full. */
static bool grow_slots(struct counts *c)
{
    size_t n = c->n_slots ? 2 * c->n_slots : FIRST_SLOTS;
    uint32_t *slots = calloc(n, sizeof *slots);

    if (!slots)
        return false;
    free(c->slots);
    c->slots = slots;
    c->n_slots = n;
    for (size_t i = 0; i < c->count; i++) {
        const struct counted *x = &c->items[i];
        *slot_of(c, x->hash, x->name, x->of ? x->of : "") = (uint32_t)i + 1;
    }
    return true;
}

static bool make_room(struct counts *c)
{
    if (2 * (c->count + 1) > c->n_slots && !grow_slots(c))
        return false;
    if (c->count < c->cap)
        return true;
    size_t cap = c->cap ? 2 * c->cap : FIRST_SLOTS;
    struct counted *items = realloc(c->items, cap * sizeof *items);
    if (!items)
        return false;
    c->items = items;
    c->cap = cap;
    return true;
}

static bool add_new(struct counts *c, uint32_t *slot, uint64_t hash, const char *name,
                    const char *of)
{
    struct counted x = {.name = strdup(name), .of = of ? strdup(of) : NULL, .hash = hash};

    if (!x.name || (of && !x.of)) {
        free(x.name);
        free(x.of);
        return false;
    }
    c->items[c->count++] = x;
    *slot = (uint32_t)c->count;
    return true;
}

/* The entry of a name, a new one when there is none yet; NULL without memory, and when there are
 * MOST_COUNTED: then *full is set. */
static struct counted *entry_of(struct counts *c, const char *name, const char *of, bool *full)
{
    uint64_t hash = hash_of(name, of);

    *full = false;
    if (!make_room(c))
        return NULL;
    uint32_t *slot = slot_of(c, hash, name, of ? of : "");
    *full = !*slot && c->count == MOST_COUNTED;
    if (*full || (!*slot && !add_new(c, slot, hash, name, of)))
        return NULL;
    return &c->items[*slot - 1];
}

bool counts_add(struct counts *c, const char *name, const char *of, uint64_t document)
{
    bool full;
    struct counted *x = entry_of(c, name, of, &full);

    if (x) {
        x->documents += x->last != document;
        x->last = document;
    }
    c->more += full;
    return x || full;
}

bool counts_merge(struct counts *c, const struct counts *more)
{
    for (size_t i = 0; i < more->count; i++) {
        const struct counted *from = &more->items[i];
        bool full;
        struct counted *x = entry_of(c, from->name, from->of, &full);

        if (x)
            x->documents += from->documents;
        else if (full)
            c->more += from->documents;
        else
            return false;
    }
    c->more += more->more;
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    int by_name = strcmp(x->name, y->name);

    if (x->documents != y->documents)
        return x->documents < y->documents ? 1 : -1;
    return by_name ? by_name : strcmp(x->of ? x->of : "", y->of ? y->of : "");
}

void counts_sort(struct counts *c)
{
    if (c->count > 1)
        qsort(c->items, c->count, sizeof *c->items, compare);
}

void counts_free(struct counts *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->items[i].name);
        free(c->items[i].of);
    }
    free(c->items);
    free(c->slots);
    *c = (struct counts){0};
}
