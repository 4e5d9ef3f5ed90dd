/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_DICTIONARY_H
#define LIBRULES_MATCH_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * One literal to look for. Several sets may hold the same text; each keeps its own entry. Blanks
 * and ignorables at its edges do not count; other separators there (+v, c++) must stand in the
 * text as they are, even where those inside may be squeezed out or in.
 */
struct term {
    const char *text;  /* as written, NUL-terminated UTF-8 */
    uint32_t length;   /* bytes */
    uint32_t set;      /* index of the terms set that owns it */
    uint32_t line;     /* in the source of its terms set */
    uint16_t tolerate; /* enum form bits it may be disguised by */
    bool allow : 1;    /* excuses hits of its own set that it contains */
    bool word : 1;     /* Latin and digit edges need a word boundary */
    bool factor : 1;   /* no term, but of a pattern: found wherever its symbols stand */
    bool pattern : 1;  /* no term, but a pattern as people see it */
};

#define TERM_NONE UINT32_MAX
#define TERM_ALLOWS (UINT32_MAX - 1) /* all allow-terms */

enum term_fault {
    TERM_OK,
    TERM_EMPTY,     /* nothing but separators is left after folding */
    TERM_TOO_LONG,  /* more than LIMIT_TERM_SYMBOLS */
    TERM_CROSSES,   /* contains a wall, or more separators in a row than a match may have */
    TERM_DUPLICATE, /* the same key, tolerances and kind as an earlier term of the set */
    TERM_MEMORY
};

struct dictionary_builder;
struct dictionary; /* immutable; lives in the arena it was built into; shared by threads */

struct dictionary_builder *dictionary_builder_new(const struct mem *mem);
void dictionary_builder_free(struct dictionary_builder *b);
/* Terms are numbered 0, 1, 2, ... in the order of successful calls. A fault adds nothing. */
enum term_fault dictionary_add(struct dictionary_builder *b, const struct term *term);
/* A folded character that is to have a symbol of its own, whether or not a term has it. */
bool dictionary_add_code(struct dictionary_builder *b, uint32_t code);
/* How many terms were added. */
uint32_t dictionary_added(const struct dictionary_builder *b);
/* Index of the term that made the last TERM_DUPLICATE. */
uint32_t dictionary_duplicate_of(const struct dictionary_builder *b);
/*
 * Forms that the last term added may be disguised by, but cannot be found by: it is too short to be
 * told from harmless words. Its tolerate lacks them.
 */
uint32_t dictionary_too_short(const struct dictionary_builder *b);
/* NULL when memory is short. An empty dictionary is valid and never hits. */
struct dictionary *dictionary_build(struct dictionary_builder *b, struct arena *arena);

/* The first n sets by their dense number among those with an allow-term, or NO_ALLOW_SET. */
#define NO_ALLOW_SET UINT32_MAX
void dictionary_allow_sets(const struct dictionary *d, uint32_t *by_set, size_t n);
size_t dictionary_count(const struct dictionary *d);
const struct term *dictionary_term(const struct dictionary *d, uint32_t index);

#endif
