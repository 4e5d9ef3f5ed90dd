/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_DOCUMENTS_H
#define TOOLS_DOCUMENTS_H

#include "stream.h"

/* The largest document handed on: the library's own default ceiling. */
#define DOCUMENT_BYTES ((size_t)16 * 1024 * 1024)

/* How an input is cut into documents. */
enum document_input {
    INPUT_AUTO,   /* JSON Lines, an array, or objects over several lines, whichever it looks like */
    INPUT_LINES,  /* every line is a document */
    INPUT_VALUES, /* a line never ends a document: objects or an array only */
    INPUT_CSV,    /* a table (RFC 4180): every row but the first is a document; the first tells
                     whether commas, semicolons or tabs part its cells */
    INPUT_TSV     /* the same, with tabs where there is any */
};

/* Why there is nothing to hand on. */
enum document_fault {
    FAULT_NONE,
    FAULT_TOO_LARGE,      /* more than DOCUMENT_BYTES; passed over to its end */
    FAULT_EMPTY_ELEMENT,  /* two commas, or a comma before the closing bracket */
    FAULT_UNCLOSED_ARRAY, /* the input ends inside the array */
    FAULT_UTF16,          /* the whole input is in another encoding */
    FAULT_SPREADSHEET,    /* the whole input is a file of a spreadsheet program */
    FAULT_UNCLOSED_QUOTE, /* of a table: line and column tell where it opens */
    FAULT_MISQUOTED       /* of a table: text behind a closing quotation mark */
};

struct document {
    const char *data; /* not NUL-terminated; valid until the next call */
    size_t len;
    uint64_t ordinal; /* 1-based, in its input */
    uint64_t row;     /* of a table, as a spreadsheet numbers it; else 0 */
    uint64_t line;    /* 1-based, of its first byte */
    uint64_t column;  /* 1-based, in code points, of its first byte */
    enum document_fault fault;
    bool header; /* the first row of a table, whose ordinal is 0 */
    bool plain;  /* the first of its input, and begins like no JSON document */
};

/* Cuts a stream into documents. Keeps no more than one document and one read. */
struct documents {
    struct stream in;
    enum document_input input;
    char delimiter; /* of a table, once its header was read; else 0 */
    int state;
    bool after_comma;
    uint64_t ordinal;
    uint64_t row;
};

/* Where INPUT_AUTO is wanted, the name of a table tells it: nothing at its beginning would for
 * sure.
 */
enum document_input documents_input_of(enum document_input wanted, const char *path);
/* The descriptor stays the caller's. */
void documents_begin(struct documents *d, int fd, enum document_input input,
                     enum encoding encoding);
/* @return 1 and a document, 0 at the end, -1 when reading failed: errno is in d->in.error */
int documents_next(struct documents *d, struct document *out);
/* From here on every line is a document. */
void documents_cut_lines(struct documents *d);
void documents_end(struct documents *d);

#endif
