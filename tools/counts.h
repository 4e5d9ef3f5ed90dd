/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_COUNTS_H
#define TOOLS_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In how many documents something is. */
struct counted {
    char *name;
    char *of; /* what it is a form of; or NULL */
    uint64_t documents;
    uint64_t last; /* number of the last document that was counted */
    uint64_t hash;
};

/* Things by name, counted once a document. All zero is none. */
struct counts {
    struct counted *items;
    size_t count, cap;
    uint32_t *slots; /* by hash: index + 1; a power of two */
    size_t n_slots;
    uint64_t more; /* documents with names that came when MOST_COUNTED were there */
};

enum { MOST_COUNTED = 10000 };

/* @p document: a number above 0 that grows. @p of may be NULL. @return false without memory */
bool counts_add(struct counts *c, const char *name, const char *of, uint64_t document);
/* Adds what was counted in other documents. @return false without memory */
bool counts_merge(struct counts *c, const struct counts *more);
/* The most frequent first. Nothing can be added any more. */
void counts_sort(struct counts *c);
void counts_free(struct counts *c);

#endif
