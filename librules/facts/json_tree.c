/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_tree.h"

bool json_tree_grow(struct json_tree *t)
{
    return mem_grow(&t->mem, &t->items, &t->cap, t->cap + 1, sizeof *t->items);
}
