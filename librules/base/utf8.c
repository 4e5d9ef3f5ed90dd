/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

static size_t character(const char *p, size_t left)
{
    uint32_t code;

    return utf8_decode((const unsigned char *)p, left, &code);
}

size_t utf8_valid(const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t n = character(text + at, len - at);

        if (!n)
            break;
        at += n;
    }
    return at;
}

size_t utf8_cut(const char *text, size_t len, size_t most)
{
    size_t cut = most;

    if (len <= most)
        return len;
    while (cut > 0 && most - cut < 4 && utf8_tail((unsigned char)text[cut]))
        cut--;
    return cut;
}

size_t utf8_count(const char *text, size_t len)
{
    size_t n = 0;

    for (size_t at = 0; at < len; n++) {
        size_t bytes = character(text + at, len - at);

        at += bytes ? bytes : 1;
    }
    return n;
}
