/* SPDX-License-Identifier: Apache-2.0 */
#include "match/path.h"

#include "base/utf8.h"
#include "match/gate.h"
#include "match/stream.h"
#include "text/alike.h"
#include "text/variant.h"

static uint32_t code_at(const struct path *p, size_t at)
{
    return p->search->s->codes[at] & ~LATTICE_ARCS;
}

/* Symbols may be shared, and sounds are coarser than syllables: no disguise at all. */
#define NOT_READ (1u << 31)

static uint32_t written_at(const struct verify *v, size_t at)
{
    const size_t from = v->offsets[at];
    uint32_t code = 0;

    utf8_decode((const unsigned char *)v->text + from, v->len - from, &code);
    return code;
}

static uint32_t likeness(const struct path *p, uint32_t written, uint32_t code, uint32_t term)
{
    if (code == term)
        return 0;
    if (p->space == SPACE_SOUND)
        return sounds_like(code, term) ? FORM_HOMOPHONE : NOT_READ;
    return looks_like(written, code, term) ? FORM_LOOKALIKE : NOT_READ;
}

static uint32_t step_forms(const struct verify *v, const struct path *p, uint32_t i)
{
    const struct step *s = &p->steps[i];
    const uint32_t term = p->chars[i];
    const uint32_t forms = i && s->from > p->steps[i - 1].to ? FORM_REPEAT : 0;

    if (!s->arc && code_at(p, s->at) == term)
        return forms;
    if (!s->arc)
        return forms | likeness(p, written_at(v, s->at), code_at(p, s->at), term);
    switch (s->arc->kind) {
    case ARC_SOUND:
        return forms | (sound_may_be(term, (uint16_t)s->arc->value) ? FORM_PINYIN : NOT_READ);
    case ARC_INITIAL:
        return forms | FORM_INITIALS;
    case ARC_SPLIT:
        return forms | FORM_SPLIT | likeness(p, s->arc->value, s->arc->value, term);
    default:
        return forms | FORM_EMOJI | likeness(p, s->arc->value, s->arc->value, term);
    }
}

static bool latin(const struct step *s)
{
    return s->arc && (s->arc->kind == ARC_SOUND || s->arc->kind == ARC_INITIAL);
}

/* The side by side reading of a span and a term, step by step. */
struct compare {
    const struct verify *v;
    const struct path *p;
    struct walker text, term;
    uint32_t begin; /* of the span */
    uint32_t tolerate;
    uint32_t forms;
};

static uint32_t own_forms(const struct walker *w)
{
    return w->c.forms & ~(uint32_t)FORM_IGNORABLE;
}

/* The next places of the text, up to the one before to; *n counts those read. */
static bool read_places(struct compare *c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        walk(&c->text);
        if (c->text.ended)
            return false;
        c->forms |= own_forms(&c->text) | (c->text.ignorables ? FORM_IGNORABLE : 0) |
                    (c->text.count ? FORM_SQUEEZED : 0);
    }
    return true;
}

/* Pinyin may be written in one word or in several. */
static bool between_syllables(const struct compare *c, uint32_t i)
{
    return i && latin(&c->p->steps[i - 1]) && latin(&c->p->steps[i]) &&
           c->p->steps[i].arc->kind == ARC_SOUND && !c->term.count;
}

static bool compare_gap(struct compare *c, uint32_t i)
{
    if (!between_syllables(c, i))
        return gap_forms(&c->text, &c->term, i ? PLACE_INSIDE : PLACE_START, c->tolerate,
                         &c->forms);
    c->forms |= c->text.ignorables ? FORM_IGNORABLE : 0;
    return true;
}

static bool compare_step(struct compare *c, uint32_t i)
{
    const struct step *s = &c->p->steps[i];
    const bool emoji = s->arc && s->arc->kind == ARC_EMOJI;

    if (i && !read_places(c, s->from - c->p->steps[i - 1].to))
        return false;
    walk_to(&c->text, c->v->offsets[s->at] - c->begin, emoji);
    walk(&c->term);
    if (c->text.ended || c->term.ended || !compare_gap(c, i))
        return false;
    if (s->arc)
        c->forms |= own_forms(&c->text) | own_forms(&c->term);
    else if (c->text.c.code == code_at(c->p, s->at))
        c->forms |= symbol_forms(&c->text, &c->term);
    else
        return false;
    return read_places(c, s->to - s->at - 1) && !(c->forms & ~c->tolerate);
}

static bool compare_path(struct verify *v, const struct path *p, const struct entry *e,
                         struct hit *hit)
{
    const struct term *t = &v->d->terms[e->term];
    struct compare c = {
        .v = v, .p = p, .begin = hit->begin, .tolerate = t->tolerate, .forms = hit->forms};

    walker_init(&c.text, v->text + hit->begin, hit->end - hit->begin);
    walker_init(&c.term, t->text + e->core, e->core_length);
    verify_spend(v, 1 + hit->end - hit->begin);
    for (uint32_t i = 0; i < p->count; i++) {
        if (!compare_step(&c, i))
            return false;
    }
    walk(&c.text);
    walk(&c.term);
    if (!c.text.ended || !c.term.ended ||
        !gap_forms(&c.text, &c.term, PLACE_END, c.tolerate, &c.forms))
        return false;
    hit->forms = c.forms;
    return !(c.forms & ~c.tolerate);
}

/* Latin letters that are read as Han are whole words. */
static bool edges(struct verify *v, const struct path *p, const struct entry *e, struct hit *hit)
{
    const struct step *first = &p->steps[0], *last = &p->steps[p->count - 1];
    struct entry edge = *e;

    if (latin(first))
        edge.flags |= ENTRY_WORD_START;
    if (latin(last))
        edge.flags |= ENTRY_WORD_END;
    return verify_edges(v, &edge, first->at, last->to - 1, hit);
}

bool path_verify(struct verify *v, const struct path *p, const struct entry *e, struct hit *hit)
{
    uint32_t forms = 0;

    verify_spend(v, p->count);
    if (!gate_opens(v, p))
        return false;
    for (uint32_t i = 0; i < p->count; i++)
        forms |= step_forms(v, p, i);
    /* What the plain space finds is found there. */
    if (!forms || forms & ~(uint32_t)v->d->terms[e->term].tolerate || !edges(v, p, e, hit))
        return false;
    hit->forms = forms;
    return compare_path(v, p, e, hit);
}
