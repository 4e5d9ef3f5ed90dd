/* SPDX-License-Identifier: Apache-2.0 */
#include "match/stream.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/fast.h"
#include "text/reader.h"

#define NOWHERE SIZE_MAX

enum {
    POLL_BYTES = 1 << 15,
    FAST_WORTH = 64, /* bytes that make calling the fast loop worth it */
    STRETCH_LEAST = 16,
    STRETCH_MOST = 4096
};

static bool ensure_room(struct stream *st)
{
    struct scanner *s = st->s;
    size_t need = st->n + (st->len - st->at) + STREAM_PAD + FOLD_LONGEST + FAST_SLACK;

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

static void invalid_byte(struct stream *st)
{
    push(st, SYMBOL_NONE, 0, st->at);
    st->s->well_formed = false;
    st->run = 0;
    st->last = NOWHERE;
    st->at++;
}

/* An ignorable; a separator behind it may be joined to the one before. */
static void skip(struct stream *st, uint32_t bytes)
{
    uint32_t code;

    st->at += bytes;
    if (st->at == st->len || !joined(st, st->at))
        return;
    bytes = utf8_decode((const unsigned char *)st->text + st->at, st->len - st->at, &code);
    if (!bytes || page_symbol(st->x, code) != SYMBOL_SEPARATOR)
        return;
    st->last = st->at;
    st->at += bytes;
}

/* What stream_plain stopped at; false when memory is short. */
static bool special(struct stream *st)
{
    uint32_t code,
        bytes = utf8_decode((const unsigned char *)st->text + st->at, st->len - st->at, &code);

    if (!bytes) {
        invalid_byte(st);
        return true;
    }
    switch (page_symbol(st->x, code)) {
    case SYMBOL_SLOW:
        return slow_segment(st, code);
    case SYMBOL_SKIP:
        skip(st, bytes);
        return true;
    default: /* one separator too many */
        separator(st, st->at);
        st->last = st->at;
        st->at += bytes;
        return true;
    }
}

/*
 * Goes as far as the fast loop can. Returns up to where the portable one is to go on: the further,
 * the more often the fast one stopped soon.
 */
static size_t run_fast(struct stream *st, size_t end)
{
    const size_t from = st->at;

    st->s->fast->stream(st, end);
    st->stretch = st->at - from >= FAST_WORTH  ? STRETCH_LEAST
                  : st->stretch < STRETCH_MOST ? 2 * st->stretch
                                               : STRETCH_MOST;
    return end - from <= st->at - from + st->stretch ? end : st->at + st->stretch;
}

/* False when memory is short. */
static bool run_to(struct stream *st, size_t end)
{
    const bool fast = st->s->fast && !st->codes;

    while (st->at < end) {
        const size_t to = fast ? run_fast(st, end) : end;
        while (st->at < to) {
            stream_plain(st, to);
            if (st->at < to && !special(st))
                return false;
        }
    }
    return true;
}

static void end_stream(struct stream *st)
{
    struct scanner *s = st->s;

    s->n_symbols = st->n;
    for (size_t i = 0; i < STREAM_PAD; i++) {
        s->symbols[st->n + i] = SYMBOL_NONE;
        s->offsets[st->n + i] = UINT32_MAX;
        if (st->codes)
            s->codes[st->n + i] = 0;
    }
}

enum scan_status stream_text(struct scanner *s, const struct index *x, bool codes, const char *text,
                             size_t len)
{
    struct stream st = {.s = s,
                        .x = x,
                        .codes = codes,
                        .text = text,
                        .len = len,
                        .last = NOWHERE,
                        .stretch = STRETCH_LEAST};

    if (!ensure_room(&st))
        return SCAN_MEMORY;
    s->well_formed = true;
    while (st.at < len) {
        const bool long_way = len - st.at >= POLL_BYTES;
        if (!run_to(&st, long_way ? st.at + POLL_BYTES : len))
            return SCAN_MEMORY;
        if (long_way && scanner_stopped(s))
            return SCAN_STOPPED;
    }
    end_stream(&st);
    return SCAN_OK;
}
