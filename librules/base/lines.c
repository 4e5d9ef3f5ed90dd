/* SPDX-License-Identifier: Apache-2.0 */
#include "base/lines.h"

#include <string.h>

#include "base/utf8.h"

static bool ends_line(const struct lines *l, size_t at)
{
    return l->text[at] == '\n' ||
           (l->text[at] == '\r' && (at + 1 == l->len || l->text[at + 1] != '\n'));
}

bool lines_init(struct lines *l, const struct mem *mem, const char *text, size_t len)
{
    *l = (struct lines){.text = text, .len = len};
    if (!mem_grow(mem, &l->starts, &l->cap_starts, 1, sizeof *l->starts))
        return false;
    l->starts[l->count++] = 0;
    for (size_t at = 0; at < len; at++) {
        if (!ends_line(l, at))
            continue;
        if (!mem_grow(mem, &l->starts, &l->cap_starts, l->count + (size_t)1, sizeof *l->starts)) {
            lines_clear(l, mem);
            return false;
        }
        l->starts[l->count++] = (uint32_t)(at + 1);
    }
    return true;
}

void lines_clear(struct lines *l, const struct mem *mem)
{
    mem_release(mem, l->starts, l->cap_starts * sizeof *l->starts);
    *l = (struct lines){0};
}

uint32_t lines_find(const struct lines *l, size_t at)
{
    uint32_t low = 0, high = l->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (l->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

uint32_t lines_column(struct lines *l, uint32_t line, size_t at)
{
    size_t begin = lines_begin(l, line);
    uint32_t column;

    if (l->seen_line != line || (at < l->seen_at && at - begin < l->seen_at - at))
        column = 1 + (uint32_t)utf8_count(l->text + begin, at - begin);
    else if (at >= l->seen_at)
        column = l->seen_column + (uint32_t)utf8_count(l->text + l->seen_at, at - l->seen_at);
    else
        column = l->seen_column - (uint32_t)utf8_count(l->text + at, l->seen_at - at);
    l->seen_line = line;
    l->seen_at = at;
    l->seen_column = column;
    return column;
}

size_t lines_begin(const struct lines *l, uint32_t line)
{
    return l->starts[line - 1];
}

size_t lines_end(const struct lines *l, uint32_t line)
{
    size_t begin = lines_begin(l, line), end = line < l->count ? l->starts[line] : l->len;

    while (end > begin && (l->text[end - 1] == '\n' || l->text[end - 1] == '\r'))
        end--;
    return end;
}
