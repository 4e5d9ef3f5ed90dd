/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

#include "buffer.h"

#include <stdbool.h>

/* Buffered writing to a descriptor. The first failure is kept: later writes do nothing. */
struct output {
    int fd;
    int error;
    const char *name;
    struct buffer pending;
};

/* @p name is for messages and must outlive the output. */
void output_begin(struct output *o, int fd, const char *name);
/* An rls_write_fn; @p output is a struct output. */
int output_put(void *output, const void *data, size_t len);
/* @return 0, or -1 once anything failed */
int output_flush(struct output *o);
/* Flushes, closes, and says what failed.
 * @return @p status, or the exit status that the failure calls for */
int output_end(struct output *o, int status);

/* Writes a buffer to standard output whole; as output_end. Frees the buffer. */
int output_all(struct buffer *b, int status);

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
/* @return whether to colour what goes to @p fd */
bool output_colored(enum color_when when, int fd);

#endif
