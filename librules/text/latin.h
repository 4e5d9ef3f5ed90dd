/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_LATIN_H
#define LIBRULES_TEXT_LATIN_H

#include <stdbool.h>
#include <stdint.h>

/* The letter of pinyin that a folded character is without its tone, v for ü; 0 for none. */
char latin_letter(uint32_t code);

/* The digits that are written for tones: bi3 te4 bi4. */
static inline bool latin_tone(uint32_t code)
{
    return code >= '1' && code <= '5';
}

#endif
