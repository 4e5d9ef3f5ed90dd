/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *libc_alloc(void *user, size_t bytes)
{
    (void)user;
    return malloc(bytes);
}

static void *libc_resize(void *user, void *p, size_t was, size_t want)
{
    (void)user;
    (void)was;
    return realloc(p, want);
}

static void libc_release(void *user, void *p, size_t bytes)
{
    (void)user;
    (void)bytes;
    free(p);
}

const struct mem mem_libc = {libc_alloc, libc_resize, libc_release, NULL};

void *mem_alloc(const struct mem *m, size_t bytes)
{
    return m->alloc(m->user, bytes ? bytes : 1);
}

void *mem_zero(const struct mem *m, size_t bytes)
{
    void *p = mem_alloc(m, bytes);

    if (p)
        memset(p, 0, bytes ? bytes : 1);
    return p;
}

void *mem_resize(const struct mem *m, void *p, size_t was, size_t want)
{
    if (!p)
        return mem_alloc(m, want);
    return m->resize(m->user, p, was ? was : 1, want ? want : 1);
}

void mem_release(const struct mem *m, void *p, size_t bytes)
{
    if (p)
        m->release(m->user, p, bytes ? bytes : 1);
}

bool mem_grow_to(const struct mem *m, void *items, size_t *cap, size_t need, size_t item_size)
{
    void *old, *grown;
    size_t want = *cap < 8 ? 8 : *cap;

    while (want < need) {
        if (want > SIZE_MAX / 2)
            return false;
        want *= 2;
    }
    if (want > SIZE_MAX / item_size)
        return false;
    /* items is the address of a typed pointer: copied bytewise to keep the aliasing rules. */
    memcpy(&old, items, sizeof old);
    grown = mem_resize(m, old, *cap * item_size, want * item_size);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *cap = want;
    return true;
}
