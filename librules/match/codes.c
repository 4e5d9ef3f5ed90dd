/* SPDX-License-Identifier: Apache-2.0 */
#include "match/codes.h"

#include "base/utf8.h"
#include "text/fold.h"

/* A character that neither folds to several nor composes with the next one. */
static bool read_alone(const char *text, size_t len, size_t at, uint32_t *folded)
{
    uint32_t code, next, n = utf8_decode((const unsigned char *)text + at, len - at, &code);
    uint32_t entry;

    *folded = 0;
    if (!n)
        return true;
    entry = fold_entry(code);
    if (entry & (FOLD_JOINS | FOLD_MANY))
        return false;
    if (at + n < len && !fold_stands_alone((unsigned char)text[at + n]) &&
        utf8_decode((const unsigned char *)text + at + n, len - at - n, &next) &&
        (fold_entry(next) & FOLD_JOINS || fold_ignorable(fold_entry(next))))
        return false;
    if (fold_class(entry) != CHAR_WALL)
        *folded = entry & FOLD_TARGET ? entry & FOLD_TARGET : code;
    return true;
}

/* The place of a symbol among those of one character. */
static size_t part_of(const struct scanner *s, size_t at)
{
    size_t part = 0;

    while (part < at && s->offsets[at - part - 1] == s->offsets[at])
        part++;
    return part;
}

static uint32_t read_slowly(const struct scanner *s, const struct index *x, const char *text,
                            size_t len, size_t at)
{
    size_t part = part_of(s, at);
    struct text_reader r;
    struct text_char c;

    text_reader_init(&r, text, len, FORM_DEFAULT);
    r.at = s->offsets[at];
    while (text_read(&r, &c))
        if (!separates(x, &c) && part-- == 0)
            return c.class == CHAR_WALL ? 0 : c.code;
    return 0;
}

static uint32_t read_code(const struct scanner *s, const struct index *x, const char *text,
                          size_t len, size_t at)
{
    uint32_t code = x->chars ? x->chars[s->symbols[at]] : 0;

    if (!code && s->offsets[at] != STREAM_NO_OFFSET &&
        !read_alone(text, len, s->offsets[at], &code))
        code = read_slowly(s, x, text, len, at);
    return code;
}

void codes_read(struct scanner *s, const struct index *x, const char *text, size_t len, size_t from,
                size_t to)
{
    for (size_t at = from; at <= to; at++)
        s->codes[at] = at < s->n_symbols ? read_code(s, x, text, len, at) : 0;
}
