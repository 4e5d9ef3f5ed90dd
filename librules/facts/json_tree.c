/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_tree.h"

enum json_status json_tree_add(struct json_tree *t, const struct json_node *node, uint32_t *index)
{
    uint32_t at = t->count;

    if (at >= t->most)
        return JSON_TOO_MANY;
    if (!mem_grow(&t->mem, &t->items, &t->cap, (size_t)at + 1, sizeof *t->items))
        return JSON_MEMORY;
    t->items[at] = *node;
    t->items[at].end = at + 1;
    t->count++;
    if (index)
        *index = at;
    return JSON_OK;
}
