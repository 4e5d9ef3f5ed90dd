/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_COSTS_H
#define TOOLS_COSTS_H

#include "buffer.h"
#include "tally.h"

#include <librules/costs.h>

/* What is told first. */
enum cost_key { COST_TIME, COST_STEPS, COST_HITS };

/* What checks cost, as people are told. */
struct cost_report {
    const struct rls_costs *costs;
    const struct tally *tally;
    enum cost_key by;
    size_t top; /* rows of a table; 0: all */
};

/* One of the rules, patterns or lists. */
struct ranked {
    uint64_t value; /* of what they are sorted by */
    size_t index;
};

/* Those that cost anything, the dearest first. */
struct ranking {
    struct ranked *items;
    size_t n;
    size_t shown;
    uint64_t whole; /* that values are shares of */
};

/* Nanoseconds of all stages. */
uint64_t costs_total(const struct rls_costs *costs);
/* @return false when memory is short */
bool costs_rank_rules(const struct cost_report *r, struct ranking *out);
bool costs_rank_patterns(const struct cost_report *r, struct ranking *out);
bool costs_rank_lists(const struct cost_report *r, struct ranking *out);
/* From 0 to 1. */
double costs_share(const struct ranking *ranking, uint64_t value);

void costs_write_text(const struct cost_report *r, struct buffer *out);
/* An object. */
void costs_write_json(const struct cost_report *r, struct buffer *out);

#endif
