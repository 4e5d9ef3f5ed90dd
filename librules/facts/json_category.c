/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "facts/blank.h"
#include "facts/json_shape.h"

/* The steps with ">" between them; NULL data when a step is no scalar. */
static enum facts_status join_steps(struct json_mapper *m, const struct json_node *array,
                                    struct rls_text *out)
{
    size_t most = 0, len = 0;
    char *joined;

    *out = (struct rls_text){NULL, 0};
    JSON_EACH (m, step, array) {
        if (!json_is_scalar(step))
            return FACTS_OK;
        most += json_text(step).len + 1;
    }
    joined = arena_alloc(&m->facts->copies, most);
    if (!joined)
        return FACTS_MEMORY;
    JSON_EACH (m, step, array) {
        struct rls_text text = json_text(step);

        if (!text.data || is_blank_text(text.data, text.len))
            continue;
        if (len)
            joined[len++] = '>';
        memcpy(joined + len, text.data, text.len);
        len += text.len;
    }
    *out = (struct rls_text){joined, len};
    return FACTS_OK;
}

static enum facts_status category_text(struct json_mapper *m, const struct json_node *path,
                                       const struct json_node *name, struct rls_text *out,
                                       const struct json_node **used)
{
    enum facts_status status = FACTS_OK;

    *out = (struct rls_text){NULL, 0};
    if (path && path->kind == JSON_ARRAY)
        status = join_steps(m, path, out);
    else if (path && json_is_scalar(path))
        *out = json_text(path);
    *used = path;
    if (status == FACTS_OK && (!out->data || is_blank_text(out->data, out->len))) {
        *out = name && json_is_scalar(name) ? json_text(name) : (struct rls_text){NULL, 0};
        *used = name;
    }
    return status;
}

static bool has_inner(const struct json_mapper *m, const struct json_node *node)
{
    JSON_EACH (m, child, node) {
        if (!json_is_scalar(child))
            return true;
    }
    return node->kind == JSON_OBJECT;
}

/* What is not the category itself. */
static enum facts_status read_category_part(struct json_mapper *m, struct rls_text category,
                                            const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    bool wrong = (json_is_named(node, "name") && !json_is_scalar(node)) ||
                 (json_is_named(node, "path") && has_inner(m, node));
    enum facts_status status =
        wrong ? json_wrong_shape_of(m, category, node) : json_read_any(m, node);

    json_leave(m, before);
    return status;
}

static bool is_category(const struct json_mapper *m, const struct json_node *object)
{
    return json_find(m, object, "id") || json_find(m, object, "name") ||
           json_find(m, object, "path");
}

static enum facts_status read_category_object(struct json_mapper *m, const struct json_node *node)
{
    const struct json_node *used;
    struct rls_text text, category = json_path(m);
    enum facts_status status =
        category_text(m, json_find(m, node, "path"), json_find(m, node, "name"), &text, &used);

    if (status == FACTS_OK)
        status = facts_text(m->facts, category.data, category.len, text.data, text.len);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        if (child != used || !text.data)
            status = read_category_part(m, category, child);
    }
    return status;
}

enum facts_status json_read_category(struct json_mapper *m, const struct json_node *node)
{
    return node->kind == JSON_OBJECT && is_category(m, node) ? read_category_object(m, node)
                                                             : json_read_any(m, node);
}
