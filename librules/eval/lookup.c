/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/lookup.h"

enum rls_truth in_force(struct rls_evaluator *ev, const struct period *p)
{
    int64_t first = ev->instant, last = ev->last_instant;

    /* What a field selects does not change with time. */
    if (!ev->explaining && first == ev->report.options.as_of) {
        if (p->from > first)
            report_expect(&ev->report, p->from);
        else if (p->until > first)
            report_expect(&ev->report, p->until);
    }
    if (p->from > last || p->until <= first)
        return RLS_FALSE;
    return p->from <= first && last < p->until ? RLS_TRUE : RLS_UNKNOWN;
}

static enum rls_truth is_one_of(const struct table_row *row, const struct value *key)
{
    enum rls_truth best = RLS_FALSE;

    for (uint32_t i = 0; i < row->n_keys && best != RLS_TRUE; i++) {
        enum rls_truth one = value_compare(key, RELATION_IS, &row->keys[i].value);

        best = one > best ? one : best;
    }
    return best;
}

/* Whether the row has the key, where none of the rows before it has. */
static enum rls_truth has_key(const struct table_row *row, const struct value *key)
{
    switch ((enum row_kind)row->kind) {
    case ROW_IS:
        return is_one_of(row, key);
    case ROW_BELOW:
        return value_compare(key, RELATION_LT, &row->keys->value);
    case ROW_THROUGH:
        return value_compare(key, RELATION_LE, &row->keys->value);
    case ROW_ELSE:
        break;
    }
    return RLS_TRUE;
}

enum lookup table_find(struct rls_evaluator *ev, const struct table *t, const struct value *key,
                       const struct table_row **row)
{
    for (uint32_t i = 0; i < t->n_rows; i++) {
        enum rls_truth has, now = in_force(ev, &t->rows[i].period);

        if (now == RLS_FALSE)
            continue;
        has = has_key(&t->rows[i], key);
        if (has == RLS_UNKNOWN)
            return LOOKUP_UNCLEAR;
        if (has == RLS_TRUE && now == RLS_UNKNOWN)
            return LOOKUP_UNDATED;
        if (has == RLS_TRUE) {
            *row = &t->rows[i];
            return LOOKUP_FOUND;
        }
    }
    return LOOKUP_NONE;
}
