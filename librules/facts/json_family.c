/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_shape.h"

/* Every scalar inside as a value of a name of a family, which may be any text. */
static enum facts_status stray_named(struct json_mapper *m, const char *family,
                                     struct rls_text name, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text text;

    if (json_is_scalar(node)) {
        text = json_text(node);
        return facts_member(m->facts, family, name.data, name.len, text.data, text.len);
    }
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = stray_named(m, family, name, child);
    }
    return status;
}

/* One value, or an array of them, of a name that may be any text. */
static enum facts_status add_named(struct json_mapper *m, const char *family, struct rls_text name,
                                   const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text text;
    size_t before;

    if (json_is_scalar(node)) {
        text = json_text(node);
        return facts_member(m->facts, family, name.data, name.len, text.data, text.len);
    }
    if (node->kind == JSON_ARRAY) {
        JSON_EACH (m, child, node) {
            if (status == FACTS_OK)
                status = add_named(m, family, name, child);
        }
        return status;
    }
    before = json_enter(m, name.data, name.len);
    status = json_note_shape(m, node, HINT_SHAPE_VALUE);
    json_leave(m, before);
    return status == FACTS_OK ? stray_named(m, family, name, node) : status;
}

/* A name whose value may be absent. */
static enum facts_status add_name(struct json_mapper *m, const char *family, struct rls_text name)
{
    return facts_member(m->facts, family, name.data, name.len, NULL, 0);
}

static enum facts_status read_names(struct json_mapper *m, const char *family,
                                    const struct json_node *object)
{
    enum facts_status status = FACTS_OK;

    JSON_EACH (m, child, object) {
        struct rls_text name = {child->name, child->name_len};

        if (status == FACTS_OK && !json_is_scalar(child))
            status = add_name(m, family, name);
        if (status == FACTS_OK)
            status = add_named(m, family, name, child);
    }
    return status;
}

/* What is neither the name nor the value of an entry; without a value it stands for that. */
static enum facts_status read_entry_part(struct json_mapper *m, const char *family,
                                         struct rls_text key, bool has_value,
                                         const struct json_node *part)
{
    if (json_is_named(part, "name"))
        return json_is_scalar(part) ? add_name(m, family, json_text(part))
                                    : stray_named(m, family, key, part);
    return has_value ? json_member(m, json_keep_unknown, part) : stray_named(m, family, key, part);
}

static bool is_odd_part(const struct json_node *part, bool has_value)
{
    if (json_is_named(part, "name"))
        return !json_is_scalar(part);
    return !has_value && part->kind != JSON_NULL;
}

static bool has_odd_part(const struct json_mapper *m, const struct json_node *entry, bool has_value)
{
    JSON_EACH (m, child, entry) {
        if (is_odd_part(child, has_value))
            return true;
    }
    return false;
}

/* {name, value} */
static enum facts_status read_pair(struct json_mapper *m, const char *family,
                                   const struct json_node *entry, const struct json_node *name,
                                   bool has_value)
{
    struct rls_text key = {"", 0};
    enum facts_status status = FACTS_OK;

    if (name && json_is_scalar(name) && name->kind != JSON_NULL)
        key = json_text(name);
    if (has_odd_part(m, entry, has_value))
        status = json_note_shape(m, entry, HINT_SHAPE_PAIR);
    JSON_EACH (m, child, entry) {
        if (status != FACTS_OK)
            break;
        status = json_is_named(child, "value") ? add_named(m, family, key, child)
                                               : read_entry_part(m, family, key, has_value, child);
    }
    return status;
}

static enum facts_status read_entry(struct json_mapper *m, const char *family,
                                    const struct json_node *entry)
{
    const struct json_node *name = json_find(m, entry, "name"),
                           *value = json_find(m, entry, "value");
    enum facts_status status;

    if (name || value)
        return read_pair(m, family, entry, name, value != NULL);
    /* The members may be names, and then a rule for that name must find it. */
    status = json_note_shape(m, entry, HINT_SHAPE_PAIR);
    return status == FACTS_OK ? read_names(m, family, entry) : status;
}

static enum facts_status read_bare_entry(struct json_mapper *m, const char *family,
                                         const struct json_node *entry)
{
    static const struct rls_text no_name = {"", 0};
    enum facts_status status = FACTS_OK;

    if (entry->kind != JSON_NULL)
        status = json_note_shape(m, entry, HINT_SHAPE_PAIR);
    return status == FACTS_OK ? stray_named(m, family, no_name, entry) : status;
}

static enum facts_status read_entries(struct json_mapper *m, const char *family,
                                      const struct json_node *array)
{
    enum facts_status status = FACTS_OK;

    JSON_EACH (m, child, array) {
        if (status != FACTS_OK)
            break;
        status = child->kind == JSON_OBJECT ? read_entry(m, family, child)
                                            : read_bare_entry(m, family, child);
    }
    return status;
}

static enum facts_status read_family(struct json_mapper *m, const char *family,
                                     const struct json_node *node)
{
    if (node->kind == JSON_ARRAY)
        return read_entries(m, family, node);
    return node->kind == JSON_OBJECT ? read_names(m, family, node)
                                     : read_bare_entry(m, family, node);
}

enum facts_status json_read_attributes(struct json_mapper *m, const struct json_node *node)
{
    return read_family(m, "attributes", node);
}

enum facts_status json_read_sku_attributes(struct json_mapper *m, const struct json_node *node)
{
    return read_family(m, "skus.attributes", node);
}

enum facts_status json_read_label(struct json_mapper *m, const struct json_node *node)
{
    return node->kind == JSON_OBJECT ? read_names(m, "label", node) : json_read_any(m, node);
}
