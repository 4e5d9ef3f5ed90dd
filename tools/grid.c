/* SPDX-License-Identifier: Apache-2.0 */
#include "grid.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void grid_text(struct grid *g, const char *text)
{
    buffer_text(&g->cells, text);
    buffer_put(&g->cells, "", 1);
    g->n_cells++;
}

void grid_format(struct grid *g, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buffer_vformat(&g->cells, format, args);
    va_end(args);
    buffer_put(&g->cells, "", 1);
    g->n_cells++;
}

/* The character that @p s begins with, which is valid UTF-8, as the texts of this command are. */
static uint32_t code_at(const char *s)
{
    const unsigned char *b = (const unsigned char *)s;

    if (b[0] < 0x80)
        return b[0];
    if (b[0] < 0xE0)
        return (b[0] & 0x1FU) << 6 | (b[1] & 0x3FU);
    if (b[0] < 0xF0)
        return (b[0] & 0x0FU) << 12 | (b[1] & 0x3FU) << 6 | (b[2] & 0x3FU);
    return 0x10000;
}

/* East Asian characters take two columns. */
static bool is_wide(uint32_t code)
{
    return (code >= 0x2E80 && code <= 0xA4CF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFF01 && code <= 0xFF60) || code >= 0x10000;
}

static size_t width_of(const char *s)
{
    size_t width = 0;

    for (; *s; s++)
        if (((unsigned char)*s & 0xC0) != 0x80)
            width += is_wide(code_at(s)) ? 2 : 1;
    return width;
}

static void measure(const struct grid *g, size_t *widths)
{
    const char *cell = g->cells.data;

    for (size_t i = 0; i < g->n_cells; i++, cell += strlen(cell) + 1) {
        size_t width = width_of(cell);
        if (widths[i % g->n_columns] < width)
            widths[i % g->n_columns] = width;
    }
}

static void write_rows(const struct grid *g, const size_t *widths, struct buffer *out)
{
    const char *cell = g->cells.data;

    for (size_t i = 0; i < g->n_cells; i++, cell += strlen(cell) + 1) {
        size_t column = i % g->n_columns;
        bool last = column + 1 == g->n_columns;
        size_t blanks = last ? 0 : widths[column] - width_of(cell);
        buffer_format(out, "%s%*s", column ? "  " : "", (int)blanks, "");
        buffer_plain(out, cell);
        buffer_text(out, last ? "\n" : "");
    }
}

void grid_write(struct grid *g, struct buffer *out)
{
    size_t *widths = calloc(g->n_columns, sizeof *widths);

    if (g->cells.failed || !widths) {
        out->failed = true;
    } else {
        measure(g, widths);
        write_rows(g, widths, out);
    }
    free(widths);
    buffer_free(&g->cells);
    g->n_cells = 0;
}
