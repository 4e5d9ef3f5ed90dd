/* SPDX-License-Identifier: Apache-2.0 */
#include <new>
#include <string_view>
#include <utility>

/* The checks are of this file's use of simdjson and would allocate. */
#define SIMDJSON_DEVELOPMENT_CHECKS 0
#include <simdjson.h>

#include <librules/base.h>

#include "base/limits.h"
#include "facts/json_number.h"
#include "facts/json_parser.h"

namespace ondemand = simdjson::ondemand;

static_assert(JSON_PADDING >= simdjson::SIMDJSON_PADDING, "padding");

struct json_parser {
    ondemand::parser simd;
};

namespace
{

struct walk {
    ondemand::parser *parser;
    uint8_t *strings; /* where the next string is decoded */
    json_tree *tree;
    uint32_t depth;
};

json_status status_of(simdjson::error_code error)
{
    switch (error) {
    case simdjson::SUCCESS:
        return JSON_OK;
    case simdjson::MEMALLOC:
        return JSON_MEMORY;
    case simdjson::CAPACITY:
        return JSON_TOO_MANY;
    default:
        return JSON_MALFORMED;
    }
}

/*
 * Strings are decoded here and not by simdjson into a buffer of its own, because it does not notice
 * when the allocation of that buffer fails.
 */
json_status decode(walk &w, ondemand::raw_json_string raw, std::string_view &out)
{
    return status_of(w.parser->unescape(raw, w.strings).get(out));
}

std::string_view trim_end(std::string_view s)
{
    while (!s.empty() &&
           (s.back() == ' ' || s.back() == '\n' || s.back() == '\r' || s.back() == '\t'))
        s.remove_suffix(1);
    return s;
}

json_status add(walk &w, json_kind kind, std::string_view name, std::string_view text, bool boolean)
{
    json_node *node;
    json_status status = json_tree_add(w.tree, &node);

    if (status != JSON_OK)
        return status;
    node->name = name.data();
    node->text = text.data();
    node->name_len = static_cast<uint32_t>(name.size());
    node->len = static_cast<uint32_t>(text.size());
    node->kind = static_cast<uint8_t>(kind);
    node->boolean = boolean;
    return JSON_OK;
}

/* On-Demand looks at literals and numbers only as far as it must, so they are checked here. */
json_status read_bare(walk &w, std::string_view token, std::string_view name)
{
    token = trim_end(token);
    if (token == "null")
        return add(w, JSON_NULL, name, {}, false);
    if (token == "true" || token == "false")
        return add(w, JSON_BOOLEAN, name, {}, token == "true");
    if (json_number_valid(token.data(), token.size()))
        return add(w, JSON_NUMBER, name, token, false);
    return JSON_MALFORMED;
}

/* name has no data in an array. */
json_status read_value(walk &w, ondemand::value value, std::string_view name);

json_status read_array(walk &w, ondemand::value &value)
{
    ondemand::array array;
    json_status status = status_of(value.get_array().get(array));

    if (status != JSON_OK)
        return status;
    for (auto element : array) {
        ondemand::value inner;

        status = status_of(element.get(inner));
        if (status == JSON_OK)
            status = read_value(w, inner, {});
        if (status != JSON_OK)
            return status;
    }
    return JSON_OK;
}

json_status read_members(walk &w, ondemand::object &object)
{
    for (auto member : object) {
        ondemand::field field;
        std::string_view name;
        json_status status = status_of(std::move(member).get(field));

        if (status == JSON_OK)
            status = decode(w, field.key(), name);
        if (status == JSON_OK)
            status = read_value(w, field.value(), name);
        if (status != JSON_OK)
            return status;
    }
    return JSON_OK;
}

json_status read_object(walk &w, ondemand::value &value)
{
    ondemand::object object;
    json_status status = status_of(value.get_object().get(object));

    return status == JSON_OK ? read_members(w, object) : status;
}

json_status read_container(walk &w, ondemand::value &value, json_kind kind, std::string_view name)
{
    uint32_t index = w.tree->count;
    json_status status = add(w, kind, name, {}, false);

    if (status != JSON_OK)
        return status;
    if (w.depth == LIMIT_JSON_DEPTH)
        return JSON_TOO_DEEP;
    w.depth++;
    status = kind == JSON_ARRAY ? read_array(w, value) : read_object(w, value);
    w.depth--;
    w.tree->items[index].end = w.tree->count;
    return status;
}

json_status read_string(walk &w, ondemand::value &value, std::string_view name)
{
    ondemand::raw_json_string raw;
    std::string_view text;
    json_status status = status_of(value.get_raw_json_string().get(raw));

    if (status == JSON_OK)
        status = decode(w, raw, text);
    return status == JSON_OK ? add(w, JSON_STRING, name, text, false) : status;
}

json_status read_value(walk &w, ondemand::value value, std::string_view name)
{
    std::string_view token = value.raw_json_token();

    switch (token.empty() ? '\0' : token.front()) {
    case '{':
        return read_container(w, value, JSON_OBJECT, name);
    case '[':
        return read_container(w, value, JSON_ARRAY, name);
    case '"':
        return read_string(w, value, name);
    default:
        return read_bare(w, token, name);
    }
}

json_status read_document(walk &w, ondemand::document &document)
{
    ondemand::object object;
    json_status status = status_of(document.get_object().get(object));

    if (status == JSON_OK)
        status = add(w, JSON_OBJECT, {}, {}, false);
    if (status == JSON_OK)
        status = read_members(w, object);
    if (status != JSON_OK)
        return status;
    w.tree->items[0].end = w.tree->count;
    /* Nothing may follow. */
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS ? JSON_OK
                                                                          : JSON_MALFORMED;
}

} // namespace

size_t json_parser_size(void)
{
    return sizeof(json_parser);
}

json_parser *json_parser_init(void *memory)
{
    return new (memory) json_parser;
}

void json_parser_end(json_parser *p)
{
    p->~json_parser();
}

size_t json_parser_memory(const json_parser *p)
{
    size_t capacity = p->simd.capacity();

    /* Four bytes for each possible token, and a string buffer of five thirds. */
    return capacity * 4 + capacity / 3 * 5;
}

bool json_valid_utf8(const char *text, size_t len)
{
    return simdjson::validate_utf8(text, len);
}

json_status json_parser_run(json_parser *p, const char *text, size_t len, size_t room,
                            char *strings, json_tree *tree)
{
    walk w = {&p->simd, reinterpret_cast<uint8_t *>(strings), tree, 1};
    ondemand::document document;
    json_status status = JSON_OK;

    tree->count = 0;
    if (p->simd.capacity() < len)
        status = status_of(p->simd.allocate(room - JSON_PADDING));
    if (status == JSON_OK)
        status = status_of(p->simd.iterate(text, len, len + JSON_PADDING).get(document));
    return status == JSON_OK ? read_document(w, document) : status;
}
