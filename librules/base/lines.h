/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_LINES_H
#define LIBRULES_BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* The bytes of a source and where its lines begin. Lines end in LF, CR LF or CR. */
struct lines {
    const char *text; /* not owned */
    size_t len;
    uint32_t *starts;
    size_t cap_starts;
    uint32_t count;
    /* The place asked for last: others on the same line are counted from there when it is nearer.
     */
    uint32_t seen_line;
    size_t seen_at;
    uint32_t seen_column;
};

/* False when memory is short. len must be below UINT32_MAX. */
bool lines_init(struct lines *l, const struct mem *mem, const char *text, size_t len);
void lines_clear(struct lines *l, const struct mem *mem);
/* 1-based line and column, in code points, of a byte. */
uint32_t lines_find(const struct lines *l, size_t at);
uint32_t lines_column(struct lines *l, uint32_t line, size_t at);
/* First byte of a line, and one past its last byte before the line end. */
size_t lines_begin(const struct lines *l, uint32_t line);
size_t lines_end(const struct lines *l, uint32_t line);

#endif
