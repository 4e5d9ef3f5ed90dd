/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_PROBE_H
#define LIBRULES_EVAL_PROBE_H

#include "base/limits.h"
#include "base/mem.h"
#include "set/program.h"

struct rls_evaluator;

/* A test that is no part of the set. */
union changed_test {
    struct field_test field;
    struct comparison comparison;
    struct record_test records;
    struct counter_test counter;
    struct near_test near;
};

/*
 * What tries cases: it keeps what conditions come to, and lets one of them be judged as if it were
 * written otherwise. Off in ordinary checks, which pay one branch a condition.
 */
struct probe {
    bool on;                     /* a condition is replaced, values are kept, or it counts */
    bool counting;               /* how many conditions are evaluated */
    bool keeping;                /* values are kept */
    bool counts;                 /* those of the rule that is judged now */
    const struct rls_rule *only; /* rule whose values count; NULL: any */
    uint8_t *seen;               /* by number of condition: enum rls_seen */
    size_t n_seen, cap_seen;
    uint64_t evaluated;               /* conditions, while counting; never reset */
    const struct condition *replaced; /* NULL: none */
    struct condition by;
    union changed_test test; /* of `by` */
    struct text_test parts[LIMIT_NEAR_PARTS];
    struct guard *guards;
    struct selector *selectors;
    struct expression *operands;
    size_t cap_guards, cap_selectors, cap_operands;
};

/* Everything off, for another set. */
void probe_reset(struct probe *p);
void probe_clear(struct probe *p, const struct mem *mem);
size_t probe_memory(const struct probe *p);
/* Switches counting. */
void probe_count(struct probe *p, bool counting);
/* Sets whether anything is to be done. */
void probe_switch(struct probe *p);
/* Makes a condition with a bound test otherwise: its test then lies in `room`. */
void probe_change_test(struct condition *c, uint8_t test, union changed_test *room);
/* Keeps what a condition came to. */
void probe_see(struct rls_evaluator *ev, const struct condition *c, uint32_t truth);

/* Whether rules are judged that no hit wakes. */
static inline bool probe_wakes(const struct probe *p)
{
    return p->keeping || p->replaced;
}

/* What is judged in place of a condition. */
static inline const struct condition *probe_look(const struct probe *p, const struct condition *c)
{
    return p->replaced == c ? &p->by : c;
}

/* Stand around the judging of a rule. */
static inline void probe_begin(struct probe *p, const struct rls_rule *rule)
{
    p->counts = p->keeping && (!p->only || p->only == rule);
}

static inline void probe_end(struct probe *p)
{
    p->counts = false;
}

#endif
