/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/money.h"

#include <string.h>

static const char *const before[] = {"¥", "￥", "RMB", "CNY", "人民币"};
static const char *const behind[] = {"元", "RMB", "CNY", "人民币"};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Letters in any case. */
static bool is_sign(const char *text, const char *sign, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];

        if (c != sign[i])
            return false;
    }
    return true;
}

static bool skip_before(const char **text, const char *end)
{
    while (*text < end && is_blank(**text))
        ++*text;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t n = strlen(before[i]);

        if ((size_t)(end - *text) >= n && is_sign(*text, before[i], n)) {
            *text += n;
            return true;
        }
    }
    return false;
}

static bool skip_behind(const char *text, const char **end)
{
    while (*end > text && is_blank((*end)[-1]))
        --*end;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        size_t n = strlen(behind[i]);

        if ((size_t)(*end - text) >= n && is_sign(*end - n, behind[i], n)) {
            *end -= n;
            return true;
        }
    }
    return false;
}

bool money_parse(const char *text, size_t len, struct decimal *out)
{
    const char *end = text + len;
    bool first = skip_before(&text, end), last = skip_behind(text, &end);

    return (first || last) && decimal_parse(text, (size_t)(end - text), out);
}
