/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "match/pattern_tree.h"
#include "text/fold.h"
#include "text/reader.h"

/*
 * What every match must contain. A part is exact when it matches a few strings and nothing else;
 * neighbours that are exact are multiplied out, and of all sets of strings that cannot be avoided
 * the rarest is taken.
 */

enum {
    STRING_CODES = 8,
    STRINGS_MOST = 24,
    CLASS_MOST = 10,      /* characters of a class that is multiplied out */
    COST_BITS = 40,       /* a cost is 2 to the power of this for what stands at every place */
    COST_ENDLESS_BITS = 4 /* what it costs more when a match may begin anywhere before */
};
#define COST_USELESS ((uint64_t)1 << (COST_BITS - 2))

struct string {
    uint32_t n;
    uint32_t codes[STRING_CODES];
};

struct strings {
    uint32_t n;
    struct string items[STRINGS_MOST];
};

/* Strings of which one is in every match of a part, and where. */
struct candidate {
    struct strings strings; /* none: there is no such set */
    struct width before;
    uint64_t cost;
    uint32_t from, to;    /* the items they are of, in the sequence in hand */
    uint32_t lead, trail; /* most characters of these items before and behind the string */
};

struct part {
    bool exact;
    struct strings strings; /* when exact */
    struct candidate best;
};

struct finder {
    const struct tree *tree;
    bool failed;
};

static struct part *new_part(struct finder *f)
{
    struct part *p = arena_zero(f->tree->arena, sizeof *p);

    f->failed |= !p;
    return p;
}

/* --- strings ------------------------------------------------------------------------------ */

static bool add_string(struct strings *to, const struct string *s)
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

/* Every string of one before every string of the other; false when that is too much. */
static bool multiply(const struct strings *a, const struct strings *b, struct strings *out)
{
    struct string s;

    out->n = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (!join(&a->items[i], &b->items[k], &s) || !add_string(out, &s))
                return false;
    return true;
}

static void make_empty(struct strings *s)
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

static bool is_gap(uint32_t code)
{
    return code_rarity(code) == 0;
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
        if (is_gap(s->codes[i]) && !is_wall(s->codes[i])) {
            gap++;
            continue;
        }
        if (is_wall(s->codes[i]) || gap > 1 || now.n == 0)
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

static uint64_t cost_of(const struct candidate *c)
{
    uint64_t cost = 0;

    for (uint32_t i = 0; i < c->strings.n; i++) {
        uint32_t bits = 0;
        for (uint32_t k = 0; k < c->strings.items[i].n; k++)
            bits += code_rarity(c->strings.items[i].codes[k]);
        cost += (uint64_t)1 << (bits < COST_BITS ? COST_BITS - bits : 0);
    }
    return c->before.max == WIDTH_ENDLESS ? cost << COST_ENDLESS_BITS : cost;
}

/* What stands nearly everywhere wakes more than it saves. */
static bool is_useless(const struct candidate *c)
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
            c->before.max = add_width(c->before.max, at);
            c->lead += at;
            c->trail += s->n - at - t->n;
            c->strings.items[i] = c->strings.items[--c->strings.n];
            return true;
        }
    }
    return false;
}

/* Makes a candidate of exact strings that stand behind `before` characters. */
static bool candidate_of(const struct strings *s, struct width before, struct candidate *c)
{
    uint32_t least = UINT32_MAX, most = 0, rest;

    *c = (struct candidate){.cost = 0};
    for (uint32_t i = 0; i < s->n; i++) {
        struct piece p = best_piece(&s->items[i]);
        struct string cut = {.n = p.n};

        if (!p.n)
            return false;
        memcpy(cut.codes, s->items[i].codes + p.at, p.n * sizeof cut.codes[0]);
        (void)add_string(&c->strings, &cut);
        least = p.at < least ? p.at : least;
        most = p.at > most ? p.at : most;
        rest = s->items[i].n - p.at - p.n;
        c->trail = rest > c->trail ? rest : c->trail;
    }
    c->lead = most;
    c->before = (struct width){add_width(before.min, least), add_width(before.max, most)};
    for (uint32_t i = 0; i < c->strings.n;)
        i = drop_longer(c, i) ? 0 : i + 1;
    c->cost = cost_of(c);
    return c->strings.n > 0;
}

static void prefer(struct part *p, const struct candidate *c)
{
    if (c->strings.n && (!p->best.strings.n || c->cost < p->best.cost))
        p->best = *c;
}

static void prefer_strings(struct part *p, const struct strings *s, struct width before)
{
    struct candidate c;

    if (candidate_of(s, before, &c))
        prefer(p, &c);
}

