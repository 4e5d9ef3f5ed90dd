/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "compile/build.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_wide(uint32_t code)
{
    return code >= 0x2e80;
}

static uint32_t code_at(const char *text, size_t len)
{
    uint32_t code = 0;

    return len > 0 && utf8_decode((const unsigned char *)text, len, &code) ? code : 0;
}

static uint32_t code_before(const char *text, size_t at)
{
    size_t begin = at;

    while (begin > 0 && utf8_tail((unsigned char)text[begin - 1]))
        begin--;
    return begin > 0 ? code_at(text + begin - 1, at - begin + 1) : 0;
}

/* A line end with the blanks around it is one blank, and nothing between two Han characters or
 * their punctuation, which no blank separates. */
static size_t join_lines(const char *text, size_t len, char *out)
{
    size_t n = 0;

    for (size_t i = 0, end; i < len; i = end) {
        for (end = i; end < len && is_blank(text[end]);)
            end++;
        if (end == i)
            out[n++] = text[end++];
        else if (!memchr(text + i, '\n', end - i))
            for (size_t at = i; at < end; at++)
                out[n++] = text[at];
        else if (!is_wide(code_before(out, n)) || !is_wide(code_at(text + end, len - end)))
            out[n++] = ' ';
    }
    return n;
}

const char *keep_words(struct build *b, const struct element *e)
{
    struct item text = trimmed_text(e);
    char *out = need(b, arena_alloc(&b->set->arena, text.len + 1));

    if (!out)
        return NULL;
    out[join_lines(text.text, text.len, out)] = '\0';
    return out;
}

struct words keep_languages(struct build *b, const struct element *e, enum element_kind kind)
{
    struct words words = {NULL, NULL};

    for (const struct element *w = child_of(e, kind); w; w = next_of(w)) {
        if (language_of(w) == LANGUAGE_EN)
            words.en = keep_words(b, w);
        else
            words.zh = keep_words(b, w);
    }
    return words;
}
