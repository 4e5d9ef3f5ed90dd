/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_CONDITIONS_H
#define TOOLS_CONDITIONS_H

#include "buffer.h"

#include <librules/cases.h>
#include <librules/coverage.h>

/* A condition and what the cases made of it. */
struct condition_row {
    const struct rls_condition *c;
    uint32_t seen; /* bits of enum rls_seen */
};

/* Where a version begins, or where it ends and none follows. */
struct version_edge {
    const struct rls_rule *rule;
    const struct rls_rule_version *version;
    bool end;
    int64_t at;
    bool before, behind; /* a case stands on the day before it, on the one behind it */
};

/* What the cases try of the conditions of all rules. */
struct conditions {
    struct rls_outline *outline;
    struct condition_row *rows; /* each condition once */
    size_t count;
    struct version_edge *edges;
    size_t n_edges;
    size_t outcomes, outcomes_seen; /* true and false of each condition */
    size_t bounds, bounds_tried;
    size_t edges_tried;
};

/* Runs every case. @return false after saying why it could not */
bool conditions_run(struct conditions *c, struct rls_evaluator *ev, const struct rls_set *set);
void conditions_free(struct conditions *c);
bool bound_tried(const struct condition_row *r);

void conditions_write_text(const struct conditions *c, struct buffer *b);
void conditions_write_summary(const struct conditions *c, struct buffer *b);
/* Members of an object, each behind a comma. */
void conditions_write_json(const struct conditions *c, bool listed, struct buffer *b);

#endif