/* Whatever the part is, its strings stand somewhere in it. */
static void prefer_inside(struct part *p, struct candidate *c, struct width part, struct width at)
{
    c->before.min = add_width(c->before.min, at.min);
    c->before.max = add_width(c->before.max, at.max);
    c->lead = c->trail = part.max;
    c->cost = cost_of(c);
    prefer(p, c);
}

/* What cannot be avoided in a part, exact or not. */
static bool unavoidable(const struct part *p, struct candidate *out)
{
    if (p->exact)
        return candidate_of(&p->strings, (struct width){0, 0}, out);
    *out = p->best;
    return out->strings.n > 0;
}

/* --- parts -------------------------------------------------------------------------------- */

static struct part *find(struct finder *f, const struct node *n);

static void find_text(const struct node *n, struct part *p)
{
    struct strings pieces;

    if (n->n_codes <= STRING_CODES) {
        p->exact = true;
        p->strings.n = 1;
        p->strings.items[0].n = n->n_codes;
        if (n->n_codes)
            memcpy(p->strings.items[0].codes, n->codes, n->n_codes * sizeof n->codes[0]);
        return;
    }
    for (uint32_t at = 0; at + STRING_CODES <= n->n_codes; at++) {
        pieces.n = 1;
        pieces.items[0].n = STRING_CODES;
        memcpy(pieces.items[0].codes, n->codes + at, sizeof pieces.items[0].codes);
        prefer_strings(p, &pieces, (struct width){at, at});
    }
}

static void find_class(const struct node *n, struct part *p)
{
    uint32_t count = 0;

    if (n->set.negated || n->set.has || n->set.lacks)
        return;
    for (uint32_t i = 0; i < n->set.n_ranges; i++) {
        uint32_t more = n->set.ranges[i].to - n->set.ranges[i].from + 1;
        if (more > CLASS_MOST || (count += more) > CLASS_MOST)
            return;
    }
    for (uint32_t i = 0; i < n->set.n_ranges; i++)
        for (uint32_t c = n->set.ranges[i].from; c <= n->set.ranges[i].to; c++)
            (void)add_string(&p->strings, &(struct string){.n = 1, .codes = {c}});
    p->exact = true;
}

/* Exact items in a row, and where the first of them begins. */
struct row {
    struct strings strings;
    struct width before;
    uint32_t from;
};

/* Where an item stands. */
struct spot {
    uint32_t item;
    struct width at;
};

static void begin_row(struct row *row, const struct spot *s)
{
    row->before = s->at;
    row->from = s->item;
}

static void end_row(struct part *p, struct row *row, const struct spot *s)
{
    struct candidate c;

    if (candidate_of(&row->strings, row->before, &c)) {
        c.from = row->from;
        c.to = s->item;
        prefer(p, &c);
    }
    make_empty(&row->strings);
    begin_row(row, s);
}

static void add_item(struct part *p, struct row *row, const struct part *item, struct width width,
                     const struct spot *s)
{
    struct strings product;
    struct candidate c;

    if (item->exact && multiply(&row->strings, &item->strings, &product)) {
        row->strings = product;
        return;
    }
    end_row(p, row, s);
    p->exact = false;
    if (item->exact) {
        row->strings = item->strings;
        return;
    }
    if (unavoidable(item, &c)) {
        c.from = s->item;
        c.to = s->item + 1;
        prefer_inside(p, &c, width, s->at);
    }
}

static void find_items(struct finder *f, const struct items *items, struct part *p)
{
    struct row *row = arena_zero(f->tree->arena, sizeof *row);
    struct spot s = {0, {0, 0}};

    f->failed |= !row;
    if (row)
        make_empty(&row->strings);
    p->exact = true;
    while (s.item < items->n && !f->failed) {
        const struct node *n = items->list[s.item];
        const struct part *item = find(f, n);
        const struct width w = tree_width(n);

        if (f->failed)
            return;
        add_item(p, row, item, w, &s);
        s.item++;
        s.at = (struct width){add_width(s.at.min, w.min), add_width(s.at.max, w.max)};
        if (!item->exact)
            begin_row(row, &s);
    }
    if (f->failed)
        return;
    if (p->exact)
        p->strings = row->strings;
    else
        end_row(p, row, &s);
}

static void find_sequence(struct finder *f, const struct node *n, struct part *p)
{
    struct items items;

    if (tree_items(f->tree, n, &items))
        find_items(f, &items, p);
    else
        f->failed = true;
}

static bool add_all(struct strings *to, const struct strings *from)
{
    for (uint32_t i = 0; i < from->n; i++)
        if (!add_string(to, &from->items[i]))
            return false;
    return true;
}

