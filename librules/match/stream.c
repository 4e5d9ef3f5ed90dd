/* SPDX-License-Identifier: Apache-2.0 */
#include "match/stream.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "text/reader.h"

#define NOWHERE SIZE_MAX

enum { POLL_BYTES = 1 << 15 };

struct stream {
    struct scanner *s;
    const struct index *x;
    bool codes; /* are wanted */
    const char *text;
    size_t len;
    size_t at;
    size_t pause; /* where to ask whether to stop */
    size_t n;     /* symbols so far; room for one a byte of the rest is ensured */
    size_t last;  /* the character before, or NOWHERE when nothing can compose with it */
    uint32_t run; /* separators since the last symbol, but for those that a joiner ties to them */
};

static bool ensure_room(struct stream *st)
{
    struct scanner *s = st->s;
    size_t need = st->n + (st->len - st->at) + STREAM_PAD + FOLD_LONGEST;

    return mem_grow(&s->mem, &s->symbols, &s->cap_symbols, need, sizeof *s->symbols) &&
           mem_grow(&s->mem, &s->offsets, &s->cap_offsets, need, sizeof *s->offsets) &&
           (!st->codes || mem_grow(&s->mem, &s->codes, &s->cap_codes, need, sizeof *s->codes));
}

static void push(struct stream *st, uint16_t symbol, uint32_t code, size_t offset)
{
    if (st->codes)
        st->s->codes[st->n] = code;
    st->s->symbols[st->n] = symbol;
    st->s->offsets[st->n] = (uint32_t)offset;
    st->n++;
}

/* Behind U+200D: the next part of an emoji that is shown as one. */
static bool joined(const struct stream *st, size_t at)
{
    return at >= 3 && memcmp(st->text + at - 3, "\xe2\x80\x8d", 3) == 0;
}

static void separator(struct stream *st, size_t at)
{
    if (joined(st, at))
        return;
    if (++st->run == LIMIT_SEPARATOR_RUN + 1)
        push(st, SYMBOL_NONE, 0, STREAM_NO_OFFSET);
}

uint16_t late_symbol(const struct index *x, uint32_t code)
{
    uint32_t from = 0, to = x->n_late;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (x->late[middle].code < code)
            from = middle + 1;
        else
            to = middle;
    }
    return from < x->n_late && x->late[from].code == code ? x->late[from].symbol : SYMBOL_NONE;
}

static void push_char(struct stream *st, const struct text_char *c)
{
    uint16_t symbol;

    if (separates(st->x, c)) {
        separator(st, c->begin);
        return;
    }
    symbol = c->class == CHAR_WALL ? SYMBOL_NONE : code_symbol(st->x, c->code);
    push(st, symbol, c->class == CHAR_WALL ? 0 : c->code, c->begin);
    st->run = 0;
}

/* Take back the character before, which composes with the one at st->at. */
static size_t rewind_to_base(struct stream *st)
{
    const uint32_t *offsets = st->s->offsets;

    if (st->run) {
        if (!joined(st, st->last)) {
            st->n -= st->run == LIMIT_SEPARATOR_RUN + 1;
            st->run--;
        }
        return st->last;
    }
    while (st->n && offsets[st->n - 1] >= st->last && offsets[st->n - 1] != STREAM_NO_OFFSET)
        st->n--;
    return st->last;
}

/* The character at st->at needs the reader: alone, or with the one before and those behind. */
static bool slow_segment(struct stream *st, uint32_t code)
{
    struct text_reader r;
    struct text_char c;
    size_t slow = st->at;

    text_reader_init(&r, st->text, st->len, FORM_DEFAULT);
    r.at = st->last != NOWHERE && fold_entry(code) & FOLD_JOINS ? rewind_to_base(st) : slow;
    do {
        text_read(&r, &c);
        st->at = r.at;
        if (!ensure_room(st))
            return false;
        push_char(st, &c);
    } while (r.at <= slow || r.pending_at < r.pending_count || r.at < r.plain_until);
    st->last = NOWHERE;
    return true;
}

/* What stopped a run of plain symbols; bytes is 0 for an invalid byte. */
struct stop {
    uint32_t code;
    uint32_t bytes;
    uint16_t symbol;
};

static inline uint32_t folded_alone(uint32_t code)
{
    const uint32_t entry = fold_entry(code);

    if (fold_class(entry) == CHAR_WALL)
        return 0;
    return entry & FOLD_TARGET ? entry & FOLD_TARGET : code;
}

/* Take symbols until something else comes; false at the pause or the end of the text. */
static inline bool run_plain(struct stream *st, struct stop *stop, uint32_t *codes)
{
    const struct index *x = st->x;
    const unsigned char *text = (const unsigned char *)st->text;
    uint16_t *symbols = st->s->symbols, symbol;
    uint32_t *offsets = st->s->offsets, code = 0, bytes = 0;
    size_t at = st->at, n = st->n;
    const size_t len = st->len, end = st->pause < len ? st->pause : len;

    for (; at < end; at += bytes) {
        bytes = utf8_decode(text + at, len - at, &code);
        if (!bytes)
            break;
        symbol = page_symbol(x, code);
        if (symbol >= SYMBOL_SKIP && symbol <= SYMBOL_SLOW) {
            stop->symbol = symbol;
            break;
        }
        if (codes)
            codes[n] = folded_alone(code);
        symbols[n] = symbol;
        offsets[n] = (uint32_t)at;
        n++;
    }
    if (n > st->n) {
        st->last = offsets[n - 1];
        st->run = 0;
    }
    st->n = n;
    st->at = at;
    stop->code = code;
    stop->bytes = bytes;
    return at < end;
}

/* The case without codes is compiled by itself. */
static bool plain_run(struct stream *st, struct stop *stop)
{
    return st->codes ? run_plain(st, stop, st->s->codes) : run_plain(st, stop, NULL);
}

static void invalid_byte(struct stream *st)
{
    push(st, SYMBOL_NONE, 0, st->at);
    st->run = 0;
    st->last = NOWHERE;
    st->at++;
}

/* False when memory is short. */
static bool special(struct stream *st, const struct stop *stop)
{
    if (!stop->bytes) {
        invalid_byte(st);
        return true;
    }
    if (stop->symbol == SYMBOL_SLOW)
        return slow_segment(st, stop->code);
    if (stop->symbol == SYMBOL_SEPARATOR) {
        separator(st, st->at);
        st->last = st->at;
    }
    st->at += stop->bytes;
    return true;
}

enum scan_status stream_text(struct scanner *s, const struct index *x, bool codes, const char *text,
                             size_t len)
{
    struct stream st = {.s = s,
                        .x = x,
                        .codes = codes,
                        .text = text,
                        .len = len,
                        .pause = POLL_BYTES,
                        .last = NOWHERE};
    struct stop stop = {.bytes = 0};

    if (!ensure_room(&st))
        return SCAN_MEMORY;
    while (st.at < len) {
        if (plain_run(&st, &stop) && !special(&st, &stop))
            return SCAN_MEMORY;
        if (st.at < st.pause)
            continue;
        if (scanner_stopped(s))
            return SCAN_STOPPED;
        st.pause = st.at + POLL_BYTES;
    }
    s->n_symbols = st.n;
    for (size_t i = 0; i < STREAM_PAD; i++) {
        s->symbols[st.n + i] = SYMBOL_NONE;
        s->offsets[st.n + i] = UINT32_MAX;
        if (codes)
            s->codes[st.n + i] = 0;
    }
    return SCAN_OK;
}
