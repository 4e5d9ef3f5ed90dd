/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_FAST_CHUNK_H
#define LIBRULES_MATCH_FAST_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHUNK = 512, CHUNK_SLACK = 32 };

/* The characters of a stretch of text, all of the first plane. */
struct chunk {
    uint16_t codes[CHUNK + CHUNK_SLACK];
    uint16_t places[CHUNK + CHUNK_SLACK]; /* first bytes, counted from where the chunk begins */
    uint32_t n;
    uint32_t used; /* bytes: up to the chunk's end, or to what is no such character */
    bool wrong;    /* there is such */
};

/* A character that ends behind the chunk has not been looked at as a whole. */
static inline void drop_cut(struct chunk *c, const char *text)
{
    const unsigned char *last;
    uint32_t place;

    if (!c->n)
        return;
    place = c->places[c->n - 1];
    last = (const unsigned char *)text + place;
    if (place + 1u + (*last >= 0xc0) + (*last >= 0xe0) > c->used) {
        c->used = place;
        c->n--;
    }
}

#endif
