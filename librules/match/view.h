/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_VIEW_H
#define LIBRULES_MATCH_VIEW_H

#include "base/mem.h"
#include "text/reader.h"

/* A character of a view. */
struct view_char {
    uint32_t at;         /* its first byte in the view */
    uint32_t begin, end; /* the bytes of the original it came from */
    uint32_t forms;      /* as in struct text_char */
};

/*
 * A stretch of a text as it reads with some forms undone. Only what is asked for is folded; what
 * was folded last stays, so that neighbours share it.
 */
struct view {
    struct mem mem;
    struct text_reader reader; /* behind the last character */
    size_t begin;              /* the first byte of the original */
    size_t front;              /* all that stands before may vanish */
    bool open;
    bool ended; /* the last character is that of the text */
    char *bytes;
    size_t n_bytes, cap_bytes;
    struct view_char *chars;
    size_t n_chars, cap_chars;
};

void view_init(struct view *v, const struct mem *mem);
void view_clear(struct view *v);
size_t view_memory(const struct view *v);

/* Takes a text. Nothing is kept of another, or of the same at another time. */
void view_open(struct view *v, const char *text, size_t len, uint32_t forms);
/*
 * Makes sure that every character is there that begins in from..to, and `before` more in front of
 * them or all there are. Indexes of characters change. False when memory is short.
 */
bool view_cover(struct view *v, size_t from, size_t to, size_t before);
/* Adds characters until there are n bytes, or the text ends. Indexes stay. */
bool view_extend(struct view *v, size_t n);
/* The first character that begins at a byte of the original or behind; n_chars: none is there. */
size_t view_find(const struct view *v, size_t begin);
/* The character that a byte of the view belongs to; that of the end is n_chars. */
size_t view_char_at(const struct view *v, size_t at);

#endif
