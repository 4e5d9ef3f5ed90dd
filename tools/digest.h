/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_DIGEST_H
#define TOOLS_DIGEST_H

#include <librules/base.h>
#include <stdbool.h>
#include <stddef.h>

enum { DIGEST_TEXT = 65 };

/* SHA-256 of texts, each with its length, in hexadecimal digits. */
void digest_texts(const struct rls_text *texts, size_t n, char out[DIGEST_TEXT]);

#endif
