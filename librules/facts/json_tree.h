/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_TREE_H
#define LIBRULES_FACTS_JSON_TREE_H

#include <stdint.h>

#include "base/mem.h"

#ifdef __cplusplus
extern "C" {
#endif

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* A value in document order: what it contains follows it. */
struct json_node {
    const char *name; /* of a member; NULL in an array */
    const char *text; /* decoded string, or the number as written */
    uint32_t name_len, len;
    uint32_t end; /* index after the last node inside */
    uint8_t kind; /* enum json_kind */
    bool boolean;
};

struct json_tree {
    struct mem mem;
    struct json_node *items;
    size_t cap;
    uint32_t count;
    uint32_t most; /* nodes allowed */
};

enum json_status { JSON_OK, JSON_MEMORY, JSON_TOO_MANY, JSON_TOO_DEEP, JSON_MALFORMED };

/* Makes room for one node more; false when memory is short. */
bool json_tree_grow(struct json_tree *t);

/*
 * Appends a node that is all the caller's to fill in but for its end. It is written where it
 * stays: a node that was put together elsewhere would be copied before its parts have settled.
 */
static inline enum json_status json_tree_add(struct json_tree *t, struct json_node **out)
{
    if (t->count >= t->most)
        return JSON_TOO_MANY;
    if (t->count == t->cap && !json_tree_grow(t))
        return JSON_MEMORY;
    *out = &t->items[t->count++];
    (*out)->end = t->count;
    return JSON_OK;
}

#ifdef __cplusplus
}
#endif
#endif
