/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_WORD_H
#define LIBRULES_BASE_WORD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The last bytes of a string, eight if it has so many, for hashes that take eight at a time: some
 * of them may have been hashed before. */
static inline uint64_t last_word(const char *s, size_t len)
{
    uint64_t word = 0;

    if (len >= sizeof word)
        memcpy(&word, s + len - sizeof word, sizeof word);
    for (size_t i = 0; len < sizeof word && i < len; i++)
        word = word << 8 | (unsigned char)s[i];
    return word;
}

#endif
