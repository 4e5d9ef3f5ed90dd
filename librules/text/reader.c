/* SPDX-License-Identifier: Apache-2.0 */
#include "text/reader.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/icu.h"

enum { REPLACEMENT = 0xfffd };

/* A code point as written. */
struct scalar {
    uint32_t code;
    uint32_t begin, end;
    uint32_t entry;
};

/* A character and all that may compose with it. */
struct segment {
    struct scalar parts[ICU_COMPOSE_IN];
    size_t count;
    uint32_t end;
    uint32_t forms; /* what composing the parts undoes */
};

void text_reader_init(struct text_reader *r, const char *text, size_t len, uint32_t forms)
{
    r->text = text;
    r->len = len;
    r->at = 0;
    r->forms = forms;
    r->plain_until = r->looked = 0;
    r->pending_at = r->pending_count = 0;
}

/* False when the byte at *at is no character; *at must be below len. */
static bool next_scalar(const struct text_reader *r, size_t at, struct scalar *s)
{
    uint32_t bytes = utf8_decode((const unsigned char *)r->text + at, r->len - at, &s->code);

    if (!bytes)
        return false;
    s->begin = (uint32_t)at;
    s->end = (uint32_t)at + bytes;
    s->entry = fold_entry(s->code);
    return true;
}

static bool skipped(const struct text_reader *r, const struct scalar *s)
{
    return r->forms & FORM_IGNORABLE && fold_ignorable(s->entry);
}

/* The next character that joins, behind skipped ones; false when the next one does not. */
static bool next_joins(struct text_reader *r, size_t at, struct scalar *s, bool *ignorables)
{
    bool skipping = false, joins = false;

    while (at < r->len && next_scalar(r, at, s)) {
        if (!skipped(r, s)) {
            joins = s->entry & FOLD_JOINS;
            *ignorables |= joins && skipping;
            break;
        }
        skipping = true;
        at = s->end;
    }
    if (r->looked < at)
        r->looked = at;
    return joins;
}

static void gather(struct text_reader *r, const struct scalar *first, struct segment *seg)
{
    bool ignorables = false;
    size_t at = first->end;

    seg->parts[0] = *first;
    seg->count = 1;
    seg->forms = FORM_COMPAT | fold_forms(first->entry);
    while (seg->count < ICU_COMPOSE_IN && next_joins(r, at, &seg->parts[seg->count], &ignorables)) {
        at = seg->parts[seg->count].end;
        seg->forms |= fold_forms(seg->parts[seg->count].entry);
        seg->count++;
    }
    seg->end = (uint32_t)at;
    if (ignorables)
        seg->forms |= FORM_IGNORABLE;
}

/* Whether the composed code points are no more than the folds of the parts one by one. */
static bool nothing_composed(const struct segment *seg, const uint32_t *codes, size_t n)
{
    size_t at = 0;

    for (size_t i = 0; i < seg->count; i++) {
        uint32_t single;
        size_t count;
        const uint32_t *s = fold_sequence(seg->parts[i].code, seg->parts[i].entry, &single, &count);
        if (count > n - at || memcmp(s, codes + at, count * sizeof *s) != 0)
            return false;
        at += count;
    }
    return at == n;
}

/* Composed code points need the script fold only; the tables add no more but for odd blanks. */
static uint32_t fold_script(uint32_t *codes, size_t n)
{
    uint32_t forms = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t entry = fold_entry(codes[i]);
        if (entry & FOLD_TARGET && !(entry & FOLD_MANY))
            codes[i] = entry & FOLD_TARGET;
        forms |= fold_forms(entry);
    }
    return forms;
}

static void queue(struct text_reader *r, const uint32_t *codes, size_t n, struct text_char c)
{
    r->pending_at = 0;
    r->pending_count = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        c.code = codes[i];
        c.class = (uint8_t)fold_class(fold_entry(codes[i]));
        r->pending[i] = c;
        c.forms &= (uint16_t)~FORM_IGNORABLE;
    }
}

