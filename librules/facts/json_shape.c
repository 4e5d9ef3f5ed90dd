/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <librules/set.h>

#include "base/limits.h"
#include "base/messages.h"
#include "facts/blank.h"
#include "facts/json_mapper.h"

static enum facts_status add_number(struct json_mapper *m, const struct json_node *node)
{
    struct rls_text path = json_path(m);
    struct decimal d;

    if (!decimal_parse(node->text, node->len, &d))
        return facts_text(m->facts, path.data, path.len, node->text, node->len);
    return facts_number(m->facts, path.data, path.len, d, node->text, node->len);
}

static enum facts_status add_scalar(struct json_mapper *m, const struct json_node *node)
{
    struct rls_text path = json_path(m);

    switch (node->kind) {
    case JSON_NUMBER:
        return add_number(m, node);
    case JSON_BOOLEAN:
        return facts_boolean(m->facts, path.data, path.len, node->boolean);
    case JSON_STRING:
        return facts_text(m->facts, path.data, path.len, node->text, node->len);
    default:
        return FACTS_OK;
    }
}

/* Every scalar inside, under its path, out of the reach of rules. */
static enum facts_status keep_unknown(struct json_mapper *m, const struct json_node *node)
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
        status = keep_unknown(m, child);
        json_leave(m, before);
        if (status != FACTS_OK)
            return status;
    }
    return FACTS_OK;
}

/* What the library takes no value from, in a shape that is not the one described. */
static enum facts_status wrong_part(struct json_mapper *m, const struct json_node *node,
                                    enum hint wanted)
{
    enum facts_status status;

    if (node->kind == JSON_NULL)
        return FACTS_OK;
    status = json_note_shape(m, node, wanted);
    return status == FACTS_OK ? keep_unknown(m, node) : status;
}

/* Every scalar inside as a value of the field: text in a wrong shape is there all the same. */
static enum facts_status stray(struct json_mapper *m, struct rls_text field,
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
            status = stray(m, field, child);
    }
    return status;
}

/* The same for a name of a family, which may be any text. */
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

/* A value of the field that is not in the shape of one. */
static enum facts_status wrong_shape_of(struct json_mapper *m, struct rls_text field,
                                        const struct json_node *node)
{
    enum facts_status status;

    if (node->kind == JSON_NULL)
        return FACTS_OK;
    status = json_note_shape(m, node, HINT_SHAPE_VALUE);
    return status == FACTS_OK ? stray(m, field, node) : status;
}

/* The same for the field that the path names. */
static enum facts_status wrong_shape(struct json_mapper *m, const struct json_node *node)
{
    return wrong_shape_of(m, json_path(m), node);
}

static enum facts_status member(struct json_mapper *m, json_shape_reader read,
                                const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    enum facts_status status = read(m, node);

    json_leave(m, before);
    return status;
}

/* The field that the path names, or NULL; of a family with the key, whose data is NULL else. */
static const struct field *find_field(const struct json_mapper *m, struct rls_text *key)
{
    const struct facts *f = m->facts;
    struct rls_text path = json_path(m);
    uint32_t id =
        vocabulary_find(f->vocabulary, f->subject, path.data, path.len, &key->data, &key->len);

    return id == FIELD_UNKNOWN ? NULL : &f->vocabulary->fields[id];
}

/* The plain field that the path names, or NULL. */
static const struct field *field_here(const struct json_mapper *m)
{
    struct rls_text key;
    const struct field *field = find_field(m, &key);

    return key.data ? NULL : field;
}

static enum facts_status read_any(struct json_mapper *m, const struct json_node *node);
static enum facts_status read_value(struct json_mapper *m, const struct json_node *node);

/* The collection that the path names, or COLLECTION_NONE. */
static uint32_t collection_here(const struct json_mapper *m)
{
    struct rls_text path = json_path(m);

    return facts_collection(m->facts, path.data, path.len);
}

/* One entry of a collection. What is no object is a record of which nothing is known. */
static enum facts_status read_record(struct json_mapper *m, uint32_t collection,
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
        return read_record(m, collection, read_value, node);
    status = facts_begin_list(m->facts, collection);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = read_record(m, collection,
                                 child->kind == JSON_OBJECT ? read_value : read_odd_record, child);
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
        status = read_any(m, child);
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
    enum facts_status status = find_field(m, &key) ? read_any(m, node) : stray(m, field, node);

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
            status = wrong ? read_inner(m, path, child) : member(m, read_any, child);
    }
    return status;
}

