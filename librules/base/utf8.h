/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_UTF8_H
#define LIBRULES_BASE_UTF8_H

#include <stddef.h>

/* How many bytes at the beginning are well-formed UTF-8; len when all are. */
size_t utf8_valid(const char *text, size_t len);
/* The longest prefix of at most `most` bytes that does not split a character. */
size_t utf8_cut(const char *text, size_t len, size_t most);
/* Characters; a byte that belongs to none counts as one. */
size_t utf8_count(const char *text, size_t len);

#endif
