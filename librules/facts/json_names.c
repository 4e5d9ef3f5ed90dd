/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "base/nearest.h"
#include "facts/json_mapper.h"

/* Objects of so few members are compared pair by pair. */
enum { FEW_MEMBERS = 8 };

static bool same_name(const struct json_node *a, const struct json_node *b)
{
    return a->name_len == b->name_len && memcmp(a->name, b->name, a->name_len) == 0;
}

static enum facts_status note_member(struct json_mapper *m, const struct json_node *member)
{
    size_t before = json_enter(m, member->name, member->name_len);
    enum facts_status status = json_note(m, MSG_DUPLICATE_KEY);

    json_leave(m, before);
    return status;
}

static enum facts_status compare_few(struct json_mapper *m, const struct json_node *object)
{
    JSON_EACH (m, member, object) {
        JSON_EACH (m, other, object) {
            enum facts_status status;

            if (other >= member)
                break;
            if (!same_name(member, other))
                continue;
            status = note_member(m, member);
            if (status != FACTS_OK)
                return status;
            break;
        }
    }
    return FACTS_OK;
}

static enum facts_status compare_many(struct json_mapper *m, const struct json_node *object)
{
    keyset_empty(&m->names);
    JSON_EACH (m, member, object) {
        enum facts_status status = FACTS_OK;
        uint32_t *seen = keyset_at(&m->names, 0, member->name, member->name_len);

        if (!seen)
            return FACTS_MEMORY;
        if (*seen)
            status = note_member(m, member);
        *seen = 1;
        if (status != FACTS_OK)
            return status;
    }
    return FACTS_OK;
}

static bool has_few(const struct json_mapper *m, const struct json_node *object)
{
    int n = 0;

    JSON_EACH (m, member, object) {
        (void)member;
        if (++n > FEW_MEMBERS)
            return false;
    }
    return true;
}

static enum facts_status note_inside(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind == JSON_OBJECT)
        status = has_few(m, node) ? compare_few(m, node) : compare_many(m, node);
    JSON_EACH (m, child, node) {
        size_t before = m->path_len;

        if (status != FACTS_OK)
            return status;
        if (json_is_scalar(child))
            continue;
        if (child->name)
            json_enter(m, child->name, child->name_len);
        status = note_inside(m, child);
        json_leave(m, before);
    }
    return status;
}

enum facts_status json_note_repeated(struct json_mapper *m)
{
    return note_inside(m, m->tree->items);
}

/* Of a path that was cut short the whole name may be that of a field. */
static bool is_known(struct json_mapper *m, const struct json_node *member)
{
    return json_place(m)->field != FIELD_UNKNOWN ||
           vocabulary_within(m->facts->vocabulary, m->facts->subject, member->name,
                             member->name_len);
}

static const char *nearest_member(const struct json_mapper *m, const struct json_node *member)
{
    const struct name_sketch sketch = name_sketch(member->name, member->name_len);
    struct nearest n = {0};

    for (size_t i = 0; i < JSON_SHAPES; i++) {
        if (json_shapes[i].subjects & 1u << m->facts->subject &&
            name_may_be_near(&sketch, &m->sketches[i]))
            nearest_offer(&n, member->name, member->name_len, json_shapes[i].name);
    }
    return n.best ? n.best
                  : vocabulary_nearest(m->facts->vocabulary, m->facts->subject, member->name,
                                       member->name_len);
}

enum facts_status json_note_misspelt(struct json_mapper *m, const struct json_node *member)
{
    struct rls_text path = json_path(m);
    const char *near;

    /* A single letter is near to every short name. */
    if (m->near_checks == 0 || member->name_len < 2 || is_known(m, member))
        return FACTS_OK;
    m->near_checks--;
    near = nearest_member(m, member);
    return near ? facts_tell(m->facts, &(struct fact_note){.code = MSG_UNKNOWN_MEMBER,
                                                           .field = path.data,
                                                           .field_len = path.len,
                                                           .near = near})
                : FACTS_OK;
}
