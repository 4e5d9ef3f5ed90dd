/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_TOKEN_H
#define LIBRULES_TEXT_HTML_TOKEN_H

#include <stdbool.h>
#include <string.h>

#include "text/html_reference.h"

/* The tokenizer of the HTML standard over a text in memory: one pass, no copies, any bytes. */

enum html_kind {
    HTML_TEXT,      /* characters as they stand */
    HTML_REFERENCE, /* a character reference */
    HTML_START,
    HTML_END,
    HTML_CDATA,   /* characters of a section in foreign content */
    HTML_COMMENT, /* bogus ones and CDATA outside of foreign content too */
    HTML_DOCTYPE
};

/* How what follows is read: the states that an element's start tag switches to. */
enum html_content {
    HTML_DATA,
    HTML_RCDATA,   /* textarea, title: references, no tags but its own end */
    HTML_RAWTEXT,  /* style and such: not even references */
    HTML_SCRIPT,   /* the same, with the escapes of old scripts */
    HTML_PLAINTEXT /* to the end of the text */
};

struct html_token {
    uint8_t kind;      /* enum html_kind */
    bool self_closing; /* of a start tag */
    bool proper;       /* a comment that begins with two dashes and ends */
    bool raw;          /* text whose '<' and '&' mean nothing */
    size_t begin, end; /* in the text */
    const char *name;  /* of a tag, as written */
    size_t name_len;
    size_t inner; /* of a tag where its attributes begin, of a comment its words */
    struct html_reference reference;
};

/* Asked now and then whether to go on; ask may be NULL. */
struct html_stop {
    bool (*ask)(void *user);
    void *user;
};

struct html_tokenizer {
    struct html_stop stop;
    bool stopped;       /* before the end */
    uint32_t unwatched; /* tokens since it was asked */
    const char *text;
    size_t len;
    size_t at;
    uint8_t content; /* enum html_content; the caller sets it behind a start tag */
    bool foreign;    /* in SVG or MathML, where CDATA sections are text; the caller's to set */
    bool in_cdata;
    size_t next_tag,
        next_reference;   /* the next '<' and '&', or where they were behind the cursor */
    const char *raw_name; /* the element whose end tag ends RCDATA, RAWTEXT and SCRIPT */
    size_t raw_name_len;
};

/* An attribute as written; of one without a value, value is NULL. */
struct html_attribute {
    const char *name, *value;
    size_t name_len, value_len;
};

/* Goes through the attributes of a tag, doubles included. */
struct html_attributes {
    const char *text;
    size_t len, at;
    bool self_closing; /* known behind the last one */
};

void html_tokenizer_init(struct html_tokenizer *t, const char *text, size_t len,
                         struct html_stop stop);
/* False at the end. What a tag that never ends begins with is dropped, as the standard wants. */
bool html_next(struct html_tokenizer *t, struct html_token *out);
/* False behind the last one, where at is that of the '>', or len when there is none. */
bool html_next_attribute(struct html_attributes *a, struct html_attribute *out);
/* What ends something within a tag. */
enum html_class {
    HTML_ENDS_TAG_NAME = 1 << 0,
    HTML_ENDS_NAME = 1 << 1,    /* of an attribute */
    HTML_ENDS_UNQUOTED = 1 << 2 /* a value */
};

extern const uint8_t html_classes[256];

static inline bool html_is_of_class(char c, enum html_class class)
{
    return html_classes[(unsigned char)c] & class;
}

static inline bool html_is_blank(char c)
{
    const uint64_t blanks = UINT64_C(1) << ' ' | 1u << '\t' | 1u << '\n' | 1u << '\f' | 1u << '\r';

    return (unsigned char)c <= ' ' && blanks >> c & 1;
}

/* Whether the name is as long as word, which is in lower case, and equal but for its case. */
bool html_is_spelt(const char *name, const char *word, size_t len);

/* Whether the name is word, which is in lower case. Here, so that the length of a literal is known.
 */
static inline bool html_is_named(const char *name, size_t len, const char *word)
{
    return len == strlen(word) && html_is_spelt(name, word, len);
}

#endif
