/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_SPACE_H
#define LIBRULES_MATCH_SPACE_H

#include "match/index.h"

/* Classes: code points, then what is none. */
enum {
    VARIANT_CODES = 0x40000, /* behind these, no character is alike another by sound or shape */
    CLASS_SOUND = 0x110000,  /* a syllable */
    CLASS_INITIAL = CLASS_SOUND + 0x1000, /* the first letter of a syllable */
    CLASS_SHAPE = CLASS_INITIAL + 0x1000, /* Han that look alike */
    SPACE_CLASSES = CLASS_SHAPE + 0x10000
};

/* Characters of one class are one symbol in the space. */
uint32_t space_class(enum space space, uint32_t code);
/* The same for a character as written, which may show more than its fold. */
uint32_t space_class_written(enum space space, uint32_t written, uint32_t folded);

/*
 * The forms of tolerate that a term of these characters can have: those that need a sound need two
 * characters that have one, and initials need three, all of Han.
 */
uint32_t space_forms(const uint32_t *codes, size_t n, uint32_t tolerate);
/* Those that it cannot have because it is too short. */
uint32_t space_too_short(const uint32_t *codes, size_t n, uint32_t tolerate);

/* Whether a term that tolerates these forms can be found in the space; not asked for the plain. */
bool space_holds(enum space space, uint32_t tolerate);
/* Adds the keys under which the term is found in the space; false when memory is short. */
bool space_add(struct keys *keys, enum space space, const struct mem *mem,
               const struct entry *entry, const uint32_t *codes, uint32_t tolerate);

#endif
