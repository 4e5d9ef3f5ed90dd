/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_NEAREST_H
#define LIBRULES_BASE_NEAREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The candidate that a misspelt name most likely meant. Begins all zero. */
struct nearest {
    const char *best; /* NULL: none is near */
    uint32_t distance;
};

/*
 * Keeps the candidate if it is nearer than those before it and near at all: one slip (a character
 * lost, added, changed, or two neighbours swapped) for each three characters of the name, and one
 * in a shorter name. Case does not count. A name is not near to itself. Long names are near to
 * nothing.
 */
void nearest_offer(struct nearest *n, const char *name, size_t len, const char *candidate);

/* What is kept of a name that many are compared with, so that few of them need to be read. */
struct name_sketch {
    uint64_t letters; /* a bit for each character that occurs, some of them shared */
    uint32_t length;  /* in characters */
    uint32_t slips;   /* most that a name near to it may have */
};

struct name_sketch name_sketch(const char *name, size_t len);

/*
 * False when nearest_offer would surely not keep the candidate: each slip takes at most one
 * character out of a name, and puts at most one in.
 */
static inline bool name_may_be_near(const struct name_sketch *name,
                                    const struct name_sketch *candidate)
{
    uint64_t out = name->letters & ~candidate->letters, in = candidate->letters & ~name->letters;

    /* Wraps around when the candidate is too short. */
    if (candidate->length - name->length + name->slips > 2 * name->slips)
        return false;
    for (uint32_t left = name->slips; left; left--) {
        out &= out - 1;
        in &= in - 1;
    }
    return !out && !in;
}

#endif
