/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_SHAPE_H
#define LIBRULES_FACTS_JSON_SHAPE_H

#include "facts/json_mapper.h"

/* What the readers of shapes share. Each reads a node at the path of the mapper. */

/* The field that the path names, or NULL; of a family with the key, whose data is NULL else. */
const struct field *json_field(struct json_mapper *m, struct rls_text *key);
/* The collection that the path names, or COLLECTION_NONE. */
uint32_t json_collection(const struct json_mapper *m);

/* A scalar as a value of what the path names. */
enum facts_status json_add_scalar(struct json_mapper *m, const struct json_node *node);
/* What has no shape of its own. */
enum facts_status json_read_any(struct json_mapper *m, const struct json_node *node);
/* A member of an object, under its name. */
enum facts_status json_member(struct json_mapper *m, json_shape_reader read,
                              const struct json_node *node);
/* One entry of a collection. What is no object is a record of which nothing is known. */
enum facts_status json_read_record(struct json_mapper *m, uint32_t collection,
                                   json_shape_reader read, const struct json_node *entry);

/* Every scalar inside, under its path, out of the reach of rules. */
enum facts_status json_keep_unknown(struct json_mapper *m, const struct json_node *node);
/* The same with a note, for what the library takes no value from, in a shape that is not the one
 * described. */
enum facts_status json_wrong_part(struct json_mapper *m, const struct json_node *node,
                                  enum hint wanted);
/* Every scalar inside as a value of the field: text in a wrong shape is there all the same. */
enum facts_status json_stray(struct json_mapper *m, struct rls_text field,
                             const struct json_node *node);
/* The same with a note, for a value of the field that is not in the shape of one. */
enum facts_status json_wrong_shape_of(struct json_mapper *m, struct rls_text field,
                                      const struct json_node *node);

/* The readers of members that are more than a value of their own name. */
enum facts_status json_read_attributes(struct json_mapper *m, const struct json_node *node);
enum facts_status json_read_sku_attributes(struct json_mapper *m, const struct json_node *node);
enum facts_status json_read_category(struct json_mapper *m, const struct json_node *node);
enum facts_status json_read_complete(struct json_mapper *m, const struct json_node *node);
enum facts_status json_read_label(struct json_mapper *m, const struct json_node *node);
enum facts_status json_read_price(struct json_mapper *m, const struct json_node *node);
enum facts_status json_read_skus(struct json_mapper *m, const struct json_node *node);

/* The first member of a name, or NULL. */
static inline const struct json_node *json_find(const struct json_mapper *m,
                                                const struct json_node *object, const char *name)
{
    JSON_EACH (m, child, object) {
        if (json_is_named(child, name))
            return child;
    }
    return NULL;
}

#endif
