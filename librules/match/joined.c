/* SPDX-License-Identifier: Apache-2.0 */
#include "match/joined.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

enum { LONGEST = 1 << 12, ROOM = 1 << 14, WALL = '\n' };

void joined_init(struct joined *j, const struct mem *mem)
{
    *j = (struct joined){.mem = *mem};
}

void joined_clear(struct joined *j)
{
    mem_release(&j->mem, j->text, j->cap_text);
    mem_release(&j->mem, j->parts, j->cap_parts * sizeof *j->parts);
}

void joined_empty(struct joined *j)
{
    j->n = j->len = 0;
}

size_t joined_memory(const struct joined *j)
{
    return j->cap_text + j->cap_parts * sizeof *j->parts;
}

/* A mark, or what is skipped before one, would be read together with the wall. */
static bool may_stand_behind_wall(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    uint32_t code, n;

    if (fold_stands_alone(*p))
        return true;
    n = utf8_decode(p, len, &code);
    return !n || !(fold_entry(code) & FOLD_JOINS || fold_ignorable(fold_entry(code)));
}

enum joined_answer joined_add(struct joined *j, uint32_t owner, const char *text, size_t len)
{
    const size_t wall = j->n > 0, begin = j->len + wall;

    if (!len || len > LONGEST || begin + len > ROOM || (wall && !may_stand_behind_wall(text, len)))
        return JOINED_NOT;
    if (!mem_grow(&j->mem, &j->text, &j->cap_text, begin + len, 1) ||
        !mem_grow(&j->mem, &j->parts, &j->cap_parts, j->n + 1, sizeof *j->parts))
        return JOINED_MEMORY;
    if (wall)
        j->text[j->len] = WALL;
    memcpy(j->text + begin, text, len);
    j->len = begin + len;
    j->parts[j->n++] = (struct joined_part){owner, (uint32_t)begin, (uint32_t)j->len};
    return JOINED;
}

enum scan_status joined_scan(const struct joined *j, struct scanner *s, const struct matcher *m)
{
    enum scan_status status;

    s->joined = j->n > 1;
    status = matcher_scan(s, m, j->text, j->len);
    s->joined = false;
    return status;
}
