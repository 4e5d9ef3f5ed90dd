/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_COMPILE_LOAD_H
#define LIBRULES_COMPILE_LOAD_H

#include "base/diagnostic.h"

/*
 * Reads a file of at most `most` bytes into the arena, so that *data has one byte more than *len
 * at least. What is wrong is reported at place and returned: RLS_ERR_IO, RLS_ERR_LIMIT,
 * RLS_ERR_MEMORY.
 */
int load_file(const char *path, uint64_t most, struct arena *arena, struct diagnostics *d,
              struct source *source, const char **data, size_t *len);
/* Reports a source of more than `most` bytes; returns RLS_ERR_LIMIT. */
int refuse_size(uint64_t most, struct diagnostics *d, struct source *source);

#endif
