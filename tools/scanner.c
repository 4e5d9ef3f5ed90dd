/* SPDX-License-Identifier: Apache-2.0 */
#include "scanner.h"

enum { KEPT_LEVELS = 64 };

static void open_level(struct scanner *s, bool array)
{
    if (s->depth < KEPT_LEVELS) {
        uint64_t bit = UINT64_C(1) << s->depth;
        s->arrays = array ? s->arrays | bit : s->arrays & ~bit;
    }
    s->depth++;
}

static void string_byte(struct scanner *s, char c)
{
    /* JSON has no line ends in strings: an unclosed one is closed here, so that one missing
     * quotation mark does not turn the rest of the input inside out. */
    if (c == '\n' || (c == '"' && !s->escaped)) {
        s->in_string = false;
        s->escaped = false;
    } else {
        s->escaped = c == '\\' && !s->escaped;
    }
}

bool scanner_byte(struct scanner *s, char c)
{
    if (s->in_string) {
        string_byte(s, c);
        return false;
    }
    switch (c) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        return false;
    case '"':
        s->in_string = true;
        break;
    case '{':
    case '[':
        open_level(s, c == '[');
        break;
    case '}':
    case ']':
        s->before = c;
        if (s->depth == 0)
            return false;
        s->depth--;
        return s->depth == 0;
    default:
        break;
    }
    s->before = c;
    return false;
}

bool scanner_object_may_begin(const struct scanner *s)
{
    if (s->in_string)
        return false;
    if (s->depth == 0 || s->depth > KEPT_LEVELS)
        return true;
    bool in_array = s->arrays >> (s->depth - 1) & 1;
    return s->before == ':' || s->before == '[' || (s->before == ',' && in_array);
}
