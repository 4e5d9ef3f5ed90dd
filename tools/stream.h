/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_STREAM_H
#define TOOLS_STREAM_H

#include "encoding.h"

#include <stddef.h>
#include <stdint.h>

/* The bytes of an input as UTF-8, and the place of the first one that was not passed yet. */
struct stream {
    int fd;
    struct decoder decoder;
    void (*before_read)(void *user); /* called before every read, which may wait; or NULL */
    void *user;

    char *data;
    size_t begin;
    size_t end;
    size_t cap;
    char *raw; /* of an input in another encoding: what was read */
    bool at_end;
    int error; /* errno of the first failure, or 0 */
    uint64_t line;
    uint64_t column; /* in code points */
    uint64_t bytes_read;
};

/* The descriptor stays the caller's. */
void stream_begin(struct stream *s, int fd, enum encoding encoding);
void stream_end(struct stream *s);
/* Reads once. @return false at the end and on failure */
bool stream_fill(struct stream *s);
/* Fills until there are @p n bytes; fewer are left at the end. */
void stream_need(struct stream *s, size_t n);

static inline size_t stream_available(const struct stream *s)
{
    return s->data ? s->end - s->begin : 0;
}

/* The bytes that are available, from the first one. NULL before anything was read. */
static inline const char *stream_bytes(const struct stream *s)
{
    return s->data ? s->data + s->begin : NULL;
}

/* Passes @p n bytes, keeping line and column. */
void stream_advance(struct stream *s, size_t n);
/* Passes @p n bytes and stands at the begin of the next line. */
void stream_next_line(struct stream *s, size_t n);

#endif
