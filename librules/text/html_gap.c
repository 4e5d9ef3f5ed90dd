/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_gap.h"

#include <stdint.h>

static inline uint64_t four_bytes(const unsigned char *p)
{
    return (uint64_t)p[3] << 24 | (uint64_t)p[2] << 16 | (uint64_t)p[1] << 8 | p[0];
}

#define ONES UINT64_C(0x0101010101010101)

/* The top bits of those of eight bytes that are not above the blank, and perhaps of some behind the
 * first of them. */
static inline uint64_t gaps_of(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    uint64_t bytes = four_bytes(p + 4) << 32 | four_bytes(p);

    return (bytes - ONES * (' ' + 1)) & ~bytes & ONES << 7;
}

/* How many bytes stand before the first that has its top bit. */
static inline size_t before_first(uint64_t tops)
{
    uint64_t below = (tops & (~tops + 1)) - 1;

    return ((below & ONES) * ONES >> 56) - 1;
}

size_t html_skip_visible(const char *text, size_t at, size_t end, size_t readable)
{
    for (; at < end && readable - at >= 8; at += 8) {
        uint64_t gaps = gaps_of(text + at);

        if (gaps) {
            at += before_first(gaps);
            break;
        }
    }
    while (at < end && (unsigned char)text[at] > ' ')
        at++;
    return at < end ? at : end;
}
