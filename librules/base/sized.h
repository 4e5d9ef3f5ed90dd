/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_SIZED_H
#define LIBRULES_BASE_SIZED_H

#include <stddef.h>

/*
 * Reads a caller's struct that begins with its size into dst, the struct as this library knows it
 * (known bytes). A shorter one is filled up with zeros but must reach the first `least` bytes; a
 * longer one must be zero behind. NULL reads as all zero. RLS_OK or RLS_ERR_ABI.
 */
int sized_read(void *dst, size_t known, size_t least, const void *src);

#endif
