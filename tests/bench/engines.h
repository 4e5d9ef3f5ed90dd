/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_ENGINES_H
#define TESTS_BENCH_ENGINES_H

#include "slices.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is compared. Each function builds an engine that is to be dropped; its texts are not set.
 * Where a library was not there at build time the engine's state is NULL. Names of peers have
 * their versions.
 */

/* What our matcher is built of. */
struct ours_input {
    const struct records *terms, *homophones, *patterns; /* NULL: none */
    bool exact;    /* terms and patterns as they are written, word boundaries off */
    bool portable; /* no vector instructions chosen at run time */
    bool avx2;     /* those of AVX2 at most */
};

struct engine ours_matcher(const struct ours_input *in);
/* Our folding of a text to symbols and offsets, and nothing more. */
struct engine ours_folding(const struct records *terms, bool portable);
/* Whether this build and this processor have vector instructions to switch off. */
bool ours_is_vectored(void);
bool ours_has_avx2(void);

enum vectorscan_mode { VECTORSCAN_PLAIN, VECTORSCAN_STARTS /* with the offsets of starts */ };

bool vectorscan_is_there(void);
const char *vectorscan_name(void); /* with its version */
/* In literal mode; every match is reported, overlapping ones too. */
struct engine vectorscan_literals(const struct records *terms, enum vectorscan_mode how);
/* Terms and patterns in one database, without regard to case. */
struct engine vectorscan_together(const struct records *terms, const struct records *patterns);

/* Each pattern by itself, compiled to machine code; hits are leftmost and do not overlap. */
struct engine pcre2_patterns(const struct records *patterns, bool caseless);

/* NFKC_Casefold to UTF-8, with the edits that lead back to offsets. */
struct engine icu_folding(void);

/* A rule for each term. */
struct engine yara_rules(const struct records *terms);

/* Parses to a tree. */
struct engine jansson_parser(void);

#ifdef __cplusplus
}
#endif
#endif
