/* SPDX-License-Identifier: Apache-2.0 */
#include "match/walker.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

struct separator separator_of(const struct text_char *c)
{
    return (struct separator){.code = c->code,
                              .begin = c->begin,
                              .end = c->end,
                              .forms = c->forms & ~(uint32_t)FORM_IGNORABLE};
}

void walker_init(struct walker *w, const char *text, size_t len)
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

void walk_to(struct walker *w, uint32_t begin, bool any)
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
        if (w->c.begin >= begin && (any || w->c.class != CHAR_SEPARATOR))
            break;
        w->ignorables |= holds_ignorable(w);
        gap_add(w);
    }
    w->gap_end = w->c.begin > w->gap_begin ? w->c.begin : w->gap_begin;
}

void walk(struct walker *w)
{
    walk_to(w, 0, false);
}

static bool same_bytes(const struct walker *a, uint32_t a_begin, uint32_t a_end,
                       const struct walker *b, uint32_t b_begin, uint32_t b_end)
{
    return a_end - a_begin == b_end - b_begin &&
           memcmp(a->r.text + a_begin, b->r.text + b_begin, a_end - a_begin) == 0;
}

uint32_t symbol_forms(const struct walker *text, const struct walker *term)
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

bool gap_forms(const struct walker *text, const struct walker *term, enum place place,
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
