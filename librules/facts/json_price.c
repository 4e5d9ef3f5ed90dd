/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_shape.h"

/* The currency of a price is the one of the listing. */
static const struct rls_text currency = {"currency", 8};

static enum facts_status read_currency(struct json_mapper *m, const struct json_node *node)
{
    struct rls_text text = json_text(node);

    if (!json_is_scalar(node))
        return json_wrong_shape_of(m, currency, node);
    return facts_text(m->facts, currency.data, currency.len, text.data, text.len);
}

/* A member of a price; without an amount it stands for that. */
static enum facts_status read_price_part(struct json_mapper *m, struct rls_text price,
                                         bool has_amount, const struct json_node *node)
{
    size_t before;
    enum facts_status status;

    if (json_is_named(node, "amount") && json_is_scalar(node))
        return json_add_scalar(m, node);
    before = json_enter(m, node->name, node->name_len);
    if (json_is_named(node, "currency"))
        status = read_currency(m, node);
    else if (json_is_named(node, "amount") || !has_amount)
        status = json_wrong_shape_of(m, price, node);
    else
        status = json_is_scalar(node) ? json_read_any(m, node)
                                      : json_wrong_part(m, node, HINT_SHAPE_VALUE);
    json_leave(m, before);
    return status;
}

enum facts_status json_read_price(struct json_mapper *m, const struct json_node *node)
{
    struct rls_text price = json_path(m);
    enum facts_status status = FACTS_OK;
    bool has_amount;

    if (node->kind != JSON_OBJECT)
        return json_read_any(m, node);
    has_amount = json_find(m, node, "amount");
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = read_price_part(m, price, has_amount, child);
    }
    return status;
}
