/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_XML_SCAN_H
#define LIBRULES_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Finds the tags of a source in its bytes. The parser says what the tags mean but not exactly
 * where they stand; the n-th tag it reports is the n-th found here.
 */
enum tag_kind {
    TAG_START,
    TAG_EMPTY, /* <a/> */
    TAG_END,
    TAG_OTHER, /* <! that is neither comment nor CDATA */
    TAG_CUT,   /* something begins here and never ends */
    TAG_NONE   /* no tag is left */
};

struct tag {
    enum tag_kind kind;
    size_t at;  /* '<' */
    size_t end; /* behind '>' */
    size_t name_length;
    uint32_t quoted; /* quoted values: at least the number of attributes */
};

struct scan {
    const char *text;
    size_t len;
    size_t at;
};

struct raw_attribute {
    size_t name_at, name_length;
    size_t value_at, value_length;
};

enum piece_kind { PIECE_TEXT, PIECE_COMMENT, PIECE_CDATA, PIECE_INSTRUCTION, PIECE_TAG };

/* A stretch of a well-formed source that is one thing. */
struct piece {
    enum piece_kind kind;
    size_t at;
    size_t end;
    struct tag tag; /* of PIECE_TAG */
};

/* The next piece; false at the end, and where something never ends. Pieces follow each other
 * without a gap. */
bool scan_piece(struct scan *s, struct piece *out);
/* The next tag, past comments, CDATA and processing instructions; then stands behind it. */
struct tag scan_tag(struct scan *s);
/* The next attribute of a well-formed start tag from *at on; false at its end. *at begins as 0. */
bool scan_attribute(const struct scan *s, const struct tag *tag, size_t *at,
                    struct raw_attribute *out);
/* The first byte from where the scan stands that is text and no blank; its tag when there is none.
 */
size_t scan_content(const struct scan *s);

#endif
