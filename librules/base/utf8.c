/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

static size_t character(const char *p, size_t left)
{
    uint32_t code;

    return utf8_decode((const unsigned char *)p, left, &code);
}

enum {
    LOOK_BEHIND = UTF8_LONGEST - 1,
    VALID_BLOCK = 1024 + LOOK_BEHIND,
    COUNT_BLOCK = 240, /* what is counted of so many bytes fits a byte */
    SHORT = 16
};

/* As signed numbers, which are what wide registers compare; without a jump. */
static inline uint8_t at_least(uint8_t byte, uint8_t least)
{
    return (int8_t)(byte ^ 0x80) >= (int8_t)(least ^ 0x80);
}

/* Not 0 where d cannot stand behind the three bytes before it. Compiled for many bytes at once. */
static inline uint8_t misfits(uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
    const uint8_t tail = (int8_t)d < (int8_t)0xc0;
    const uint8_t wanted = at_least(c, 0xc0) | at_least(b, 0xe0) | at_least(a, 0xf0);
    const uint8_t low = !at_least(d, 0xa0), lowest = !at_least(d, 0x90);
    const uint8_t too_small = ((c == 0xe0) & low) | ((c == 0xf0) & lowest);
    const uint8_t too_large = ((c == 0xed) & !low) | ((c == 0xf4) & !lowest);
    const uint8_t never = at_least(d, 0xf5) | ((d & 0xfe) == 0xc0);

    return (tail ^ wanted) | too_small | too_large | never;
}

/* Of a block that begins with a character; the last one may be cut short. */
static bool fits(const unsigned char *p, size_t n)
{
    uint8_t wrong = 0;

    for (size_t i = 0; i < LOOK_BEHIND; i++)
        wrong |= misfits(0, i > 1 ? p[i - 2] : 0, i > 0 ? p[i - 1] : 0, p[i]);
    for (size_t i = LOOK_BEHIND; i < n; i++)
        wrong |= misfits(p[i - 3], p[i - 2], p[i - 1], p[i]);
    return !wrong;
}

/* Bytes of the last character that does not end before n, at most three. */
static size_t cut_short(const unsigned char *p, size_t n)
{
    return p[n - 1] >= 0xc0 ? 1 : p[n - 2] >= 0xe0 ? 2 : p[n - 3] >= 0xf0 ? 3 : 0;
}

size_t utf8_valid(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t at = 0;

    while (len - at >= SHORT) {
        const size_t n = len - at < VALID_BLOCK ? len - at : VALID_BLOCK;

        if (!fits(p + at, n))
            break;
        at += n - cut_short(p + at, n);
    }
    while (at < len) {
        size_t n = character(text + at, len - at);

        if (!n)
            break;
        at += n;
    }
    return at;
}

struct utf8_units utf8_units_valid(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    struct utf8_units u = {0, 0};

    while (len) {
        const size_t n = len < COUNT_BLOCK ? len : COUNT_BLOCK;
        uint8_t points = 0, fours = 0;

        for (size_t i = 0; i < n; i++) {
            const uint8_t point = (p[i] & 0xc0) != 0x80, four = p[i] >= 0xf0;

            points = (uint8_t)(points + point);
            fours = (uint8_t)(fours + four);
        }
        u.points += points;
        u.utf16 += (size_t)points + fours;
        p += n;
        len -= n;
    }
    return u;
}

struct utf8_units utf8_units(const char *text, size_t len)
{
    const size_t valid = utf8_valid(text, len);
    struct utf8_units u = utf8_units_valid(text, valid);

    for (size_t at = valid; at < len; u.points++) {
        size_t n = character(text + at, len - at);

        u.utf16 += n == UTF8_LONGEST ? 2 : 1;
        at += n ? n : 1;
    }
    return u;
}

size_t utf8_cut(const char *text, size_t len, size_t most)
{
    size_t cut = most;

    if (len <= most)
        return len;
    while (cut > 0 && most - cut < 4 && utf8_tail((unsigned char)text[cut]))
        cut--;
    return cut;
}

size_t utf8_count(const char *text, size_t len)
{
    return utf8_units(text, len).points;
}
