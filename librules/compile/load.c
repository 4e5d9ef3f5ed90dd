/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 64 * 1024 };

static int refuse(struct diagnostics *d, struct source *source, enum message_code message,
                  const char *arg, int status)
{
    diagnostics_add(d, &(struct complaint){.message = message,
                                           .place = {.source = source, .whole = true},
                                           .args = {arg}});
    return status;
}

int refuse_size(uint64_t most, struct diagnostics *d, struct source *source)
{
    char limit[NUMBER_BYTES];

    return refuse(d, source, MSG_SOURCE_TOO_LARGE, message_number(most, limit), RLS_ERR_LIMIT);
}

static enum message_code cause_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return MSG_NO_FILE;
    case EISDIR:
        return MSG_DIRECTORY;
    case EACCES:
    case EPERM:
        return MSG_NO_PERMISSION;
    default:
        return MSG_READ_FAILED;
    }
}

struct buffer {
    const struct mem *mem;
    char *data;
    size_t cap;
    size_t len;
};

/* Reads to the end, or to one byte more than `most`. 0, an errno, or ENOMEM. */
static int read_all(FILE *file, uint64_t most, struct buffer *out)
{
    while (out->len <= most) {
        size_t want = BLOCK, got;

        if (most - out->len < want)
            want = (size_t)(most - out->len) + 1;
        if (!mem_grow(out->mem, &out->data, &out->cap, out->len + want, 1))
            return ENOMEM;
        errno = 0;
        got = fread(out->data + out->len, 1, want, file);
        out->len += got;
        if (got < want)
            return ferror(file) ? (errno ? errno : EIO) : 0;
    }
    return 0;
}

int load_file(const char *path, uint64_t most, struct arena *arena, struct diagnostics *d,
              struct source *source, const char **data, size_t *len)
{
    struct buffer buffer = {.mem = &arena->mem};
    FILE *file = fopen(path, "rb");
    int error;

    if (!file)
        return refuse(d, source, cause_of(errno), NULL, RLS_ERR_IO);
    error = read_all(file, most, &buffer);
    (void)fclose(file);
    *len = buffer.len;
    *data = error ? NULL : arena_text(arena, buffer.data, buffer.len);
    mem_release(&arena->mem, buffer.data, buffer.cap);
    if (error == ENOMEM || (!error && !*data))
        return RLS_ERR_MEMORY;
    if (error)
        return refuse(d, source, cause_of(error), NULL, RLS_ERR_IO);
    return *len > most ? refuse_size(most, d, source) : RLS_OK;
}
