/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "file.h"

#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

/* @return 0 or an errno */
static int read_all(int fd, struct buffer *out)
{
    char *block = malloc(BLOCK);
    ssize_t n = 0;
    int error = 0;

    while (block && !error && (n = read(fd, block, BLOCK)) != 0) {
        if (n > 0)
            buffer_put(out, block, (size_t)n);
        else if (errno != EINTR)
            error = errno;
    }
    free(block);
    return !block || out->failed ? ENOMEM : error;
}

bool file_read(const char *path, struct buffer *out)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 ? errno : read_all(fd, out);

    if (fd >= 0 && !is_stdin)
        close(fd);
    if (error)
        complain(TEXT_CANNOT_READ, is_stdin ? "<stdin>" : path, strerror(error));
    return !error;
}

static bool write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && errno != EINTR)
            return false;
        data += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    if (stat(path, &st) == 0)
        return st.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* @p name: of the file beside the target, ending in XXXXXX. @return false with errno */
static bool replace(const char *target, char *name, const char *data, size_t len)
{
    int fd = mkstemp(name);

    if (fd < 0)
        return false;
    bool good = write_all(fd, data, len) && fchmod(fd, mode_of(target)) == 0 && fsync(fd) == 0;
    good = close(fd) == 0 && good;
    if (good && rename(name, target) == 0)
        return true;
    int error = errno;
    unlink(name);
    errno = error;
    return false;
}

bool file_replace(const char *path, const char *data, size_t len)
{
    char *real = realpath(path, NULL);
    const char *target = real ? real : path;
    struct buffer name = {0};

    buffer_text(&name, target);
    buffer_put(&name, ".XXXXXX", sizeof ".XXXXXX");
    bool good = !name.failed && replace(target, name.data, data, len);
    if (!good)
        complain(TEXT_CANNOT_WRITE, path, name.failed ? strerror(ENOMEM) : strerror(errno));
    buffer_free(&name);
    free(real);
    return good;
}
