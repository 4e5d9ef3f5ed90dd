/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

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
