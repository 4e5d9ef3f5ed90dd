/* SPDX-License-Identifier: Apache-2.0 */
#include "match/verify.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/stream.h"
#include "text/reader.h"

enum { GAP_MOST = 16, BUDGET_BASE = 1 << 20, BUDGET_PER_BYTE = 64 };

_Static_assert((int)EDGE_MOST == (int)LIMIT_SEPARATOR_RUN, "an edge holds what a term may demand");

void verify_init(struct verify *v, const struct dictionary *d, const uint32_t *offsets,
                 const char *text, size_t len)
{
    *v = (struct verify){.d = d,
                         .offsets = offsets,
                         .text = text,
                         .len = len,
                         .budget = BUDGET_BASE + len * BUDGET_PER_BYTE};
}

static size_t bytes_read(const struct text_reader *r, size_t from)
{
    return (r->looked > r->at ? r->looked : r->at) - from;
}

static struct separator separator_of(const struct text_char *c)
{
    return (struct separator){.code = c->code,
                              .begin = c->begin,
                              .end = c->end,
                              .forms = c->forms & ~(uint32_t)FORM_IGNORABLE};
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
        if (c.class != CHAR_SEPARATOR && c.begin == v->offsets[index]) {
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
    symbol = page_symbol(v->d, *code);
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

/* Steps through a text symbol by symbol and keeps what stood in between. */
struct walker {
    struct text_reader r;
    struct text_char c; /* the symbol, when not ended */
    bool ended;
    uint32_t gap_begin; /* end of the symbol before */
    uint32_t gap_end;
    uint32_t part; /* how many characters of the same source precede c */
    uint32_t part_of;
    bool ignorables; /* in the gap */
    uint32_t count;
    struct separator gap[GAP_MOST];
};

static void walker_init(struct walker *w, const char *text, size_t len)
{
    text_reader_init(&w->r, text, len, FORM_DEFAULT);
    w->c = (struct text_char){.end = 0};
    w->ended = false;
    w->part = 0;
    w->part_of = UINT32_MAX;
}

static void gap_add(struct walker *w)
{
    struct separator s = separator_of(&w->c), *last = w->count ? &w->gap[w->count - 1] : NULL;

    if (last && s.code == ' ' && last->code == ' ') {
        last->end = s.end;
        last->forms |= s.forms | FORM_COMPAT;
    } else if (w->count < GAP_MOST) {
        w->gap[w->count++] = s;
    }
}

/* Whether ignorables stand inside a character that was composed of several. */
static bool holds_ignorable(const struct walker *w)
{
    const unsigned char *p = (const unsigned char *)w->r.text;

    for (uint32_t at = w->c.begin; at < w->c.end;) {
        uint32_t code, bytes = utf8_decode(p + at, w->c.end - at, &code);
        if (!bytes)
            return false;
        if (fold_ignorable(fold_entry(code)))
            return true;
        at += bytes;
    }
    return false;
}

static void walk(struct walker *w)
{
    uint32_t end = w->c.end;

    w->gap_begin = end;
    w->count = 0;
    w->ignorables = false;
    for (;;) {
        if (!text_read(&w->r, &w->c)) {
            w->ended = true;
            w->gap_end = (uint32_t)w->r.len;
            return;
        }
        w->part = w->c.begin == w->part_of ? w->part + 1 : 0;
        w->part_of = w->c.begin;
        w->ignorables |= w->c.begin > end;
        end = w->c.end;
        if (w->c.class != CHAR_SEPARATOR)
            break;
        w->ignorables |= holds_ignorable(w);
        gap_add(w);
    }
    w->gap_end = w->c.begin > w->gap_begin ? w->c.begin : w->gap_begin;
}

static bool same_bytes(const struct walker *a, uint32_t a_begin, uint32_t a_end,
                       const struct walker *b, uint32_t b_begin, uint32_t b_end)
{
    return a_end - a_begin == b_end - b_begin &&
           memcmp(a->r.text + a_begin, b->r.text + b_begin, a_end - a_begin) == 0;
}

static uint32_t symbol_forms(const struct walker *text, const struct walker *term)
{
    uint32_t forms = 0;

    if (text->part == term->part &&
        same_bytes(text, text->c.begin, text->c.end, term, term->c.begin, term->c.end))
        return 0;
    forms = (text->c.forms | term->c.forms) & ~(uint32_t)FORM_IGNORABLE;
    if (holds_ignorable(text) || holds_ignorable(term))
        forms |= FORM_IGNORABLE;
    return forms;
}

static bool same_separators(const struct walker *text, uint32_t text_from,
                            const struct walker *term, uint32_t count, uint32_t *forms)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct separator *a = &text->gap[text_from + i], *b = &term->gap[i];
        if (a->code != b->code)
            return false;
        if (!same_bytes(text, a->begin, a->end, term, b->begin, b->end))
            *forms |= a->forms | b->forms;
    }
    return true;
}

enum place { PLACE_START, PLACE_INSIDE, PLACE_END };

/*
 * Separators inside are free, at a price: what is no tolerated disguise of the term's own may
 * still be squeezed out. At the edges the text must show the term's own; it can show more only
 * where one character folds to a symbol and separators.
 */
static bool gap_forms(const struct walker *text, const struct walker *term, enum place place,
                      uint32_t tolerate, uint32_t *forms)
{
    const bool same_count = text->count == term->count;
    uint32_t found = 0;

    if (text->ignorables || term->ignorables) {
        if (!same_bytes(text, text->gap_begin, text->gap_end, term, term->gap_begin, term->gap_end))
            *forms |= FORM_IGNORABLE;
    }
    if (place == PLACE_INSIDE) {
        bool same = same_count && same_separators(text, 0, term, term->count, &found);
        *forms |= same && !(found & ~tolerate) ? found : FORM_SQUEEZED;
        return true;
    }
    if (text->count < term->count)
        return false;
    if (!same_separators(text, place == PLACE_START ? text->count - term->count : 0, term,
                         term->count, &found))
        return false;
    *forms |= same_count ? found : found | FORM_SQUEEZED;
    return true;
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

bool verify_entry(struct verify *v, const struct entry *e, size_t index, struct hit *hit)
{
    const struct term *t = &v->d->terms[e->term];
    const size_t last = index + e->count - 1;

    /* No match starts or ends inside what one character folds to. */
    if ((index && v->offsets[index - 1] == v->offsets[index]) ||
        v->offsets[last + 1] == v->offsets[last])
        return false;
    *hit = (struct hit){.term = e->term, .begin = v->offsets[index]};
    if (!check_before(v, e, index, &hit->begin) || !check_after(v, e, last, &hit->end))
        return false;
    if (hit->end - hit->begin == e->core_length &&
        memcmp(v->text + hit->begin, t->text + e->core, e->core_length) == 0)
        return true;
    return compare(v, e, hit);
}
