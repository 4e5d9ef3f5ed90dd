/* SPDX-License-Identifier: Apache-2.0 */
#include "match/pattern_tree.h"

#include <string.h>

static uint32_t times_width(uint32_t a, uint32_t n)
{
    return (uint64_t)a * n < WIDTH_ENDLESS ? a * n : WIDTH_ENDLESS;
}

static struct width widest(const struct node *n)
{
    struct width all = tree_width(n->first);

    for (const struct node *c = n->first->next; c; c = c->next) {
        struct width w = tree_width(c);

        all.min = w.min < all.min ? w.min : all.min;
        all.max = w.max > all.max ? w.max : all.max;
    }
    return all;
}

static struct width total(const struct node *n)
{
    struct width all = {0, 0};

    for (const struct node *c = n->first; c; c = c->next) {
        struct width w = tree_width(c);

        all.min = add_width(all.min, w.min);
        all.max = add_width(all.max, w.max);
    }
    return all;
}

/* Depth is bounded by LIMIT_PATTERN_DEPTH. */
struct width tree_width(const struct node *n)
{
    struct width w;

    switch (n->kind) {
    case NODE_TEXT:
        return (struct width){n->n_codes, n->n_codes};
    case NODE_CLASS:
        return (struct width){1, 1};
    case NODE_SEQUENCE:
        return total(n);
    case NODE_CHOICE:
        return widest(n);
    case NODE_GROUP:
        return tree_width(n->first);
    case NODE_REPEAT:
        w = tree_width(n->first);
        return (struct width){times_width(w.min, n->least),
                              w.max ? times_width(w.max, n->most) : 0};
    default:
        return (struct width){0, 0};
    }
}

static bool add_item(const struct tree *t, struct items *items, const struct node *n)
{
    if (items->n == items->cap) {
        const uint32_t cap = items->cap ? 2 * items->cap : 16;
        const struct node **list = arena_array(t->arena, cap, sizeof(const struct node *));

        if (!list)
            return false;
        if (items->n)
            memcpy(list, items->list, items->n * sizeof *list);
        items->list = list;
        items->cap = cap;
    }
    items->list[items->n++] = n;
    return true;
}

static bool add_items(const struct tree *t, struct items *items, const struct node *n)
{
    if (n->kind == NODE_GROUP)
        return add_items(t, items, n->first);
    if (n->kind != NODE_SEQUENCE)
        return add_item(t, items, n);
    for (const struct node *c = n->first; c; c = c->next)
        if (!add_items(t, items, c))
            return false;
    return true;
}

bool tree_items(const struct tree *t, const struct node *n, struct items *items)
{
    *items = (struct items){.n = 0};
    return add_items(t, items, n);
}
