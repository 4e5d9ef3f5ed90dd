/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_DIGEST_H
#define LIBRULES_SET_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32 };

/* SHA-256 of the concatenation of parts, each preceded by its length so that no two lists of
 * parts give the same input. */
struct digest_part {
    const void *data;
    size_t len;
};

void digest_parts(const struct digest_part *parts, size_t n, uint8_t out[DIGEST_BYTES]);
void digest_hex(const uint8_t in[DIGEST_BYTES], char out[2 * DIGEST_BYTES + 1]);

#endif
