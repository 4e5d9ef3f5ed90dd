/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

/* For so long from an instant of the document on. */
static void lower_span(struct build *b, struct part *part, const struct element *e,
                       struct grace *out)
{
    const struct attribute *from = attribute_of(e, ATTRIBUTE_FROM);
    struct expression *end;

    if (!from || from->choice == CHOICE_NONE || !attribute_of(e, ATTRIBUTE_FOR))
        return;
    end = keep_array(b, 1, sizeof *end);
    if (!end || !lower_field_or_name(b, part, e, from, TYPE_INSTANT, end))
        return;
    end->plus = lower_duration(b, part, e, ATTRIBUTE_FOR);
    out->end = end;
}

const struct grace *lower_graces(struct build *b, struct part *part, const struct element *e,
                                 uint32_t *n)
{
    struct grace *graces;

    *n = 0;
    for (const struct element *g = child_of(e, ELEMENT_GRACE); g; g = next_of(g))
        ++*n;
    graces = *n ? keep_array(b, *n, sizeof *graces) : NULL;
    *n = 0;
    for (const struct element *g = child_of(e, ELEMENT_GRACE); g && graces; g = next_of(g)) {
        struct grace *to = &graces[(*n)++];

        if (!read_instant(b, part, g, ATTRIBUTE_UNTIL, &to->until))
            to->until = INT64_MAX;
        lower_span(b, part, g, to);
        to->condition = lower_condition_in(b, part, g);
        to->statement = lower_statement(b, part, g);
        to->speaks = to->statement.message.zh || to->statement.message.en;
    }
    return graces;
}

void complete_graces(struct build *b, const struct grace *from, uint32_t n,
                     const struct outcome *outcome, struct rule_version *out)
{
    struct grace *to = n ? keep_array(b, n, sizeof *to) : NULL;

    for (uint32_t i = 0; to && i < n; i++) {
        to[i] = from[i];
        to[i].statement = complete_statement(from[i].statement, &outcome->statement);
    }
    out->graces = to;
    out->n_graces = to ? n : 0;
}
