/* SPDX-License-Identifier: Apache-2.0 */
#include "buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct buffer *b, size_t more)
{
    if (b->failed || more > SIZE_MAX / 2 - b->len) {
        b->failed = true;
        return false;
    }
    if (b->len + more <= b->cap)
        return true;

    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->len + more)
        cap *= 2;
    char *data = realloc(b->data, cap);
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->cap = cap;
    return true;
}

int buffer_put(void *buffer, const void *data, size_t len)
{
    struct buffer *b = buffer;

    if (!reserve(b, len))
        return -1;
    if (len)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    return 0;
}

void buffer_text(struct buffer *b, const char *text)
{
    buffer_put(b, text, strlen(text));
}

void buffer_vformat(struct buffer *b, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0) {
        b->failed = true;
        return;
    }
    if (!reserve(b, (size_t)len + 1))
        return;
    vsnprintf(b->data + b->len, (size_t)len + 1, format, args);
    b->len += (size_t)len;
}

void buffer_format(struct buffer *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buffer_vformat(b, format, args);
    va_end(args);
}

static bool continues(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Length of the well-formed UTF-8 sequence at @p s, 0 when there is none. */
static size_t sequence(const unsigned char *s)
{
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF)
        return continues(s[1]) ? 2 : 0;
    if ((s[0] & 0xF0) == 0xE0) {
        unsigned low = s[0] == 0xE0 ? 0xA0 : 0x80;
        unsigned high = s[0] == 0xED ? 0x9F : 0xBF;
        return s[1] >= low && s[1] <= high && continues(s[2]) ? 3 : 0;
    }
    if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        unsigned low = s[0] == 0xF0 ? 0x90 : 0x80;
        unsigned high = s[0] == 0xF4 ? 0x8F : 0xBF;
        return s[1] >= low && s[1] <= high && continues(s[2]) && continues(s[3]) ? 4 : 0;
    }
    return 0;
}

size_t utf8_damage(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t at = 0, width;

    while (at < len) {
        /* A sequence that the end cuts off must not be looked at behind it. */
        unsigned char last[4] = {0};
        if (len - at < sizeof last) {
            memcpy(last, s + at, len - at);
            width = sequence(last);
        } else {
            width = sequence(s + at);
        }
        if (width == 0)
            break;
        at += width;
    }
    return at;
}

static bool is_control(const unsigned char *s)
{
    return s[0] < 0x20 || s[0] == 0x7F || (s[0] == 0xC2 && s[1] < 0xA0);
}

void buffer_plain(struct buffer *b, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;

    while (*s) {
        size_t len = sequence(s);
        if (len == 0 || is_control(s))
            buffer_put(b, "?", 1);
        else
            buffer_put(b, s, len);
        s += len ? len : 1;
    }
}

static void json_character(struct buffer *b, const unsigned char *s, size_t len)
{
    if (len == 0)
        buffer_text(b, "\xEF\xBF\xBD");
    else if (*s == '"' || *s == '\\')
        buffer_format(b, "\\%c", *s);
    else if (*s < 0x20)
        buffer_format(b, "\\u%04x", *s);
    else
        buffer_put(b, s, len);
}

void buffer_json(struct buffer *b, const char *text)
{
    if (!text) {
        buffer_text(b, "null");
        return;
    }
    buffer_put(b, "\"", 1);
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        size_t len = sequence(s);
        json_character(b, s, len);
        s += len ? len : 1;
    }
    buffer_put(b, "\"", 1);
}

void buffer_reset(struct buffer *b, size_t keep)
{
    b->len = 0;
    b->failed = false;
    if (b->cap > keep)
        buffer_free(b);
}

void buffer_free(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){0};
}
