/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"

#include "rows.h"
#include "scanner.h"

#include <string.h>
#include <strings.h>

enum { TRAILING_SPACE = 64 * 1024 };

/* STATE_VALUES: before a value whose kind its first line will tell. */
enum { STATE_START, STATE_VALUES, STATE_LINES, STATE_ARRAY, STATE_HEADER, STATE_ROWS, STATE_OVER };

/* What one step of a state came to, beside the results of documents_next. */
enum { AGAIN = 2 };

static bool ends_with(const char *path, const char *end)
{
    size_t len = strlen(path), n = strlen(end);

    return len > n && strcasecmp(path + len - n, end) == 0;
}

enum document_input documents_input_of(enum document_input wanted, const char *path)
{
    if (wanted == INPUT_AUTO && ends_with(path, ".csv"))
        return INPUT_CSV;
    if (wanted == INPUT_AUTO && ends_with(path, ".tsv"))
        return INPUT_TSV;
    return wanted;
}

static bool is_table(const struct documents *d)
{
    return d->input == INPUT_CSV || d->input == INPUT_TSV;
}

void documents_begin(struct documents *d, int fd, enum document_input input, enum encoding encoding)
{
    *d = (struct documents){.input = input};
    stream_begin(&d->in, fd, encoding);
}

void documents_end(struct documents *d)
{
    stream_end(&d->in);
}

static size_t available(const struct documents *d)
{
    return stream_available(&d->in);
}

static char peek(const struct documents *d, size_t at)
{
    return d->in.data[d->in.begin + at];
}

