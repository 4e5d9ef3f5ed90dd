/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_WALKER_H
#define LIBRULES_MATCH_WALKER_H

#include <stdbool.h>

#include "text/reader.h"

enum { GAP_MOST = 16 };

/* A separator; a run of blanks is one, disguised by FORM_COMPAT. */
struct separator {
    uint32_t code;
    uint32_t begin, end;
    uint32_t forms;
};

/* Steps through a text symbol by symbol and keeps what stood in between. */
struct walker {
    struct text_reader r;
    struct text_char c; /* the symbol, when not ended */
    bool ended;
    uint32_t gap_begin; /* end of the symbol before */
    uint32_t gap_end;
    uint32_t part; /* how many characters of the same source precede c */
    uint32_t part_of;
    bool ignorables; /* in the gap */
    uint32_t count;
    struct separator gap[GAP_MOST];
};

struct separator separator_of(const struct text_char *c);

void walker_init(struct walker *w, const char *text, size_t len);
/* To the next character that is no separator. */
void walk(struct walker *w);
/* To the first such character, or any, that begins at begin or behind it. */
void walk_to(struct walker *w, uint32_t begin, bool any);

/* What was undone to read one symbol as the other, which has the same code. */
uint32_t symbol_forms(const struct walker *text, const struct walker *term);

enum place { PLACE_START, PLACE_INSIDE, PLACE_END };

/*
 * Separators inside are free, at a price: what is no tolerated disguise of the term's own may
 * still be squeezed out. At the edges the text must show the term's own; it can show more only
 * where one character folds to a symbol and separators. False when it does not.
 */
bool gap_forms(const struct walker *text, const struct walker *term, enum place place,
               uint32_t tolerate, uint32_t *forms);

#endif