/* A scalar where the members of a family belong: a value without a key. */
static enum facts_status read_scalar(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;
    struct rls_text key;
    const struct field *field = find_field(m, &key);
    uint32_t collection;
    size_t before;

    if (field && !key.data)
        return add_scalar(m, node);
    /* Any name may be a member of a family, that of a collection too. */
    collection = collection_here(m);
    if (collection != COLLECTION_NONE)
        status = facts_odd_list(m->facts, collection, json_shape_of(node));
    if (status != FACTS_OK || node->kind == JSON_NULL || field)
        return status == FACTS_OK ? add_scalar(m, node) : status;
    before = json_enter(m, "", 0);
    if (find_field(m, &key) && key.data && key.len == 0) {
        status = stray(m, json_path(m), node);
        json_leave(m, before);
        return status == FACTS_OK && collection == COLLECTION_NONE
                   ? json_note_shape(m, node, HINT_SHAPE_OBJECT)
                   : status;
    }
    json_leave(m, before);
    return add_scalar(m, node);
}

/* What has no shape of its own and is no collection: flattened under dotted paths, arrays repeat
 * theirs. */
static enum facts_status read_value(struct json_mapper *m, const struct json_node *node)
{
    if (node->kind == JSON_ARRAY)
        return read_array(m, node);
    return node->kind == JSON_OBJECT ? read_object(m, node) : read_scalar(m, node);
}

static enum facts_status read_any(struct json_mapper *m, const struct json_node *node)
{
    uint32_t collection = json_is_scalar(node) ? COLLECTION_NONE : collection_here(m);

    return collection == COLLECTION_NONE ? read_value(m, node) : read_records(m, collection, node);
}

static inline const struct json_node *find(const struct json_mapper *m,
                                           const struct json_node *object, const char *name)
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
    return has_value ? member(m, keep_unknown, part) : stray_named(m, family, key, part);
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
    const struct json_node *name = find(m, entry, "name"), *value = find(m, entry, "value");
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
static enum facts_status read_category_part(struct json_mapper *m, struct rls_text category,
                                            const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    bool wrong = (json_is_named(node, "name") && !json_is_scalar(node)) ||
                 (json_is_named(node, "path") && has_inner(m, node));
    enum facts_status status = wrong ? wrong_shape_of(m, category, node) : read_any(m, node);

    json_leave(m, before);
    return status;
}

static bool is_category(const struct json_mapper *m, const struct json_node *object)
{
    return find(m, object, "id") || find(m, object, "name") || find(m, object, "path");
}

static enum facts_status read_category_object(struct json_mapper *m, const struct json_node *node)
{
    const struct json_node *used;
    struct rls_text text, category = json_path(m);
    enum facts_status status =
        category_text(m, find(m, node, "path"), find(m, node, "name"), &text, &used);

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

static enum facts_status read_category(struct json_mapper *m, const struct json_node *node)
{
    return node->kind == JSON_OBJECT && is_category(m, node) ? read_category_object(m, node)
                                                             : read_any(m, node);
}

/* The currency of a price is the one of the listing. */
static const struct rls_text currency = {"currency", 8};

static enum facts_status read_currency(struct json_mapper *m, const struct json_node *node)
{
    struct rls_text text = json_text(node);

    if (!json_is_scalar(node))
        return wrong_shape_of(m, currency, node);
    return facts_text(m->facts, currency.data, currency.len, text.data, text.len);
}

/* A member of a price; without an amount it stands for that. */
static enum facts_status read_price_part(struct json_mapper *m, struct rls_text price,
                                         bool has_amount, const struct json_node *node)
{
    size_t before;
    enum facts_status status;

    if (json_is_named(node, "amount") && json_is_scalar(node))
        return add_scalar(m, node);
    before = json_enter(m, node->name, node->name_len);
    if (json_is_named(node, "currency"))
        status = read_currency(m, node);
    else if (json_is_named(node, "amount") || !has_amount)
        status = wrong_shape_of(m, price, node);
    else
        status = json_is_scalar(node) ? read_any(m, node) : wrong_part(m, node, HINT_SHAPE_VALUE);
    json_leave(m, before);
    return status;
}

static enum facts_status read_price(struct json_mapper *m, const struct json_node *node)
{
    struct rls_text price = json_path(m);
    enum facts_status status = FACTS_OK;
    bool has_amount;

