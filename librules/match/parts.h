/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PARTS_H
#define LIBRULES_MATCH_PARTS_H

#include "match/tables.h"

/* Marks the characters that those of the terms may be split into; false when memory is short. */
bool parts_build(struct dictionary *d, const struct mem *mem, struct arena *arena);

/* PART bits of a character. */
static inline unsigned parts_of(const struct dictionary *d, uint32_t code)
{
    return code >= PART_FIRST && code <= PART_LAST ? d->parts[code - PART_FIRST] : 0u;
}

#endif
