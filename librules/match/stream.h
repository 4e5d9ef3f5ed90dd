/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_STREAM_H
#define LIBRULES_MATCH_STREAM_H

#include "match/scan.h"
#include "match/tables.h"

/* Symbols behind the last one, so that a gram may be read anywhere. */
enum { STREAM_PAD = 2 };

/* The offset of a run of too many separators: it shares no source with its neighbours. */
#define STREAM_NO_OFFSET (UINT32_MAX - 1)

/* A text on its way to symbols. */
struct stream {
    struct scanner *s;
    const struct index *x;
    bool codes; /* are wanted */
    const char *text;
    size_t len;
    size_t at;
    size_t n;       /* symbols so far; room for one a byte of the rest is ensured */
    size_t last;    /* the character before, or NOWHERE when nothing can compose with it */
    uint32_t run;   /* separators since the last symbol, but for those that a joiner ties to them */
    size_t stretch; /* bytes for the portable loop where the fast one stopped */
};

/*
 * Takes symbols and separators up to end, and stops at whatever else comes and at one separator too
 * many.
 */
void stream_plain(struct stream *st, size_t end);

/*
 * Turn the text into the scanner's symbols and offsets, by the index of a space. With codes, also
 * into its folded characters: 0 for a wall. Separators and ignorables leave no
 * symbol; a wall, a character of no term and a run of too many separators leave SYMBOL_NONE.
 * SCAN_OK, SCAN_MEMORY or SCAN_STOPPED. len must be below STREAM_NO_OFFSET.
 */
enum scan_status stream_text(struct scanner *s, const struct index *x, bool codes, const char *text,
                             size_t len);

#endif
