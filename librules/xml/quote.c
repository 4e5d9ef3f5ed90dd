/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/quote.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
}

size_t quote_curly(const struct scan *s, size_t at)
{
    static const char *const marks[] = {"“",  "”",  "‘",  "’",  "„", "＂",
                                        "＇", "「", "」", "『", "』"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);

        if (s->len - at >= n && memcmp(s->text + at, marks[i], n) == 0)
            return n;
    }
    return 0;
}

/* Whether the next attribute begins here: a name, an equals sign, and a quote or the end of the
 * value, whose own quote is then the one that opens the next. */
static bool begins_attribute(const struct scan *s, size_t at, size_t end, size_t *length)
{
    size_t i = at;

    while (i < end && is_name(s->text[i]))
        i++;
    *length = i - at;
    while (i < end && is_blank(s->text[i]))
        i++;
    if (*length == 0 || i == end || s->text[i] != '=')
        return false;
    *length = i + 1 - at;
    do
        i++;
    while (i < end && is_blank(s->text[i]));
    return i == end || s->text[i] == '"' || s->text[i] == '\'';
}

/* Where a value that was not closed runs on into the tag or out of it. */
static bool runs_on(const struct scan *s, size_t begin, size_t end, struct missing_quote *out)
{
    bool open = memchr(s->text + begin, '<', end - begin) || end == s->len;

    for (size_t i = begin; i < end; i++) {
        if (open && (s->text[i] == '<' || s->text[i] == '>')) {
            out->at = s->text[i] == '>' && i > begin && s->text[i - 1] == '/' ? i - 1 : i;
            out->length = i + 1 - out->at;
            return true;
        }
        if (i > begin && is_blank(s->text[i - 1]) && begins_attribute(s, i, end, &out->length)) {
            out->at = i;
            return true;
        }
    }
    return false;
}

static void find_value(const struct scan *s, size_t begin, size_t quote, struct missing_quote *out)
{
    size_t end = out->at;

    while (end > begin && is_blank(s->text[end - 1]))
        end--;
    out->value_at = begin;
    out->value_length = end - begin;
    out->curly = end >= begin + 3 && quote_curly(s, end - 3) == 3;
    if (out->curly) {
        out->at = end - 3;
        out->length = 3;
    }
    while (quote > 0 && (is_blank(s->text[quote - 1]) || s->text[quote - 1] == '='))
        quote--;
    out->name_at = quote;
    while (out->name_at > 0 && is_name(s->text[out->name_at - 1]))
        out->name_at--;
    out->name_length = quote - out->name_at;
}

bool quote_missing(const struct scan *s, const struct tag *tag, struct missing_quote *out)
{
    for (size_t i = tag->at + 1 + tag->name_length; i < tag->end; i++) {
        const char *close;
        size_t end;

        if (s->text[i] != '"' && s->text[i] != '\'')
            continue;
        close = memchr(s->text + i + 1, s->text[i], tag->end - i - 1);
        end = close ? (size_t)(close - s->text) : tag->end;
        if (runs_on(s, i + 1, end, out)) {
            find_value(s, i + 1, i, out);
            return true;
        }
        i = end;
    }
    return false;
}
