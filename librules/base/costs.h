/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_COSTS_H
#define LIBRULES_BASE_COSTS_H

#include <librules/costs.h>

#include "base/arena.h"

enum { STAGES = RLS_STAGE_REPORT + 1 };

/* Counters of the checks with one set. Whoever may be asked to count has a pointer to them that is
 * NULL in ordinary checks. */
struct rls_costs {
    struct arena arena;  /* of the arrays */
    struct rls_set *set; /* a reference */
    struct rls_stage_cost stages[STAGES];
    struct rls_rule_cost *rules;       /* by index of the rule */
    struct rls_pattern_cost *patterns; /* as the matcher numbers them */
    struct rls_list_cost *lists;       /* by index of the terms set */
    size_t n_rules, n_patterns, n_lists;
    uint64_t total;    /* nanoseconds of all laps */
    uint64_t lap;      /* when the last one ended */
    uint64_t clock_ns; /* what reading the clock takes */
    /* As they were when the last rule had been judged. */
    struct {
        uint64_t ns, conditions, findings;
    } before;
};

/* Measures what reading the clock takes. */
void costs_init_clock(struct rls_costs *c);
/* Adds the size of a text. */
void costs_count_text(struct rls_stage_cost *stage, const char *text, size_t len);
/* What went by since the last lap counts for nothing. */
void costs_restart(struct rls_costs *c);
/* What went by since the last lap was spent on a stage. Returns it. */
uint64_t costs_take_lap(struct rls_costs *c, enum rls_stage stage);

static inline void costs_lap(struct rls_costs *c, enum rls_stage stage)
{
    if (c)
        costs_take_lap(c, stage);
}

static inline void costs_raise(uint64_t *worst, uint64_t ns)
{
    if (*worst < ns)
        *worst = ns;
}

#endif
