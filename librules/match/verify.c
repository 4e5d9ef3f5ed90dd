/* SPDX-License-Identifier: Apache-2.0 */
#include "match/verify.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/stream.h"
#include "match/walker.h"

enum { BUDGET_BASE = 1 << 20, BUDGET_PER_BYTE = 64 };

_Static_assert((int)EDGE_MOST == (int)LIMIT_SEPARATOR_RUN, "an edge holds what a term may demand");

size_t verify_budget(size_t len)
{
    return BUDGET_BASE + len * BUDGET_PER_BYTE;
}

void verify_init(struct verify *v, const struct dictionary *d, const struct index *x,
                 const uint32_t *offsets, const char *text, size_t len)
{
    /* What stands before a symbol is filled in when it is asked for: short texts are many. */
    v->d = d;
    v->x = x;
    v->offsets = offsets;
    v->text = text;
    v->len = len;
    v->before.known = false;
    v->budget = verify_budget(len);
}

static size_t bytes_read(const struct text_reader *r, size_t from)
{
    return (r->looked > r->at ? r->looked : r->at) - from;
}

/* Drops the oldest when full. A blank behind a blank adds nothing. */
static void edge_add(struct edge *e, const struct text_char *c)
{
    struct separator s = separator_of(c);

    if (e->count && s.code == ' ' && e->nearest[e->count - 1].code == ' ')
        return;
    if (e->count == EDGE_MOST) {
        memmove(e->nearest, e->nearest + 1, (EDGE_MOST - 1) * sizeof e->nearest[0]);
        e->count--;
    }
    e->nearest[e->count++] = s;
}

/* Reads from the symbol before, so that characters compose as they did in the stream. */
static void look_before(struct verify *v, size_t index)
{
    struct text_reader r;
    struct text_char c;
    struct edge *e = &v->before;
    size_t from = 0;

    if (index && v->offsets[index - 1] != STREAM_NO_OFFSET)
        from = v->offsets[index - 1];
    else if (index > 1)
        from = v->offsets[index - 2];
    *e = (struct edge){.index = index, .known = true, .class = CHAR_WALL};
    text_reader_init(&r, v->text, v->len, FORM_DEFAULT);
    r.at = from;
    while (text_read(&r, &c) && c.begin <= v->offsets[index]) {
        if (c.begin == v->offsets[index] && !separates(v->x, &c)) {
            e->valid = true;
            break;
        }
        if (c.class == CHAR_SEPARATOR)
            edge_add(e, &c);
        else
            e->count = 0;
        e->class = c.class;
    }
    verify_spend(v, bytes_read(&r, from));
}

/* Moves *begin to the first separator that the term has before its first symbol. */
static bool check_before(struct verify *v, const struct entry *e, size_t index, uint32_t *begin)
{
    if (!e->lead && !(e->flags & ENTRY_WORD_START))
        return true;
    if (!v->before.known || v->before.index != index)
        look_before(v, index);
    if (!v->before.valid || v->before.count < e->lead)
        return false;
    if (e->lead)
        *begin = v->before.nearest[v->before.count - e->lead].begin;
    return !(e->flags & ENTRY_WORD_START) || v->before.class != CHAR_WORD;
}

/* A character that the stream took as it stands, without the reader. */
static bool plain_char(const struct verify *v, size_t at, uint32_t *code, uint32_t *bytes)
{
    uint16_t symbol;

    *bytes = utf8_decode((const unsigned char *)v->text + at, v->len - at, code);
    if (!*bytes)
        return false;
    symbol = page_symbol(v->x, *code);
    return symbol != SYMBOL_SLOW && symbol != SYMBOL_SKIP;
}

/* Most symbols are one character, and what follows neither composes nor is skipped. */
static bool check_after_plain(const struct verify *v, const struct entry *e, size_t at,
                              uint32_t *end, bool *ok)
{
    uint32_t code, bytes;

    if (e->trail || !plain_char(v, at, &code, &bytes))
        return false;
    *end = (uint32_t)at + bytes;
    *ok = true;
    if (*end == v->len)
        return true;
    if (!plain_char(v, *end, &code, &bytes))
        return false;
    *ok = !(e->flags & ENTRY_WORD_END) || fold_class(fold_entry(code)) != CHAR_WORD;
    return true;
}

