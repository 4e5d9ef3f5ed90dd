/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every other pair of Chinese characters sounds like some term of two. What tells a disguise from
 * harmless text is that its characters make no words: whoever writes 笔特毕 writes no Chinese.
 *
 * - A character that was changed is explained when it and a neighbour in the text, inside the match
 *   or outside, stand side by side in an ordinary word.
 * - One character alone is never a disguise of another.
 * - Of two characters none may be explained, nothing may stand between them, and those that were
 *   changed must sound the same, not only alike to many speakers.
 * - Of three, fewer than half of the changed ones may be explained; of more, all but one, or all
 *   when no more than a quarter of the characters was changed.
 * - A Latin letter or digit written for another is part of a model number more often than not:
 *   fewer than half of the characters may be such. Other scripts' letters are always a disguise.
 *
 * Pinyin and initials need no gate of words: they are whole words of Latin letters, which is the
 * business of the lattice and of the word boundaries.
 */
#include "match/gate.h"

#include "match/codes.h"
#include "text/variant.h"

enum { ASCII_END = 0x80, HAN_FIRST = 0x2e80 };

/* How many characters were changed, and how. */
struct changes {
    uint32_t han;
    uint32_t near;  /* of these, alike in sound only to many speakers */
    uint32_t ascii; /* Latin letters or digits for Latin letters or digits */
};

static uint32_t code_at(const struct path *p, size_t at)
{
    return p->search->s->codes[at] & ~LATTICE_ARCS;
}

/*
 * Whether the places at and at + 1 are a pair of an ordinary word. The characters beside the path
 * may not be known yet.
 */
static bool common(const struct verify *v, const struct path *p, size_t at)
{
    struct scanner *s = p->search->s;

    if (p->streamed && at < p->steps[0].at)
        codes_read(s, p->streamed, v->text, v->len, at, at);
    if (p->streamed && at + 1 >= p->steps[p->count - 1].to)
        codes_read(s, p->streamed, v->text, v->len, at + 1, at + 1);
    return at + 1 < s->n_symbols && pair_is_common(code_at(p, at), code_at(p, at + 1)) &&
           lattice_adjacent(s, v->text, v->len, at);
}

static bool changed(const struct path *p, uint32_t i)
{
    return !p->steps[i].arc && code_at(p, p->steps[i].at) != p->chars[i];
}

static bool changed_han(const struct path *p, uint32_t i)
{
    return changed(p, i) && code_at(p, p->steps[i].at) >= HAN_FIRST;
}

static struct changes count_changes(const struct path *p)
{
    struct changes c = {.han = 0};

    for (uint32_t i = 0; i < p->count; i++) {
        const uint32_t code = code_at(p, p->steps[i].at);
        if (!changed(p, i))
            continue;
        if (code >= HAN_FIRST) {
            c.han++;
            c.near += p->space == SPACE_SOUND && !sound_may_be(p->chars[i], sound_of(code));
        } else {
            c.ascii += code < ASCII_END && p->chars[i] < ASCII_END;
        }
    }
    return c;
}

/* Whether one of two is explained; what stands between them often is enough to tell. */
static bool any_explained(const struct verify *v, const struct path *p)
{
    const uint32_t a = p->steps[0].at, b = p->steps[1].at;
    const bool first = changed_han(p, 0), second = changed_han(p, 1);

    return (first && common(v, p, a)) ||
           (second && !(first && b == a + 1) && common(v, p, b - 1)) ||
           (first && a && common(v, p, a - 1)) || (second && common(v, p, b));
}

/* Whether more of the changed characters than that are explained. */
static bool more_explained(const struct verify *v, const struct path *p, uint32_t most)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->count && n <= most; i++) {
        const uint32_t at = p->steps[i].at;
        n += changed_han(p, i) && (common(v, p, at) || (at && common(v, p, at - 1)));
    }
    return n > most;
}

static bool in_one_piece(const struct verify *v, const struct path *p)
{
    const uint32_t last = p->steps[p->count - 1].to;

    for (uint32_t at = p->steps[0].at; at + 1 < last; at++) {
        if (!lattice_adjacent(p->search->s, v->text, v->len, at))
            return false;
    }
    return true;
}

static bool words_fail(const struct verify *v, const struct path *p, const struct changes *c)
{
    switch (p->count) {
    case 1:
        return false;
    case 2:
        return !c->near && in_one_piece(v, p) && !any_explained(v, p);
    case 3:
        return !more_explained(v, p, (c->han - 1) / 2);
    default:
        return 4 * c->han <= p->count || !more_explained(v, p, c->han - 1);
    }
}

bool gate_opens(const struct verify *v, const struct path *p)
{
    const struct changes c = count_changes(p);

    return 2 * c.ascii < p->count && (!c.han || words_fail(v, p, &c));
}
