/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

/* Points in thousandths; false when the text is no such number. */
static bool parse_points(const struct attribute *a, int64_t *out)
{
    struct decimal d;

    if (!decimal_parse(a->value, a->length, &d) || d.coefficient < 0)
        return false;
    while (d.scale > 3 && d.coefficient % 10 == 0) {
        d.coefficient /= 10;
        d.scale--;
    }
    for (; d.scale < 3; d.scale++) {
        if (d.coefficient > INT64_MAX / 10)
            return false;
        d.coefficient *= 10;
    }
    *out = d.coefficient;
    return d.scale == 3;
}

static void read_points(struct build *b, const struct part *part, const struct element *e,
                        struct ruling *out)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_POINTS);

    if (!a || a->choice == CHOICE_NONE)
        return;
    out->says |= RULING_POINTS;
    if (!parse_points(a, &out->points))
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_BAD_POINTS,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {a->value}});
}

struct ruling read_ruling(struct build *b, const struct part *part, const struct element *e)
{
    struct ruling out = {.says = 0};

    if (attribute_of(e, ATTRIBUTE_SEVERITY)) {
        out.says |= RULING_SEVERITY;
        out.severity = chosen_of(e, ATTRIBUTE_SEVERITY);
        /* The choices of severity begin with the gravest. */
        out.mildness = choice_of(e, ATTRIBUTE_SEVERITY, 0);
    }
    if (attribute_of(e, ATTRIBUTE_VERDICT)) {
        out.says |= RULING_VERDICT;
        /* The choices of verdict are in the order of enum rls_verdict. */
        out.verdict = choice_of(e, ATTRIBUTE_VERDICT, RLS_PASS);
    }
    if (attribute_of(e, ATTRIBUTE_ACTION)) {
        out.says |= RULING_ACTION;
        out.action = chosen_of(e, ATTRIBUTE_ACTION);
    }
    read_points(b, part, e, &out);
    return out;
}