    if (node->kind != JSON_OBJECT)
        return read_any(m, node);
    has_amount = find(m, node, "amount");
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = read_price_part(m, price, has_amount, child);
    }
    return status;
}

static enum facts_status read_sku_part(struct json_mapper *m, const struct json_node *node)
{
    if (json_is_named(node, "attributes"))
        return read_sku_attributes(m, node);
    return json_is_named(node, "price") ? read_price(m, node) : read_any(m, node);
}

static enum facts_status read_sku(struct json_mapper *m, const struct json_node *sku)
{
    enum facts_status status = FACTS_OK;

    JSON_EACH (m, child, sku) {
        if (status == FACTS_OK)
            status = member(m, read_sku_part, child);
    }
    return status;
}

static bool is_sku_part(struct json_mapper *m, const struct json_node *node)
{
    size_t before = json_enter(m, node->name, node->name_len);
    struct rls_text key;
    bool known = find_field(m, &key) || json_is_named(node, "attributes");

    json_leave(m, before);
    return known;
}

/* What stands where an array of objects belongs: text that is nothing else is taken for a title. */
static enum facts_status read_odd_skus(struct json_mapper *m, const struct json_node *node)
{
    static const struct rls_text title = {"skus.title", 10};
    enum facts_status status = FACTS_OK;

    if (json_is_scalar(node))
        return stray(m, title, node);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        if (node->kind == JSON_OBJECT && is_sku_part(m, child))
            status = member(m, read_sku_part, child);
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

static enum facts_status read_skus(struct json_mapper *m, const struct json_node *node)
{
    uint32_t collection = collection_here(m);
    enum facts_status status;

    if (node->kind != JSON_ARRAY) {
        status = facts_odd_list(m->facts, collection, json_shape_of(node));
        return status == FACTS_OK ? read_odd_skus(m, node) : status;
    }
    status = facts_begin_list(m->facts, collection);
    JSON_EACH (m, child, node) {
        if (status == FACTS_OK)
            status = read_record(m, collection,
                                 child->kind == JSON_OBJECT ? read_sku : read_odd_sku, child);
    }
    return status;
}

/* A part that nothing is called, but nearly so. */
static enum facts_status note_misspelt_part(struct json_mapper *m, struct rls_text part)
{
    const struct vocabulary *v = m->facts->vocabulary;
    const char *near;

    if (m->near_checks == 0 || vocabulary_has_part(v, m->facts->subject, part.data, part.len))
        return FACTS_OK;
    m->near_checks--;
    near = vocabulary_nearest_part(v, m->facts->subject, part.data, part.len);
    return near ? facts_tell(m->facts, &(struct fact_note){.code = MSG_UNKNOWN_MEMBER,
                                                           .field = part.data,
                                                           .field_len = part.len,
                                                           .near = near})
                : FACTS_OK;
}

static enum facts_status complete_part(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = facts_complete(m->facts, node->text, node->len);

    return status == FACTS_OK ? note_misspelt_part(m, json_text(node)) : status;
}

static enum facts_status read_complete(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind == JSON_STRING)
        return complete_part(m, node);
    if (node->kind != JSON_ARRAY)
        return wrong_part(m, node, HINT_SHAPE_NAMES);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        status = child->kind == JSON_STRING ? complete_part(m, child)
                                            : wrong_part(m, child, HINT_SHAPE_TEXT);
    }
    return status;
}

enum {
    LISTING = 1u << RLS_LISTING,
    MERCHANT = 1u << RLS_MERCHANT,
    MESSAGE = 1u << RLS_MESSAGE,
    EVERY = LISTING | MERCHANT | MESSAGE | 1u << RLS_RULE_CHANGE
};

const struct json_shape json_shapes[JSON_SHAPES] = {
    {"attributes", 10, LISTING, read_attributes},
    {"category", 8, LISTING, read_category},
    {"complete", 8, EVERY, read_complete},
    {"label", 5, LISTING, read_label},
    {"price", 5, LISTING, read_price},
    {"skus", 4, LISTING, read_skus},
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
    return status == FACTS_OK ? read_any(m, node) : status;
}

enum facts_status json_map(struct json_mapper *m, const struct json_tree *tree, struct facts *f)
{
    enum facts_status status;

    m->facts = f;
    m->tree = tree;
    m->path_len = 0;
    m->near_checks = LIMIT_NEAR_CHECKS;
    status = json_note_repeated(m);
    JSON_EACH (m, child, tree->items) {
        if (status == FACTS_OK)
            status = member(m, read_member, child);
    }
    return status;
}