/* Compose what follows into first; false when everything up to the segment's end stands alone. */
static bool compose(struct text_reader *r, const struct scalar *first, uint32_t before)
{
    uint32_t codes[ICU_COMPOSE_OUT] = {0};
    struct segment seg;
    size_t n;

    gather(r, first, &seg);
    r->plain_until = seg.end;
    for (size_t i = 0; i < seg.count; i++)
        codes[i] = seg.parts[i].code;
    n = icu_compose(codes, seg.count, codes);
    seg.forms |= fold_script(codes, n);
    if (!n || seg.forms & ~r->forms || nothing_composed(&seg, codes, n))
        return false;
    queue(r, codes, n,
          (struct text_char){
              .begin = first->begin, .end = seg.end, .forms = (uint16_t)(seg.forms | before)});
    r->at = seg.end;
    return true;
}

static void fold_alone(struct text_reader *r, const struct scalar *s, uint32_t before)
{
    uint32_t forms = fold_forms(s->entry), single;
    struct text_char c = {.begin = s->begin, .end = s->end};
    const uint32_t *codes;
    size_t n;

    if (forms & ~r->forms) {
        codes = &s->code;
        n = 1;
        forms = 0;
    } else {
        codes = fold_sequence(s->code, s->entry, &single, &n);
    }
    c.forms = (uint16_t)(forms | before);
    queue(r, codes, n, c);
    if (n == 1)
        r->pending[0].class = (uint8_t)fold_class(s->entry);
    r->at = s->end;
}

static void invalid_byte(struct text_reader *r, uint32_t before)
{
    r->pending[0] = (struct text_char){.code = REPLACEMENT,
                                       .begin = (uint32_t)r->at,
                                       .end = (uint32_t)r->at + 1,
                                       .forms = (uint16_t)before,
                                       .class = CHAR_WALL};
    r->pending_at = 0;
    r->pending_count = 1;
    r->at++;
}

/* Printable ASCII never joins: worth knowing before anything is decoded. */
static bool may_compose(struct text_reader *r, const struct scalar *s)
{
    struct scalar next;
    bool ignorables = false;

    if (!(r->forms & FORM_COMPAT) || s->end <= r->plain_until || s->end >= r->len)
        return false;
    if (r->text[s->end] >= ' ' && r->text[s->end] < 0x7f)
        return false;
    return next_joins(r, s->end, &next, &ignorables);
}

static bool refill(struct text_reader *r)
{
    uint32_t before = 0;
    struct scalar s;

    for (;;) {
        if (r->at >= r->len)
            return false;
        if (!next_scalar(r, r->at, &s)) {
            invalid_byte(r, before);
            return true;
        }
        if (!skipped(r, &s))
            break;
        before = FORM_IGNORABLE;
        r->at = s.end;
    }
    if (!may_compose(r, &s) || !compose(r, &s, before))
        fold_alone(r, &s, before);
    return true;
}

_Bool text_read(struct text_reader *r, struct text_char *out)
{
    if (r->pending_at == r->pending_count && !refill(r))
        return false;
    *out = r->pending[r->pending_at++];
    return true;
}

size_t text_fold(const char *text, size_t len, uint32_t forms, char *out, size_t cap)
{
    struct text_reader r;
    struct text_char c;
    char bytes[UTF8_LONGEST];
    size_t want = 0, written = 0;
    bool blank = false;

    text_reader_init(&r, text, len, forms);
    while (text_read(&r, &c)) {
        size_t n;
        if (forms & FORM_SQUEEZED && c.class == CHAR_SEPARATOR)
            continue;
        if (forms & FORM_COMPAT && c.code == ' ' && blank)
            continue;
        blank = c.code == ' ';
        n = utf8_encode(c.code, bytes);
        if (written == want && want + n < cap) {
            memcpy(out + written, bytes, n);
            written += n;
        }
        want += n;
    }
    if (cap)
        out[written] = '\0';
    return want;
}

const char *text_unicode_version(void)
{
    return fold_unicode_version;
}

const char *text_tables_digest(void)
{
    return tables_digest;
}