static void advance(struct documents *d, size_t n)
{
    stream_advance(&d->in, n);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* @return false when only space is left */
static bool skip_space(struct documents *d)
{
    for (;;) {
        while (available(d) > 0 && is_space(peek(d, 0)))
            advance(d, 1);
        if (available(d) > 0)
            return true;
        if (!stream_fill(&d->in))
            return false;
    }
}

static int over(struct documents *d)
{
    d->state = STATE_OVER;
    return d->in.error ? -1 : 0;
}

static void place(struct documents *d, struct document *out)
{
    *out = (struct document){.ordinal = ++d->ordinal, .line = d->in.line, .column = d->in.column};
}

/* Leaves room for a line end and trailing space, which do not count. */
static bool is_excess(size_t len)
{
    return len > DOCUMENT_BYTES + TRAILING_SPACE;
}

/* Hands on the @p len bytes ahead, which become part of the document placed before. */
static int hand_on(struct documents *d, struct document *out, size_t len, bool dropped)
{
    size_t kept = len;

    while (kept > 0 && is_space(peek(d, kept - 1)))
        kept--;
    if (dropped || is_excess(len) || kept > DOCUMENT_BYTES) {
        out->fault = FAULT_TOO_LARGE;
    } else {
        out->data = d->in.data + d->in.begin;
        out->len = kept;
    }
    return 1;
}

static int hand_on_fault(struct documents *d, struct document *out, enum document_fault fault)
{
    place(d, out);
    out->fault = fault;
    return 1;
}

/* Lets go of what is known to be too large. @return true when it did */
static bool drop_excess(struct documents *d, size_t len)
{
    if (!is_excess(len))
        return false;
    advance(d, len);
    return true;
}

static bool is_blank(const char *data, size_t len)
{
    while (len > 0 && is_space(data[len - 1]))
        len--;
    return len == 0;
}

/* Whether what is not blank begins with neither brace nor bracket. */
static bool begins_plain(const char *data, size_t len)
{
    size_t i = 0;

    while (i < len && is_space(data[i]))
        i++;
    return i < len && data[i] != '{' && data[i] != '[';
}

/* Ends a line of @p len bytes; @p ended: a line end follows them. */
static int finish_line(struct documents *d, struct document *out, size_t len, bool ended,
                       bool dropped)
{
    int result = hand_on(d, out, len, dropped);

    stream_next_line(&d->in, len + ended);
    return result;
}

static int next_line(struct documents *d, struct document *out)
{
    size_t seen = 0;
    bool dropped = false, ended = false;
    struct document start = {.ordinal = d->ordinal + 1, .line = d->in.line, .column = d->in.column};

    for (;;) {
        const char *from = available(d) ? d->in.data + d->in.begin + seen : NULL;
        const char *end = from ? memchr(from, '\n', available(d) - seen) : NULL;
        if (end) {
            seen = (size_t)(end - (d->in.data + d->in.begin));
            ended = true;
            break;
        }
        seen = available(d);
        if (drop_excess(d, seen)) {
            dropped = true;
            seen = 0;
        }
        if (!stream_fill(&d->in))
            break;
    }
    if (d->in.error || (!ended && seen == 0 && !dropped))
        return over(d);
    if (!dropped && is_blank(d->in.data + d->in.begin, seen)) {
        stream_next_line(&d->in, seen + ended);
        return AGAIN;
    }
    *out = start;
    out->plain = start.ordinal == 1 && !dropped && begins_plain(d->in.data + d->in.begin, seen);
    d->ordinal = start.ordinal;
    return finish_line(d, out, seen, ended, dropped);
}

/* One value that may go over several lines, while it is being looked at. */
struct value {
    struct scanner scanner;
    size_t len;        /* bytes looked at and not dropped */
    size_t first_line; /* length of the first line, once known */
    bool on_first_line;
    bool closed; /* the outermost brace was closed */
    bool dropped;
    bool objects; /* a further line began with a brace */
    char last;
};

enum value_end { VALUE_OPEN, VALUE_LINE, VALUE_WHOLE, VALUE_BROKEN };

static bool is_line(const struct documents *d, const struct value *v)
{
    return d->input == INPUT_AUTO && (v->closed || v->scanner.in_string);
}

/* Looks at one byte of an object that begins a line. A first line that closes every brace is a
 * line of JSON Lines. One that leaves a brace open goes on, until a line begins with a brace where
 * JSON allows none: then the first line was a broken line of JSON Lines. */
static enum value_end value_byte(const struct documents *d, struct value *v, char c)
{
    if (v->on_first_line && c == '\n') {
        if (is_line(d, v))
            return VALUE_LINE;
        v->on_first_line = false;
        v->first_line = v->len;
    }
    if (v->last == '\n' && c == '{') {
        if (!scanner_object_may_begin(&v->scanner))
            return VALUE_BROKEN;
        v->objects = true;
    }
    v->last = c;
    v->len++;
    if (scanner_byte(&v->scanner, c))
        v->closed = true;
    /* What follows on the first line belongs to it, for the library to refuse. */
    if (v->closed && (!v->on_first_line || d->input == INPUT_VALUES))
        return VALUE_WHOLE;
    return VALUE_OPEN;
}

static enum value_end scan_value(struct documents *d, struct value *v)
{
    for (;;) {
        while (v->len < available(d) && !is_excess(v->len)) {
            enum value_end end = value_byte(d, v, peek(d, v->len));
            if (end != VALUE_OPEN)
                return end;
        }
        if (drop_excess(d, v->len)) {
            v->dropped = true;
            v->len = 0;
        }
        if (available(d) == v->len && !stream_fill(&d->in))
            return VALUE_OPEN;
    }
}

static int finish_value(struct documents *d, struct document *out, const struct value *v)
{
    int result = hand_on(d, out, v->len, v->dropped);

    advance(d, v->len);
    return result;
}

static int next_value(struct documents *d, struct document *out)
{
    struct value v = {.on_first_line = true};

    if (!skip_space(d))
        return over(d);
    if (peek(d, 0) == '[') {
        advance(d, 1);
        d->state = STATE_ARRAY;
        d->after_comma = false;
        return AGAIN;
    }
    if (peek(d, 0) != '{')
        return next_line(d, out);

    place(d, out);
    enum value_end end = scan_value(d, &v);
    if (d->in.error)
        return over(d);
    bool ended = end != VALUE_OPEN;
    if (d->input == INPUT_AUTO && (end == VALUE_LINE || (!ended && v.on_first_line))) {
        d->state = STATE_LINES;
        return finish_line(d, out, v.len, ended, v.dropped);
    }
    bool broken = end == VALUE_BROKEN || (!ended && v.objects);
    if (broken && d->input == INPUT_AUTO && !v.dropped) {
        d->state = STATE_LINES;
        return finish_line(d, out, v.first_line, true, false);
    }
    return finish_value(d, out, &v);
}

/* @return true when @p c, after @p v, ends an element of the array */
static bool ends_element(const struct value *v, char c)
{
    if (v->scanner.in_string)
        return false;
    if (v->scanner.depth == 0)
        return c == ',' || c == ']';
    /* An element that was never closed must not swallow those on the lines after it. */
    return c == '{' && v->last == '\n' && !scanner_object_may_begin(&v->scanner);
}

static bool scan_element(struct documents *d, struct value *v)
{
    for (;;) {
        while (v->len < available(d) && !is_excess(v->len)) {
            char c = peek(d, v->len);
            if (ends_element(v, c))
                return true;
            scanner_byte(&v->scanner, c);
            v->last = c;
            v->len++;
        }
        if (drop_excess(d, v->len)) {
            v->dropped = true;
            v->len = 0;
        }
        if (available(d) == v->len && !stream_fill(&d->in))
            return false;
    }
}

/* After an element: passes over the comma, if there is one. */
static void pass_comma(struct documents *d)
{
    d->after_comma = peek(d, 0) == ',';
    if (d->after_comma)
        advance(d, 1);
}

static int end_array(struct documents *d, struct document *out)
{
    bool missing = d->after_comma;

    d->after_comma = false;
    if (missing)
        return hand_on_fault(d, out, FAULT_EMPTY_ELEMENT);
    advance(d, 1);
    d->state = STATE_VALUES;
    return AGAIN;
}

static int next_element(struct documents *d, struct document *out)
{
    struct value v = {0};

    if (!skip_space(d)) {
        if (d->in.error)
            return over(d);
        d->state = STATE_OVER;
        return hand_on_fault(d, out, FAULT_UNCLOSED_ARRAY);
    }
    if (peek(d, 0) == ']')
        return end_array(d, out);
    place(d, out);
    if (peek(d, 0) == ',') {
        out->fault = FAULT_EMPTY_ELEMENT;
        pass_comma(d);
        return 1;
    }
    bool ended = scan_element(d, &v);
    if (d->in.error)
        return over(d);
    /* The library will refuse what is cut off: that one message is enough. */
    if (!ended && (v.scanner.depth > 0 || v.scanner.in_string))
        d->state = STATE_OVER;
    int result = finish_value(d, out, &v);
    if (ended)
        pass_comma(d);
    return result;
}

/* Moves the place of a faulty row to what is wrong in it. */
static void place_fault(struct documents *d, struct document *out, const struct row *row)
{
    struct stream ahead = d->in;

    stream_advance(&ahead, row->fault_at);
    out->line = ahead.line;
    out->column = ahead.column;
    out->fault = row->unclosed ? FAULT_UNCLOSED_QUOTE : FAULT_MISQUOTED;
}

/* Spreadsheets leave rows of empty cells at the end. */
static bool is_empty_row(const char *data, size_t len, char delimiter)
{
    while (len > 0 && (is_space(data[len - 1]) || data[len - 1] == delimiter))
        len--;
    return len == 0;
}

static int next_row(struct documents *d, struct document *out)
{
    struct row row;
    struct document start = {.line = d->in.line, .column = d->in.column};

    if (d->state == STATE_HEADER)
        d->delimiter = rows_delimiter(&d->in, d->input == INPUT_TSV);
    if (!rows_next(&d->in, d->delimiter, DOCUMENT_BYTES, &row))
        return over(d);
    start.row = ++d->row;
    if (!row.dropped && is_empty_row(stream_bytes(&d->in), row.len, d->delimiter)) {
        stream_advance(&d->in, row.passed);
        return AGAIN;
    }
    *out = start;
    out->header = d->state == STATE_HEADER;
    out->ordinal = out->header ? 0 : ++d->ordinal;
    d->state = STATE_ROWS;
    if (row.dropped)
        out->fault = FAULT_TOO_LARGE;
    else if (row.unclosed || row.misquoted)
        place_fault(d, out, &row);
    out->data = stream_bytes(&d->in);
    out->len = out->fault ? 0 : row.len;
    stream_advance(&d->in, row.passed);
    return 1;
}

/* The beginning of a ZIP archive (*.xlsx, *.ods), or of an OLE file (*.xls). */
static bool is_spreadsheet(const char *data, size_t len)
{
    return len >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0);
}

