/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/money.h"

#include <string.h>

#include "text/reader.h"

/* No price is longer. */
enum { LONGEST_PRICE = 64 };

/* Narrow, as the text is when they are looked for. */
static const char *const before[] = {"¥", "RMB", "CNY", "人民币"};
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

/* Whether there was a sign. */
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

static size_t count_digits(const char *text, const char *end)
{
    const char *at = text;

    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return (size_t)(at - text);
}

static char *copy(char *to, const char *from, size_t n)
{
    memcpy(to, from, n);
    return to + n;
}

/* Whether the rest is a fraction and nothing else. */
static bool is_fraction(const char *text, const char *end)
{
    return text < end && *text == '.' && text + 1 + count_digits(text + 1, end) == end;
}

/*
 * Copies a number without the commas between its thousands; 0 when they part something else. Prices
 * of several variants look the same, unless there is a fraction or the sign of a currency.
 */
static size_t join_thousands(const char *text, const char *end, bool sign, char *out)
{
    char *to = out;
    size_t n;

    while (text < end && is_blank(*text))
        text++;
    while (end > text && is_blank(end[-1]))
        end--;
    if (text < end && (*text == '-' || *text == '+'))
        *to++ = *text++;
    n = count_digits(text, end);
    if (n == 0 || n > 3 || *text == '0')
        return 0;
    to = copy(to, text, n);
    for (text += n; text < end && *text == ','; text += 4) {
        if (count_digits(text + 1, end) != 3)
            return 0;
        to = copy(to, text + 1, 3);
    }
    if (!is_fraction(text, end) && !(sign && text == end))
        return 0;
    to = copy(to, text, (size_t)(end - text));
    return (size_t)(to - out);
}

/* A wide comma among narrow digits is one of a sentence. */
static bool parts_sentence(const char *text, size_t len)
{
    bool wide = false, narrow = false;

    for (size_t i = 0; i < len; i++) {
        narrow = narrow || (text[i] >= '0' && text[i] <= '9');
        wide = wide || (len - i >= 3 && memcmp(text + i, "，", 3) == 0);
    }
    return wide && narrow;
}

bool money_parse(const char *text, size_t len, struct decimal *out)
{
    char narrow[LONGEST_PRICE], joined[LONGEST_PRICE];
    size_t n = text_fold(text, len, FORM_WIDTH | FORM_CASE, narrow, sizeof narrow);
    const char *at = narrow, *end = narrow + n;
    bool sign;

    if (n >= sizeof narrow)
        return false;
    sign = skip_before(&at, end);
    sign = skip_behind(at, &end) || sign;
    if (!memchr(at, ',', (size_t)(end - at)))
        return decimal_parse(at, (size_t)(end - at), out);
    n = parts_sentence(text, len) ? 0 : join_thousands(at, end, sign, joined);
    return n > 0 && decimal_parse(joined, n, out);
}
