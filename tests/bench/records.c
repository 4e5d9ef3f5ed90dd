/* SPDX-License-Identifier: Apache-2.0 */
#include "records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fatal(const char *what, const char *which)
{
    fprintf(stderr, "bench: %s: %s\n", which, what);
    exit(1);
}

void *must_alloc(size_t bytes)
{
    return must_resize(NULL, bytes);
}

void *must_resize(void *p, size_t bytes)
{
    void *more = realloc(p, bytes ? bytes : 1);

    if (!more)
        fatal("no memory", "malloc");
    return more;
}

static size_t read_file(const char *path, char **data)
{
    FILE *f = fopen(path, "rb");
    size_t n = 0, cap = 1 << 20, got;

    if (!f)
        fatal("cannot be read", path);
    *data = must_alloc(cap);
    while ((got = fread(*data + n, 1, cap - n, f)) > 0)
        if ((n += got) == cap)
            *data = must_resize(*data, cap *= 2);
    if (ferror(f) || n == 0 || (*data)[n - 1] != '\0')
        fatal("is not what inputs.py writes", path);
    fclose(f);
    return n;
}

struct records records_read(const char *folder, const char *name)
{
    struct records r = {0};
    char path[4096];
    size_t size;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    size = read_file(path, &r.data);
    for (size_t i = 0; i < size; i++)
        r.n += r.data[i] == '\0';
    r.bytes = size - r.n;
    r.text = must_alloc(r.n * sizeof *r.text);
    r.len = must_alloc(r.n * sizeof *r.len);
    for (size_t i = 0, at = 0; i < r.n; i++) {
        r.text[i] = r.data + at;
        r.len[i] = strlen(r.text[i]);
        at += r.len[i] + 1;
    }
    return r;
}

struct records records_head(const struct records *all, size_t n)
{
    struct records r = *all;

    r.n = n < all->n ? n : all->n;
    r.bytes = 0;
    for (size_t i = 0; i < r.n; i++)
        r.bytes += r.len[i];
    return r;
}

void records_free(struct records *r)
{
    free(r->data);
    free((void *)r->text);
    free(r->len);
    *r = (struct records){0};
}
