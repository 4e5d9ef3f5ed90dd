/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_TABLE_H
#define TOOLS_TABLE_H

#include "buffer.h"

#include <librules/facts.h>
#include <librules/set.h>

/* The header of a table: which field each column is. */
struct table {
    struct table *next; /* tables live as long as the run that reads them */
    char delimiter;
    size_t n_columns;
    char **names;         /* "": a column without a name, which is passed over */
    char **paths;         /* of the fields: the names, or what people mean by them */
    size_t id_column;     /* is shown as the id of rows, which may share it; n_columns: none is */
    struct buffer header; /* the paths, each with a line end */
};

/* Reads the header row, which is changed. What there is to know of it goes into @p notes: which
 * names mean which fields, and each name that is missing or no field of the subject.
 * @return NULL when memory is short */
struct table *table_new(const char *input, char *row, size_t len, char delimiter,
                        const struct rls_set *set, uint32_t subject, struct buffer *notes);
/* Frees the table and those behind it. */
void table_free(struct table *t);

/* Gives the cells of a row, which is changed, to a builder. Empty ones are absent.
 * @param[out] n_cells how many there are; unless as many as columns, the row is not to be judged
 * @return a status of the library */
int table_feed(const struct table *t, struct rls_builder *builder, char *row, size_t len,
               size_t *n_cells);

#endif
