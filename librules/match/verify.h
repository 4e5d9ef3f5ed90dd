/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_VERIFY_H
#define LIBRULES_MATCH_VERIFY_H

#include "match/scan.h"
#include "match/tables.h"
#include "match/walker.h"

enum { EDGE_MOST = 4 };

/* What stands before the symbol at index: most terms there share the answer. */
struct edge {
    size_t index;
    bool known;
    bool valid;
    uint32_t class; /* enum char_class of the neighbour */
    uint32_t count;
    struct separator nearest[EDGE_MOST]; /* of the separators, in text order */
};

/* One text with its symbols, while candidates are verified. */
struct verify {
    const struct dictionary *d;
    const struct index *x; /* by which the text was streamed */
    const uint32_t *offsets;
    const char *text;
    size_t len;
    struct edge before;
    size_t budget; /* steps left; 0 means that the text is hostile */
};

/* The steps that a text of so many bytes may cost. */
size_t verify_budget(size_t len);
void verify_init(struct verify *v, const struct dictionary *d, const struct index *x,
                 const uint32_t *offsets, const char *text, size_t len);

/*
 * Whether a match may stand on the symbols from first to last: whole characters, with separators
 * and word boundaries at the edges as the entry demands. Fills in the hit's term and span.
 */
bool verify_edges(struct verify *v, const struct entry *e, size_t first, size_t last,
                  struct hit *hit);

/*
 * Whether the entry, whose symbols are those from index on, stands there as its term demands:
 * whole characters, separators at its edges, word boundaries and tolerated disguises only.
 */
bool verify_entry(struct verify *v, const struct entry *e, size_t index, struct hit *hit);

static inline void verify_spend(struct verify *v, size_t steps)
{
    v->budget -= steps < v->budget ? steps : v->budget;
}

#endif
