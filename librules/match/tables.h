/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_TABLES_H
#define LIBRULES_MATCH_TABLES_H

/* The insides of a dictionary, shared by what builds it and what scans with it. */

#include "match/dictionary.h"
#include "text/fold.h"
#include "text/reader.h"

/* What a code point is to the scan; from SYMBOL_FIRST on, a folded character of some term. */
enum {
    SYMBOL_NONE,      /* in no term, or a wall: no match contains it */
    SYMBOL_SKIP,      /* ignorable */
    SYMBOL_SEPARATOR, /* may stand between two symbols */
    SYMBOL_SLOW,      /* folds to several characters or composes: text_reader decides */
    SYMBOL_FIRST,
    /*
     * Distinct symbols. With more distinct characters than that in the terms, several share a
     * symbol: candidates grow, verification tells them apart.
     */
    SYMBOL_COUNT = 65000
};

enum { ENTRY_WORD_START = 1, ENTRY_WORD_END = 2, ENTRY_FACTOR = 4 };

/* One term in the order of its symbols. */
struct entry {
    uint32_t term;
    uint32_t symbols;           /* index of the first in the pool */
    uint32_t core, core_length; /* its bytes without blanks and ignorables at the edges */
    uint8_t count;              /* symbols */
    uint8_t lead, trail;        /* separators at its edges, which the text must show too */
    uint8_t flags;
};

/* The entries that share their first symbols; gram 0 is an empty slot. */
struct slot {
    uint64_t gram;
    uint32_t from, to;
};

struct late_symbol {
    uint32_t code;
    uint16_t symbol;
};

/*
 * A space is a way to tell characters apart: as they are, by their sound, by their outline or
 * by their main component. Each has an index of its own, and the coarser ones exist only if some
 * term needs them.
 */
enum space { SPACE_PLAIN, SPACE_SOUND, SPACE_SHAPE, SPACE_COMPONENT, SPACE_COUNT };

struct index {
    uint32_t n_entries;
    uint32_t n_single; /* symbols below SYMBOL_FIRST + n_single may be a term alone */
    uint32_t n_late;
    uint32_t filter_shift, slot_shift;
    const struct entry *entries;
    const uint16_t *pool;
    const uint64_t *filter;
    const struct slot *slots;
    const uint16_t *page_index; /* FOLD_PAGES */
    const uint16_t *pages;
    const struct late_symbol *late; /* symbols of characters whose page says SYMBOL_SLOW */
    const uint16_t *class_symbols;  /* of the classes behind the code points; SPACE_SOUND */
};

/* What a character is to those that the terms may be split into. */
enum { PART_FIRST = 0x2e80, PART_LAST = 0x9fff, PART_FRONT = 1, PART_BACK = 2 };

struct dictionary {
    uint32_t n_terms;
    uint32_t n_allow_sets; /* sets that have an allow-term */
    uint32_t loose;        /* form bits of FORM_LOOSE that some term tolerates */
    uint32_t longest_initials;
    const struct term *terms;
    const uint32_t *allow_sets; /* by term: dense number of its set, or NO_ALLOW_SET */
    const uint32_t *chars;      /* folded symbols of the terms; NULL when nothing is loose */
    const uint32_t *first_char; /* by term */
    uint32_t n_chars;
    const uint8_t *parts; /* PART bits, by code from PART_FIRST to PART_LAST */
    struct index index[SPACE_COUNT];
};

static inline uint16_t page_symbol(const struct index *x, uint32_t code)
{
    return x->pages[((size_t)x->page_index[code >> FOLD_PAGE_BITS] << FOLD_PAGE_BITS) |
                    (code & (FOLD_PAGE_SIZE - 1))];
}

/* Whether a character is passed over; an emoji that has a meaning has a place of its own. */
static inline bool separates(const struct index *x, const struct text_char *c)
{
    return c->class == CHAR_SEPARATOR && page_symbol(x, c->code) != SYMBOL_NONE;
}

/* Terms of one, two, and three or more symbols are found under a gram of 1, 2 and 3 symbols. */
static inline uint64_t gram_of(const uint16_t *s, size_t count)
{
    const size_t used = count < 3 ? count : 3;
    uint64_t gram = (uint64_t)used << 48;

    for (size_t i = 0; i < used; i++)
        gram |= (uint64_t)s[i] << 16 * i;
    return gram;
}

static inline uint64_t pair_hash(uint16_t a, uint16_t b)
{
    return (a | (uint64_t)b << 16) * 0x9e3779b97f4a7c15u;
}

static inline uint64_t triple_hash(uint64_t pair, uint16_t c)
{
    return (pair ^ c) * 0xd6e8feb86659fd93u;
}

/*
 * The bits that a pair and a triple set in the word which their pair's hash selects. Pairs keep
 * to the low quarter: a frequent pair fills the rest of its word with its many triples.
 */
static inline uint64_t pair_bits(uint64_t hash)
{
    return (uint64_t)1 << (hash >> 20 & 15);
}

static inline uint64_t triple_bits(uint64_t hash)
{
    return (uint64_t)1 << (16 + (hash >> 52 & 31)) | (uint64_t)1 << (32 + (hash >> 58 & 31));
}

static inline size_t slot_of(const struct index *x, uint64_t gram)
{
    gram ^= gram >> 29;
    return (size_t)((gram * 0xbf58476d1ce4e5b9u) >> x->slot_shift);
}

static inline void prefetch(const void *p)
{
#if defined(__GNUC__)
    __builtin_prefetch(p);
#else
    (void)p;
#endif
}

/* The symbol of a folded character whose page says SYMBOL_SLOW. */
uint16_t late_symbol(const struct index *x, uint32_t code);

static inline uint16_t code_symbol(const struct index *x, uint32_t code)
{
    const uint16_t symbol = page_symbol(x, code);

    return symbol == SYMBOL_SLOW ? late_symbol(x, code) : symbol;
}

#endif
