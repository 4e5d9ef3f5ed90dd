/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_UTF8_H
#define LIBRULES_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_LONGEST = 4 };

static inline bool utf8_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/*
 * The length of the well-formed sequence at p, and its code point; 0 when the byte at p starts
 * none (overlong, surrogate, too large, cut short). left must be at least 1.
 */
static inline uint32_t utf8_decode(const unsigned char *p, size_t left, uint32_t *code)
{
    uint32_t c = p[0];

    if (c < 0x80) {
        *code = c;
        return 1;
    }
    if ((c & 0xf0) == 0xe0) {
        if (left < 3 || !utf8_tail(p[1]) || !utf8_tail(p[2]))
            return 0;
        c = (c & 0x0f) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        *code = c;
        return c >= 0x800 && (c & 0xf800) != 0xd800 ? 3 : 0;
    }
    if ((c & 0xe0) == 0xc0) {
        if (left < 2 || !utf8_tail(p[1]))
            return 0;
        *code = (c & 0x1f) << 6 | (p[1] & 0x3fu);
        return *code >= 0x80 ? 2 : 0;
    }
    if ((c & 0xf8) == 0xf0) {
        if (left < 4 || !utf8_tail(p[1]) || !utf8_tail(p[2]) || !utf8_tail(p[3]))
            return 0;
        c = (c & 0x07) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
        *code = c;
        return c >= 0x10000 && c < 0x110000 ? 4 : 0;
    }
    return 0;
}

/* Where the well-formed sequence begins that ends before p[at]. */
static inline size_t utf8_back(const unsigned char *p, size_t at)
{
    do
        at--;
    while (utf8_tail(p[at]));
    return at;
}

/* Writes up to UTF8_LONGEST bytes and returns how many. code must be a scalar value. */
static inline uint32_t utf8_encode(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

/* How many bytes at the beginning are well-formed UTF-8; len when all are. */
size_t utf8_valid(const char *text, size_t len);
/* How long a text is; a byte that belongs to no character counts as one. */
struct utf8_units {
    size_t utf16, points; /* UTF-16 code units, code points */
};

struct utf8_units utf8_units(const char *text, size_t len);
/* Of a text that is known to be well-formed. */
struct utf8_units utf8_units_valid(const char *text, size_t len);
/* The longest prefix of at most `most` bytes that does not split a character. */
size_t utf8_cut(const char *text, size_t len, size_t most);
/* Characters; a byte that belongs to none counts as one. */
size_t utf8_count(const char *text, size_t len);

#endif
