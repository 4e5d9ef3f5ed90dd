/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PATTERN_STRINGS_H
#define LIBRULES_MATCH_PATTERN_STRINGS_H

/* Short texts that a pattern may have to contain, and what it costs to look for them. */

#include "match/pattern_tree.h"

enum { STRING_CODES = 8, STRINGS_MOST = 24 };

/* Stands in a string for up to so many separators, which the dictionary passes over. */
#define STRING_GAP 0x200000u

struct string {
    uint32_t n;
    uint32_t codes[STRING_CODES]; /* or gaps */
};

struct strings {
    uint32_t n;
    struct string items[STRINGS_MOST];
};

/* Strings of which one is in every match of a part, and where. */
struct candidate {
    struct strings strings; /* none: there is no such set */
    struct width before;
    uint64_t cost;
    uint32_t from, to;    /* the items they are of, in the sequence in hand */
    uint32_t lead, trail; /* most characters of these items before and behind the string */
};

void strings_make_empty(struct strings *s);
/* Once each; false when there are too many. */
bool strings_add(struct strings *to, const struct string *s);
bool strings_add_all(struct strings *to, const struct strings *from);
/* Every string of one before every string of the other; false when that is too much. */
bool strings_multiply(const struct strings *a, const struct strings *b, struct strings *out);
/* Makes a candidate of exact strings that stand behind `before` characters; false: there is none.
 */
bool candidate_of(const struct strings *s, struct width before, struct candidate *c);
uint64_t candidate_cost(const struct candidate *c);
/* What stands nearly everywhere wakes more than it saves. */
bool candidate_useless(const struct candidate *c);
/* Whether a character is a separator wherever it stands in a view. */
bool code_separates(uint32_t code);
/* As UTF-8 in the arena, without gaps; NULL when memory is short. */
const char *string_write(struct arena *arena, const struct string *s);

#endif
