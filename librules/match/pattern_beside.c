/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "match/pattern_tree.h"
#include "text/fold.h"
#include "text/reader.h"

/*
 * What must stand beside a factor. The scan has the text as symbols, without separators and
 * ignorables; so the parts of a pattern are looked at in the same way. A part that is not
 * understood may be anything.
 */

enum {
    CODES_MOST = 40,
    RANGE_CODES_MOST = 64,
    GAP_MOST = 15,
    LOOKS_MOST = 128,
    COST_BITS = 16,
    ASCII_BITS = 3,
    RUN_MOST = 15
};

struct code_list {
    uint32_t n;
    bool any;  /* or something else */
    bool line; /* or a line end */
    uint32_t codes[CODES_MOST];
};

/* A part as symbols. */
struct edges {
    struct code_list first, last;
    uint32_t most; /* symbols */
    uint32_t run;  /* so many of the first, and of the last, are of one list */
    bool empty;    /* it may have none */
};

static void list_code(struct code_list *l, uint32_t code)
{
    for (uint32_t i = 0; i < l->n; i++)
        if (l->codes[i] == code)
            return;
    if (l->n == CODES_MOST)
        l->any = true;
    else
        l->codes[l->n++] = code;
}

static void list_all(struct code_list *to, const struct code_list *from)
{
    for (uint32_t i = 0; i < from->n; i++)
        list_code(to, from->codes[i]);
    to->any |= from->any;
    to->line |= from->line;
}

