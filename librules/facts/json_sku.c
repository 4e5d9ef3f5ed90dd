/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_shape.h"

static enum facts_status read_sku_part(struct json_mapper *m, const struct json_node *node)
{
    if (json_is_named(node, "attributes"))
        return json_read_sku_attributes(m, node);
    return json_is_named(node, "price") ? json_read_price(m, node) : json_read_any(m, node);
}

static enum facts_status read_sku(struct json_mapper *m, const struct json_node *sku)
{
    enum facts_status status = FACTS_OK;

    JSON_EACH (m, child, sku) {
        if (status == FACTS_OK)
            status = json_member(m, read_sku_part, child);
    }
    return status;
}

static bool is_sku_part(struct json_mapper *m, const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    struct rls_text key;
    bool known = json_field(m, &key) || json_is_named(node, "attributes");

    json_leave(m, before);
    return known;
}

/* What stands where an array of objects belongs: text that is nothing else is taken for a title. */
static enum facts_status read_odd_skus(struct json_mapper *m, const struct json_node *node)
{
    static const struct rls_text title = {"skus.title", 10};
    enum facts_status status = FACTS_OK;

    if (json_is_scalar(node))
        return json_stray(m, title, node);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        if (node->kind == JSON_OBJECT && is_sku_part(m, child))
            status = json_member(m, read_sku_part, child);
        else
            status = read_odd_skus(m, child);
    }
    return status;
}

static enum facts_status read_odd_sku(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = json_note_shape(m, node, HINT_SHAPE_OBJECT);

    return status == FACTS_OK ? read_odd_skus(m, node) : status;
}

enum facts_status json_read_skus(struct json_mapper *m, const struct json_node *node)
{
    uint32_t collection = json_collection(m);
    enum facts_status status;

    if (node->kind != JSON_ARRAY) {
        status = facts_odd_list(m->facts, collection, json_shape_of(node));
        return status == FACTS_OK ? read_odd_skus(m, node) : status;
    }
    status = facts_begin_list(m->facts, collection);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = json_read_record(m, collection,
                                      child->kind == JSON_OBJECT ? read_sku : read_odd_sku, child);
    }
    return status;
}
