/* SPDX-License-Identifier: Apache-2.0 */
#include "set/digest.h"

#include <sys/types.h>

#include <sha2.h>

void digest_parts(const struct digest_part *parts, size_t n, uint8_t out[DIGEST_BYTES])
{
    SHA2_CTX ctx;

    SHA256Init(&ctx);
    for (size_t i = 0; i < n; i++) {
        uint8_t length[8];
        uint64_t len = parts[i].len;

        for (size_t b = 0; b < sizeof length; b++)
            length[b] = (uint8_t)(len >> (8 * b));
        SHA256Update(&ctx, length, sizeof length);
        SHA256Update(&ctx, parts[i].data, parts[i].len);
    }
    SHA256Final(out, &ctx);
}

void digest_hex(const uint8_t in[DIGEST_BYTES], char out[2 * DIGEST_BYTES + 1])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = digits[in[i] >> 4];
        out[2 * i + 1] = digits[in[i] & 15];
    }
    out[2 * DIGEST_BYTES] = '\0';
}
