/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/interval.h"

struct interval interval_point(struct decimal d)
{
    return (struct interval){.low = d, .high = d};
}

/* Whether all of a lies below all of b. */
static bool is_below(const struct interval *a, const struct interval *b)
{
    int order;

    if (a->high_free || b->low_free)
        return false;
    order = decimal_compare(a->high, b->low);
    return order < 0 || (order == 0 && (a->high_open || b->low_open));
}

/* Whether all of a lies below all of b, or meets it in one number. */
static bool is_not_above(const struct interval *a, const struct interval *b)
{
    return !a->high_free && !b->low_free && decimal_compare(a->high, b->low) <= 0;
}

static enum rls_truth is_less(const struct interval *a, const struct interval *b)
{
    if (is_below(a, b))
        return RLS_TRUE;
    return is_not_above(b, a) ? RLS_FALSE : RLS_UNKNOWN;
}

static enum rls_truth is_less_or_same(const struct interval *a, const struct interval *b)
{
    if (is_not_above(a, b))
        return RLS_TRUE;
    return is_below(b, a) ? RLS_FALSE : RLS_UNKNOWN;
}

static bool is_point(const struct interval *a)
{
    return !a->low_free && !a->high_free && decimal_compare(a->low, a->high) == 0;
}

static enum rls_truth is_same(const struct interval *a, const struct interval *b)
{
    if (is_below(a, b) || is_below(b, a))
        return RLS_FALSE;
    return is_point(a) && is_point(b) ? RLS_TRUE : RLS_UNKNOWN;
}

enum rls_truth interval_compare(const struct interval *a, enum relation r, const struct interval *b)
{
    switch (r) {
    case RELATION_LT:
        return is_less(a, b);
    case RELATION_LE:
        return is_less_or_same(a, b);
    case RELATION_GT:
        return is_less(b, a);
    case RELATION_GE:
        return is_less_or_same(b, a);
    default:
        return is_same(a, b);
    }
}

bool interval_is_empty(const struct interval *a)
{
    int order;

    if (a->low_free || a->high_free)
        return false;
    order = decimal_compare(a->low, a->high);
    return order > 0 || (order == 0 && (a->low_open || a->high_open));
}
