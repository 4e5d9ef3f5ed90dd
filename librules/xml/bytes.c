/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/bytes.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "xml/scan.h"

/* Bytes that are looked at to tell in which encoding a source is. */
enum { GUESSED_BYTES = 64 * 1024 };

/*
 * Whether text that is no UTF-8 from a place on reads as pairs of GBK: most of them of two high
 * bytes, as Chinese characters are, and not what is left of damaged UTF-8.
 */
static bool is_like_gbk(const char *text, size_t len, size_t at)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t end = len - at < GUESSED_BYTES ? len : at + GUESSED_BYTES;
    size_t high = 0, low = 0, in_utf8 = 0;
    uint32_t code;

    while (at > 0 && p[at - 1] >= 0x80)
        at--;
    for (size_t i = at; i < end;) {
        uint32_t n = utf8_decode(p + i, end - i, &code);

        in_utf8 += n > 2 ? n : 0;
        i += n > 0 ? n : 1;
    }
    for (size_t i = at; i + 1 < end; i++) {
        if (p[i] < 0x80)
            continue;
        if (p[i] == 0x80 || p[i] == 0xff || p[i + 1] < 0x30 || p[i + 1] == 0x7f || p[i + 1] == 0xff)
            return false;
        if (p[i + 1] >= 0x80)
            high++;
        else
            low++;
        i++;
    }
    return high >= 2 && high > low && in_utf8 < high;
}

static size_t refuse(struct source *source, struct diagnostics *d, enum message_code message,
                     size_t at, size_t length, const char *arg, size_t usable)
{
    /* Of an encoding that is not even like ASCII no line can be shown. */
    bool whole = message == MSG_ENCODING && length == 0;
    bool gbk = message == MSG_ENCODING && (arg[0] == 'g' || arg[0] == 'G') &&
               (arg[1] == 'b' || arg[1] == 'B');

    diagnostics_add(d, &(struct complaint){.message = message,
                                           .place = {source, at, length, whole},
                                           .args = {arg},
                                           .hint = gbk ? HINT_GBK : HINT_NONE});
    return usable;
}

/* The name of an encoding that the first bytes give away, or NULL. */
static const char *wide_encoding(const unsigned char *p, size_t len)
{
    if (len >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff)))
        return "UTF-16";
    if (len >= 2 && ((p[0] == '<' && p[1] == 0) || (p[0] == 0 && p[1] == '<')))
        return "UTF-16";
    if (len >= 4 && p[0] == 0 && p[1] == 0 && (p[3] == '<' || p[3] == 0xff))
        return "UTF-32";
    return NULL;
}

/* word is in small letters. */
static bool equals(const char *text, size_t len, const char *word)
{
    if (len != strlen(word))
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];

        if (c != word[i])
            return false;
    }
    return true;
}

/* The encoding that an XML declaration states, if it is another one than UTF-8. */
static bool other_encoding(const char *text, size_t len, size_t *at, size_t *length)
{
    static const char keyword[] = "encoding";
    const char *end;
    struct scan s = {text, len, 0};
    struct tag tag = {TAG_START, 0, 0, 4, 0};
    struct raw_attribute a;
    size_t from = 0;

    if (len < 6 || memcmp(text, "<?xml", 5) != 0)
        return false;
    end = memchr(text, '>', len);
    tag.end = end ? (size_t)(end - text) : len;
    while (scan_attribute(&s, &tag, &from, &a)) {
        if (a.name_length == sizeof keyword - 1 &&
            memcmp(text + a.name_at, keyword, sizeof keyword - 1) == 0) {
            *at = a.value_at;
            *length = a.value_length;
            return !equals(text + a.value_at, a.value_length, "utf-8");
        }
    }
    return false;
}

