/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include "rows.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char *copy_name(const char *text, size_t len)
{
    while (len > 0 && is_blank(*text)) {
        text++;
        len--;
    }
    while (len > 0 && is_blank(text[len - 1]))
        len--;
    return strndup(text, len);
}

static bool read_names(struct table *t, char *row, size_t len)
{
    struct cells cells;
    char *text;

    cells_begin(&cells, row, len, t->delimiter);
    while (cells_next(&cells, &text, &len)) {
        char **names = realloc(t->names, (t->n_columns + 1) * sizeof *names);
        if (!names)
            return false;
        t->names = names;
        names[t->n_columns] = copy_name(text, len);
        if (!names[t->n_columns])
            return false;
        t->n_columns++;
    }
    return true;
}

static bool stands_before(const struct table *t, size_t column)
{
    for (size_t i = 0; i < column; i++)
        if (strcmp(t->names[i], t->names[column]) == 0)
            return true;
    return false;
}

/* @return whether the column is a field that rules can name */
static bool note_column(const struct table *t, size_t column, const char *input,
                        const struct rls_set *set, uint32_t subject, struct buffer *notes)
{
    const char *name = t->names[column], *nearest = NULL;

    if (!*name) {
        buffer_complain(notes, TEXT_COLUMN_NAMELESS, input, column + 1);
        return false;
    }
    bool known = rls_set_field_known(set, subject, name, &nearest);
    if (stands_before(t, column))
        return known;
    if (!known && nearest)
        buffer_complain(notes, TEXT_COLUMN_UNKNOWN_HINT, input, name, nearest);
    else if (!known)
        buffer_complain(notes, TEXT_COLUMN_UNKNOWN, input, name);
    return known;
}

static void note_columns(const struct table *t, const char *input, const struct rls_set *set,
                         uint32_t subject, struct buffer *notes)
{
    size_t known = 0;

    for (size_t i = 0; i < t->n_columns; i++)
        known += note_column(t, i, input, set, subject, notes);
    if (known == 0)
        buffer_complain(notes, TEXT_NO_COLUMN_KNOWN, input);
}

struct table *table_new(const char *input, char *row, size_t len, char delimiter,
                        const struct rls_set *set, uint32_t subject, struct buffer *notes)
{
    struct table *t = calloc(1, sizeof *t);

    if (!t)
        return NULL;
    t->delimiter = delimiter;
    if (!read_names(t, row, len)) {
        table_free(t);
        return NULL;
    }
    note_columns(t, input, set, subject, notes);
    return t;
}

void table_free(struct table *t)
{
    while (t) {
        struct table *next = t->next;
        for (size_t i = 0; i < t->n_columns; i++)
            free(t->names[i]);
        free(t->names);
        free(t);
        t = next;
    }
}

int table_feed(const struct table *t, struct rls_builder *builder, char *row, size_t len,
               size_t *n_cells)
{
    struct cells cells;
    char *text;
    int status = RLS_OK;

    cells_begin(&cells, row, len, t->delimiter);
    for (*n_cells = 0; status == RLS_OK && cells_next(&cells, &text, &len); (*n_cells)++)
        if (*n_cells < t->n_columns && *t->names[*n_cells] && len > 0)
            status = rls_builder_text(builder, t->names[*n_cells],
                                      (struct rls_text){.data = text, .len = len});
    return status;
}
