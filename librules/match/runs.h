/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_RUNS_H
#define LIBRULES_MATCH_RUNS_H

#include "match/anchors.h"
#include "match/tables.h"

enum { RUN_KINDS = 256 };

/* The anchors whose characters all are symbols: found among the symbols of a text. */
struct runs {
    uint32_t n;
    uint32_t shortest; /* of the runs */
    struct anchor list[ANCHORS_MOST];
    /* What kind a symbol is, and the anchors that symbols of a kind may be of; 0: of none. */
    const uint8_t *kinds;
    uint32_t n_symbols; /* all others are of kind 0 */
    uint64_t anchors[RUN_KINDS];
};

/* Whether all characters of an anchor are symbols, wherever they stand in a text. */
bool runs_can_hold(const struct anchor *anchor);
/* The character that the symbol of one of an anchor's is entered as. */
uint32_t runs_code(uint32_t code);
/* False when there are too many. The number of the anchor is n before the call. */
bool runs_add(struct runs *r, const struct anchor *anchor);
/* When all are added and their codes have symbols. False when memory is short. */
bool runs_build(struct runs *r, const struct index *x, struct arena *arena);
/*
 * Calls found for each place at which so many characters of an anchor may begin, by ascending
 * place for each anchor, until it returns false. The scanner has the symbols of the text.
 */
void runs_find(const struct runs *r, const struct scanner *s, const char *text,
               bool (*found)(void *user, uint32_t anchor, uint32_t at), void *user);

#endif
