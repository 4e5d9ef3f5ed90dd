/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_WAKE_H
#define LIBRULES_EVAL_WAKE_H

#include "base/mem.h"
#include "set/wake.h"

struct rls_evaluator;
struct rls_set;

/* What a document shows of a path. */
struct seen_path {
    uint32_t serial; /* of the check; another one: nothing yet */
    uint32_t values;
};

/* The cues that a document shows. Stamps are serials of checks, so that nothing is ever cleared. */
struct awake {
    uint32_t *shown;
    size_t n_shown, cap_shown;
    uint32_t *cues; /* stamps by cue */
    size_t cap_cues;
    uint32_t *nodes; /* stamps by node: it was walked */
    size_t cap_nodes;
    struct seen_path *paths;
    size_t cap_paths;
    uint32_t *rules; /* stamps by rule: it is listed */
    size_t cap_rules;
    uint32_t serial;
    size_t steps; /* since the clock was looked at */
};

/* Makes room for a set; false when memory is short, and nothing is changed. */
bool awake_bind(struct awake *a, const struct mem *mem, const struct rls_set *set);
void awake_clear(struct awake *a, const struct mem *mem);
size_t awake_memory(const struct awake *a);
/*
 * Lists the rules of the subject that the document may concern as candidates, in their order; all
 * of them while what is judged may not be what the set says. Perhaps fewer, when the budget of the
 * check is spent meanwhile. False when memory is short.
 */
bool wake_rules(struct rls_evaluator *ev);

#endif
