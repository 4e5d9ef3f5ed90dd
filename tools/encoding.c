/* SPDX-License-Identifier: Apache-2.0 */
#include "encoding.h"

#include <errno.h>
#include <string.h>

#define NO_CHARACTER '\xFF'

bool decoder_begin(struct decoder *d, enum encoding encoding)
{
    *d = (struct decoder){0};
    if (encoding == ENCODING_UTF8)
        return true;
    d->handle = iconv_open("UTF-8", "GB18030");
    /* iconv_t has no null value but this one. */
    d->active = d->handle != (iconv_t)-1;
    return d->active;
}

void decoder_end(struct decoder *d)
{
    if (d->active)
        iconv_close(d->handle);
    d->active = false;
}

/* A character of two bytes becomes one of three, and what was kept comes on top. */
size_t decoder_room(size_t n)
{
    return 2 * n + 16;
}

/* Converts as far as whole characters go. @return bytes of @p data that are left over */
static size_t convert(struct decoder *d, char *data, size_t n, char **to, size_t room)
{
    while (n > 0 && iconv(d->handle, &data, &n, to, &room) == (size_t)-1) {
        if (errno == EINVAL)
            return n;
        *(*to)++ = NO_CHARACTER;
        data++;
        n--;
        room--;
    }
    return 0;
}

/* Converts what was kept together with as many new bytes as it takes. @return how many */
static size_t convert_kept(struct decoder *d, const char *data, size_t n, char **to)
{
    size_t used = 0;

    while (d->n_kept > 0 && used < n) {
        d->kept[d->n_kept++] = data[used++];
        size_t all = d->n_kept;
        d->n_kept = convert(d, d->kept, all, to, decoder_room(all));
        memmove(d->kept, d->kept + all - d->n_kept, d->n_kept);
    }
    return used;
}

/* An input that says it is UTF-8, as spreadsheets write it, is believed. */
static bool is_marked(const char *data, size_t n)
{
    return n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0;
}

size_t decoder_convert(struct decoder *d, const char *data, size_t n, bool last, char *to)
{
    char *begin = to;

    if (!d->started && is_marked(data, n)) {
        decoder_end(d);
        memcpy(to, data, n);
        return n;
    }
    d->started = true;
    size_t used = convert_kept(d, data, n, &to);
    /* iconv takes its input as not constant, but does not change it. */
    size_t left = convert(d, (char *)data + used, n - used, &to, decoder_room(n - used));
    if (left > 0) {
        memcpy(d->kept, data + n - left, left);
        d->n_kept = left;
    }
    for (; last && d->n_kept > 0; d->n_kept--)
        *to++ = NO_CHARACTER;
    return (size_t)(to - begin);
}
