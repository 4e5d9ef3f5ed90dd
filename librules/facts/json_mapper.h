/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_MAPPER_H
#define LIBRULES_FACTS_JSON_MAPPER_H

#include <string.h>

#include <librules/base.h>

#include "base/limits.h"
#include "facts/facts.h"
#include "facts/json_tree.h"

/* Members that are more than a value of their own name. */
enum { JSON_SHAPES = 6 };

/* Turns the tree of a document into facts by the shapes of docs/documents.md. */
struct json_mapper {
    struct facts *facts;
    const struct json_tree *tree;
    struct keyset names;  /* of one object at a time */
    uint32_t near_checks; /* left */
    struct name_sketch sketches[JSON_SHAPES];
    bool placed; /* place is that of the path */
    struct fact_place place;
    size_t path_len;                /* bytes of path in use */
    char path[1 + LIMIT_JSON_PATH]; /* a dot before each name, the first one included */
};

void json_mapper_init(struct json_mapper *m, const struct mem *mem);
void json_mapper_clear(struct json_mapper *m);
enum facts_status json_map(struct json_mapper *m, const struct json_tree *tree, struct facts *f);

/* The values inside a container; those inside of them are not visited. */
#define JSON_EACH(m, child, node)                                                                  \
    for (const struct json_node *child = (node) + 1; child < json_after(m, node);                  \
         child = json_after(m, child))

static inline const struct json_node *json_after(const struct json_mapper *m,
                                                 const struct json_node *node)
{
    return &m->tree->items[node->end];
}

static inline bool json_is_scalar(const struct json_node *node)
{
    return node->kind < JSON_ARRAY;
}

/* Here, so that the length of a literal is known. */
static inline bool json_is_named(const struct json_node *node, const char *name)
{
    size_t len = strlen(name);

    return node->name_len == len && memcmp(node->name, name, len) == 0;
}

/* A scalar as text; NULL data for null. */
struct rls_text json_text(const struct json_node *node);

/* The path of the member that is read: "price.amount". */
struct rls_text json_path(const struct json_mapper *m);
/* What the path names; valid until the path changes. */
const struct fact_place *json_place(struct json_mapper *m);
/* Lengthens the path by a name, which may be empty; give the result back to json_leave. */
size_t json_enter(struct json_mapper *m, const char *name, size_t len);
void json_leave(struct json_mapper *m, size_t before);
/* A note about what the path leads to. */
enum facts_status json_note(struct json_mapper *m, uint32_t code);
/* A note that the node has another shape than what belongs there. */
enum facts_status json_note_shape(struct json_mapper *m, const struct json_node *node,
                                  enum hint wanted);
/* What shape a node has, in words. */
enum hint json_shape_of(const struct json_node *node);

/* Notes members that stand twice in one object, in the whole document. */
enum facts_status json_note_repeated(struct json_mapper *m);
/* Notes a member of the document that is unknown but spelt nearly like a known one. */
enum facts_status json_note_misspelt(struct json_mapper *m, const struct json_node *member);

/* Reads the member that the path leads to. */
typedef enum facts_status (*json_shape_reader)(struct json_mapper *m, const struct json_node *node);

extern const struct json_shape {
    char name[12];
    uint8_t name_len;
    subject_mask subjects;
    json_shape_reader read;
} json_shapes[JSON_SHAPES];

#endif
