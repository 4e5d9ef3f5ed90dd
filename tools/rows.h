/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_ROWS_H
#define TOOLS_ROWS_H

#include "stream.h"

/* A row of a table as RFC 4180 writes it, line ends inside quotation marks included. */
struct row {
    size_t len;        /* bytes from where the stream stands, without the line end */
    size_t passed;     /* bytes up to the next row */
    bool dropped;      /* larger than any document; its bytes are gone */
    bool unclosed;     /* a quotation mark is never closed: the row is its first line alone */
    bool misquoted;    /* text follows a closing quotation mark */
    uint64_t fault_at; /* of these two: where */
};

/* What parts the cells of the first row, which begins where the stream stands: the most frequent of
 * comma, semicolon and tab outside quotation marks. @p tabs: tab, unless there is none. */
char rows_delimiter(struct stream *s, bool tabs);
/* Finds the end of the row that begins where the stream stands. A quotation mark that is missing
 * spoils a line, not the rest of the input. @p most: the largest row.
 * @return false at the end of the input and on failure */
bool rows_next(struct stream *s, char delimiter, size_t most, struct row *out);

/* Cells of a row. */
struct cells {
    char *at; /* NULL: no cell is left */
    char *end;
    char delimiter;
};

void cells_begin(struct cells *c, char *row, size_t len, char delimiter);
/* The next cell, without its quotation marks; the row is changed for it.
 * @return false when there is none left */
bool cells_next(struct cells *c, char **text, size_t *len);

#endif
