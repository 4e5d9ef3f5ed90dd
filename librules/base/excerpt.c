/* SPDX-License-Identifier: Apache-2.0 */
#include "base/excerpt.h"

#include <string.h>

#include "base/utf8.h"

/* Bytes shown before the place when the line is too long to show whole. */
enum { LEAD_BYTES = 60 };

static const char ELLIPSIS[] = "\xe2\x80\xa6";
static const char REPLACEMENT[] = "\xef\xbf\xbd";

static char *append(char *to, const char *from, size_t len)
{
    memcpy(to, from, len);
    return to + len;
}

static char *append_clean(char *to, const char *from, size_t len)
{
    while (len > 0) {
        size_t valid = utf8_valid(from, len);

        for (size_t i = 0; i < valid; i++)
            *to++ = (unsigned char)from[i] < 0x20 || from[i] == 0x7f ? ' ' : from[i];
        from += valid;
        len -= valid;
        if (len > 0) {
            to = append(to, REPLACEMENT, sizeof REPLACEMENT - 1);
            from++;
            len--;
        }
    }
    return to;
}

const char *excerpt_copy(struct arena *a, struct lines *l, uint32_t line, size_t at,
                         uint32_t *column)
{
    size_t begin = lines_begin(l, line), end = lines_end(l, line), len, shown;
    char *out, *to;

    if (end - begin > EXCERPT_BYTES && at > begin + LEAD_BYTES)
        begin += utf8_cut(l->text + begin, end - begin, at - begin - LEAD_BYTES);
    len = end - begin;
    shown = utf8_cut(l->text + begin, len, EXCERPT_BYTES);
    out = arena_alloc(a, shown * (sizeof REPLACEMENT - 1) + sizeof ELLIPSIS);
    if (!out)
        return NULL;
    to = append_clean(out, l->text + begin, shown);
    if (shown < len)
        to = append(to, ELLIPSIS, sizeof ELLIPSIS - 1);
    *to = '\0';
    *column = lines_column(l, line, begin);
    return out;
}
