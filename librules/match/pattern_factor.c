/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "match/pattern_strings.h"

/*
 * What every match must contain. A part is exact when it matches a few strings and nothing else;
 * neighbours that are exact are multiplied out, and of all sets of strings that cannot be avoided
 * the rarest is taken.
 */

enum {
    CLASS_MOST = 10,     /* characters of a class that is multiplied out */
    SEPARATORS_MOST = 64 /* of a class that is looked at */
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
    c->cost = candidate_cost(c);
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

static bool all_separate(const struct char_set *set)
{
    uint32_t count = 0;

    if (set->negated || set->has || set->lacks)
        return false;
    for (uint32_t i = 0; i < set->n_ranges; i++)
        for (uint32_t c = set->ranges[i].from; c <= set->ranges[i].to; c++)
            if (++count > SEPARATORS_MOST || !code_separates(c))
                return false;
    return count > 0;
}

/* The most characters of a part that has separators only; 0: it is not one, or has too many. */
static uint32_t gap_of(const struct node *n)
{
    const bool repeats = n->kind == NODE_REPEAT && n->most <= LIMIT_SEPARATOR_RUN;
    const struct node *one = repeats ? n->first : n;

    if (one->kind != NODE_CLASS || !all_separate(&one->set))
        return 0;
    return repeats ? n->most : 1;
}

static void find_gap(struct part *p, uint32_t most)
{
    p->exact = true;
    p->strings.n = 1;
    p->strings.items[0] = (struct string){.n = 1, .codes = {STRING_GAP + most}};
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
            (void)strings_add(&p->strings, &(struct string){.n = 1, .codes = {c}});
    p->exact = true;
}

/*
 * Exact items in a row, and where the first of them begins. What only separates is among them once
 * something stands on both of its sides.
 */
struct row {
    struct strings strings, with_gap; /* without and with the separators behind */
    struct width before;
    uint32_t from, to; /* items */
    bool gap;
};

/* Where an item stands. */
struct spot {
    uint32_t item;
    struct width at;
};

static void begin_row(struct row *row, const struct spot *s)
{
    strings_make_empty(&row->strings);
    row->before = s->at;
    row->from = row->to = s->item;
    row->gap = false;
}

static void end_row(struct part *p, struct row *row, const struct spot *s)
{
    struct candidate c;

    if (candidate_of(&row->strings, row->before, &c)) {
        c.from = row->from;
        c.to = row->to;
        prefer(p, &c);
    }
    begin_row(row, s);
}

/* The string of all of the part so far, separators at its edges, too. */
static void extend_part(struct part *p, const struct part *item)
{
    struct strings product;

    p->exact = p->exact && item->exact && strings_multiply(&p->strings, &item->strings, &product);
    if (p->exact)
        p->strings = product;
}

static bool extend_row(struct row *row, const struct part *item, bool gap)
{
    struct strings product;

    if (!strings_multiply(row->gap ? &row->with_gap : &row->strings, &item->strings, &product))
        return false;
    *(gap ? &row->with_gap : &row->strings) = product;
    row->gap = gap;
    return true;
}

static void add_item(struct part *p, struct row *row, const struct part *item, struct width width,
                     const struct spot *s, bool gap)
{
    struct candidate c;

    extend_part(p, item);
    if (item->exact && !(gap && row->from == row->to)) {
        if (!extend_row(row, item, gap)) {
            end_row(p, row, s);
            (void)(gap || extend_row(row, item, false));
        }
        if (!gap)
            row->to = s->item + 1;
        return;
    }
    end_row(p, row, s);
    if (!item->exact && unavoidable(item, &c)) {
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
        begin_row(row, &s);
    strings_make_empty(&p->strings);
    p->exact = true;
    while (s.item < items->n && !f->failed) {
        const struct node *n = items->list[s.item];
        const struct part *item = find(f, n);
        const struct width w = tree_width(n);

        if (f->failed)
            return;
        add_item(p, row, item, w, &s, gap_of(n) > 0);
        s.item++;
        s.at = (struct width){add_width(s.at.min, w.min), add_width(s.at.max, w.max)};
        if (row->from == row->to)
            begin_row(row, &s);
    }
    if (!f->failed && !p->exact)
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

/* A set for each alternative, all of them together. */
static bool join_choice(struct candidate *all, const struct part *child, bool first)
{
    struct candidate c;

    if (!unavoidable(child, &c) || !strings_add_all(&all->strings, &c.strings))
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
        p->exact = p->exact && child->exact && strings_add_all(&p->strings, &child->strings);
        unavoided = unavoided && join_choice(&all, child, c == n->first);
    }
    if (p->exact || !unavoided)
        return;
    all.cost = candidate_cost(&all);
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
        strings_make_empty(&p->strings);
        p->exact = strings_add_all(&p->strings, &child->strings);
        return;
    }
    if (n->least == 0)
        return;
    if (!child->exact) {
        p->best = child->best;
        return;
    }
    strings_make_empty(&p->strings);
    for (; i < n->least && strings_multiply(&p->strings, &child->strings, &product); i++)
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
    if (gap_of(n)) {
        find_gap(p, gap_of(n));
        return p;
    }
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
        strings_make_empty(&p->strings);
    }
    return p;
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
        texts[i] = string_write(arena, &c->strings.items[i]);
        if (!texts[i])
            return false;
    }
    *out = (struct factors){.texts = texts, .n = c->strings.n, .before = c->before};
    find_lead(tree, items, c, &out->lead);
    /* What else of the row there may be, nothing is known of. */
    if (!c->lead)
        pattern_bytes_previous(tree, items, c->from, &out->previous);
    if (!c->trail)
        pattern_bytes_next(tree, NULL, items, c->to, &out->next);
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
    if (!unavoidable(p, c) || candidate_useless(c))
        return pattern_anchor(tree, &items, arena, out);
    if (p->exact)
        c->to = items.n;
    return settle(tree, &items, c, arena, out);
}
