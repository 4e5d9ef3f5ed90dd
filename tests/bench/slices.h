/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_SLICES_H
#define TESTS_BENCH_SLICES_H

#include "records.h"

#include <stdbool.h>
#include <stdint.h>

/* Something that works through texts. */
struct engine {
    const char *name;
    uint64_t (*run)(void *state, const char *text, size_t len); /* what it found */
    void (*drop)(void *state);                                  /* NULL: nothing is held */
    void *state;                                                /* NULL: the engine is absent */
    const struct records *texts; /* text i is the same listing for every engine */
    size_t bytes;                /* of its tables; 0: not known */
};

/* What the machine did meanwhile. */
struct weather {
    double cpu_ns, wall_ns;  /* of all slices: as long where nobody else wanted the processor */
    double calm_ns, loud_ns; /* the shortest and the longest time of the sentinel loop */
};

/* How two engines compare. Times are per text. */
struct duel {
    double ratio, low, high; /* the peer's time by ours: median, smallest, largest of the rounds */
    size_t rounds, dropped;  /* those that count; those in which the machine changed its state */
    double ours_ns, peer_ns; /* medians */
    double text_bytes;       /* of one text: the denominator of both */
    uint64_t ours_hits, peer_hits; /* on the same texts */
    size_t counted;                /* texts that were counted */
    double allocations;            /* of ours, per text, warm */
    struct weather weather;
};

struct timing {
    size_t rounds;     /* pairs of slices */
    uint64_t slice_ns; /* CPU time of a slice, at least */
};

/*
 * Slices of both in turn, the order turned round every time, a sentinel loop around each. All
 * bytes are those of `denominator`, whose text i is what the engines read in their own form.
 */
struct duel duel_run(const struct engine *ours, const struct engine *peer,
                     const struct records *denominator, const struct timing *t);
/* As duel_run, with no peer: its numbers are 0. */
struct duel duel_alone(const struct engine *ours, const struct records *denominator,
                       const struct timing *t);
/* As duel_run, one text at a time with caches swept before each; low and high are the quartiles. */
struct duel duel_cold(const struct engine *ours, const struct engine *peer,
                      const struct records *denominator, size_t texts);
void engine_drop(struct engine *e);
double median(double *values, size_t n); /* sorts them */

#endif
