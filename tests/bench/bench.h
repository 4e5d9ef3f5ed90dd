/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "engines.h"
#include "rows.h"

/* What the groups of rows share. */
struct bench {
    const char *inputs; /* folder that inputs.py wrote */
    struct rows *rows;
    struct timing timing;
    struct records titles, listings; /* texts */
};

/* Each adds its rows. */
void group_literals(struct bench *b);
void group_folding(struct bench *b);
void group_patterns(struct bench *b);

/* ours against the peer on these texts; without a peer the row says so. */
void bench_duel(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                const struct records *texts);

#endif
