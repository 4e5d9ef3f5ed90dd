/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_BASELINE_H
#define TOOLS_BASELINE_H

#include "buffer.h"

#include <stdatomic.h>
#include <stdbool.h>

/* What a document is known by. */
struct document_key {
    const char *id;     /* NULL: it has none of its own */
    const char *digest; /* then of all its text */
};

/* A finding that was known before. */
struct known {
    char *document; /* id; NULL: the document has none */
    char *digest;   /* of a document without an id */
    char *rule;
    char *finding;
    atomic_bool found; /* it occurred again */
    atomic_bool seen;  /* of the first one of a document: the document was checked */
};

/* Findings that were known before, in the order of document, rule and finding. All zero is empty.
 * Once read, threads share it. */
struct baseline {
    struct known *items;
    size_t count;
    size_t cap;
};

/* What became of a baseline. */
struct baseline_end {
    size_t gone;      /* the document was checked and the finding is not there any more */
    size_t unchecked; /* the document was not there */
};

/* Reads JSON lines. @return false after saying what is wrong, and where */
bool baseline_read(struct baseline *b, const char *path);
void baseline_free(struct baseline *b);
/* Notes that a document was checked. */
void baseline_see(const struct baseline *b, struct document_key document);
/* Whether it was known; notes that it occurred. */
bool baseline_knows(const struct baseline *b, struct document_key document, const char *rule,
                    const char *finding);
struct baseline_end baseline_end(const struct baseline *b);
/* Appends a JSON array of what is gone. */
void baseline_write_gone(const struct baseline *b, struct buffer *out);

/* Appends a line of a baseline. */
void baseline_line(struct buffer *out, struct document_key document, const char *rule,
                   const char *finding);
/* Writes lines in their order, each once. @return false after saying why */
bool baseline_write(const char *path, const struct buffer *lines);

#endif
