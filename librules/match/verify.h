/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_VERIFY_H
#define LIBRULES_MATCH_VERIFY_H

#include "match/scan.h"
#include "match/tables.h"

enum { EDGE_MOST = 4 };

/* A separator; a run of blanks is one, disguised by FORM_COMPAT. */
struct separator {
    uint32_t code;
    uint32_t begin, end;
    uint32_t forms;
};

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
    const uint32_t *offsets;
    const char *text;
    size_t len;
    struct edge before;
    size_t budget; /* steps left; 0 means that the text is hostile */
};

void verify_init(struct verify *v, const struct dictionary *d, const uint32_t *offsets,
                 const char *text, size_t len);

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
