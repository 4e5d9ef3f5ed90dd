/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PATH_H
#define LIBRULES_MATCH_PATH_H

#include "match/lattice.h"
#include "match/search.h"

/* How one character of a term was read. */
struct step {
    uint32_t from;         /* where the place before ends, and what repeats it */
    uint32_t at, to;       /* the places that are the character */
    const struct arc *arc; /* how they were read; NULL as they stand */
};

/* A way through the text that spells an entry. */
struct path {
    const struct search *search;
    enum space space;
    /* By which the text was streamed, for codes that are not known; NULL: they all are. */
    const struct index *streamed;
    const uint32_t *chars; /* of the term */
    uint32_t count;
    const struct step *steps;
};

/*
 * Whether the path stands there as the term demands, in a disguise of FORM_LOOSE that it tolerates
 * and that no gate takes for harmless.
 */
bool path_verify(struct verify *v, const struct path *p, const struct entry *e, struct hit *hit);

#endif
