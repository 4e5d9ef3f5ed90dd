/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_MATCHER_TABLES_H
#define LIBRULES_MATCH_MATCHER_TABLES_H

/* The insides of a matcher, shared by what builds it and what scans with it. */

#include "match/anchors.h"
#include "match/matcher.h"
#include "match/runs.h"

/* What must stand on one side of a factor, as symbols of the plain space. */
struct near {
    const uint16_t *symbols;
    uint8_t n; /* 0: nothing is known */
    uint8_t gap, run;
    bool line;
};

struct matcher {
    const struct dictionary *dictionary;
    const struct pattern *const *patterns;
    const struct term *shown;   /* by pattern */
    const uint32_t *allow_sets; /* by pattern: dense number of its set, or NO_ALLOW_SET */
    uint32_t n_terms, n_patterns;
    /* Patterns that factor f wakes: woken[woken_begin[f] .. woken_begin[f + 1]). */
    const uint32_t *woken_begin;
    const uint32_t *woken;
    const struct near *behind, *ahead; /* by pattern */
    const struct runs *runs;           /* anchors that are found among the symbols */
    const struct anchors *anchors;     /* the others */
    const uint32_t *running;           /* patterns, by anchor of the runs */
    const uint32_t *anchored;          /* patterns, by anchor of the others */
    const uint32_t *always;            /* patterns without factors and anchors */
    uint32_t n_always;
    const uint32_t *strict; /* patterns with factors whose view does not compose characters */
    uint32_t n_strict;
};

#endif
