/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_ANCHORS_H
#define LIBRULES_MATCH_ANCHORS_H

#include "match/pattern.h"

enum { ANCHORS_MOST = 64 };

/* The anchors of patterns: found in one pass over the bytes of a text. */
struct anchors {
    uint32_t n;
    struct anchor list[ANCHORS_MOST];
    uint64_t begins[256]; /* by byte: the anchors that a character which begins so may be of */
    uint64_t beyond;      /* the anchors that have characters beyond ASCII */
    bool any[256];        /* by byte: whether there is one */
};

/* False when there are too many. The number of the anchor is n before the call. */
bool anchors_add(struct anchors *a, const struct anchor *anchor);
/* When all are added. */
void anchors_build(struct anchors *a);
/*
 * Calls found for each place at which so many characters of an anchor may begin, by ascending
 * place for each anchor, until it returns false.
 */
void anchors_find(const struct anchors *a, const char *text, size_t len,
                  bool (*found)(void *user, uint32_t anchor, uint32_t at), void *user);

#endif
