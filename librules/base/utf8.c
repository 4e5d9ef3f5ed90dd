/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>

static bool is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* Bytes of the well-formed character at p; 0 when there is none. */
static size_t character(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < 2 || !is_tail(p[1]))
        return 0;
    if (p[0] < 0xe0)
        return 2;
    /* Overlong forms, surrogates and what lies above U+10FFFF show in the second byte. */
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    if (left < 3 || !is_tail(p[2]))
        return 0;
    if (p[0] < 0xf0)
        return 3;
    return left >= 4 && is_tail(p[3]) ? 4 : 0;
}

size_t utf8_valid(const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t n = character((const unsigned char *)text + at, len - at);

        if (!n)
            break;
        at += n;
    }
    return at;
}

size_t utf8_cut(const char *text, size_t len, size_t most)
{
    size_t cut = most;

    if (len <= most)
        return len;
    while (cut > 0 && most - cut < 4 && is_tail((unsigned char)text[cut]))
        cut--;
    return cut;
}

size_t utf8_count(const char *text, size_t len)
{
    size_t n = 0;

    for (size_t at = 0; at < len; n++) {
        size_t bytes = character((const unsigned char *)text + at, len - at);

        at += bytes ? bytes : 1;
    }
    return n;
}
