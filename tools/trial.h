/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TRIAL_H
#define TOOLS_TRIAL_H

#include "buffer.h"
#include "params.h"

#include <librules/cases.h>
#include <stdint.h>

/* A case that was run. */
struct trial {
    const struct rls_case *c;
    int status;      /* of rls_case_run */
    uint32_t actual; /* enum rls_expect, when status is RLS_OK */
    bool passed;
    struct buffer points;      /* text: in what it came out otherwise, a line each */
    struct buffer points_json; /* the same as members of an array */
    struct buffer why;         /* text: what the report of a failed case tells about the rule */
    struct buffer report;      /* text, when asked for and the case failed */
};

/* What the cases of a rule show. */
struct coverage {
    const struct rls_rule *rule;
    bool fires;
    bool silent;
};

struct trials {
    struct trial *trials;
    size_t count;
    size_t failed;
    struct coverage *rules; /* those that are evaluated */
    size_t n_rules;
    size_t covered;
};

/* Runs every case of @p set, which @p ev is bound to. @return false after saying why it could not
 */
bool trials_run(struct trials *t, struct rls_evaluator *ev, const struct rls_set *set,
                bool with_reports);
void trials_free(struct trials *t);
bool coverage_complete(const struct coverage *c);
/* The word the rule language has for an enum rls_expect. */
const char *expect_name(uint32_t expect);

void trials_write_text(const struct trials *t, struct buffer *b);
/* Members of an object, without a comma behind the last. */
void trials_write_json(const struct trials *t, struct buffer *b);
void trials_write_tap(const struct trials *t, struct buffer *b);
/* The last line of the text. */
void trials_write_summary(const struct trials *t, struct buffer *b);

#endif
