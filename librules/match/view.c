/* SPDX-License-Identifier: Apache-2.0 */
#include "match/view.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

enum {
    VIEW_GAP = 128,         /* longer ones between stretches are not filled */
    VIEW_STEP = 256,        /* bytes of the original that room is made for at once */
    VIEW_KEEP = 256 * 1024, /* bytes before the place in hand that are worth keeping */
    BYTES_A_CHAR = 4        /* of the original, as a first guess */
};

void view_init(struct view *v, const struct mem *mem)
{
    *v = (struct view){.mem = *mem};
}

void view_clear(struct view *v)
{
    mem_release(&v->mem, v->bytes, v->cap_bytes);
    mem_release(&v->mem, v->chars, v->cap_chars * sizeof *v->chars);
    view_init(v, &v->mem);
}

size_t view_memory(const struct view *v)
{
    return v->cap_bytes + v->cap_chars * sizeof *v->chars;
}

static void forget(struct view *v)
{
    v->open = v->ended = false;
    v->n_bytes = v->n_chars = 0;
}

/* Where the first character stands that does not vanish. */
static size_t find_front(const char *text, size_t len)
{
    size_t at = 0;
    uint32_t code, n;

    while (at < len && (n = utf8_decode((const unsigned char *)text + at, len - at, &code)) &&
           fold_ignorable(fold_entry(code)))
        at += n;
    return at;
}

void view_open(struct view *v, const char *text, size_t len, uint32_t forms)
{
    text_reader_init(&v->reader, text, len, forms);
    v->front = forms & FORM_IGNORABLE ? find_front(text, len) : 0;
    forget(v);
}

/* Whether reading may begin here: a character that is not skipped and joins none before it. */
static bool is_safe(const struct view *v, size_t at)
{
    uint32_t code, entry;

    if (!utf8_decode((const unsigned char *)v->reader.text + at, v->reader.len - at, &code))
        return false;
    entry = fold_entry(code);
    return !fold_ignorable(entry) && !(entry & FOLD_JOINS);
}

static void restart(struct view *v, size_t from)
{
    const struct text_reader *r = &v->reader;
    size_t at = from < r->len ? from : r->len;

    while (at > 0 && (at == r->len || !is_safe(v, at)))
        at--;
    text_reader_init(&v->reader, r->text, r->len, r->forms);
    forget(v);
    v->reader.at = at;
    /* Behind what vanishes the text begins as well. */
    v->begin = at <= v->front ? 0 : at;
    v->open = true;
}

static bool read_one(struct view *v)
{
    struct text_char c;
    char bytes[UTF8_LONGEST];
    uint32_t n;

    if (!text_read(&v->reader, &c)) {
        v->ended = true;
        return true;
    }
    if (v->n_bytes > UINT32_MAX - UTF8_LONGEST ||
        !mem_grow(&v->mem, &v->bytes, &v->cap_bytes, v->n_bytes + UTF8_LONGEST, 1) ||
        !mem_grow(&v->mem, &v->chars, &v->cap_chars, v->n_chars + 1, sizeof *v->chars))
        return false;
    n = utf8_encode(c.code, bytes);
    memcpy(v->bytes + v->n_bytes, bytes, n);
    v->chars[v->n_chars++] = (struct view_char){(uint32_t)v->n_bytes, c.begin, c.end, c.forms};
    v->n_bytes += n;
    return true;
}

/* What may compose with the character before, or vanish between the two. */
static bool may_join(const struct view *v, size_t at)
{
    const struct text_reader *r = &v->reader;
    uint32_t code, entry;

    if (at >= r->len || (unsigned char)r->text[at] < 0x80)
        return false;
    if (!utf8_decode((const unsigned char *)r->text + at, r->len - at, &code))
        return false;
    entry = fold_entry(code);
    return entry & FOLD_JOINS || fold_ignorable(entry);
}

/* Reads characters that stand alone up to a byte, without the reader, which they are read by
 * otherwise. Room for them is ensured. */
static void read_plain(struct view *v, size_t to)
{
    struct text_reader *r = &v->reader;
    const unsigned char *text = (const unsigned char *)r->text;
    size_t at = r->at, n_bytes = v->n_bytes, n_chars = v->n_chars;
    uint32_t n, code, entry, forms;

    for (; at < to; at += n) {
        n = utf8_decode(text + at, r->len - at, &code);
        if (!n)
            break;
        entry = fold_entry(code);
        forms = fold_forms(entry);
        if (entry & (FOLD_JOINS | FOLD_MANY) || fold_ignorable(entry) || may_join(v, at + n))
            break;
        v->chars[n_chars++] =
            (struct view_char){(uint32_t)n_bytes, (uint32_t)at, (uint32_t)at + n, 0};
        if (!forms || forms & ~r->forms) {
            memcpy(v->bytes + n_bytes, text + at, n);
            n_bytes += n;
        } else {
            v->chars[n_chars - 1].forms = forms;
            n_bytes +=
                utf8_encode(entry & FOLD_TARGET ? entry & FOLD_TARGET : code, v->bytes + n_bytes);
        }
    }
    r->at = at;
    v->n_bytes = n_bytes;
    v->n_chars = n_chars;
}

/* Reads at least one character, unless the text ends, and at most a step's. */
static bool read_some(struct view *v, size_t to)
{
    struct text_reader *r = &v->reader;
    size_t step, from;

    if (r->pending_at == r->pending_count && r->at < r->len) {
        step = r->len - r->at < VIEW_STEP ? r->len - r->at : VIEW_STEP;
        step = to - r->at < step ? to - r->at : step;
        if (v->n_bytes > UINT32_MAX - UTF8_LONGEST * VIEW_STEP ||
            !mem_grow(&v->mem, &v->bytes, &v->cap_bytes, v->n_bytes + UTF8_LONGEST * step, 1) ||
            !mem_grow(&v->mem, &v->chars, &v->cap_chars, v->n_chars + step, sizeof *v->chars))
            return false;
        from = r->at;
        read_plain(v, from + step);
        if (r->at > from)
            return true;
    }
    return read_one(v);
}

static bool read_to(struct view *v, size_t to)
{
    const struct text_reader *r = &v->reader;

    while (!v->ended && (r->at <= to || r->pending_at < r->pending_count))
        if (!read_some(v, to < SIZE_MAX ? to + 1 : to))
            return false;
    return true;
}

bool view_extend(struct view *v, size_t n)
{
    while (!v->ended && v->n_bytes < n)
        if (!read_some(v, v->reader.at + (n - v->n_bytes)))
            return false;
    return true;
}

static bool cover(struct view *v, size_t from, size_t to)
{
    if (!v->open || from < v->begin || from > v->reader.at + VIEW_GAP ||
        (to > v->reader.at && from > v->begin + VIEW_KEEP))
        restart(v, from);
    return read_to(v, to);
}

bool view_cover(struct view *v, size_t from, size_t to, size_t before)
{
    size_t back = before * BYTES_A_CHAR;

    for (;;) {
        if (!cover(v, from > back ? from - back : 0, to))
            return false;
        if (v->begin == 0 || view_find(v, from) >= before)
            return true;
        back = back < from ? 2 * back : from;
    }
}

size_t view_find(const struct view *v, size_t begin)
{
    size_t from = 0, to = v->n_chars;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (v->chars[middle].begin < begin)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

size_t view_char_at(const struct view *v, size_t at)
{
    size_t from = 0, to = v->n_chars;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (v->chars[middle].at < at)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
