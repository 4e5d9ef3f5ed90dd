/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_NEAREST_H
#define LIBRULES_BASE_NEAREST_H

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

#endif
