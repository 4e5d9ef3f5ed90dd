/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_EXCERPT_H
#define LIBRULES_BASE_EXCERPT_H

#include "base/arena.h"
#include "base/lines.h"

/*
 * The part of a line around a byte: at most EXCERPT_BYTES of it, cut at characters, with control
 * characters as blanks and bytes of no character as U+FFFD; one character each, so that columns
 * stay true. *column is that of its first character. NULL when memory is short.
 */
const char *excerpt_copy(struct arena *a, struct lines *l, uint32_t line, size_t at,
                         uint32_t *column);

enum { EXCERPT_BYTES = 160 };

#endif
