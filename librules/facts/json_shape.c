/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/set.h>

#include "base/limits.h"
#include "facts/json_shape.h"

enum {
    LISTING = 1u << RLS_LISTING,
    MERCHANT = 1u << RLS_MERCHANT,
    MESSAGE = 1u << RLS_MESSAGE,
    EVERY = LISTING | MERCHANT | MESSAGE | 1u << RLS_RULE_CHANGE
};

const struct json_shape json_shapes[JSON_SHAPES] = {
    {"attributes", 10, LISTING, json_read_attributes},
    {"category", 8, LISTING, json_read_category},
    {"complete", 8, EVERY, json_read_complete},
    {"label", 5, LISTING, json_read_label},
    {"price", 5, LISTING, json_read_price},
    {"skus", 4, LISTING, json_read_skus},
};

static json_shape_reader reader_of(const struct json_mapper *m, const struct json_node *node)
{
    for (size_t i = 0; i < JSON_SHAPES; i++) {
        const struct json_shape *s = &json_shapes[i];

        if (s->name_len == node->name_len && memcmp(s->name, node->name, s->name_len) == 0 &&
            s->subjects & 1u << m->facts->subject)
            return s->read;
    }
    return NULL;
}

static enum facts_status read_member(struct json_mapper *m, const struct json_node *node)
{
    json_shape_reader read = reader_of(m, node);
    enum facts_status status;

    if (read)
        return read(m, node);
    status = json_note_misspelt(m, node);
    return status == FACTS_OK ? json_read_any(m, node) : status;
}

enum facts_status json_map(struct json_mapper *m, const struct json_tree *tree, struct facts *f)
{
    enum facts_status status;

    m->facts = f;
    m->tree = tree;
    m->path_len = 0;
    m->placed = false;
    m->near_checks = LIMIT_NEAR_CHECKS;
    status = json_note_repeated(m);
    JSON_EACH (m, child, tree->items) {
        if (status == FACTS_OK)
            status = json_member(m, read_member, child);
    }
    return status;
}
