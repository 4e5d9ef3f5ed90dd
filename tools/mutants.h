/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_MUTANTS_H
#define TOOLS_MUTANTS_H

#include "buffer.h"

#include <librules/cases.h>
#include <librules/mutation.h>

enum { MUTATION_KINDS = RLS_MUTATION_VALUE + 1 };

/* How many mutations of a rule set the cases notice, by kind. */
struct score {
    const char *ruleset; /* its id is followed by a slash */
    size_t length;
    size_t made[MUTATION_KINDS], noticed[MUTATION_KINDS]; /* [0]: of all kinds */
    size_t lists, lists_met; /* terms lists, and those of which some word is noticed */
};

struct mutants {
    struct rls_mutations *list;
    bool *noticed; /* by mutation */
    struct score *scores;
    size_t n_scores;
};

/* Runs the cases that pass over every mutation that can make a difference to them.
 * @return false after saying why it could not */
bool mutants_run(struct mutants *m, struct rls_evaluator *ev, const struct rls_set *set);
void mutants_free(struct mutants *m);

/* @p most survivors are listed; 0: all. */
void mutants_write_text(const struct mutants *m, size_t most, struct buffer *b);
/* Members of an object, each behind a comma. */
void mutants_write_json(const struct mutants *m, size_t most, struct buffer *b);

#endif
