/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include "rows.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Of a field that a word means: rls_set_field_called. */
enum { LONGEST_PATH = 128 };

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

/* The first column, other than this one, that is the field; or n_columns. */
static size_t column_of(const struct table *t, const char *path, size_t other)
{
    size_t i = 0;

    while (i < t->n_columns && (i == other || !t->paths[i] || strcmp(t->paths[i], path) != 0))
        i++;
    return i;
}

/* What columns of a table are read as. */
struct reader {
    struct table *t;
    const char *input;
    const struct rls_set *set;
    uint32_t subject;
    struct buffer *notes;
    struct buffer read; /* columns whose names mean a field, each with it */
    size_t known;
    bool failed;
};

static void take(struct reader *r, size_t column, const char *path)
{
    r->t->paths[column] = strdup(path);
    r->failed = r->failed || !r->t->paths[column];
}

static bool is_field(const struct reader *r, const char *name)
{
    return rls_set_field_known(r->set, r->subject, name, NULL);
}

/* Whether members of a listing are known that go by any name. */
static bool has_attributes(const struct reader *r)
{
    return is_field(r, "attributes.x");
}

/* Another column is the field already: what this one holds is still looked at. */
static void take_second(struct reader *r, size_t column, const char *path, size_t first)
{
    const char *name = r->t->names[column];
    struct buffer own = {0};

    buffer_format(&own, "%s%s", has_attributes(r) ? "attributes." : "", name);
    buffer_put(&own, "", 1);
    r->failed = r->failed || own.failed;
    if (!own.failed) {
        take(r, column, own.data);
        buffer_complain(r->notes, TEXT_COLUMN_TAKEN, r->input, name, own.data, r->t->names[first],
                        path);
    }
    buffer_free(&own);
}

static void take_called(struct reader *r, size_t column, const char *path)
{
    size_t first = column_of(r->t, path, column);

    r->known++;
    if (first < r->t->n_columns) {
        take_second(r, column, path, first);
        return;
    }
    take(r, column, path);
    buffer_format(&r->read, "%s%s = %s", r->read.len ? text(TEXT_COMMA) : "", r->t->names[column],
                  path);
}

static bool is_repeated(const struct reader *r, size_t column)
{
    for (size_t i = 0; i < column; i++)
        if (strcmp(r->t->names[i], r->t->names[column]) == 0)
            return true;
    return false;
}

static void take_unknown(struct reader *r, size_t column, const char *nearest)
{
    const char *name = r->t->names[column];

    take(r, column, name);
    if (is_repeated(r, column))
        return;
    if (*nearest)
        buffer_complain(r->notes, TEXT_COLUMN_UNKNOWN_HINT, r->input, name, nearest);
    else if (has_attributes(r))
        buffer_complain(r->notes, TEXT_COLUMN_UNKNOWN, r->input, name, name);
    else
        buffer_complain(r->notes, TEXT_COLUMN_STRANGE, r->input, name);
}

/* A column whose name is no path of a field. */
static void take_word(struct reader *r, size_t column)
{
    const char *name = r->t->names[column], *nearest = NULL;
    char path[LONGEST_PATH];

    if (!*name) {
        take(r, column, "");
        buffer_complain(r->notes, TEXT_COLUMN_NAMELESS, r->input, column + 1);
    } else if (rls_set_field_called(r->set, r->subject, name, path, sizeof path)) {
        take_called(r, column, path);
    } else {
        rls_set_field_known(r->set, r->subject, name, &nearest);
        take_unknown(r, column, nearest ? nearest : path);
    }
}

/* What rows are called by where no column is their id. Those of one article in several colours
 * share it, so no row is known by it. It stays what it is, so that rules look at it. */
static void find_id(struct reader *r)
{
    static const char *const substitutes[] = {"attributes.货号",
                                              "attributes.商品货号",
                                              "attributes.产品货号",
                                              "attributes.宝贝货号",
                                              "attributes.款号",
                                              "attributes.商品款号",
                                              "skus.id"};
    struct table *t = r->t;
    size_t none = t->n_columns;

    t->id_column = none;
    if (!is_field(r, "id") || column_of(t, "id", none) < none)
        return;
    for (size_t i = 0; t->id_column == none && i < sizeof substitutes / sizeof *substitutes; i++)
        t->id_column = column_of(t, substitutes[i], none);
    if (t->id_column < none)
        buffer_format(&r->read, "%s%s = id", r->read.len ? text(TEXT_COMMA) : "",
                      t->names[t->id_column]);
}

/* Names that are paths go first: no other word takes their fields. */
static void read_columns(struct reader *r)
{
    struct table *t = r->t;

    t->paths = calloc(t->n_columns + 1, sizeof *t->paths);
    r->failed = !t->paths;
    for (size_t i = 0; !r->failed && i < t->n_columns; i++) {
        if (!*t->names[i] || !is_field(r, t->names[i]))
            continue;
        take(r, i, t->names[i]);
        r->known++;
    }
    for (size_t i = 0; !r->failed && i < t->n_columns; i++)
        if (!t->paths[i])
            take_word(r, i);
    if (!r->failed)
        find_id(r);
    for (size_t i = 0; !r->failed && i < t->n_columns; i++)
        buffer_format(&t->header, "%s\n", t->paths[i]);
    r->failed = r->failed || t->header.failed;
    buffer_put(&r->read, "", 1);
    if (r->read.len > 1 && !r->read.failed)
        buffer_complain(r->notes, TEXT_COLUMNS_READ, r->input, r->read.data);
    if (r->known == 0)
        buffer_complain(r->notes, TEXT_NO_COLUMN_KNOWN, r->input);
    buffer_free(&r->read);
}

struct table *table_new(const char *input, char *row, size_t len, char delimiter,
                        const struct rls_set *set, uint32_t subject, struct buffer *notes)
{
    struct table *t = calloc(1, sizeof *t);

    if (!t)
        return NULL;
    t->delimiter = delimiter;
    struct reader r = {.t = t, .input = input, .set = set, .subject = subject, .notes = notes};
    r.failed = !read_names(t, row, len);
    if (!r.failed)
        read_columns(&r);
    if (!r.failed)
        return t;
    table_free(t);
    return NULL;
}

void table_free(struct table *t)
{
    while (t) {
        struct table *next = t->next;
        for (size_t i = 0; i < t->n_columns; i++) {
            free(t->names[i]);
            if (t->paths)
                free(t->paths[i]);
        }
        free(t->names);
        free(t->paths);
        buffer_free(&t->header);
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
    for (*n_cells = 0; status == RLS_OK && cells_next(&cells, &text, &len); (*n_cells)++) {
        struct rls_text cell = {.data = text, .len = len};

        if (*n_cells >= t->n_columns || !*t->paths[*n_cells] || len == 0)
            continue;
        status = rls_builder_text(builder, t->paths[*n_cells], cell);
        if (status == RLS_OK && *n_cells == t->id_column)
            status = rls_builder_text(builder, "id", cell);
    }
    return status;
}
