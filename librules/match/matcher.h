/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_MATCHER_H
#define LIBRULES_MATCH_MATCHER_H

#include "match/dictionary.h"
#include "match/pattern.h"

/*
 * Terms and patterns, found in one scan. What every match of a pattern must contain, its factors,
 * stands in the dictionary beside the terms; a pattern is run only around the places where one of
 * its factors was found. Both kinds are numbered by one count: the terms as they were added, then
 * the patterns.
 */

/* A pattern of a terms set. */
struct set_pattern {
    struct pattern_source source;
    uint32_t set;
    uint32_t line; /* in the source of its terms set */
};

enum pattern_added {
    PATTERN_ADDED,
    PATTERN_WRONG,     /* see the fault */
    PATTERN_DUPLICATE, /* the same as an earlier one of the set */
    PATTERN_MEMORY
};

struct matcher_builder;
struct matcher; /* immutable; lives in its arena; shared by threads */

/* Patterns are compiled into the arena, which outlives the builder and holds the matcher. */
struct matcher_builder *matcher_builder_new(struct arena *arena);
void matcher_builder_free(struct matcher_builder *b);
/* As dictionary_add, dictionary_duplicate_of and dictionary_too_short. */
enum term_fault matcher_add_term(struct matcher_builder *b, const struct term *term);
uint32_t matcher_duplicate_term(const struct matcher_builder *b);
uint32_t matcher_too_short(const struct matcher_builder *b);
/* Patterns are numbered 0, 1, 2, ... in the order of successful calls. */
enum pattern_added matcher_add_pattern(struct matcher_builder *b, const struct set_pattern *p,
                                       struct pattern_fault *fault);
uint32_t matcher_duplicate_pattern(const struct matcher_builder *b);
/* A pattern that was added. */
const struct pattern *matcher_added(const struct matcher_builder *b, uint32_t pattern);
/* NULL when memory is short. An empty matcher is valid and never hits. */
struct matcher *matcher_build(struct matcher_builder *b);

/* Terms and patterns. */
size_t matcher_count(const struct matcher *m);
/* A pattern is shown as a term: its text is that of the pattern, its tolerance the forms of its
 * view. NULL past the last. */
const struct term *matcher_term(const struct matcher *m, uint32_t index);
/* Terms alone: the number of the first pattern. */
uint32_t matcher_terms(const struct matcher *m);
/* How many factors wake a pattern; 0: it is tried everywhere. */
uint32_t matcher_factors(const struct matcher *m, uint32_t pattern);
/* Bytes held outside the arena. */
size_t matcher_memory(const struct matcher *m);

/*
 * As scan_text, and the hits of patterns are among the others. Those of one pattern are leftmost
 * and do not overlap. SCAN_LIMIT also when a pattern took more steps than it may; hits of patterns
 * are then missing, or all of them, when the limit was that of terms.
 */
enum scan_status matcher_scan(struct scanner *s, const struct matcher *m, const char *text,
                              size_t len);

#endif
