/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_FOLD_H
#define LIBRULES_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/forms.h"

/*
 * The generated fold tables: for every code point what it folds to alone, what that undoes, and
 * what kind of character the result is. An entry is a set of bit fields:
 *
 *    0..20  the folded code point, 0 when it is the character itself; with FOLD_MANY the index
 *           in fold_sequences of a length followed by that many code points
 *   21..25  form bits undone; FORM_IGNORABLE means that the character vanishes
 *   26..27  enum char_class of the result; of its first code point with FOLD_MANY
 *   28      FOLD_JOINS
 *   29      FOLD_MANY
 */
#define FOLD_TARGET 0x1fffffu
#define FOLD_FORMS_SHIFT 21
#define FOLD_CLASS_SHIFT 26
#define FOLD_JOINS (1u << 28) /* may compose with the characters before it */
#define FOLD_MANY (1u << 29)  /* folds to more than one code point */

enum {
    FOLD_PAGE_BITS = 8,
    FOLD_PAGE_SIZE = 1 << FOLD_PAGE_BITS,
    FOLD_PAGES = 0x110000 >> FOLD_PAGE_BITS,
    FOLD_LONGEST = 18 /* code points of the longest sequence */
};

extern const uint16_t fold_pages[FOLD_PAGES];
extern const uint32_t fold_entries[];
extern const uint32_t fold_sequences[];
extern const uint32_t fold_unique_pages;
extern const char fold_unicode_version[];
extern const char tables_digest[]; /* of all generated tables, these and others */

/* code must be below 0x110000. */
static inline uint32_t fold_entry(uint32_t code)
{
    return fold_entries[((size_t)fold_pages[code >> FOLD_PAGE_BITS] << FOLD_PAGE_BITS) |
                        (code & (FOLD_PAGE_SIZE - 1))];
}

static inline uint32_t fold_forms(uint32_t entry)
{
    return entry >> FOLD_FORMS_SHIFT & 0x1f;
}

static inline uint32_t fold_class(uint32_t entry)
{
    return entry >> FOLD_CLASS_SHIFT & 3;
}

static inline bool fold_ignorable(uint32_t entry)
{
    return (entry & (uint32_t)FORM_IGNORABLE << FOLD_FORMS_SHIFT) != 0;
}

/*
 * Whether a character that begins with this byte composes with nothing before it and is not
 * skipped: printable ASCII, and Han from U+4000 on. False says nothing.
 */
static inline bool fold_stands_alone(unsigned char first)
{
    return (first >= ' ' && first < 0x7f) || (first >= 0xe4 && first < 0xea);
}

/* The code points that code folds to; *single is room for a sequence of one. */
static inline const uint32_t *fold_sequence(uint32_t code, uint32_t entry, uint32_t *single,
                                            size_t *count)
{
    const uint32_t *sequence;

    if (entry & FOLD_MANY) {
        sequence = fold_sequences + (entry & FOLD_TARGET);
        *count = sequence[0];
        return sequence + 1;
    }
    *single = entry & FOLD_TARGET ? entry & FOLD_TARGET : code;
    *count = 1;
    return single;
}

#endif
