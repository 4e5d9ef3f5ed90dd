/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_HITS_H
#define LIBRULES_EVAL_HITS_H

#include "facts/facts.h"
#include "match/scan.h"
#include "set/program.h"

struct fact_hit {
    uint32_t fact;
    uint32_t next; /* next hit of the same terms set, HIT_NONE ends */
    struct hit hit;
};

#define HIT_NONE UINT32_MAX

/* The term hits of one subject, by terms set. */
struct hit_index {
    struct mem mem;
    struct scanner scanner;
    struct fact_hit *items;
    size_t n_items, cap_items;
    uint32_t *head, *tail; /* by terms set */
    size_t cap_head, cap_tail;
    uint32_t *touched; /* terms sets with a hit */
    size_t n_touched, cap_touched;
    uint32_t *cut; /* facts whose text had more hits than the limit */
    size_t n_cut, cap_cut;
};

void hits_init(struct hit_index *h, const struct mem *mem, size_t max_hits);
void hits_clear(struct hit_index *h);
/* Makes room for the terms sets of a set; false when memory is short, and nothing is changed. */
bool hits_bind(struct hit_index *h, const struct rls_set *set);
void hits_reset(struct hit_index *h);
/* Looks for the set's terms in one fact; false when memory is short. */
bool hits_scan(struct hit_index *h, const struct rls_set *set, const struct facts *f,
               uint32_t fact);
bool hits_is_cut(const struct hit_index *h, uint32_t fact);

#endif
