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
};

struct name_sketch name_sketch(const char *name, size_t len);
/* False when nearest_offer would surely not keep the candidate. */
bool name_may_be_near(const struct name_sketch *name, const struct name_sketch *candidate);

#endif
