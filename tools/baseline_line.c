/* SPDX-License-Identifier: Apache-2.0 */
#include "baseline_line.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    const char *at;
    const char *end;
    bool short_of_memory;
    bool unkeyed; /* the document is null */
};

static void skip_blanks(struct parser *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\r'))
        p->at++;
}

static bool take(struct parser *p, const char *word)
{
    size_t len = strlen(word);

    skip_blanks(p);
    if ((size_t)(p->end - p->at) < len || memcmp(p->at, word, len) != 0)
        return false;
    p->at += len;
    return true;
}

static bool read_hex(struct parser *p, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        static const char digits[] = "0123456789abcdef";
        char c = p->at < p->end ? *p->at : '\0';
        const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
        if (!digit)
            return false;
        *out = *out << 4 | (uint32_t)(digit - digits);
    }
    return true;
}

static void put_character(struct buffer *b, uint32_t code)
{
    char utf8[4];
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};

    for (size_t i = n; i-- > 1; code >>= 6)
        utf8[i] = (char)(0x80 | (code & 0x3F));
    utf8[0] = (char)(leads[n] | code);
    buffer_put(b, utf8, n);
}

/* Behind "\u". A half of a pair alone, and zero, are no characters of an id. */
static bool read_code(struct parser *p, struct buffer *b)
{
    uint32_t code, low;

    if (!read_hex(p, &code) || code == 0 || (code >= 0xDC00 && code <= 0xDFFF))
        return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (p->end - p->at < 6 || p->at[0] != '\\' || p->at[1] != 'u')
            return false;
        p->at += 2;
        if (!read_hex(p, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    put_character(b, code);
    return true;
}

static bool read_escape(struct parser *p, struct buffer *b)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->end ? *p->at++ : '\0';
    const char *name = c ? strchr(names, c) : NULL;

    if (c == 'u')
        return read_code(p, b);
    if (name)
        buffer_put(b, &values[name - names], 1);
    return name != NULL;
}

/* A text, or null, which gives NULL. @return false when it is neither, or memory is short */
static bool read_text(struct parser *p, char **out)
{
    struct buffer b = {0};
    bool good = true;

    *out = NULL;
    if (take(p, "null"))
        return true;
    if (!take(p, "\""))
        return false;
    while (good && p->at < p->end && *p->at != '"' && (unsigned char)*p->at >= 0x20) {
        if (*p->at != '\\') {
            buffer_put(&b, p->at++, 1);
        } else {
            p->at++;
            good = read_escape(p, &b);
        }
    }
    good = good && p->at < p->end && *p->at == '"';
    p->at += good;
    buffer_put(&b, "", 1);
    p->short_of_memory = p->short_of_memory || b.failed;
    if (good && !b.failed)
        *out = b.data;
    else
        buffer_free(&b);
    return *out != NULL;
}

static bool read_member(struct parser *p, struct known *out)
{
    char *name, *value, *unused = NULL, **target = &unused;

    if (!read_text(p, &name) || !name)
        return false;
    if (strcmp(name, "document") == 0)
        target = &out->document;
    else if (strcmp(name, "digest") == 0)
        target = &out->digest;
    else if (strcmp(name, "rule") == 0)
        target = &out->rule;
    else if (strcmp(name, "finding") == 0)
        target = &out->finding;
    free(name);
    bool good = take(p, ":") && read_text(p, &value);
    if (!good)
        return false;
    p->unkeyed = p->unkeyed || (target == &out->document && !value);
    free(*target);
    *target = value;
    free(unused);
    return true;
}

static bool read_object(struct parser *p, struct known *out)
{
    if (!take(p, "{"))
        return false;
    do {
        skip_blanks(p);
        if (!read_member(p, out))
            return false;
    } while (take(p, ","));
    if (!take(p, "}"))
        return false;
    skip_blanks(p);
    return p->at == p->end && out->rule && out->finding;
}

static size_t column_of(const char *text, const char *at)
{
    size_t column = 1;

    for (; text < at; text++)
        column += ((unsigned char)*text & 0xC0) != 0x80;
    return column;
}

enum line_kind baseline_parse(const char *text, const char *end, struct known *out, size_t *column)
{
    struct parser p = {.at = text, .end = end};

    skip_blanks(&p);
    if (p.at == p.end)
        return LINE_BLANK;
    bool whole = read_object(&p, out);
    /* Without either it would hold for every document. */
    if (whole && (out->document != NULL) != (out->digest != NULL))
        return LINE_KNOWN;
    bool old = whole && p.unkeyed && !out->document;
    *column = column_of(text, p.at);
    free(out->document);
    free(out->digest);
    free(out->rule);
    free(out->finding);
    if (p.short_of_memory)
        return LINE_MEMORY;
    return old ? LINE_OLD : LINE_WRONG;
}
