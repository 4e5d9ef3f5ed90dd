/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_reference.h"

#include <stdbool.h>

enum { REPLACEMENT = 0xfffd, LAST_CODE = 0x10ffff };

/* What the numbers 0x80 to 0x9f mean to those who write them. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

static int digit(char c, uint32_t base)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint32_t mend(uint32_t code)
{
    if (code == 0 || code > LAST_CODE || (code & 0xfffff800) == 0xd800)
        return REPLACEMENT;
    return code >= 0x80 && code < 0xa0 ? windows_1252[code - 0x80] : code;
}

static size_t read_number(const char *text, size_t len, struct html_reference *out)
{
    uint32_t base = len > 2 && (text[2] | 0x20) == 'x' ? 16 : 10, code = 0;
    size_t begin = base == 16 ? 3 : 2, at = begin;
    int d;

    for (; at < len && (d = digit(text[at], base)) >= 0; at++)
        code = code > LAST_CODE ? code : code * base + (uint32_t)d;
    if (at == begin)
        return 0;
    *out = (struct html_reference){{mend(code), 0}, 1};
    return at < len && text[at] == ';' ? at + 1 : at;
}

static char name_byte(uint32_t entity, size_t at)
{
    const struct html_entity *e = &html_entities[entity];

    return at < e->len ? html_entity_names[e->name + at] : '\0';
}

/* The first entity of [low, high), which agree up to at, whose byte there is not below c. */
static uint32_t lower_bound(uint32_t low, uint32_t high, size_t at, char c)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (name_byte(middle, at) < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_visible(char c)
{
    return c > ' ' && c <= '~';
}

/* The longest entity that begins the text, or NULL. Looks at no more than the longest name. */
static const struct html_entity *find_longest(const char *text, size_t len)
{
    const struct html_entity *best = NULL;
    uint32_t low, high;

    if (len == 0 || !is_visible(text[0]))
        return NULL;
    low = html_entity_starts[(unsigned char)text[0]];
    high = html_entity_starts[(unsigned char)text[0] + 1];
    /* No name is of one byte. */
    for (size_t at = 1; at < len && low < high && is_visible(text[at]); at++) {
        low = lower_bound(low, high, at, text[at]);
        high = lower_bound(low, high, at, (char)(text[at] + 1));
        if (low < high && html_entities[low].len == at + 1)
            best = &html_entities[low];
    }
    return best;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t read_name(const char *text, size_t len, bool in_attribute, struct html_reference *out)
{
    const struct html_entity *e = find_longest(text + 1, len - 1);
    size_t end;

    if (!e)
        return 0;
    end = (size_t)e->len + 1;
    if (in_attribute && text[end - 1] != ';' && end < len &&
        (text[end] == '=' || is_alphanumeric(text[end])))
        return 0;
    *out = (struct html_reference){{e->first, e->second}, e->second ? 2 : 1};
    return end;
}

size_t html_reference(const char *text, size_t len, _Bool in_attribute, struct html_reference *out)
{
    if (len < 2)
        return 0;
    return text[1] == '#' ? read_number(text, len, out) : read_name(text, len, in_attribute, out);
}
