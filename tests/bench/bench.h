/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "engines.h"
#include "rows.h"
#include "sets.h"

/* What the groups of rows share. */
struct bench {
    const char *inputs; /* folder that inputs.py wrote */
    struct rows *rows;
    struct timing timing;
    struct sources rules;            /* as shipped */
    struct records titles, listings; /* texts */
};

/* Up to this ratio a cost by rule or term counts as flat: the rest is caches and noise. */
#define BENCH_FLAT 1.25

/* Each adds its rows. */
void group_literals(struct bench *b);
void group_homophones(struct bench *b);
void group_folding(struct bench *b);
void group_patterns(struct bench *b);
void group_whole(struct bench *b);
void group_titles(struct bench *b);
void group_structured(struct bench *b);
void group_scaling(struct bench *b);
void group_compile(struct bench *b);
void group_cold(struct bench *b);
void group_side(struct bench *b);
void group_threads(struct bench *b);

/* ours against the peer on these texts, or on those of its own that are the same listings; without
 * a peer the row says so. */
struct duel bench_duel(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                       const struct records *texts);
/* The same with ours without vector instructions; where there are none the row says so. */
void bench_portable(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                    const struct records *texts);
/* The same with ours without wider vectors than those of AVX2. */
void bench_avx2(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                const struct records *texts);
/* No peer to compare with: a time, and what is in it. */
struct duel bench_alone(struct bench *b, struct row *row, struct engine ours,
                        const struct records *texts);
/* The path of an input, written to room of 4096 bytes. */
const char *bench_path(const struct bench *b, char *room, const char *name);

#endif
