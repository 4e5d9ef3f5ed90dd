/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum {
    ARENA_ALIGN = 16,
    ARENA_FIRST_BLOCK = 4096,
    ARENA_MOST_BLOCK = 32 * 1024,
    /* What is larger and does not fit has a block of its own: no more than that is ever left. */
    ARENA_LARGE = ARENA_MOST_BLOCK / 4
};

struct arena_block {
    alignas(ARENA_ALIGN) struct arena_block *next;
    size_t size; /* payload bytes */
};

struct arena_hook {
    struct arena_hook *next;
    void (*release)(void *user);
    void *user;
};

static char *payload(struct arena_block *b)
{
    return (char *)(b + 1);
}

static void release_block(struct arena *a, struct arena_block *b)
{
    mem_release(&a->mem, b, sizeof *b + b->size);
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
    struct arena_block *b;

    if (size > SIZE_MAX - sizeof *b)
        return NULL;
    b = mem_alloc(&a->mem, sizeof *b + size);
    if (!b)
        return NULL;
    b->size = size;
    b->next = a->blocks;
    a->blocks = b;
    a->used = 0;
    a->total += size;
    return b;
}

void arena_init(struct arena *a, const struct mem *mem)
{
    *a = (struct arena){.mem = *mem};
}

static void run_hooks(struct arena *a)
{
    const struct arena_hook *hook = a->hooks;

    a->hooks = NULL;
    for (; hook; hook = hook->next)
        hook->release(hook->user);
}

void arena_clear(struct arena *a)
{
    struct arena_block *b = a->blocks;

    run_hooks(a);
    while (b) {
        struct arena_block *next = b->next;
        release_block(a, b);
        b = next;
    }
    a->blocks = NULL;
    a->used = a->total = 0;
}

void arena_reset(struct arena *a)
{
    size_t total = a->total;

    run_hooks(a);
    a->used = 0;
    if (!a->blocks || !a->blocks->next)
        return;
    arena_clear(a);
    /* A failure here is not an error: the next allocation tries again. */
    (void)add_block(a, total);
}

size_t arena_memory(const struct arena *a)
{
    size_t bytes = a->total;

    for (const struct arena_block *b = a->blocks; b; b = b->next)
        bytes += sizeof *b;
    return bytes;
}

bool arena_on_clear(struct arena *a, void (*release)(void *user), void *user)
{
    struct arena_hook *hook = arena_alloc(a, sizeof *hook);

    if (!hook)
        return false;
    *hook = (struct arena_hook){a->hooks, release, user};
    a->hooks = hook;
    return true;
}

/* A block that nothing else is put in; the one in use stays so. */
static void *alloc_block(struct arena *a, size_t bytes)
{
    struct arena_block *in_use = a->blocks, *b;
    const size_t used = a->used;

    b = add_block(a, bytes);
    if (!b)
        return NULL;
    a->used = bytes;
    if (in_use) {
        b->next = in_use->next;
        in_use->next = b;
        a->blocks = in_use;
        a->used = used;
    }
    return payload(b);
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    size_t want;
    void *p;

    if (bytes > SIZE_MAX - ARENA_ALIGN)
        return NULL;
    want = (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (!a->blocks || a->blocks->size - a->used < want) {
        size_t size = a->total < ARENA_FIRST_BLOCK ? ARENA_FIRST_BLOCK : a->total;
        if (want > ARENA_LARGE)
            return alloc_block(a, want);
        size = size < ARENA_MOST_BLOCK ? size : ARENA_MOST_BLOCK;
        if (!add_block(a, size < want ? want : size))
            return NULL;
    }
    p = payload(a->blocks) + a->used;
    a->used += want;
    return p;
}

void *arena_zero(struct arena *a, size_t bytes)
{
    void *p = arena_alloc(a, bytes);

    if (p)
        memset(p, 0, bytes);
    return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        return NULL;
    return arena_zero(a, n * size);
}

void *arena_copy(struct arena *a, const void *data, size_t bytes)
{
    void *p = arena_alloc(a, bytes);

    if (p && bytes)
        memcpy(p, data, bytes);
    return p;
}

char *arena_text(struct arena *a, const char *data, size_t len)
{
    char *p;

    if (len == SIZE_MAX)
        return NULL;
    p = arena_alloc(a, len + 1);
    if (!p)
        return NULL;
    if (len)
        memcpy(p, data, len);
    p[len] = '\0';
    return p;
}
