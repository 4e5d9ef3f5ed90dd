/* SPDX-License-Identifier: Apache-2.0 */
#include "digest.h"

#include <sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

void digest_texts(const struct rls_text *texts, size_t n, char out[DIGEST_TEXT])
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA2_CTX ctx;

    SHA256Init(&ctx);
    for (size_t i = 0; i < n; i++) {
        uint8_t length[8];

        for (size_t b = 0; b < sizeof length; b++)
            length[b] = (uint8_t)((uint64_t)texts[i].len >> (8 * b));
        SHA256Update(&ctx, length, sizeof length);
        if (texts[i].len)
            SHA256Update(&ctx, (const uint8_t *)texts[i].data, texts[i].len);
    }
    SHA256Final(digest, &ctx);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}
