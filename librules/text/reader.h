/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_READER_H
#define LIBRULES_TEXT_READER_H

#include <stddef.h>
#include <stdint.h>

#include "text/forms.h"

enum char_class {
    CHAR_OTHER,     /* Han, kana, any letter without word boundaries */
    CHAR_WORD,      /* letter or digit of a script with word boundaries */
    CHAR_SEPARATOR, /* may be squeezed out between the characters of a term */
    CHAR_WALL       /* sentence punctuation, line ends: no match crosses it */
};

/* One folded character and where it came from. */
struct text_char {
    uint32_t code;  /* folded code point; ' ' for every blank */
    uint32_t begin; /* first source byte */
    uint32_t end;   /* one past the last source byte; ignorables that follow are not included */
    uint16_t forms; /* enum form bits undone for this character alone; FORM_IGNORABLE when
                       ignorables stood between the character before and this one */
    uint8_t class;  /* enum char_class */
};

/*
 * Reads UTF-8 and folds it. An invalid byte reads as U+FFFD of class CHAR_WALL, one byte long.
 * One source character may yield several folded ones (㎏): they share begin and end. Several
 * may yield one (e and a combining acute): begin and end span all of them.
 */
struct text_reader {
    const char *text;
    size_t len;
    size_t at;
    uint32_t forms;     /* only these forms are undone, of FORM_DEFAULT */
    size_t plain_until; /* up to here nothing composes */
    size_t looked;      /* furthest byte looked at, also beyond at */
    /* pending characters of a one-to-many fold or a composed segment */
    struct text_char pending[64];
    uint32_t pending_at, pending_count;
};

void text_reader_init(struct text_reader *r, const char *text, size_t len, uint32_t forms);
/* False at the end. Never allocates. */
_Bool text_read(struct text_reader *r, struct text_char *out);

/*
 * Fold whole text into UTF-8: the form of a term or a span that equal keys share. With
 * FORM_SQUEEZED in forms, separators are dropped; with FORM_COMPAT, a run of blanks is one. Writes
 * at most cap bytes (NUL-terminated when cap > 0, cut at a character) and returns the length the
 * whole would have had.
 */
size_t text_fold(const char *text, size_t len, uint32_t forms, char *out, size_t cap);

/* The Unicode version of the tables, "15.0", and the first 8 bytes of their SHA-256 in hex. */
const char *text_unicode_version(void);
const char *text_tables_digest(void);

#endif
