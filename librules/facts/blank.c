/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/blank.h"

#include "base/utf8.h"

static bool is_white_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

bool is_blank_throughout(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    uint32_t code, n;

    for (size_t i = 0; i < len; i += n) {
        n = utf8_decode(p + i, len - i, &code);
        if (n == 0 || !is_white_space(code))
            return false;
    }
    return true;
}
