/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/set.h>

#include "base/messages.h"
#include "facts/blank.h"
#include "facts/json_mapper.h"

/* Checks of one document, so that thousands of unknown members cost no more than a few. */
enum { NEAR_CHECKS = 64 };

/* Reads the member that the path leads to. */
typedef enum facts_status (*shape_reader)(struct json_mapper *m, const struct json_node *node);

static enum facts_status add_number(struct json_mapper *m, const struct json_node *node)
{
    struct decimal d;

    if (!decimal_parse(node->text, node->len, &d))
        return facts_text(m->facts, m->path, m->path_len, node->text, node->len);
    return facts_number(m->facts, m->path, m->path_len, d, node->text, node->len);
}

static enum facts_status add_scalar(struct json_mapper *m, const struct json_node *node)
{
    switch (node->kind) {
    case JSON_NUMBER:
        return add_number(m, node);
    case JSON_BOOLEAN:
        return facts_boolean(m->facts, m->path, m->path_len, node->boolean);
    case JSON_STRING:
        return facts_text(m->facts, m->path, m->path_len, node->text, node->len);
    default:
        return FACTS_OK;
    }
}

/* Every scalar inside, under its path, out of the reach of rules. */
static enum facts_status keep_unknown(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text text;

    if (json_is_scalar(node)) {
        text = json_text(node);
        return facts_unknown(m->facts, m->path, m->path_len, text.data, text.len);
    }
    JSON_EACH (m, child, node) {
        size_t before = m->path_len;

        if (child->name)
            json_enter(m, child->name, child->name_len);
        status = keep_unknown(m, child);
        json_leave(m, before);
        if (status != FACTS_OK)
            return status;
    }
    return FACTS_OK;
}

static enum facts_status wrong_shape(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status;

    if (node->kind == JSON_NULL)
        return FACTS_OK;
    status = json_note(m, MSG_WRONG_SHAPE);
    return status == FACTS_OK ? keep_unknown(m, node) : status;
}

static enum facts_status member(struct json_mapper *m, shape_reader read,
                                const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    enum facts_status status = read(m, node);

    json_leave(m, before);
    return status;
}

/* The plain field that the path names, or NULL. */
static const struct field *field_here(const struct json_mapper *m)
{
    const struct facts *f = m->facts;
    const char *key;
    size_t key_len;
    uint32_t id = vocabulary_find(f->vocabulary, f->subject, m->path, m->path_len, &key, &key_len);

    return id == FIELD_UNKNOWN || key ? NULL : &f->vocabulary->fields[id];
}

static enum facts_status read_any(struct json_mapper *m, const struct json_node *node);

static enum facts_status read_array(struct json_mapper *m, const struct json_node *node)
{
    const struct field *field = field_here(m);
    enum facts_status status = FACTS_OK;

    if (field && !field->many)
        return wrong_shape(m, node);
    JSON_EACH (m, child, node) {
        status = read_any(m, child);
        if (status != FACTS_OK)
            break;
    }
    return status;
}

static enum facts_status read_object(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = field_here(m) ? json_note(m, MSG_WRONG_SHAPE) : FACTS_OK;

    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = member(m, read_any, child);
    }
    return status;
}

/* What has no shape of its own: flattened under dotted paths, arrays repeat theirs. */
static enum facts_status read_any(struct json_mapper *m, const struct json_node *node)
{
    if (node->kind == JSON_ARRAY)
        return read_array(m, node);
    return node->kind == JSON_OBJECT ? read_object(m, node) : add_scalar(m, node);
}

static const struct json_node *find(const struct json_mapper *m, const struct json_node *object,
                                    const char *name)
{
    JSON_EACH (m, child, object) {
        if (json_is_named(child, name))
            return child;
    }
    return NULL;
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
    status = wrong_shape(m, node);
    json_leave(m, before);
    return status;
}

static enum facts_status read_entry(struct json_mapper *m, const char *family,
                                    const struct json_node *entry)
{
    const struct json_node *name = find(m, entry, "name");
    struct rls_text key = {"", 0};
    enum facts_status status = FACTS_OK;

    if (!name && !find(m, entry, "value"))
        return wrong_shape(m, entry);
    if (name && !json_is_scalar(name))
        name = NULL;
    if (name && name->kind != JSON_NULL)
        key = json_text(name);
    JSON_EACH (m, child, entry) {
        if (status != FACTS_OK)
            break;
        if (json_is_named(child, "value"))
            status = add_named(m, family, key, child);
        else if (child != name)
            status = member(m, keep_unknown, child);
    }
    return status;
}

