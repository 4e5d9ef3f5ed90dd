/* SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "facts/json_shape.h"

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

enum facts_status json_read_complete(struct json_mapper *m, const struct json_node *node)
{
    enum facts_status status = FACTS_OK;

    if (node->kind == JSON_STRING)
        return complete_part(m, node);
    if (node->kind != JSON_ARRAY)
        return json_wrong_part(m, node, HINT_SHAPE_NAMES);
    JSON_EACH (m, child, node) {
        if (status != FACTS_OK)
            break;
        status = child->kind == JSON_STRING ? complete_part(m, child)
                                            : json_wrong_part(m, child, HINT_SHAPE_TEXT);
    }
    return status;
}
