/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/json_mapper.h"

#include <string.h>

#include "base/utf8.h"

void json_mapper_init(struct json_mapper *m, const struct mem *mem)
{
    *m = (struct json_mapper){0};
    keyset_init(&m->names, mem);
    for (size_t i = 0; i < JSON_SHAPES; i++)
        m->sketches[i] = name_sketch(json_shapes[i].name, json_shapes[i].name_len);
}

void json_mapper_clear(struct json_mapper *m)
{
    keyset_clear(&m->names);
}

struct rls_text json_text(const struct json_node *node)
{
    switch (node->kind) {
    case JSON_NULL:
        return (struct rls_text){NULL, 0};
    case JSON_BOOLEAN:
        return node->boolean ? (struct rls_text){"true", 4} : (struct rls_text){"false", 5};
    default:
        return (struct rls_text){node->text, node->len};
    }
}

struct rls_text json_path(const struct json_mapper *m)
{
    return m->path_len ? (struct rls_text){m->path + 1, m->path_len - 1}
                       : (struct rls_text){m->path, 0};
}

const struct fact_place *json_place(struct json_mapper *m)
{
    struct rls_text path = json_path(m);

    if (!m->placed)
        m->place = facts_place(m->facts, path.data, path.len);
    m->placed = true;
    return &m->place;
}

size_t json_enter(struct json_mapper *m, const char *name, size_t len)
{
    size_t before = m->path_len, room = sizeof m->path - before;

    m->placed = false;
    if (room == 0)
        return before;
    m->path[before] = '.';
    len = utf8_cut(name, len, room - 1);
    memcpy(m->path + before + 1, name, len);
    m->path_len = before + 1 + len;
    return before;
}

void json_leave(struct json_mapper *m, size_t before)
{
    m->placed = m->placed && before == m->path_len;
    m->path_len = before;
}

enum facts_status json_note(struct json_mapper *m, uint32_t code)
{
    struct rls_text path = json_path(m);

    return facts_note(m->facts, code, path.data, path.len);
}

enum hint json_shape_of(const struct json_node *node)
{
    switch ((enum json_kind)node->kind) {
    case JSON_NULL:
        return HINT_SHAPE_NULL;
    case JSON_BOOLEAN:
        return HINT_SHAPE_BOOLEAN;
    case JSON_NUMBER:
        return HINT_SHAPE_NUMBER;
    case JSON_STRING:
        return HINT_SHAPE_TEXT;
    case JSON_ARRAY:
        return HINT_SHAPE_ARRAY;
    case JSON_OBJECT:
        break;
    }
    return HINT_SHAPE_OBJECT;
}

enum facts_status json_note_shape(struct json_mapper *m, const struct json_node *node,
                                  enum hint wanted)
{
    struct rls_text path = json_path(m);

    return facts_tell(m->facts, &(struct fact_note){.code = MSG_WRONG_SHAPE,
                                                    .field = path.data,
                                                    .field_len = path.len,
                                                    .words = {json_shape_of(node), wanted}});
}
