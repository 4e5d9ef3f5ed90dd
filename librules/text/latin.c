/* SPDX-License-Identifier: Apache-2.0 */
#include "text/latin.h"

#include <stddef.h>

/* Letters with the marks of tones, by code point. */
static const struct marked {
    uint16_t code;
    char letter;
} marked[] = {
    {0xe0, 'a'},  {0xe1, 'a'},  {0xe8, 'e'},  {0xe9, 'e'},  {0xea, 'e'},  {0xec, 'i'},
    {0xed, 'i'},  {0xf2, 'o'},  {0xf3, 'o'},  {0xf9, 'u'},  {0xfa, 'u'},  {0xfc, 'v'},
    {0x101, 'a'}, {0x113, 'e'}, {0x11b, 'e'}, {0x12b, 'i'}, {0x144, 'n'}, {0x148, 'n'},
    {0x14d, 'o'}, {0x16b, 'u'}, {0x1ce, 'a'}, {0x1d0, 'i'}, {0x1d2, 'o'}, {0x1d4, 'u'},
    {0x1d6, 'v'}, {0x1d8, 'v'}, {0x1da, 'v'}, {0x1dc, 'v'}, {0x1f9, 'n'}, {0x251, 'a'},
};

char latin_letter(uint32_t code)
{
    if (code >= 'a' && code <= 'z')
        return (char)code;
    if (code < marked[0].code || code > marked[sizeof marked / sizeof marked[0] - 1].code)
        return 0;
    for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i++) {
        if (marked[i].code == code)
            return marked[i].letter;
    }
    return 0;
}
