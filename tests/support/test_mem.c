/* SPDX-License-Identifier: Apache-2.0 */
#include "test_mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAGIC = 0x6d656d21 };

struct header {
    alignas(max_align_t) size_t bytes;
    unsigned magic;
};

static _Noreturn void die(const char *what, size_t expected, size_t got)
{
    fprintf(stderr, "test_mem: %s: block has %zu bytes, caller says %zu\n", what, expected, got);
    abort();
}

static struct header *header_of(void *p)
{
    struct header *h = (struct header *)p - 1;

    if (h->magic != MAGIC)
        die("not a live block", 0, 0);
    return h;
}

static bool fails(struct test_mem *t)
{
    size_t call = t->calls++;

    return call == t->fail_at || (t->persistent && call > t->fail_at);
}

static void *test_alloc(void *user, size_t bytes)
{
    struct test_mem *t = user;
    struct header *h;

    if (fails(t) || bytes > SIZE_MAX - sizeof *h)
        return NULL;
    h = malloc(sizeof *h + bytes);
    if (!h)
        return NULL;
    h->bytes = bytes;
    h->magic = MAGIC;
    t->live_blocks++;
    t->live_bytes += bytes;
    /* Whoever relies on fresh memory being zero is found out. */
    memset(h + 1, 0xa5, bytes);
    return h + 1;
}

static void test_release(void *user, void *p, size_t bytes)
{
    struct test_mem *t = user;
    struct header *h = header_of(p);

    if (h->bytes != bytes)
        die("release", h->bytes, bytes);
    h->magic = 0;
    t->live_blocks--;
    t->live_bytes -= bytes;
    free(h);
}

/* Always moves, so that a stale pointer is found out. */
static void *test_resize(void *user, void *p, size_t was, size_t want)
{
    struct header *h = header_of(p);
    void *moved;

    if (h->bytes != was)
        die("resize", h->bytes, was);
    moved = test_alloc(user, want);
    if (!moved)
        return NULL;
    memcpy(moved, p, was < want ? was : want);
    test_release(user, p, was);
    return moved;
}

void test_mem_init(struct test_mem *t)
{
    *t = (struct test_mem){.mem = {test_alloc, test_resize, test_release, t}, .fail_at = SIZE_MAX};
}

const struct mem *test_mem_get(struct test_mem *t)
{
    return &t->mem;
}

struct rls_allocator test_allocator(struct test_mem *t)
{
    const struct mem *m = test_mem_get(t);

    return (struct rls_allocator){.size = sizeof(struct rls_allocator),
                                  .alloc = m->alloc,
                                  .resize = m->resize,
                                  .release = m->release,
                                  .user = m->user};
}
