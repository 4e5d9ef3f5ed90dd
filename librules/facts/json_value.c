/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_shape.h"

static enum facts_status add_number(struct json_mapper *m, const struct json_node *node)
{
    struct decimal d;

    if (!decimal_parse(node->text, node->len, &d))
        return facts_text_at(m->facts, json_place(m), node->text, node->len);
    return facts_number_at(m->facts, json_place(m), d, node->text, node->len);
}

enum facts_status json_add_scalar(struct json_mapper *m, const struct json_node *node)
{
    switch (node->kind) {
    case JSON_NUMBER:
        return add_number(m, node);
    case JSON_BOOLEAN:
        return facts_boolean_at(m->facts, json_place(m), node->boolean);
    case JSON_STRING:
        return facts_text_at(m->facts, json_place(m), node->text, node->len);
    default:
        return FACTS_OK;
    }
}

enum facts_status json_keep_unknown(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text text, path;

    if (json_is_scalar(node)) {
        text = json_text(node);
        path = json_path(m);
        return facts_unknown(m->facts, path.data, path.len, text.data, text.len);
    }
    JSON_EACH (m, child, node) {
        size_t before = m->path_len;

        if (child->name)
            json_enter(m, child->name, child->name_len);
        status = json_keep_unknown(m, child);
        json_leave(m, before);
        if (status != FACTS_OK)
            return status;
    }
    return FACTS_OK;
}

enum facts_status json_wrong_part(struct json_mapper *m, const struct json_node *node,
                                  enum hint wanted)
{
    enum facts_status status;

    if (node->kind == JSON_NULL)
        return FACTS_OK;
    status = json_note_shape(m, node, wanted);
    return status == FACTS_OK ? json_keep_unknown(m, node) : status;
}

enum facts_status json_stray(struct json_mapper *m, struct rls_text field,
                             const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text text;

    if (json_is_scalar(node)) {
        text = json_text(node);
        return facts_stray(m->facts, field.data, field.len, text.data, text.len);
    }
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = json_stray(m, field, child);
    }
    return status;
}

enum facts_status json_wrong_shape_of(struct json_mapper *m, struct rls_text field,
                                      const struct json_node *node)
{
    enum facts_status status;

    if (node->kind == JSON_NULL)
        return FACTS_OK;
    status = json_note_shape(m, node, HINT_SHAPE_VALUE);
    return status == FACTS_OK ? json_stray(m, field, node) : status;
}

/* The same for the field that the path names. */
static enum facts_status wrong_shape(struct json_mapper *m, const struct json_node *node)
{
    return json_wrong_shape_of(m, json_path(m), node);
}

enum facts_status json_member(struct json_mapper *m, json_shape_reader read,
                              const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    enum facts_status status = read(m, node);

    json_leave(m, before);
    return status;
}

const struct field *json_field(struct json_mapper *m, struct rls_text *key)
{
    const struct fact_place *p = json_place(m);

    *key = (struct rls_text){NULL, 0};
    if (p->field == FIELD_UNKNOWN)
        return NULL;
    *key = (struct rls_text){p->key, p->key_len};
    return &m->facts->vocabulary->fields[p->field];
}

static enum facts_status read_value(struct json_mapper *m, const struct json_node *node);

/* The plain field that the path names, or NULL. */
static const struct field *field_here(struct json_mapper *m)
{
    struct rls_text key;
    const struct field *field = json_field(m, &key);

    return key.data ? NULL : field;
}

uint32_t json_collection(const struct json_mapper *m)
{
    struct rls_text path = json_path(m);

    return facts_collection(m->facts, path.data, path.len);
}

enum facts_status json_read_record(struct json_mapper *m, uint32_t collection,
                                   json_shape_reader read, const struct json_node *entry)
{
    enum facts_status status = facts_begin_record(m->facts, collection);

    if (status != FACTS_OK)
        return status;
    status = read(m, entry);
    facts_end_record(m->facts);
    return status;
}

static enum facts_status read_odd_record(struct json_mapper *m, const struct json_node *entry)
{
    enum facts_status status = json_note_shape(m, entry, HINT_SHAPE_OBJECT);

    return status == FACTS_OK ? read_value(m, entry) : status;
}

/* An object in the place of the array is its only entry. */
static enum facts_status read_records(struct json_mapper *m, uint32_t collection,
                                      const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind == JSON_OBJECT)
        return json_read_record(m, collection, read_value, node);
    status = facts_begin_list(m->facts, collection);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = json_read_record(
                m, collection, child->kind == JSON_OBJECT ? read_value : read_odd_record, child);
    }
    return status;
}

static enum facts_status read_array(struct json_mapper *m, const struct json_node *node)
{
    const struct field *field = field_here(m);
    enum facts_status status = FACTS_OK;

    if (field && !field->many)
        return wrong_shape(m, node);
    JSON_EACH (m, child, node) {
        status = json_read_any(m, child);
        if (status != FACTS_OK)
            break;
    }
    return status;
}

/* A member of an object that stands where a scalar does: a field of its own, or a value of that. */
static enum facts_status read_inner(struct json_mapper *m, struct rls_text field,
                                    const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    struct rls_text key;
    enum facts_status status =
        json_field(m, &key) ? json_read_any(m, node) : json_stray(m, field, node);

    json_leave(m, before);
    return status;
}

static enum facts_status read_object(struct json_mapper *m, const struct json_node *node)
{
    bool wrong = field_here(m);
    struct rls_text path = json_path(m);
    enum facts_status status = wrong ? json_note_shape(m, node, HINT_SHAPE_VALUE) : FACTS_OK;

    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = wrong ? read_inner(m, path, child) : json_member(m, json_read_any, child);
    }
    return status;
}

static bool names_family(const struct json_mapper *m)
{
    struct rls_text path = json_path(m);

    return vocabulary_family(m->facts->vocabulary, m->facts->subject, path.data, path.len) !=
           FIELD_UNKNOWN;
}

/* A scalar where the members of a family belong: a value without a key. */
static enum facts_status read_scalar(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text key;
    const struct field *field = json_field(m, &key);
    uint32_t collection;
    size_t before;

    if (field && !key.data)
        return json_add_scalar(m, node);
    /* Any name may be a member of a family, that of a collection too. */
    collection = json_collection(m);
    if (collection != COLLECTION_NONE)
        status = facts_odd_list(m->facts, collection, json_shape_of(node));
    if (status != FACTS_OK || node->kind == JSON_NULL || field)
        return status == FACTS_OK ? json_add_scalar(m, node) : status;
    if (!names_family(m))
        return json_add_scalar(m, node);
    before = json_enter(m, "", 0);
    status = json_stray(m, json_path(m), node);
    json_leave(m, before);
    return status == FACTS_OK && collection == COLLECTION_NONE
               ? json_note_shape(m, node, HINT_SHAPE_OBJECT)
               : status;
}

/* What has no shape of its own and is no collection: flattened under dotted paths, arrays repeat
 * theirs. */
static enum facts_status read_value(struct json_mapper *m, const struct json_node *node)
{
    if (node->kind == JSON_ARRAY)
        return read_array(m, node);
    return node->kind == JSON_OBJECT ? read_object(m, node) : read_scalar(m, node);
}

enum facts_status json_read_any(struct json_mapper *m, const struct json_node *node)
{
    uint32_t collection = json_is_scalar(node) ? COLLECTION_NONE : json_collection(m);

    return collection == COLLECTION_NONE ? read_value(m, node) : read_records(m, collection, node);
}
