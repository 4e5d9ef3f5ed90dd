/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_GRID_H
#define TOOLS_GRID_H

#include "buffer.h"

/* Rows of cells for a terminal. Columns are as wide as their widest cell and flush right, but for
 * the last, which is text. All zero but the number of columns is empty. */
struct grid {
    size_t n_columns;
    size_t n_cells;
    struct buffer cells; /* each ends with NUL */
};

/* Adds the next cell. */
void grid_text(struct grid *g, const char *text);
void grid_format(struct grid *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends the rows and forgets them. */
void grid_write(struct grid *g, struct buffer *out);

#endif