static size_t check_encoding(struct source *source, struct diagnostics *d)
{
    const char *text = source->lines.text;
    size_t len = source->lines.len, at, length;
    const char *wide = wide_encoding((const unsigned char *)text, len);
    char name[41];

    if (wide)
        return refuse(source, d, MSG_ENCODING, 0, 0, wide, 0);
    if (other_encoding(text, len, &at, &length)) {
        size_t shown = utf8_cut(text + at, length, sizeof name - 1);

        shown = utf8_valid(text + at, shown);
        memcpy(name, text + at, shown);
        name[shown] = '\0';
        return refuse(source, d, MSG_ENCODING, at, length, name, 0);
    }
    return len;
}

/* Bytes before the first character that XML has no place for. */
static size_t before_forbidden(const char *text, size_t len)
{
    size_t at;

    for (at = 0; at < len; at++) {
        unsigned char c = (unsigned char)text[at];

        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            break;
        /* U+FFFE and U+FFFF */
        if (c == 0xef && len - at >= 3 && (unsigned char)text[at + 1] == 0xbf &&
            (unsigned char)text[at + 2] >= 0xbe)
            break;
    }
    return at;
}

static size_t check_characters(struct source *source, struct diagnostics *d)
{
    const char *text = source->lines.text;
    size_t len = source->lines.len, valid = utf8_valid(text, len);
    size_t allowed = before_forbidden(text, valid);
    char name[16];

    if (allowed < valid) {
        unsigned char c = (unsigned char)text[allowed];

        (void)snprintf(name, sizeof name, "U+%04X",
                       c < 0x20 ? (unsigned)c : 0xff40u + (unsigned char)text[allowed + 2]);
        return refuse(source, d, MSG_BAD_CHARACTER, allowed, 1, name, allowed);
    }
    if (valid < len) {
        diagnostics_add(
            d, &(struct complaint){.message = MSG_BAD_UTF8,
                                   .place = {source, valid, 1, false},
                                   .hint = is_like_gbk(text, len, valid) ? HINT_GBK : HINT_NONE});
        return valid;
    }
    return len;
}

static bool is_doctype(const struct scan *s, const struct tag *tag)
{
    return tag->kind == TAG_OTHER && equals(s->text + tag->at + 2, tag->name_length, "doctype");
}

/* A name of a tag or its attributes that is too long; false when there is none. */
static bool long_name(const struct scan *s, const struct tag *tag, size_t *at)
{
    struct raw_attribute a;
    size_t from = 0;

    *at = tag->at;
    if (tag->name_length > LIMIT_XML_NAME)
        return true;
    while ((tag->kind == TAG_START || tag->kind == TAG_EMPTY) &&
           scan_attribute(s, tag, &from, &a)) {
        *at = a.name_at;
        if (a.name_length > LIMIT_XML_NAME)
            return true;
    }
    return false;
}

/* Tags with more attributes than allowed are kept from the parser, whose work on one tag grows
 * with the square of their number; those with long names, because it has a ceiling for them. */
static size_t check_tags(struct source *source, struct diagnostics *d, size_t usable)
{
    struct scan s = {source->lines.text, usable, 0};
    char limit[NUMBER_BYTES];
    size_t at;

    for (;;) {
        struct tag tag = scan_tag(&s);

        if (tag.kind == TAG_NONE)
            return usable;
        if (is_doctype(&s, &tag))
            return refuse(source, d, MSG_DOCTYPE, tag.at, 2 + tag.name_length, NULL, 0);
        if (tag.quoted > LIMIT_XML_ATTRIBUTES)
            return refuse(source, d, MSG_XML_ATTRIBUTES, tag.at, 1 + tag.name_length,
                          message_number(LIMIT_XML_ATTRIBUTES, limit), tag.at);
        if (long_name(&s, &tag, &at))
            return refuse(source, d, MSG_XML_NAME, at, 1, message_number(LIMIT_XML_NAME, limit),
                          tag.at);
    }
}

size_t bytes_check(struct source *source, struct diagnostics *d)
{
    if (check_encoding(source, d) < source->lines.len)
        return 0;
    return check_tags(source, d, check_characters(source, d));
}
