/* SPDX-License-Identifier: Apache-2.0 */
#include "match/pattern_strings.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/reader.h"

enum {
    COST_BITS = 40,       /* a cost is 2 to the power of this for what stands at every place */
    COST_ENDLESS_BITS = 4 /* what it costs more when a match may begin anywhere before */
};
#define COST_USELESS ((uint64_t)1 << (COST_BITS - 2))

bool strings_add(struct strings *to, const struct string *s)
{
    for (uint32_t i = 0; i < to->n; i++)
        if (to->items[i].n == s->n &&
            memcmp(to->items[i].codes, s->codes, s->n * sizeof s->codes[0]) == 0)
            return true;
    if (to->n == STRINGS_MOST)
        return false;
    to->items[to->n++] = *s;
    return true;
}

static bool join(const struct string *a, const struct string *b, struct string *out)
{
    if (a->n + b->n > STRING_CODES)
        return false;
    *out = *a;
    memcpy(out->codes + a->n, b->codes, b->n * sizeof b->codes[0]);
    out->n += b->n;
    return true;
}

bool strings_multiply(const struct strings *a, const struct strings *b, struct strings *out)
{
    struct string s;

    out->n = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (!join(&a->items[i], &b->items[k], &s) || !strings_add(out, &s))
                return false;
    return true;
}

void strings_make_empty(struct strings *s)
{
    s->n = 1;
    s->items[0].n = 0;
}

/* --- what a string costs ------------------------------------------------------------------ */

/* How rare a character is, in bits; separators are no symbols and do not count. */
uint32_t code_rarity(uint32_t code)
{
    const uint32_t class = fold_class(fold_entry(code));

    if (class == CHAR_SEPARATOR || fold_ignorable(fold_entry(code)))
        return 0;
    if (code >= '0' && code <= '9')
        return 4;
    if (code < 0x80)
        return 5;
    return code >= 0x3400 && code < 0xa000 ? 9 : 7;
}

/* Whether the dictionary's reading of the character never lets a match pass. */
static bool is_wall(uint32_t code)
{
    uint32_t single;
    size_t n;
    const uint32_t *codes = fold_sequence(code, fold_entry(code), &single, &n);

    for (size_t i = 0; i < n; i++)
        if (fold_class(fold_entry(codes[i])) == CHAR_WALL)
            return true;
    /* An emoji may be a symbol to some term. */
    return code >= 0x80 && fold_class(fold_entry(code)) == CHAR_SEPARATOR;
}

bool code_separates(uint32_t code)
{
    return code_rarity(code) == 0 && !is_wall(code);
}

/* How many separators a code of a string may be; 0: it is a symbol or a wall. */
static uint32_t gap_of(uint32_t code)
{
    return code >= STRING_GAP ? code - STRING_GAP : code_separates(code);
}

/* The characters of a part of a string. */
static struct width width_of(const struct string *s, uint32_t from, uint32_t to)
{
    struct width w = {0, 0};

    for (uint32_t i = from; i < to; i++) {
        w.min += s->codes[i] < STRING_GAP;
        w.max += s->codes[i] < STRING_GAP ? 1 : s->codes[i] - STRING_GAP;
    }
    return w;
}

struct piece {
    uint32_t at, n;
    uint32_t bits;
};

/* The rarest piece that the dictionary can find: no walls, no long gaps, none at the edges. */
static struct piece best_piece(const struct string *s)
{
    struct piece best = {0, 0, 0}, now = {0, 0, 0};
    uint32_t gap = 0;

    for (uint32_t i = 0; i < s->n; i++) {
        if (gap_of(s->codes[i])) {
            gap += gap_of(s->codes[i]);
            continue;
        }
        if (is_wall(s->codes[i]) || gap > LIMIT_SEPARATOR_RUN || now.n == 0)
            now = (struct piece){i, 0, 0};
        gap = 0;
        if (is_wall(s->codes[i]))
            continue;
        now.n = i + 1 - now.at;
        now.bits += code_rarity(s->codes[i]);
        if (now.bits > best.bits)
            best = now;
    }
    return best;
}

uint64_t candidate_cost(const struct candidate *c)
{
    uint64_t cost = 0;

    for (uint32_t i = 0; i < c->strings.n; i++) {
        uint32_t bits = 0;
        for (uint32_t k = 0; k < c->strings.items[i].n; k++)
            bits += c->strings.items[i].codes[k] < STRING_GAP
                        ? code_rarity(c->strings.items[i].codes[k])
                        : 0;
        cost += (uint64_t)1 << (bits < COST_BITS ? COST_BITS - bits : 0);
    }
    return c->before.max == WIDTH_ENDLESS ? cost << COST_ENDLESS_BITS : cost;
}

/* What stands nearly everywhere wakes more than it saves. */
bool candidate_useless(const struct candidate *c)
{
    return (c->before.max == WIDTH_ENDLESS ? c->cost >> COST_ENDLESS_BITS : c->cost) > COST_USELESS;
}

/* A string that contains another one is found with it; the other one begins later. */
static bool drop_longer(struct candidate *c, uint32_t i)
{
    const struct string *s = &c->strings.items[i];

    for (uint32_t k = 0; k < c->strings.n; k++) {
        const struct string *t = &c->strings.items[k];
        for (uint32_t at = 0; k != i && at + t->n <= s->n; at++) {
            if (memcmp(s->codes + at, t->codes, t->n * sizeof t->codes[0]) != 0)
                continue;
            c->before.max = add_width(c->before.max, width_of(s, 0, at).max);
            c->lead += width_of(s, 0, at).max;
            c->trail += width_of(s, at + t->n, s->n).max;
            c->strings.items[i] = c->strings.items[--c->strings.n];
            return true;
        }
    }
    return false;
}

/* Makes a candidate of exact strings that stand behind `before` characters. */
bool candidate_of(const struct strings *s, struct width before, struct candidate *c)
{
    uint32_t least = UINT32_MAX, most = 0, rest;

    *c = (struct candidate){.cost = 0};
    for (uint32_t i = 0; i < s->n; i++) {
        const struct string *all = &s->items[i];
        const struct piece p = best_piece(all);
        const struct width lead = width_of(all, 0, p.at);
        struct string cut = {.n = p.n};

        if (!p.n)
            return false;
        memcpy(cut.codes, all->codes + p.at, p.n * sizeof cut.codes[0]);
        (void)strings_add(&c->strings, &cut);
        least = lead.min < least ? lead.min : least;
        most = lead.max > most ? lead.max : most;
        rest = width_of(all, p.at + p.n, all->n).max;
        c->trail = rest > c->trail ? rest : c->trail;
    }
    c->lead = most;
    c->before = (struct width){add_width(before.min, least), add_width(before.max, most)};
    for (uint32_t i = 0; i < c->strings.n;)
        i = drop_longer(c, i) ? 0 : i + 1;
    c->cost = candidate_cost(c);
    return c->strings.n > 0;
}

bool strings_add_all(struct strings *to, const struct strings *from)
{
    for (uint32_t i = 0; i < from->n; i++)
        if (!strings_add(to, &from->items[i]))
            return false;
    return true;
}

const char *string_write(struct arena *arena, const struct string *s)
{
    char text[STRING_CODES * UTF8_LONGEST];
    size_t n = 0;

    for (uint32_t i = 0; i < s->n; i++)
        if (s->codes[i] < STRING_GAP)
            n += utf8_encode(s->codes[i], text + n);
    return arena_text(arena, text, n);
}
