/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_PAGED_H
#define LIBRULES_TEXT_PAGED_H

#include <stddef.h>
#include <stdint.h>

/* A number for every code point, in pages that equal pages share. */
struct paged {
    const uint16_t *pages;
    const uint16_t *values;
};

enum { PAGED_BITS = 7, PAGED_SIZE = 1 << PAGED_BITS, PAGED_PAGES = 0x110000 >> PAGED_BITS };

/* 0 for what is no code point. */
static inline uint16_t paged_get(const struct paged *p, uint32_t code)
{
    if (code >= 0x110000)
        return 0;
    return p
        ->values[(size_t)p->pages[code >> PAGED_BITS] << PAGED_BITS | (code & (PAGED_SIZE - 1))];
}

#endif