static enum facts_status read_bare_entry(struct json_mapper *m, const char *family,
                                         const struct json_node *entry)
{
    static const struct rls_text no_name = {"", 0};
    enum facts_status status = FACTS_OK;

    if (entry->kind != JSON_NULL)
        status = json_note(m, MSG_WRONG_SHAPE);
    return status == FACTS_OK ? add_named(m, family, no_name, entry) : status;
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

static enum facts_status read_names(struct json_mapper *m, const char *family,
                                    const struct json_node *object)
{
    enum facts_status status = FACTS_OK;

    JSON_EACH (m, child, object) {
        if (status == FACTS_OK)
            status = add_named(m, family, (struct rls_text){child->name, child->name_len}, child);
    }
    return status;
}

static enum facts_status read_family(struct json_mapper *m, const char *family,
                                     const struct json_node *node)
{
    if (node->kind == JSON_ARRAY)
        return read_entries(m, family, node);
    return node->kind == JSON_OBJECT ? read_names(m, family, node) : wrong_shape(m, node);
}

static enum facts_status read_attributes(struct json_mapper *m, const struct json_node *node)
{
    return read_family(m, "attributes", node);
}

static enum facts_status read_sku_attributes(struct json_mapper *m, const struct json_node *node)
{
    return read_family(m, "skus.attributes", node);
}

static enum facts_status read_label(struct json_mapper *m, const struct json_node *node)
{
    return node->kind == JSON_OBJECT ? read_names(m, "label", node) : read_any(m, node);
}

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
static enum facts_status read_category_part(struct json_mapper *m, const struct json_node *node)
{
    if ((json_is_named(node, "name") && !json_is_scalar(node)) ||
        (json_is_named(node, "path") && has_inner(m, node)))
        return wrong_shape(m, node);
    return read_any(m, node);
}

static enum facts_status read_category_object(struct json_mapper *m, const struct json_node *node)
{
    const struct json_node *used;
    struct rls_text text;
    enum facts_status status =
        category_text(m, find(m, node, "path"), find(m, node, "name"), &text, &used);

    if (status == FACTS_OK)
        status = facts_text(m->facts, m->path, m->path_len, text.data, text.len);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        if (child != used || !text.data)
            status = member(m, read_category_part, child);
    }
    return status;
}

static enum facts_status read_category(struct json_mapper *m, const struct json_node *node)
{
    return node->kind == JSON_OBJECT ? read_category_object(m, node) : read_any(m, node);
}

/* The currency of a price is the one of the listing. */
static enum facts_status read_currency(struct json_mapper *m, const struct json_node *node)
{
    static const char currency[] = "currency";
    struct rls_text text = json_text(node);

    return facts_text(m->facts, currency, sizeof currency - 1, text.data, text.len);
}

static enum facts_status read_price_part(struct json_mapper *m, const struct json_node *node)
{
    if (!json_is_scalar(node))
        return member(m, wrong_shape, node);
    if (json_is_named(node, "amount"))
        return add_scalar(m, node);
    if (json_is_named(node, "currency"))
        return read_currency(m, node);
    return member(m, read_any, node);
}

static enum facts_status read_price(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind != JSON_OBJECT)
        return read_any(m, node);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = read_price_part(m, child);
    }
    return status;
}

static enum facts_status read_sku(struct json_mapper *m, const struct json_node *sku)
{
    enum facts_status status = FACTS_OK;

    JSON_EACH (m, child, sku) {
        if (status != FACTS_OK)
            break;
        if (json_is_named(child, "attributes"))
            status = member(m, read_sku_attributes, child);
        else if (json_is_named(child, "price"))
            status = member(m, read_price, child);
        else
            status = member(m, read_any, child);
    }
    return status;
}

static enum facts_status read_skus(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind != JSON_ARRAY)
        return wrong_shape(m, node);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = child->kind == JSON_OBJECT ? read_sku(m, child) : wrong_shape(m, child);
    }
    return status;
}

/* An object, or an array of objects, whose members are the keys of a family. */
static enum facts_status read_record(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (json_is_scalar(node))
        return wrong_shape(m, node);
    if (node->kind == JSON_OBJECT)
        return read_any(m, node);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = child->kind == JSON_OBJECT ? read_any(m, child) : wrong_shape(m, child);
    }
    return status;
}

static enum facts_status read_complete(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind == JSON_STRING)
        return facts_complete(m->facts, node->text, node->len);
    if (node->kind != JSON_ARRAY)
        return wrong_shape(m, node);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        status = child->kind == JSON_STRING ? facts_complete(m->facts, child->text, child->len)
                                            : wrong_shape(m, child);
    }
    return status;
}

enum {
    LISTING = 1u << RLS_LISTING,
    MERCHANT = 1u << RLS_MERCHANT,
    MESSAGE = 1u << RLS_MESSAGE,
    EVERY = LISTING | MERCHANT | MESSAGE
};

/* Members that are more than a value of their own name. */
static const struct shape {
    const char *name;
    subject_mask subjects;
    shape_reader read;
} shapes[] = {
    {"attributes", LISTING, read_attributes}, {"category", LISTING, read_category},
    {"complete", EVERY, read_complete},       {"label", LISTING, read_label},
    {"price", LISTING, read_price},           {"qualifications", MERCHANT, read_record},
    {"seller", LISTING, read_record},         {"skus", LISTING, read_skus},
};

const char *json_shape_name(const struct json_mapper *m, size_t index)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].subjects & 1u << m->facts->subject && index-- == 0)
            return shapes[i].name;
    }
    return NULL;
}

static shape_reader reader_of(const struct json_mapper *m, const struct json_node *node)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].subjects & 1u << m->facts->subject && json_is_named(node, shapes[i].name))
            return shapes[i].read;
    }
    return NULL;
}

static enum facts_status read_member(struct json_mapper *m, const struct json_node *node)
{
    shape_reader read = reader_of(m, node);
    enum facts_status status;

    if (read)
        return read(m, node);
    status = json_note_misspelt(m, node);
    return status == FACTS_OK ? read_any(m, node) : status;
}

enum facts_status json_map(struct json_mapper *m, const struct json_tree *tree, struct facts *f)
{
    enum facts_status status;

    m->facts = f;
    m->tree = tree;
    m->path_len = 0;
    m->near_checks = NEAR_CHECKS;
    status = json_note_repeated(m);
    JSON_EACH (m, child, tree->items) {
        if (status == FACTS_OK)
            status = member(m, read_member, child);
    }
    return status;
}
