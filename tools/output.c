/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "command.h"
#include "text.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PENDING = 64 * 1024 };

void output_begin(struct output *o, int fd, const char *name)
{
    *o = (struct output){.fd = fd, .name = name};
}

/* After a write failed: waits where another program made the descriptor non-blocking. */
static bool wait_output(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};

    return errno == EAGAIN && poll(&p, 1, -1) > 0;
}

static void write_all(struct output *o, const char *data, size_t len)
{
    while (len > 0 && !o->error) {
        ssize_t n = write(o->fd, data, len);
        if (n >= 0) {
            data += n;
            len -= (size_t)n;
        } else if (errno != EINTR && !wait_output(o->fd)) {
            o->error = errno;
        }
    }
}

int output_flush(struct output *o)
{
    write_all(o, o->pending.data, o->pending.len);
    buffer_reset(&o->pending, (size_t)PENDING * 4);
    return o->error ? -1 : 0;
}

int output_put(void *output, const void *data, size_t len)
{
    struct output *o = output;

    if (o->pending.len + len > PENDING && output_flush(o) < 0)
        return -1;
    if (len >= PENDING)
        write_all(o, data, len);
    else if (buffer_put(&o->pending, data, len) < 0)
        o->error = ENOMEM;
    return o->error ? -1 : 0;
}

int output_end(struct output *o, int status)
{
    output_flush(o);
    buffer_free(&o->pending);
    if (close(o->fd) < 0 && !o->error && errno != EINTR)
        o->error = errno;
    if (!o->error)
        return status;
    /* The reader has gone: whoever ignores SIGPIPE gets the status the signal would have given. */
    if (o->error == EPIPE)
        return STATUS_PIPE;
    complain(TEXT_CANNOT_WRITE, o->name, strerror(o->error));
    return STATUS_FAILED;
}

int output_all(struct buffer *b, int status)
{
    struct output o;

    output_begin(&o, STDOUT_FILENO, text(TEXT_STDOUT));
    output_put(&o, b->data, b->len);
    if (b->failed)
        o.error = ENOMEM;
    buffer_free(b);
    return output_end(&o, status);
}

bool output_colored(enum color_when when, int fd)
{
    const char *none = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (when != COLOR_AUTO)
        return when == COLOR_ALWAYS;
    return !(none && *none) && term && strcmp(term, "dumb") != 0 && isatty(fd);
}
