/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/spacing.h"

#include <string.h>

#include "eval/shown.h"
#include "match/sort.h"
#include "text/reader.h"

struct hit_edge {
    uint32_t place;
    uint32_t hit;
    bool end;
};

struct list_order {
    size_t at; /* in orders */
    uint32_t n;
    bool made;
};

void spacing_init(struct spacing *s, const struct mem *mem, const struct hit_index *hits)
{
    *s = (struct spacing){.mem = *mem, .hits = hits};
}

void spacing_clear(struct spacing *s)
{
    mem_release(&s->mem, s->marks, s->cap_marks * sizeof *s->marks);
    mem_release(&s->mem, s->edges, s->cap_edges * sizeof *s->edges);
    mem_release(&s->mem, s->orders, s->cap_orders * sizeof *s->orders);
    mem_release(&s->mem, s->lists, s->cap_lists * sizeof *s->lists);
    mem_release(&s->mem, s->listed, s->cap_listed * sizeof *s->listed);
}

bool spacing_bind(struct spacing *s, const struct rls_set *set)
{
    if (!mem_grow(&s->mem, &s->lists, &s->cap_lists, set->n_term_sets, sizeof *s->lists))
        return false;
    if (s->cap_lists)
        memset(s->lists, 0, s->cap_lists * sizeof *s->lists);
    s->n_marks = s->n_orders = s->n_listed = 0;
    return true;
}

void spacing_reset(struct spacing *s)
{
    for (size_t i = 0; i < s->n_listed; i++)
        s->lists[s->listed[i]].made = false;
    s->n_marks = s->n_orders = s->n_listed = 0;
}

size_t spacing_memory(const struct spacing *s)
{
    return s->cap_marks * sizeof *s->marks + s->cap_edges * sizeof *s->edges +
           s->cap_lists * sizeof *s->lists + (s->cap_orders + s->cap_listed) * sizeof *s->orders;
}

/* --- distances ----------------------------------------------------------------------------- */