/* The next count separators; *end becomes the end of the last. */
static bool take_separators(struct text_reader *r, struct text_char *c, uint32_t taken, bool blank,
                            uint32_t count, uint32_t *end)
{
    while (taken < count) {
        if (!text_read(r, c) || c->class != CHAR_SEPARATOR)
            return false;
        taken += !(blank && c->code == ' ');
        blank = c->code == ' ';
        *end = c->end;
    }
    return true;
}

/* Reads the last symbol of a match and what the term wants behind it. */
static bool check_after(struct verify *v, const struct entry *e, size_t last, uint32_t *end)
{
    const size_t from = v->offsets[last];
    struct text_reader r;
    struct text_char c;
    uint32_t own = 0; /* separators that belong to the last symbol's own character */
    bool blank = false, ok = true;

    if (check_after_plain(v, e, from, end, &ok))
        return ok;
    text_reader_init(&r, v->text, v->len, FORM_DEFAULT);
    r.at = from;
    text_read(&r, &c);
    *end = c.end;
    while (r.pending_at < r.pending_count) {
        text_read(&r, &c);
        if (c.class == CHAR_SEPARATOR) {
            own += !(blank && c.code == ' ');
            blank = c.code == ' ';
        } else {
            own = 0;
            blank = false;
        }
    }
    if (e->trail)
        ok = take_separators(&r, &c, own, blank, e->trail, end);
    else if (e->flags & ENTRY_WORD_END && !own)
        ok = !text_read(&r, &c) || c.class != CHAR_WORD;
    verify_spend(v, bytes_read(&r, from));
    return ok;
}

/* Reads the span and the term side by side; false when the span is not the term. */
static bool compare(struct verify *v, const struct entry *e, struct hit *hit)
{
    const struct term *t = &v->d->terms[e->term];
    struct walker text, term;
    enum place place = PLACE_START;

    walker_init(&text, v->text + hit->begin, hit->end - hit->begin);
    walker_init(&term, t->text + e->core, e->core_length);
    for (;;) {
        walk(&text);
        walk(&term);
        if (text.ended != term.ended)
            return false;
        if (term.ended)
            place = PLACE_END;
        if (!gap_forms(&text, &term, place, t->tolerate, &hit->forms) || hit->forms & ~t->tolerate)
            return false;
        verify_spend(v, 1 + text.gap_end - text.gap_begin);
        if (term.ended)
            return true;
        if (text.c.code != term.c.code)
            return false;
        hit->forms |= symbol_forms(&text, &term);
        if (hit->forms & ~t->tolerate)
            return false;
        place = PLACE_INSIDE;
    }
}

/* No match starts or ends inside what one character folds to. */
static bool whole(const struct verify *v, size_t first, size_t last)
{
    return (!first || v->offsets[first - 1] != v->offsets[first]) &&
           v->offsets[last + 1] != v->offsets[last];
}

bool verify_edges(struct verify *v, const struct entry *e, size_t first, size_t last,
                  struct hit *hit)
{
    if (!whole(v, first, last))
        return false;
    *hit = (struct hit){.term = e->term, .begin = v->offsets[first]};
    return check_before(v, e, first, &hit->begin) && check_after(v, e, last, &hit->end);
}

/* Whether what begins at a byte composes with nothing before it. False says nothing. */
static bool stands_alone(const struct verify *v, size_t at)
{
    return at == v->len || fold_stands_alone((unsigned char)v->text[at]);
}

/* The term as written, where nothing is asked of its edges: no need to read it. */
static bool as_written(const struct verify *v, const struct entry *e, size_t begin)
{
    return !(e->lead | e->trail | e->flags) && e->core_length <= v->len - begin &&
           stands_alone(v, begin + e->core_length) &&
           memcmp(v->text + begin, entry_text(v->x, e) + e->core, e->core_length) == 0;
}

bool verify_entry(struct verify *v, const struct entry *e, size_t index, struct hit *hit)
{
    const size_t last = index + e->count - 1;
    const uint32_t begin = v->offsets[index];
    const struct term *t;

    if (whole(v, index, last) && as_written(v, e, begin)) {
        *hit = (struct hit){.term = e->term, .begin = begin, .end = begin + e->core_length};
        return true;
    }
    if (!verify_edges(v, e, index, last, hit))
        return false;
    t = &v->d->terms[e->term];
    if (hit->end - hit->begin == e->core_length &&
        memcmp(v->text + hit->begin, t->text + e->core, e->core_length) == 0)
        return true;
    return compare(v, e, hit);
}
