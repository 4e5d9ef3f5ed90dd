/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_JUDGED_H
#define LIBRULES_EVAL_JUDGED_H

#include "eval/evaluator.h"

/* What became of a version of a rule, the larger the graver. */
enum judged_kind {
    JUDGED_SILENT, /* nothing is wrong, or it does not apply */
    JUDGED_EXEMPT,
    JUDGED_AT_RISK,   /* nothing is wrong yet, but a deadline will soon be due */
    JUDGED_UNDECIDED, /* whether it applies cannot be told */
    JUDGED_GRACE,
    JUDGED_INDETERMINATE,
    JUDGED_VIOLATED
};

/* A slot of a version: its condition alone (slot 0), or one of its requirements. */
struct judged {
    uint32_t kind; /* enum judged_kind */
    bool ungraded; /* an unknown grade might have said otherwise */
    const struct rule_version *version;
    const struct requirement *requirement; /* NULL: the condition alone */
    const struct exemption *satisfied;     /* of JUDGED_EXEMPT */
    const struct grace *grace;             /* that lasts, or may */
    int64_t grace_until;                   /* the first instant after it */
    struct ruling ruling;
};

/* Judges every slot of a version; row has room for those of the rule. */
void judge_version(struct rls_evaluator *ev, const struct rule_version *v, uint32_t n_slots,
                   struct judged *row);

/* What several versions came to when it is not known which of them counts. */
struct doubt {
    const struct judged *rows; /* one row for each version that was judged */
    uint32_t n_rows;
    uint32_t n_slots;
    uint32_t slot;
    const char *fact;             /* path of the field that would tell; or NULL */
    const struct judged *perhaps; /* row of a version that would excuse, if it applies; or NULL */
};

/* Reports what a slot came to; doubt is NULL when the versions agree. False when memory is short.
 * A rule that is undecided in several slots is reported once: *undecided is set by the first. */
bool conclude(struct rls_evaluator *ev, const struct rls_rule *rule, const struct judged *j,
              const struct doubt *doubt, bool *undecided);

#endif
