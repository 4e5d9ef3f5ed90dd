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
    SYMBOL_SLOW,      /* folds to several characters or composes: text_reader decides */
    SYMBOL_SEPARATOR, /* may stand between two symbols */
    SYMBOL_FIRST,
    /*
     * Distinct symbols. With more distinct characters than that in the terms, several share a
     * symbol: candidates grow, verification tells them apart.
     */
    SYMBOL_COUNT = 65000
};

enum { ENTRY_WORD_START = 1, ENTRY_WORD_END = 2, ENTRY_FACTOR = 4 };

enum { CORE_MOST = 0xff, CORE_BITS = 8, CORE_LENGTH_MOST = 0xffffff, CORE_LENGTH_BITS = 24 };

/* One term in the order of its symbols. */
struct entry {
    uint32_t term;
    uint32_t symbols; /* index of the first in the pool */
    /* Where its text begins without blanks and ignorables at the edges, and how long that is. */
    uint32_t core : CORE_BITS, core_length : CORE_LENGTH_BITS;
    uint8_t count;       /* symbols */
    uint8_t lead, trail; /* separators at its edges, which the text must show too */
    uint8_t flags;
};

/* A gram: the first symbols of a term, three at most; those it has not are SYMBOL_NONE. */
struct gram {
    uint32_t pair; /* the first, and the second in the upper half */
    uint16_t third;
};

/* The entries that share a gram. */
struct slot {
    uint32_t pair;
    uint16_t third;
    uint16_t size; /* how many they are; SLOT_MANY: as many or more; 0: the slot is empty */
    uint32_t from;
};

enum { SLOT_MANY = 0xffff };

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
    uint32_t pair_shift, gram_shift; /* of hashes to words of the filters */
    uint32_t n_slots;
    const struct entry *entries;
    /* The symbols of each entry; then its text in the plain space, its characters in others. */
    const uint16_t *pool;
    const uint32_t *pair_filter; /* of the pairs that a gram begins with */
    const uint32_t *gram_filter;
    const struct slot *slots;
    const uint16_t *basic;              /* the symbols of the first plane, and one more to read */
    const uint16_t *page_index, *pages; /* of the other planes */
    const struct late_symbol *late;     /* symbols of characters whose page says SYMBOL_SLOW */
    const uint16_t *class_symbols;      /* of the classes behind the code points; SPACE_SOUND */
    /* By symbol: that of the space of sounds; NULL: the text must be streamed for that, too. */
    const uint16_t *translation;
    const uint32_t
        *chars; /* beside it; by symbol: the character that it is, 0 for none or several */
};

enum { BASIC_CODES = 0x10000, OTHER_PAGES = FOLD_PAGES - (BASIC_CODES >> FOLD_PAGE_BITS) };

/* What a character is to those that the terms may be split into. */
enum { PART_FIRST = 0x2e80, PART_LAST = 0x9fff, PART_FRONT = 1, PART_BACK = 2 };

struct dictionary {
    uint32_t n_terms;
    uint32_t n_allow_sets; /* sets that have an allow-term */
    uint32_t loose;        /* form bits of FORM_LOOSE that some term tolerates */
    uint32_t longest_initials;
    const struct term *terms;
    /* By term: dense number of its set, or NO_ALLOW_SET. NULL when no set has an allow-term. */
    const uint32_t *allow_sets;
    const uint32_t *chars;      /* folded symbols of the terms; NULL when nothing is loose */
    const uint32_t *first_char; /* by term */
    uint32_t n_chars;
    const uint8_t *parts; /* PART bits, by code from PART_FIRST to PART_LAST */
    struct index index[SPACE_COUNT];
};

static inline uint16_t page_symbol(const struct index *x, uint32_t code)
{
    if (code < BASIC_CODES)
        return x->basic[code];
    return x
        ->pages[(size_t)x->page_index[(code - BASIC_CODES) >> FOLD_PAGE_BITS] << FOLD_PAGE_BITS |
                (code & (FOLD_PAGE_SIZE - 1))];
}

/* Whether a character is passed over; an emoji that has a meaning has a place of its own. */
static inline bool separates(const struct index *x, const struct text_char *c)
{
    return c->class == CHAR_SEPARATOR && page_symbol(x, c->code) != SYMBOL_NONE;
}

static inline struct gram gram_of(const uint16_t *s, size_t count)
{
    return (struct gram){s[0] | (count > 1 ? (uint32_t)s[1] << 16 : 0), count > 2 ? s[2] : 0};
}

#define PAIR_FACTOR 0x9e3779b1u
#define THIRD_FACTOR 0x85ebca6bu
#define GRAM_FACTOR 0xc2b2ae35u

static inline uint32_t pair_hash(uint32_t pair)
{
    return pair * PAIR_FACTOR;
}

static inline uint32_t gram_hash(uint32_t pair_hash, uint32_t third)
{
    const uint32_t hash = (pair_hash ^ third * THIRD_FACTOR) * GRAM_FACTOR;

    return hash ^ hash >> 16;
}

enum { FILTER_CHOICES = 1 << 10 };

/* The two bits that are set in a word of a filter, by one of the choices. */
#define FILTER_BITS(choice) (1u << ((choice)&31) | 1u << ((choice) >> 5 & 31))

/* The upper bits of a hash select the word. */
static inline uint32_t filter_choice(uint32_t hash)
{
    return (hash ^ hash >> 15) & (FILTER_CHOICES - 1);
}

static inline size_t slot_of(const struct index *x, uint32_t hash)
{
    return (size_t)((uint64_t)hash * x->n_slots >> 32);
}

/* The text of an entry of the plain space, as written. */
static inline const char *entry_text(const struct index *x, const struct entry *e)
{
    return (const char *)(x->pool + e->symbols + e->count);
}

/* Where in the pool the characters of an entry stand, aligned. */
static inline size_t entry_chars_at(const struct entry *e)
{
    return ((size_t)e->symbols + e->count + 1) & ~(size_t)1;
}

/* The folded characters of an entry of another space. */
static inline const uint32_t *entry_chars(const struct index *x, const struct entry *e)
{
    return (const uint32_t *)(const void *)(x->pool + entry_chars_at(e));
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