static bool ends_line(uint32_t code)
{
    return (code >= 0xa && code <= 0xd) || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool ends_sentence(uint32_t code)
{
    return ends_line(code) || code == 0x3002 || code == '!' || code == '?';
}

static bool ends_clause(uint32_t code)
{
    return ends_sentence(code) || code == ',' || code == 0x3001 || code == ';';
}

static void pass(struct text_mark *at, uint32_t code)
{
    at->symbols += code != ' ' && !ends_line(code);
    at->clauses += ends_clause(code);
    at->sentences += ends_sentence(code);
}

static int by_place(const void *a, const void *b, const void *context)
{
    const struct hit_edge *x = a, *y = b;

    (void)context;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return 0;
}

static void mark(struct spacing *s, const struct hit_edge *edge, const struct text_mark *at)
{
    struct hit_marks *m = &s->marks[edge->hit];

    if (edge->end)
        m->end = *at;
    else
        m->begin = *at;
}

/* One walk over the text; edges are sorted by place. */
static void mark_edges(struct spacing *s, const char *text, size_t len, size_t n)
{
    struct text_mark at = {0, 0, 0};
    struct text_reader r;
    struct text_char c;
    size_t i = 0;

    text_reader_init(&r, text, len, FORM_DEFAULT);
    while (i < n && text_read(&r, &c)) {
        for (; i < n && s->edges[i].place <= c.begin; i++)
            mark(s, &s->edges[i], &at);
        pass(&at, c.code);
    }
    for (; i < n; i++)
        mark(s, &s->edges[i], &at);
}

static bool reserve_marks(struct spacing *s)
{
    size_t n = s->hits->n_items;

    if (!mem_grow(&s->mem, &s->marks, &s->cap_marks, n, sizeof *s->marks))
        return false;
    for (; s->n_marks < n; s->n_marks++)
        s->marks[s->n_marks].known = false;
    return true;
}

/* The hits of a fact stand together. */
static bool mark_fact(struct spacing *s, const struct facts *f, uint32_t hit)
{
    const struct fact_hit *items = s->hits->items;
    const struct fact *value = &f->items[items[hit].fact];
    struct shown shown = shown_of(value);
    size_t first = hit, last = hit, n = 0;

    while (first > 0 && items[first - 1].fact == items[hit].fact)
        first--;
    while (last < s->hits->n_items && items[last].fact == items[hit].fact)
        last++;
    if (!mem_grow(&s->mem, &s->edges, &s->cap_edges, 2 * (last - first), sizeof *s->edges))
        return false;
    for (size_t i = first; i < last; i++) {
        s->edges[n++] = (struct hit_edge){items[i].hit.begin, (uint32_t)i, false};
        s->edges[n++] = (struct hit_edge){items[i].hit.end, (uint32_t)i, true};
        s->marks[i].known = true;
    }
    sort_items(s->edges, n, sizeof *s->edges, by_place, NULL);
    mark_edges(s, shown.text, shown.len, n);
    return true;
}

const struct hit_marks *spacing_marks(struct spacing *s, const struct facts *f, uint32_t hit)
{
    if (!reserve_marks(s) || (!s->marks[hit].known && !mark_fact(s, f, hit)))
        return NULL;
    return &s->marks[hit];
}

bool spacing_joins(const struct text_mark *end, const struct text_mark *begin, uint32_t within,
                   uint8_t across)
{
    if (begin->symbols - end->symbols > within)
        return false;
    switch (across) {
    case ACROSS_NONE:
        return begin->clauses == end->clauses;
    case ACROSS_CLAUSE:
        return begin->sentences == end->sentences;
    default:
        return true;
    }
}

/* --- neighbours ---------------------------------------------------------------------------- */

static int by_end(const void *a, const void *b, const void *context)
{
    const struct fact_hit *items = context;
    const struct fact_hit *x = &items[*(const uint32_t *)a], *y = &items[*(const uint32_t *)b];

    if (x->fact != y->fact)
        return x->fact < y->fact ? -1 : 1;
    if (x->hit.end != y->hit.end)
        return x->hit.end < y->hit.end ? -1 : 1;
    return x->hit.begin < y->hit.begin ? -1 : x->hit.begin > y->hit.begin;
}

static bool enter_list(struct spacing *s, uint32_t set, uint32_t n)
{
    if (!mem_grow(&s->mem, &s->listed, &s->cap_listed, s->n_listed + 1, sizeof *s->listed) ||
        !mem_grow(&s->mem, &s->orders, &s->cap_orders, s->n_orders + 2 * (size_t)n,
                  sizeof *s->orders))
        return false;
    s->listed[s->n_listed++] = set;
    s->lists[set] = (struct list_order){s->n_orders, n, true};
    return true;
}

/* The chain of a terms set is in the order of facts and where hits begin. */
static const struct list_order *order_list(struct spacing *s, uint32_t set)
{
    const struct hit_index *h = s->hits;
    struct list_order *list = &s->lists[set];
    uint32_t n = 0;

    if (list->made)
        return list;
    for (uint32_t i = h->head[set]; i != HIT_NONE; i = h->items[i].next)
        n++;
    if (!enter_list(s, set, n))
        return NULL;
    for (uint32_t i = h->head[set]; i != HIT_NONE; i = h->items[i].next)
        s->orders[s->n_orders++] = i;
    for (uint32_t i = 0; i < n; i++, s->n_orders++)
        s->orders[s->n_orders] = s->orders[list->at + i];
    if (n > 0)
        sort_items(s->orders + list->at + n, n, sizeof *s->orders, by_end, h->items);
    return list;
}

/* How many of the list, sorted by the edge, have it before a place, or at it if so wanted. */
static uint32_t count_before(const struct spacing *s, const uint32_t *list, uint32_t n,
                             uint32_t fact, uint32_t place, bool ends)
{
    uint32_t low = 0;

    while (low < n) {
        uint32_t mid = low + (n - low) / 2;
        const struct fact_hit *hit = &s->hits->items[list[mid]];
        bool before = ends ? hit->hit.end <= place : hit->hit.begin < place;

        if (hit->fact != fact)
            before = hit->fact < fact;
        if (before)
            low = mid + 1;
        else
            n = mid;
    }
    return low;
}

uint32_t spacing_before(struct spacing *s, uint32_t set, uint32_t fact, uint32_t place, bool *ok)
{
    const struct list_order *list = order_list(s, set);
    const uint32_t *ends;
    uint32_t n;

    *ok = list != NULL;
    if (!list || list->n == 0)
        return HIT_NONE;
    ends = s->orders + list->at + list->n;
    n = count_before(s, ends, list->n, fact, place, true);
    return n && s->hits->items[ends[n - 1]].fact == fact ? ends[n - 1] : HIT_NONE;
}

uint32_t spacing_after(struct spacing *s, uint32_t set, uint32_t fact, uint32_t place, bool *ok)
{
    const struct list_order *list = order_list(s, set);
    const uint32_t *begins;
    uint32_t n;

    *ok = list != NULL;
    if (!list || list->n == 0)
        return HIT_NONE;
    begins = s->orders + list->at;
    n = count_before(s, begins, list->n, fact, place, false);
    return n < list->n && s->hits->items[begins[n]].fact == fact ? begins[n] : HIT_NONE;
}

uint32_t spacing_from(struct spacing *s, uint32_t set, uint32_t fact, bool *ok)
{
    const struct list_order *list = order_list(s, set);
    uint32_t n;

    *ok = list != NULL;
    if (!list || list->n == 0)
        return HIT_NONE;
    n = count_before(s, s->orders + list->at, list->n, fact, 0, false);
    return n < list->n ? s->orders[list->at + n] : HIT_NONE;
}
