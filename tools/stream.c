/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CAP = 256 * 1024, RAW_BYTES = 64 * 1024 };

void stream_begin(struct stream *s, int fd, enum encoding encoding)
{
    *s = (struct stream){.fd = fd, .line = 1, .column = 1};
    if (!decoder_begin(&s->decoder, encoding))
        s->error = errno;
}

void stream_end(struct stream *s)
{
    free(s->data);
    free(s->raw);
    s->data = s->raw = NULL;
    decoder_end(&s->decoder);
}

static bool make_room(struct stream *s, size_t n)
{
    if (s->data && s->begin > 0) {
        memmove(s->data, s->data + s->begin, s->end - s->begin);
        s->end -= s->begin;
        s->begin = 0;
    }
    if (s->data && s->cap - s->end >= n)
        return true;
    size_t cap = s->cap ? s->cap * 2 : FIRST_CAP;
    while (cap - s->end < n)
        cap *= 2;
    char *data = realloc(s->data, cap);
    if (!data) {
        s->error = ENOMEM;
        return false;
    }
    s->data = data;
    s->cap = cap;
    return true;
}

/* After a read failed: waits where another program made the descriptor non-blocking. */
static bool wait_input(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return errno == EAGAIN && poll(&p, 1, -1) > 0;
}

static size_t read_once(struct stream *s, char *to, size_t room)
{
    ssize_t n;

    if (s->before_read)
        s->before_read(s->user);
    do
        n = read(s->fd, to, room);
    while (n < 0 && (errno == EINTR || wait_input(s->fd)));
    if (n < 0)
        s->error = errno;
    s->at_end = n == 0;
    s->bytes_read += n > 0 ? (uint64_t)n : 0;
    return n > 0 ? (size_t)n : 0;
}

static bool fill_plain(struct stream *s)
{
    if (!make_room(s, 1))
        return false;
    size_t n = read_once(s, s->data + s->end, s->cap - s->end);
    s->end += n;
    return n > 0;
}

static bool fill_decoded(struct stream *s)
{
    if (!s->raw)
        s->raw = malloc(RAW_BYTES);
    if (!s->raw) {
        s->error = ENOMEM;
        return false;
    }
    size_t n = read_once(s, s->raw, RAW_BYTES);
    if (s->error || !make_room(s, decoder_room(n)))
        return false;
    size_t made = decoder_convert(&s->decoder, s->raw, n, s->at_end, s->data + s->end);
    s->end += made;
    return n > 0 || made > 0;
}

bool stream_fill(struct stream *s)
{
    if (s->at_end || s->error)
        return false;
    return s->decoder.active ? fill_decoded(s) : fill_plain(s);
}

void stream_need(struct stream *s, size_t n)
{
    while (stream_available(s) < n && stream_fill(s)) {
    }
}

void stream_advance(struct stream *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s->data[s->begin + i];
        if (c == '\n') {
            s->line++;
            s->column = 1;
        } else if ((c & 0xC0) != 0x80) {
            s->column++;
        }
    }
    s->begin += n;
}

void stream_next_line(struct stream *s, size_t n)
{
    s->begin += n;
    s->line++;
    s->column = 1;
}
