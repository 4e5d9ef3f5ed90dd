/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_ARENA_H
#define LIBRULES_BASE_ARENA_H

#include "base/mem.h"

struct arena_block;
struct arena_hook;

/*
 * Memory that dies together. Blocks are chained and never move, so pointers stay valid until
 * arena_reset or arena_clear. After a reset the arena owns one block as large as all that was
 * used before: a caller that repeats the same work stops allocating.
 */
struct arena {
    struct mem mem;
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out of blocks[0] */
    size_t total;               /* bytes owned in all blocks */
    struct arena_hook *hooks;   /* newest first */
};

void arena_init(struct arena *a, const struct mem *mem);
void arena_clear(struct arena *a);
void arena_reset(struct arena *a);
/* Bytes kept, used or not. */
size_t arena_memory(const struct arena *a);

/* Calls release(user) when the arena is cleared or reset, the newest first; its memory is still
 * there then. False when memory is short. */
bool arena_on_clear(struct arena *a, void (*release)(void *user), void *user);

/* 16-byte aligned, uninitialised; NULL on failure. */
void *arena_alloc(struct arena *a, size_t bytes);
void *arena_zero(struct arena *a, size_t bytes);
/* n * size with an overflow check, zeroed. */
void *arena_array(struct arena *a, size_t n, size_t size);
void *arena_copy(struct arena *a, const void *data, size_t bytes);
/* A NUL-terminated copy of len bytes. */
char *arena_text(struct arena *a, const char *data, size_t len);

#endif
