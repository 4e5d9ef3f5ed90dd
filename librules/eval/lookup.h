/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_LOOKUP_H
#define LIBRULES_EVAL_LOOKUP_H

#include "eval/evaluator.h"

/* Whether a part of a set or table is in force for the rule that is judged; unknown where that
 * begins or ends on the day that selects. When it will change, so may the report. */
enum rls_truth in_force(struct rls_evaluator *ev, const struct period *p);

enum lookup {
    LOOKUP_FOUND,
    LOOKUP_NONE,    /* no row in force has the key */
    LOOKUP_UNCLEAR, /* it may lie in several */
    LOOKUP_UNDATED  /* its row may not be in force yet, or no more */
};

/* The row of a key that is in force; *row of LOOKUP_FOUND. */
enum lookup table_find(struct rls_evaluator *ev, const struct table *t, const struct value *key,
                       const struct table_row **row);

#endif
