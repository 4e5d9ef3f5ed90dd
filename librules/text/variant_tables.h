/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_VARIANT_TABLES_H
#define LIBRULES_TEXT_VARIANT_TABLES_H

#include "text/paged.h"

/* The generated tables behind variant.h. */

/* sound_gen.c */
extern const struct paged sound_usual;
extern const char *const sound_names[]; /* [0] is "" */
extern const uint32_t sound_last;
extern const uint16_t sound_nears[];  /* the class of each sound, as sound_near() tells it */
extern const uint32_t sound_others[]; /* code << 11 | sound, sorted */
extern const uint32_t sound_others_count;
enum { SOUND_BITS = 11 };

/* pair_gen.cpp: for each first character from PAIR_FIRST on, its sorted second ones */
enum { PAIR_FIRST = 0x3400, PAIR_LAST = 0x9fff };
extern const uint32_t pair_rows[PAIR_LAST - PAIR_FIRST + 2];
extern const uint16_t pair_seconds[];

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
