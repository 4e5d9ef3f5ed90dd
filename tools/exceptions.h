/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_EXCEPTIONS_H
#define TOOLS_EXCEPTIONS_H

#include "buffer.h"

#include <librules/evaluator.h>
#include <librules/profile.h>
#include <stdbool.h>

/* What became of an exception of the rules in a run. */
struct exception_tally {
    const struct rls_exception *exception; /* lives as long as the set */
    uint64_t uses;                         /* findings that it excused */
    uint64_t lapses;                       /* findings that it would have, had it not expired */
    bool expired, begun;                   /* at the instant of the run */
};

struct exceptions {
    struct exception_tally *items;
    size_t count;
};

/* Adds up what the evaluators tell of all exceptions of the set. @return false without memory */
bool exceptions_collect(struct exceptions *x, const struct rls_set *set,
                        struct rls_evaluator *const *evaluators, unsigned n, int64_t instant);
void exceptions_free(struct exceptions *x);

/* A line for each exception that has expired or that nobody needed, and one for the others. */
void exceptions_write_text(const struct exceptions *x, struct buffer *b);
/* An array. */
void exceptions_write_json(const struct exceptions *x, struct buffer *b);

#endif
