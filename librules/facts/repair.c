/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/repair.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static const char replacement[] = "\xef\xbf\xbd";

/* The tails that a leading byte announces, and what the first of them may be. */
static size_t tails(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    *high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 1;
    if (lead >= 0xe0 && lead <= 0xef)
        return 2;
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
}

/* Length of the begun but damaged character at p, at least 1. */
static size_t damaged_part(const unsigned char *p, size_t left)
{
    unsigned char low, high;
    size_t n = tails(p[0], &low, &high), i = 1;

    for (; i <= n && i < left && p[i] >= low && p[i] <= high; i++) {
        low = 0x80;
        high = 0xbf;
    }
    return i;
}

static size_t put(char *out, size_t at, const void *data, size_t len)
{
    if (out)
        memcpy(out + at, data, len);
    return at + len;
}

size_t repair_utf8(const char *text, size_t len, char *out)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t at = 0;
    uint32_t code;

    for (size_t i = 0, n; i < len; i += n) {
        n = utf8_decode(p + i, len - i, &code);
        if (n) {
            at = put(out, at, p + i, n);
            continue;
        }
        n = damaged_part(p + i, len - i);
        at = put(out, at, replacement, sizeof replacement - 1);
    }
    return at;
}

enum { ESCAPE = 6 /* \uXXXX */ };

/* The code unit of an escape; 0 when there is none. */
static uint32_t code_unit(const char *p, size_t left)
{
    uint32_t unit = 0;

    if (left < ESCAPE || p[0] != '\\' || p[1] != 'u')
        return 0;
    for (size_t i = 2; i < ESCAPE; i++) {
        char c = p[i];

        if (c >= '0' && c <= '9')
            unit = unit << 4 | (uint32_t)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            unit = unit << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return 0;
    }
    return unit;
}

/* Steps over one escape and mends it; *lone is set when it had to. */
static size_t mend(char *p, size_t left, bool *lone)
{
    uint32_t unit = code_unit(p, left);

    if ((unit & 0xf800) != 0xd800)
        return 2;
    if (unit < 0xdc00 && (code_unit(p + ESCAPE, left - ESCAPE) & 0xfc00) == 0xdc00)
        return (size_t)2 * ESCAPE;
    memcpy(p, "\\uFFFD", ESCAPE);
    *lone = true;
    return ESCAPE;
}

bool repair_surrogates(char *json, size_t len)
{
    char *p = json, *end = json + len;
    bool lone = false;

    while (p < end && (p = memchr(p, '\\', (size_t)(end - p)))) {
        size_t n = mend(p, (size_t)(end - p), &lone);

        p = n < (size_t)(end - p) ? p + n : end;
    }
    return lone;
}