/* A set for each alternative, all of them together. */
static bool join_choice(struct candidate *all, const struct part *child, bool first)
{
    struct candidate c;

    if (!unavoidable(child, &c) || !add_all(&all->strings, &c.strings))
        return false;
    if (first || c.before.min < all->before.min)
        all->before.min = c.before.min;
    if (first || c.before.max > all->before.max)
        all->before.max = c.before.max;
    return true;
}

static void find_choice(struct finder *f, const struct node *n, struct part *p)
{
    struct candidate all = {.cost = 0};
    bool unavoided = true;

    p->exact = true;
    for (const struct node *c = n->first; c; c = c->next) {
        const struct part *child = find(f, c);

        if (f->failed)
            return;
        p->exact = p->exact && child->exact && add_all(&p->strings, &child->strings);
        unavoided = unavoided && join_choice(&all, child, c == n->first);
    }
    if (p->exact || !unavoided)
        return;
    all.cost = cost_of(&all);
    prefer(p, &all);
}

static void find_repeat(struct finder *f, const struct node *n, struct part *p)
{
    const struct part *child = find(f, n->first);
    struct strings product;
    uint32_t i = 0;

    if (f->failed)
        return;
    if (child->exact && n->least == 0 && n->most == 1) {
        make_empty(&p->strings);
        p->exact = add_all(&p->strings, &child->strings);
        return;
    }
    if (n->least == 0)
        return;
    if (!child->exact) {
        p->best = child->best;
        return;
    }
    make_empty(&p->strings);
    for (; i < n->least && multiply(&p->strings, &child->strings, &product); i++)
        p->strings = product;
    p->exact = i == n->least && n->most == n->least;
    if (!p->exact && i)
        prefer_strings(p, &p->strings, (struct width){0, 0});
}

/* Depth is bounded by LIMIT_PATTERN_DEPTH. */
static struct part *find(struct finder *f, const struct node *n)
{
    struct part *p = new_part(f);

    if (!p)
        return NULL;
    switch (n->kind) {
    case NODE_TEXT:
        find_text(n, p);
        break;
    case NODE_CLASS:
        find_class(n, p);
        break;
    case NODE_SEQUENCE:
        find_sequence(f, n, p);
        break;
    case NODE_CHOICE:
        find_choice(f, n, p);
        break;
    case NODE_REPEAT:
        find_repeat(f, n, p);
        break;
    case NODE_GROUP:
        return find(f, n->first);
    default:
        p->exact = true;
        make_empty(&p->strings);
    }
    return p;
}

static const char *write_string(struct arena *arena, const struct string *s)
{
    char text[STRING_CODES * UTF8_LONGEST];
    size_t n = 0;

    for (uint32_t i = 0; i < s->n; i++)
        n += utf8_encode(s->codes[i], text + n);
    return arena_text(arena, text, n);
}

/* What may stand before the factor in a match. */
static void find_lead(const struct tree *tree, const struct items *items, const struct candidate *c,
                      struct byte_set *out)
{
    const uint32_t end = c->lead ? c->to : c->from;

    for (uint32_t i = 0; i < end; i++)
        pattern_bytes(tree, items->list[i], out);
}

static bool settle(const struct tree *tree, const struct items *items, const struct candidate *c,
                   struct arena *arena, struct factors *out)
{
    const char **texts = arena_array(arena, c->strings.n, sizeof *texts);

    if (!texts)
        return false;
    for (uint32_t i = 0; i < c->strings.n; i++) {
        texts[i] = write_string(arena, &c->strings.items[i]);
        if (!texts[i])
            return false;
    }
    *out = (struct factors){.texts = texts, .n = c->strings.n, .before = c->before};
    find_lead(tree, items, c, &out->lead);
    return pattern_behind(items, c->from, c->lead, arena, &out->behind) &&
           pattern_ahead(items, c->to, c->trail, arena, &out->ahead);
}

bool pattern_factors(const struct tree *tree, struct arena *arena, struct factors *out)
{
    struct finder f = {.tree = tree};
    struct part *p = new_part(&f);
    struct candidate *c = arena_zero(tree->arena, sizeof *c);
    struct items items;

    *out = (struct factors){.n = 0};
    if (!p || !c || !tree_items(tree, tree->root, &items))
        return false;
    find_items(&f, &items, p);
    if (f.failed)
        return false;
    if (!unavoidable(p, c) || is_useless(c))
        return true;
    if (p->exact)
        c->to = items.n;
    return settle(tree, &items, c, arena, out);
}
