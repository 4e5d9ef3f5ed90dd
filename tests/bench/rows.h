/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H

#include "slices.h"

/* What figure a row is about, and which way it is good. */
enum target {
    TARGET_NONE,
    TARGET_FASTER, /* ratio of the peer's time by ours, at least */
    TARGET_COST,   /* of ours by the peer's, at most */
    TARGET_BELOW   /* no peer: value, at most */
};

/* One line of the table; also an object of the JSON file. */
struct row {
    const char *id;   /* stays the same from run to run */
    const char *what; /* for people */
    const char *ours; /* names of what is compared */
    const char *peer; /* NULL: nothing */
    const char *note; /* what differs, or NULL */
    const char *unit; /* of value; NULL: the row is a duel */
    bool same_hits;   /* without equal hits no time is printed */
    enum target target;
    double goal;              /* 0: none */
    double value, peer_value; /* with a unit */
};

struct rows;

struct rows *rows_begin(const char *json_path); /* NULL: no file */
/* 0; 1 when hits that must agree did not. */
int rows_end(struct rows *rows);
/* d may be NULL when the row has a unit. */
void rows_add(struct rows *rows, const struct row *row, const struct duel *d);
/* The row's figures are not there, and why. */
void rows_absent(struct rows *rows, const struct row *row, const char *why);

#endif
