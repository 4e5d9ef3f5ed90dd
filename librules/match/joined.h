/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_JOINED_H
#define LIBRULES_MATCH_JOINED_H

#include "match/matcher.h"
#include "match/scan.h"

/*
 * Short texts that are scanned as one: the wide loops have more to do at once then, and misses of
 * the cache overlap. Between them stands a wall, which no match crosses, and what may join the
 * character before it never stands behind one. So the hits are those of each text by itself.
 */
struct joined {
    struct mem mem;
    char *text;
    size_t len, cap_text;
    struct joined_part *parts;
    size_t n, cap_parts;
};

struct joined_part {
    uint32_t owner; /* what the caller calls it */
    uint32_t begin, end;
};

enum joined_answer {
    JOINED,
    JOINED_NOT, /* too long, or no room: scan what is there, and try again or scan it by itself */
    JOINED_MEMORY
};

void joined_init(struct joined *j, const struct mem *mem);
void joined_clear(struct joined *j);
void joined_empty(struct joined *j);
/* The text is copied. */
enum joined_answer joined_add(struct joined *j, uint32_t owner, const char *text, size_t len);
/*
 * As matcher_scan, with places of the joined text. Anything but SCAN_OK says nothing of any part:
 * each has limits of its own.
 */
enum scan_status joined_scan(const struct joined *j, struct scanner *s, const struct matcher *m);
size_t joined_memory(const struct joined *j);

#endif
