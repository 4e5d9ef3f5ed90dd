/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_DOCUMENTS_H
#define TOOLS_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest document handed on: the library's own default ceiling. */
#define DOCUMENT_BYTES ((size_t)16 * 1024 * 1024)

/* How an input is cut into documents. */
enum document_input {
    INPUT_AUTO,  /* JSON Lines, an array, or objects over several lines, whichever it looks like */
    INPUT_LINES, /* every line is a document */
    INPUT_VALUES /* a line never ends a document: objects or an array only */
};

/* Why there is nothing to hand on. */
enum document_fault {
    FAULT_NONE,
    FAULT_TOO_LARGE,      /* more than DOCUMENT_BYTES; passed over to its end */
    FAULT_EMPTY_ELEMENT,  /* two commas, or a comma before the closing bracket */
    FAULT_UNCLOSED_ARRAY, /* the input ends inside the array */
    FAULT_UTF16           /* the whole input is in another encoding */
};

struct document {
    const char *data; /* not NUL-terminated; valid until the next call */
    size_t len;
    uint64_t ordinal; /* 1-based, in its input */
    uint64_t line;    /* 1-based, of its first byte */
    uint64_t column;  /* 1-based, in code points, of its first byte */
    enum document_fault fault;
    bool plain; /* the first of its input, and begins like no JSON document */
};

/* Cuts a stream into documents. Keeps no more than one document and one read. */
struct documents {
    int fd;
    enum document_input input;
    void (*before_read)(void *user); /* called before every read, which may wait; or NULL */
    void *user;

    int state;
    char *data;
    size_t begin;
    size_t end;
    size_t cap;
    bool at_end;
    bool after_comma;
    int error;
    uint64_t line;
    uint64_t column;
    uint64_t ordinal;
    uint64_t bytes_read;
};

/* The descriptor stays the caller's. */
void documents_begin(struct documents *d, int fd, enum document_input input);
/* @return 1 and a document, 0 at the end, -1 when reading failed: errno is in d->error */
int documents_next(struct documents *d, struct document *out);
void documents_end(struct documents *d);

#endif