static int start(struct documents *d, struct document *out)
{
    stream_need(&d->in, 4);
    if (d->in.error)
        return over(d);
    const char *data = d->in.data + d->in.begin;
    if (available(d) >= 2 &&
        (memcmp(data, "\xFF\xFE", 2) == 0 || memcmp(data, "\xFE\xFF", 2) == 0)) {
        d->state = STATE_OVER;
        return hand_on_fault(d, out, FAULT_UTF16);
    }
    if (is_spreadsheet(data, available(d))) {
        d->state = STATE_OVER;
        return hand_on_fault(d, out, FAULT_SPREADSHEET);
    }
    if (available(d) >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
        d->in.begin += 3;
    if (is_table(d))
        d->state = STATE_HEADER;
    else
        d->state = d->input == INPUT_LINES ? STATE_LINES : STATE_VALUES;
    return AGAIN;
}

static int step(struct documents *d, struct document *out)
{
    switch (d->state) {
    case STATE_START:
        return start(d, out);
    case STATE_VALUES:
        return next_value(d, out);
    case STATE_LINES:
        return next_line(d, out);
    case STATE_ARRAY:
        return next_element(d, out);
    case STATE_HEADER:
    case STATE_ROWS:
        return next_row(d, out);
    default:
        return over(d);
    }
}

void documents_cut_lines(struct documents *d)
{
    d->state = STATE_LINES;
}

int documents_next(struct documents *d, struct document *out)
{
    int result;

    do
        result = step(d, out);
    while (result == AGAIN);
    return result;
}
