/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_LATTICE_H
#define LIBRULES_MATCH_LATTICE_H

#include "match/scan.h"
#include "match/space.h"

/* Marks, among the scanner's codes, a place where arcs start. */
#define LATTICE_ARCS (1u << 31)

/* How one or more places of a text may be read other than as they stand. */
enum arc_kind {
    ARC_SOUND,   /* Latin letters as the syllable value */
    ARC_INITIAL, /* a Latin letter as the initial value, 0 for a */
    ARC_SPLIT,   /* two or three characters as the character value */
    ARC_EMOJI,   /* an emoji as the character value */
    ARC_BLANK,   /* an emoji as a separator */
    ARC_REPEAT   /* the rest of a run of one character as nothing */
};

struct arc {
    uint32_t from, to; /* places */
    uint32_t value;
    uint32_t kind; /* enum arc_kind */
};

/*
 * Fills the scanner's arcs, by descending from, with what the dictionary's terms tolerate. The text
 * must have been streamed with codes. SCAN_OK, SCAN_MEMORY or SCAN_STOPPED.
 */
enum scan_status lattice_build(struct scanner *s, const struct dictionary *d, const char *text,
                               size_t len);

/* The arcs that start at a place; *n of them. */
const struct arc *lattice_arcs(const struct scanner *s, uint32_t at, size_t *n);

/* The symbol of a class behind the code points in the space of sounds, or SYMBOL_NONE. */
static inline uint16_t lattice_class_symbol(const struct index *x, uint32_t class)
{
    return x->class_symbols ? x->class_symbols[class - CLASS_SOUND] : (uint16_t)SYMBOL_NONE;
}

/* Whether nothing stands between a place and the next but ignorables. */
bool lattice_adjacent(const struct scanner *s, const char *text, size_t len, size_t at);

#endif
