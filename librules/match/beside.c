/* SPDX-License-Identifier: Apache-2.0 */
#include "match/beside.h"

#include "base/utf8.h"
#include "match/stream.h"
#include "text/fold.h"

/* --- among the symbols -------------------------------------------------------------------- */

enum verdict { FAR, NEAR, UNTOLD };

/* By its first byte: a control character, or U+2028 and U+2029. */
static bool may_end_line(char c)
{
    return (unsigned char)c < ' ' || c == '\xe2';
}

/* Whether a symbol is one that must stand near. */
static enum verdict look(const struct beside_text *t, const struct near *near, size_t at)
{
    const uint16_t symbol = t->s->symbols[at];
    const uint32_t offset = t->s->offsets[at];

    if (symbol == SYMBOL_NONE) {
        /* Many separators, which make one symbol, or perhaps a line end. */
        if (offset == STREAM_NO_OFFSET || (near->line && may_end_line(t->text[offset])))
            return UNTOLD;
        return FAR;
    }
    for (uint32_t i = 0; i < near->n; i++)
        if (near->symbols[i] == symbol)
            return NEAR;
    return FAR;
}

/* Looks at the symbols from `at` on, of which there are so many, in one direction. */
static bool stands_near(const struct beside_text *t, const struct near *near, size_t at,
                        size_t rest, bool ahead)
{
    size_t need = near->run;

    for (size_t i = 0; i < rest && i < (size_t)near->gap + near->run; i++) {
        const enum verdict v = look(t, near, ahead ? at + i : at - 1 - i);

        if (v == UNTOLD)
            return true;
        if (v == NEAR && --need == 0)
            return true;
        if (v == FAR && near->run > 1)
            return false;
    }
    return false;
}

/* --- next to it --------------------------------------------------------------------------- */

/* A character of the text, which some view may read as one of a set. */
struct letter {
    size_t end;  /* 0: there is none */
    bool joins;  /* or vanishes: what it is depends on its neighbours */
    bool plain;  /* one character of every view, unless the next one joins it */
    char raw[2]; /* the first byte as it is, and as it folds */
};

static struct letter read_letter(const struct beside_text *t, size_t at)
{
    struct letter l = {.end = 0};
    uint32_t code, entry, n;
    char bytes[UTF8_LONGEST];

    n = utf8_decode((const unsigned char *)t->text + at, t->len - at, &code);
    if (!n)
        return l;
    entry = fold_entry(code);
    l.end = at + n;
    l.joins = entry & FOLD_JOINS || fold_ignorable(entry);
    l.plain = !l.joins && !(entry & FOLD_MANY);
    if (l.plain) {
        (void)utf8_encode(entry & FOLD_TARGET ? entry & FOLD_TARGET : code, bytes);
        l.raw[0] = t->text[at];
        l.raw[1] = bytes[0];
    }
    return l;
}

static bool may_be_of(const struct byte_set *set, const struct letter *l)
{
    return byte_set_has(set, l->raw[0]) || byte_set_has(set, l->raw[1]);
}

/* Whether what stands behind a character leaves it alone. */
static bool left_alone(const struct beside_text *t, size_t end)
{
    return end >= t->len || !(t->text[end] & 0x80) ||
           (read_letter(t, end).end && !read_letter(t, end).joins);
}

static bool may_follow(const struct beside_text *t, const struct nearby *near, size_t at)
{
    for (uint32_t i = 0; i < near->n; i++) {
        struct letter l;

        if (at >= t->len)
            return false;
        l = read_letter(t, at);
        if (!l.plain || !left_alone(t, l.end))
            return true;
        if (!may_be_of(&near->sets[i], &l))
            return false;
        at = l.end;
    }
    return true;
}

static size_t begin_before(const struct beside_text *t, size_t end)
{
    size_t at = end - 1;

    while (at > 0 && end - at < UTF8_LONGEST && utf8_tail((unsigned char)t->text[at]))
        at--;
    return at;
}

/* What stands behind it is a factor or an anchor, which joins nothing. */
static bool may_precede(const struct beside_text *t, const struct nearby *near, size_t end)
{
    for (uint32_t i = 0; i < near->n; i++) {
        struct letter l;
        size_t at;

        if (!end)
            return false;
        at = begin_before(t, end);
        l = read_letter(t, at);
        if (!l.plain || l.end != end)
            return true;
        if (!may_be_of(&near->sets[i], &l))
            return false;
        end = at;
    }
    return true;
}

static bool fits(const struct beside_text *t, uint32_t pattern, size_t begin, size_t end)
{
    const struct factors *f = pattern_required(t->m->patterns[pattern]);

    return may_follow(t, &f->next, end) && may_precede(t, &f->previous, begin);
}

/* The end of a character of the text, or 0 when it may be part of one or several in some view. */
static size_t end_alone(const struct beside_text *t, size_t at)
{
    const struct letter l = read_letter(t, at);

    return l.plain ? l.end : 0;
}

bool beside_anchor(const struct beside_text *t, uint32_t pattern, uint32_t at)
{
    const size_t end = end_alone(t, at);

    return !end || fits(t, pattern, at, end);
}

bool beside_factor(const struct beside_text *t, uint32_t pattern, const struct wake *w)
{
    const struct near *ahead = &t->m->ahead[pattern], *behind = &t->m->behind[pattern];
    const size_t next = (size_t)w->at + w->count;
    const uint32_t begin = t->s->offsets[w->at];
    size_t end;

    if ((ahead->n && !stands_near(t, ahead, next, t->s->n_symbols - next, true)) ||
        (behind->n && !stands_near(t, behind, w->at, w->at, false)))
        return false;
    end = end_alone(t, t->s->offsets[next - 1]);
    return !end || !end_alone(t, begin) || fits(t, pattern, begin, end);
}
