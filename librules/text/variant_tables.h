/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_VARIANT_TABLES_H
#define LIBRULES_TEXT_VARIANT_TABLES_H

#include "text/paged.h"

/* The generated tables behind variant.h. */

/* sound_gen.c */
extern const struct paged sound_usual;  /* with SOUND_HAS_OTHERS */
extern const char *const sound_names[]; /* [0] is "" */
extern const uint32_t sound_last;
extern const uint16_t sound_nears[];  /* the class of each sound, as sound_near() tells it */
extern const uint32_t sound_others[]; /* code << 11 | sound, sorted */
extern const uint32_t sound_others_count;
enum { SOUND_BITS = 11, SOUND_HAS_OTHERS = 1 << SOUND_BITS };

/*
 * pair_gen.cpp: the second characters of pairs, in rows of a few. No two first characters have a
 * row in common for the same second one, so that the second tells the pair: an odd factor permutes
 * the numbers of so many bits, and the lower half of the product knows of the second alone.
 */
enum { PAIR_FIRST = 0x3400, PAIR_LAST = 0x9fff, PAIR_BITS = 15, PAIR_ROWS = 1 << PAIR_BITS };
extern const uint32_t pair_rows[PAIR_ROWS + 1];
extern const uint16_t pair_seconds[];

/* Both between PAIR_FIRST and PAIR_LAST. */
static inline uint32_t pair_row(uint32_t a, uint32_t b)
{
    return (((a - PAIR_FIRST) << PAIR_BITS | (b - PAIR_FIRST)) * 0x9e3779b1u >> PAIR_BITS) &
           (PAIR_ROWS - 1);
}

/* variant_gen.c */
extern const struct paged shape_classes;
extern const struct paged latin_shapes;
extern const struct paged part_classes;
extern const struct paged emoji_index; /* index in emoji_lists, 0: none */
extern const uint32_t emoji_lists[];   /* a count and as many codes */
extern const struct paged component_index;
extern const uint32_t component_lists[]; /* the same */
extern const uint32_t split_pairs[][3];  /* classes of the parts and the whole, sorted */
extern const uint32_t split_pairs_count;
extern const uint32_t split_triples[][4];
extern const uint32_t split_triples_count;

#endif