static bool is_line_end(uint32_t code)
{
    return (code >= '\n' && code <= '\r') || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* Scripts in which a folded character is the only one of its cases. */
static bool one_case(uint32_t code)
{
    return code < 0x80 || fold_class(fold_entry(code)) >= CHAR_SEPARATOR ||
           (code >= 0x2e80 && code < 0xa000);
}

/* One character that may stand there, as the view has it. */
static void add_code(struct edges *e, uint32_t code)
{
    const uint32_t entry = fold_entry(code);
    const uint32_t folded = entry & FOLD_TARGET ? entry & FOLD_TARGET : code;

    if (fold_ignorable(entry))
        return;
    if (entry & (FOLD_JOINS | FOLD_MANY) || !one_case(folded)) {
        e->first.any = e->empty = true;
        e->most = 1;
    } else if (fold_class(entry) == CHAR_SEPARATOR) {
        e->empty = true;
    } else {
        e->most = 1;
        if (is_line_end(code))
            e->first.line = true;
        else if (fold_class(entry) == CHAR_WALL)
            e->first.any = true;
        else
            list_code(&e->first, folded);
    }
}

static void edges_of_code(uint32_t code, struct edges *e)
{
    *e = (struct edges){.run = 1};
    add_code(e, code);
    e->last = e->first;
}

static void edges_of_set(const struct char_set *s, struct edges *e)
{
    uint32_t count = 0;

    *e = (struct edges){.run = 1};
    for (uint32_t i = 0; i < s->n_ranges && count <= RANGE_CODES_MOST; i++)
        count += s->ranges[i].to - s->ranges[i].from + 1;
    if (s->negated || s->has || s->lacks || count > RANGE_CODES_MOST) {
        e->first.any = e->empty = true;
        e->most = 1;
    } else {
        for (uint32_t i = 0; i < s->n_ranges; i++)
            for (uint32_t c = s->ranges[i].from; c <= s->ranges[i].to; c++)
                add_code(e, c);
    }
    e->last = e->first;
}

/* Makes of a what a and then b are. */
static void append(struct edges *a, const struct edges *b)
{
    struct code_list last = b->last;

    if (a->empty)
        list_all(&a->first, &b->first);
    if (b->empty)
        list_all(&last, &a->last);
    a->last = last;
    a->run = 1;
    a->empty = a->empty && b->empty;
    a->most = add_width(a->most, b->most);
}

static void join(struct edges *a, const struct edges *b)
{
    list_all(&a->first, &b->first);
    list_all(&a->last, &b->last);
    a->run = 1;
    a->empty |= b->empty;
    a->most = a->most > b->most ? a->most : b->most;
}

static void edges_of(const struct node *n, struct edges *e);

static void edges_of_children(const struct node *n, struct edges *e)
{
    struct edges child;

    *e = (struct edges){.run = 1, .empty = true};
    if (n->kind == NODE_CHOICE && n->first) {
        edges_of(n->first, e);
        for (const struct node *c = n->first->next; c; c = c->next) {
            edges_of(c, &child);
            join(e, &child);
        }
        return;
    }
    for (const struct node *c = n->first; c; c = c->next) {
        edges_of(c, &child);
        append(e, &child);
    }
}

/* Depth is bounded by LIMIT_PATTERN_DEPTH. */
static void edges_of(const struct node *n, struct edges *e)
{
    struct edges one;

    switch (n->kind) {
    case NODE_TEXT:
        *e = (struct edges){.run = 1, .empty = true};
        for (uint32_t i = 0; i < n->n_codes; i++) {
            edges_of_code(n->codes[i], &one);
            append(e, &one);
        }
        break;
    case NODE_CLASS:
        edges_of_set(&n->set, e);
        break;
    case NODE_REPEAT:
        edges_of(n->first, e);
        e->run = n->first->kind == NODE_CLASS && !e->empty && n->least ? n->least : 1;
        e->empty |= n->least == 0;
        e->most = e->most == 0                                   ? 0
                  : (uint64_t)e->most * n->most >= WIDTH_ENDLESS ? WIDTH_ENDLESS
                                                                 : e->most * n->most;
        break;
    case NODE_SEQUENCE:
    case NODE_CHOICE:
    case NODE_GROUP:
        edges_of_children(n, e);
        break;
    default:
        *e = (struct edges){.run = 1, .empty = true};
    }
}

/* --- the best of what is known -------------------------------------------------------------- */

struct choice {
    struct code_list list;
    uint32_t gap, run;
    uint64_t cost; /* how often it stands there anyway, of 2 to the power of COST_BITS */
};

/* How often a character stands at a place: there are more digits and letters of other kinds. */
static uint64_t frequency(uint32_t code)
{
    const uint32_t bits = code_rarity(code) + (code < 0x80 ? ASCII_BITS : 0);

    return (uint64_t)1 << (COST_BITS - bits);
}

static void consider(struct choice *best, const struct code_list *l, uint32_t gap, uint32_t run)
{
    uint64_t cost = 0;

    if (l->any || !l->n || gap > GAP_MOST || (gap + 1) * l->n > LOOKS_MOST)
        return;
    for (uint32_t i = 0; i < l->n; i++)
        cost += frequency(l->codes[i]);
    for (uint32_t i = 1; i < run && i < RUN_MOST; i++)
        cost /= 2;
    cost = (cost + (l->line ? 1 << (COST_BITS - 8) : 0)) * (gap + 1);
    if (cost >= best->cost)
        return;
    best->list = *l;
    best->gap = gap;
    best->run = run < RUN_MOST ? run : RUN_MOST;
    best->cost = cost;
}

static bool settle(const struct choice *best, struct arena *arena, struct beside *out)
{
    const struct code_list *l = &best->list;
    const uint32_t *codes;

    *out = (struct beside){.n = 0};
    if (!l->n)
        return true;
    codes = arena_copy(arena, l->codes, l->n * sizeof *codes);
    *out = (struct beside){codes, l->n, best->gap, best->run, l->line};
    return codes != NULL;
}

/* Walks away from the factor: what stands next is of the parts up to the first that is not empty,
 * and what must stand at all is of that one, behind those before. */
struct walk {
    struct choice best;
    struct code_list next;
    uint32_t gap, from;
    bool open;
};

static void step(struct walk *w, const struct edges *e, const struct code_list *nearest)
{
    if (!e->empty)
        consider(&w->best, nearest, w->from, w->from ? 1 : e->run);
    if (w->open) {
        const uint32_t run = w->next.n || w->next.any || w->gap ? 1 : e->run;

        list_all(&w->next, nearest);
        if (!e->empty)
            consider(&w->best, &w->next, w->gap, run);
        w->open = e->empty;
    }
    w->from = add_width(w->from, e->most);
}

static bool goes_on(const struct walk *w)
{
    return w->open || w->from <= GAP_MOST;
}

#define WALK(g)                                                                                    \
    {                                                                                              \
        .best = {.cost = 1 << (COST_BITS - 1)}, .gap = (g), .from = (g), .open = true              \
    }

bool pattern_ahead(const struct items *items, uint32_t from, uint32_t gap, struct arena *arena,
                   struct beside *out)
{
    struct walk w = WALK(gap);
    struct edges e;

    for (uint32_t i = from; i < items->n && goes_on(&w); i++) {
        edges_of(items->list[i], &e);
        step(&w, &e, &e.first);
    }
    return settle(&w.best, arena, out);
}

bool pattern_behind(const struct items *items, uint32_t to, uint32_t gap, struct arena *arena,
                    struct beside *out)
{
    struct walk w = WALK(gap);
    struct edges e;

    for (uint32_t i = to; i-- > 0 && goes_on(&w);) {
        edges_of(items->list[i], &e);
        step(&w, &e, &e.last);
    }
    return settle(&w.best, arena, out);
}
