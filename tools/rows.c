/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <string.h>

/* A first row is looked at this far. */
enum { MOST_HEADER = 64 * 1024 };

static const char delimiters[] = ",;\t";

struct delimiter_count {
    size_t counts[sizeof delimiters - 1];
    bool inside; /* quotation marks */
    bool any;    /* something that is no line end */
};

/* @return true at the end of the row */
static bool count_byte(struct delimiter_count *n, char c)
{
    const char *found = c ? strchr(delimiters, c) : NULL;

    if (c == '"')
        n->inside = !n->inside;
    else if (c == '\n' && !n->inside && n->any)
        return true;
    else if (found && !n->inside)
        n->counts[found - delimiters]++;
    n->any = n->any || (c != '\n' && c != '\r');
    return false;
}

char rows_delimiter(struct stream *s, bool tabs)
{
    struct delimiter_count n = {0};
    size_t best = 0, tab = sizeof delimiters - 2;

    for (size_t at = 0; at < MOST_HEADER; at++) {
        if (at == stream_available(s) && !stream_fill(s))
            break;
        if (count_byte(&n, stream_bytes(s)[at]))
            break;
    }
    for (size_t i = 1; i < sizeof delimiters - 1; i++)
        best = n.counts[i] > n.counts[best] ? i : best;
    return tabs && (n.counts[tab] || !n.counts[best]) ? '\t' : delimiters[best];
}

/* A row while its end is looked for. */
struct search {
    size_t at;
    size_t first_line; /* its length, once a line end was passed */
    size_t opened;     /* where the last quoted cell begins */
    bool cell_begins;
    bool quoted_cell;
    bool inside; /* quotation marks */
    bool wrong;
    size_t wrong_at;
};

static void plain_byte(struct search *s, char c, char delimiter)
{
    bool closed = s->quoted_cell && !s->inside;

    if (c == '"' && s->cell_begins) {
        s->quoted_cell = s->inside = true;
        s->opened = s->at;
        s->cell_begins = false;
    } else if (c == '"' && closed) {
        s->inside = true;
    } else if (c == delimiter) {
        s->cell_begins = true;
        s->quoted_cell = false;
    } else {
        if (closed && c != '\r' && !s->wrong) {
            s->wrong = true;
            s->wrong_at = s->at;
        }
        s->cell_begins = false;
    }
}

/* @return true at the end of the row */
static bool row_byte(struct search *s, char c, char delimiter)
{
    if (s->inside) {
        if (c == '"')
            s->inside = false;
        else if (c == '\n' && !s->first_line)
            s->first_line = s->at;
        return false;
    }
    if (c == '\n')
        return true;
    plain_byte(s, c, delimiter);
    return false;
}

/* Behind the first line, whose quotation marks were read wrongly. */
static void first_line_alone(const struct search *s, struct row *out)
{
    out->len = s->first_line;
    out->passed = s->first_line + 1;
}

static bool finish(const struct search *s, struct row *out, bool ended)
{
    out->len = s->at;
    out->passed = s->at + ended;
    out->unclosed = s->inside;
    out->misquoted = s->wrong && !s->inside;
    out->fault_at = s->inside ? s->opened : s->wrong_at;
    if (s->first_line && (s->inside || s->wrong)) {
        out->unclosed = true;
        out->misquoted = false;
        out->fault_at = s->opened < s->first_line ? s->opened : 0;
        first_line_alone(s, out);
    }
    return out->passed > 0 || out->dropped;
}

bool rows_next(struct stream *in, char delimiter, size_t most, struct row *out)
{
    struct search s = {.cell_begins = true};

    *out = (struct row){0};
    for (;;) {
        for (; s.at < stream_available(in) && s.at <= most; s.at++)
            if (row_byte(&s, stream_bytes(in)[s.at], delimiter))
                return finish(&s, out, true);
        if (s.at > most && s.first_line)
            return finish(&s, out, false);
        if (s.at > most) {
            stream_advance(in, s.at);
            out->dropped = true;
            s.at = 0;
        }
        if (s.at == stream_available(in) && !stream_fill(in))
            return !in->error && finish(&s, out, false);
    }
}

void cells_begin(struct cells *c, char *row, size_t len, char delimiter)
{
    if (len > 0 && row[len - 1] == '\r')
        len--;
    *c = (struct cells){.at = row, .end = row + len, .delimiter = delimiter};
}

/* Takes the doubling from quotation marks. @return behind the closing one */
static char *unquote(struct cells *c, char **text, size_t *len)
{
    char *to = c->at + 1, *from = c->at + 1;

    *text = to;
    while (from < c->end) {
        if (*from == '"' && (from + 1 == c->end || from[1] != '"'))
            break;
        from += *from == '"';
        *to++ = *from++;
    }
    *len = (size_t)(to - *text);
    return from < c->end ? from + 1 : from;
}

bool cells_next(struct cells *c, char **text, size_t *len)
{
    if (!c->at)
        return false;
    char *from = c->at;
    bool quoted = from < c->end && *from == '"';
    if (quoted)
        from = unquote(c, text, len);
    char *end = memchr(from, c->delimiter, (size_t)(c->end - from));
    if (!quoted) {
        *text = from;
        *len = (size_t)((end ? end : c->end) - from);
    }
    c->at = end ? end + 1 : NULL;
    return true;
}
