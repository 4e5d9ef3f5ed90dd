/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

static void lower(struct build *b, struct part *part, const struct element *e,
                  struct condition *out);

bool is_condition(const struct element *e)
{
    return grammar_is_condition(e->kind);
}

static void lower_logic(struct build *b, struct part *part, const struct element *e,
                        enum condition_kind kind, struct condition *out)
{
    struct condition *children;
    uint32_t n = 0;

    for (const struct element *child = e->first; child; child = child->next)
        n += is_condition(child);
    children = keep_array(b, n, sizeof *children);
    out->kind = (uint8_t)kind;
    out->children = children;
    for (const struct element *child = e->first; child && children && !b->failed;
         child = child->next)
        if (is_condition(child))
            lower(b, part, child, &children[out->n_children++]);
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void lower(struct build *b, struct part *part, const struct element *e,
                  struct condition *out)
{
    out->line = line_of(part, e);
    out->number = b->set->n_conditions++;
    out->operation = grammar_element(e->kind)->name;
    out->written = keep_written(b, e);
    count_conditions(b, 1);
    switch ((enum element_kind)e->kind) {
    case ELEMENT_ALL:
        lower_logic(b, part, e, CONDITION_ALL, out);
        break;
    case ELEMENT_ANY:
        lower_logic(b, part, e, CONDITION_ANY, out);
        break;
    case ELEMENT_NONE:
        lower_logic(b, part, e, CONDITION_NONE, out);
        break;
    case ELEMENT_NOT:
        lower_logic(b, part, e, CONDITION_NOT, out);
        break;
    case ELEMENT_USE:
        lower_use(b, part, e, out);
        break;
    case ELEMENT_TEXT:
        lower_text_test(b, part, e, out);
        break;
    case ELEMENT_SOME:
        lower_record_test(b, part, e, CONDITION_SOME, out);
        break;
    case ELEMENT_EVERY:
        lower_record_test(b, part, e, CONDITION_EVERY, out);
        break;
    case ELEMENT_COUNT:
        lower_record_test(b, part, e, CONDITION_COUNT, out);
        break;
    case ELEMENT_COUNTER:
        lower_counter(b, part, e, out);
        break;
    case ELEMENT_NEAR:
        lower_near_test(b, part, e, out);
        break;
    case ELEMENT_COMPARE:
        lower_compare(b, part, e, out);
        break;
    case ELEMENT_MISSED:
        lower_deadline_test(b, part, e, CONDITION_MISSED, out);
        break;
    case ELEMENT_OPEN:
        lower_deadline_test(b, part, e, CONDITION_OPEN, out);
        break;
    case ELEMENT_MET_LATE:
        lower_deadline_test(b, part, e, CONDITION_MET_LATE, out);
        break;
    case ELEMENT_RELATED:
        lower_related(b, part, e, out);
        break;
    default:
        lower_field_test(b, part, e, out);
    }
    for (uint32_t i = 0; i < out->n_children; i++)
        out->warns = out->warns || out->children[i].warns;
}

const struct condition *lower_condition_in(struct build *b, struct part *part,
                                           const struct element *e)
{
    const struct element *child = e->first;
    struct condition *out;

    while (child && !is_condition(child))
        child = child->next;
    out = child ? keep_array(b, 1, sizeof *out) : NULL;
    if (out)
        lower(b, part, child, out);
    return out;
}
