/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_SPACING_H
#define LIBRULES_EVAL_SPACING_H

#include "eval/hits.h"

/* How far hits stand apart in the text that is shown. */

/* What stands in a text before a place. */
struct text_mark {
    uint32_t symbols; /* folded characters but blanks and line ends */
    uint32_t clauses, sentences;
};

struct hit_marks {
    bool known;
    struct text_mark begin, end;
};

struct spacing {
    struct mem mem;
    const struct hit_index *hits;
    struct hit_marks *marks; /* by hit */
    size_t cap_marks;
    size_t n_marks; /* those before were begun in this check */
    struct hit_edge *edges;
    size_t cap_edges;
    /* Of each terms set that was asked for: its hits by where they begin, then by where they end.
     */
    uint32_t *orders;
    size_t cap_orders, n_orders;
    struct list_order *lists; /* by terms set */
    size_t cap_lists;
    uint32_t *listed; /* terms sets that have an order */
    size_t cap_listed, n_listed;
};

void spacing_init(struct spacing *s, const struct mem *mem, const struct hit_index *hits);
void spacing_clear(struct spacing *s);
/* Makes room for the terms sets of a set; false when memory is short. */
bool spacing_bind(struct spacing *s, const struct rls_set *set);
/* Forgets the hits of the check before. */
void spacing_reset(struct spacing *s);
size_t spacing_memory(const struct spacing *s);

/* The places of a hit; NULL when memory is short. All hits of a fact are marked in one walk. */
const struct hit_marks *spacing_marks(struct spacing *s, const struct facts *f, uint32_t hit);
/* Whether the text between two places is no longer than `within` and no more is crossed. */
bool spacing_joins(const struct text_mark *end, const struct text_mark *begin, uint32_t within,
                   uint8_t across);
/* The nearest hit of a terms set that ends at or before a place, begins at or after one; HIT_NONE
 * when there is none, also when memory is short: then *ok is false. */
uint32_t spacing_before(struct spacing *s, uint32_t set, uint32_t fact, uint32_t place, bool *ok);
uint32_t spacing_after(struct spacing *s, uint32_t set, uint32_t fact, uint32_t place, bool *ok);
/* The first hit of a terms set in a fact or one behind it; likewise. */
uint32_t spacing_from(struct spacing *s, uint32_t set, uint32_t fact, bool *ok);

#endif
