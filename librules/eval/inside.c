/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/inside.h"

#include <string.h>

#include "base/limits.h"
#include "eval/evaluator.h"
#include "eval/options.h"
#include "eval/select.h"
#include "eval/shown.h"
#include "text/reader.h"

/* The hits of a fact that stand inside values, for one guard and the records that it names. */
struct cover {
    size_t at;                                 /* in the array of what is covered */
    uint32_t first, n;                         /* hits */
    uint32_t records[LIMIT_BOUND_RECORDS + 1]; /* by number; 0: the guard names none */
};

/* Bytes of text that cost as much as a look at a record. */
enum { BYTES_A_LOOK = 64 };

/* A value that is looked for: Knuth, Morris and Pratt. */
struct needle {
    uint32_t codes[LIMIT_INSIDE_SYMBOLS];
    uint16_t back[LIMIT_INSIDE_SYMBOLS + 1]; /* longest border of the first i symbols */
    uint32_t n, matched;
};

void insides_init(struct insides *x, const struct mem *mem)
{
    *x = (struct insides){.mem = *mem};
    keyset_init(&x->known, mem);
}

void insides_clear(struct insides *x)
{
    keyset_clear(&x->known);
    mem_release(&x->mem, x->covers, x->cap_covers * sizeof *x->covers);
    mem_release(&x->mem, x->covered, x->cap_covered * sizeof *x->covered);
    mem_release(&x->mem, x->needles, x->cap_needles * sizeof *x->needles);
}

void insides_reset(struct insides *x)
{
    keyset_empty(&x->known);
    x->n_covers = x->n_covered = 0;
}

size_t insides_memory(const struct insides *x)
{
    return keyset_memory(&x->known) + x->cap_covers * sizeof *x->covers +
           x->cap_covered * sizeof *x->covered + x->cap_needles * sizeof *x->needles;
}

static bool read_needle(struct needle *k, struct shown value)
{
    struct text_reader r;
    struct text_char c;

    k->n = k->matched = 0;
    text_reader_init(&r, value.text, value.len, FORM_DEFAULT);
    while (text_read(&r, &c)) {
        if (c.code == ' ')
            continue;
        if (k->n == LIMIT_INSIDE_SYMBOLS)
            return false;
        k->codes[k->n++] = c.code;
    }
    return k->n > 0;
}

static uint32_t step(const struct needle *k, uint32_t matched, uint32_t code)
{
    while (matched && (matched == k->n || k->codes[matched] != code))
        matched = k->back[matched];
    return matched + (k->codes[matched] == code);
}

static void prepare(struct needle *k)
{
    k->back[0] = k->back[1] = 0;
    for (uint32_t i = 1; i < k->n; i++) {
        uint32_t matched = k->back[i];

        while (matched && k->codes[matched] != k->codes[i])
            matched = k->back[matched];
        k->back[i + 1] = (uint16_t)(matched + (k->codes[matched] == k->codes[i]));
    }
}

/* The values of the guard's fields but the text itself. */
static uint32_t read_needles(struct rls_evaluator *ev, const struct guard *g, uint32_t text)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < g->n_inside; i++) {
        const struct selector *s = &g->inside[i];

        for (uint32_t fact = select_first(ev, s); fact && n < LIMIT_INSIDE_VALUES;
             fact = select_next(ev, s, fact)) {
            struct shown value = shown_of(&ev->facts.items[fact]);

            if (fact == text || !value.text || !read_needle(&ev->insides.needles[n], value))
                continue;
            prepare(&ev->insides.needles[n++]);
        }
    }
    return n;
}

/* The first of the cover's hits that begins at or behind a place. */
static uint32_t first_behind(const struct rls_evaluator *ev, const struct cover *c, uint32_t begin)
{
    uint32_t low = c->first, high = c->first + c->n;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (ev->hits.items[mid].hit.begin < begin)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void cover(struct rls_evaluator *ev, const struct cover *c, uint32_t begin, uint32_t end)
{
    for (uint32_t i = first_behind(ev, c, begin); i < c->first + c->n; i++) {
        const struct hit *hit = &ev->hits.items[i].hit;

        if (hit->begin >= end)
            break;
        if (hit->end <= end)
            ev->insides.covered[c->at + i - c->first] = true;
    }
}

/* Where the last symbols began is kept in a ring. */
static void find_needles(struct rls_evaluator *ev, uint32_t n, const struct cover *c,
                         struct shown text)
{
    uint32_t begins[LIMIT_INSIDE_SYMBOLS], at = 0;
    struct text_reader r;
    struct text_char t;

    text_reader_init(&r, text.text, text.len, FORM_DEFAULT);
    while (text_read(&r, &t)) {
        if (t.code == ' ')
            continue;
        begins[at++ % LIMIT_INSIDE_SYMBOLS] = t.begin;
        for (uint32_t i = 0; i < n; i++) {
            struct needle *k = &ev->insides.needles[i];

            k->matched = step(k, k->matched, t.code);
            if (k->matched == k->n)
                cover(ev, c, begins[(at - k->n) % LIMIT_INSIDE_SYMBOLS], t.end);
        }
    }
}

/* The hits of the fact, which stand together, none of them covered yet. */
static bool begin_cover(struct rls_evaluator *ev, uint32_t hit, struct cover *c)
{
    const struct fact_hit *items = ev->hits.items;
    size_t end = hit + (size_t)1;

    c->first = hit;
    while (c->first > 0 && items[c->first - 1].fact == items[hit].fact)
        c->first--;
    while (end < ev->hits.n_items && items[end].fact == items[hit].fact)
        end++;
    c->n = (uint32_t)(end - c->first);
    c->at = ev->insides.n_covered;
    if (!mem_grow(&ev->mem, &ev->insides.covers, &ev->insides.cap_covers, ev->insides.n_covers + 1,
                  sizeof *ev->insides.covers) ||
        !mem_grow(&ev->mem, &ev->insides.covered, &ev->insides.cap_covered,
                  ev->insides.n_covered + c->n, sizeof *ev->insides.covered))
        return false;
    memset(ev->insides.covered + c->at, 0, c->n * sizeof *ev->insides.covered);
    ev->insides.n_covered += c->n;
    return true;
}

static bool reserve_needles(struct rls_evaluator *ev)
{
    return mem_grow(&ev->mem, &ev->insides.needles, &ev->insides.cap_needles, LIMIT_INSIDE_VALUES,
                    sizeof *ev->insides.needles);
}

/* The records bound now that the guard names. */
static void take_records(const struct rls_evaluator *ev, const struct guard *g, struct cover *c)
{
    memset(c->records, 0, sizeof c->records);
    for (uint32_t i = 0; i < g->n_inside; i++)
        c->records[g->inside[i].record] = g->inside[i].record ? ev->bound[g->inside[i].record] : 0;
}

static void fill_cover(struct rls_evaluator *ev, const struct guard *g, struct cover *c)
{
    uint32_t fact = ev->hits.items[c->first].fact, n = read_needles(ev, g, fact);

    take_records(ev, g, c);
    if (n)
        find_needles(ev, n, c, shown_of(&ev->facts.items[fact]));
}

/* A text is looked through once for each record, which costs as much as looks at it. Beyond their
 * limit nothing is covered, and the report is not whole. */
static void refill_cover(struct rls_evaluator *ev, const struct guard *g, struct cover *c)
{
    uint32_t fact = ev->hits.items[c->first].fact;

    memset(ev->insides.covered + c->at, 0, c->n * sizeof *ev->insides.covered);
    take_records(ev, g, c);
    if (ev->record_looks >= LIMIT_RECORD_LOOKS)
        ev->records_cut = true;
    if (ev->records_cut || budget_is_spent(&ev->budget))
        return;
    ev->record_looks += (uint32_t)(shown_of(&ev->facts.items[fact]).len / BYTES_A_LOOK);
    fill_cover(ev, g, c);
}

static bool is_of_records(const struct rls_evaluator *ev, const struct guard *g,
                          const struct cover *c)
{
    struct cover now;

    take_records(ev, g, &now);
    return memcmp(c->records, now.records, sizeof now.records) == 0;
}

/* What the guard covers of a fact; made once in a check, and again for other records. */
static const struct cover *cover_of(struct rls_evaluator *ev, const struct guard *g, uint32_t hit)
{
    uint32_t *known = keyset_at(&ev->insides.known, ev->hits.items[hit].fact,
                                (const char *)&g->number, sizeof g->number);
    struct cover c, *kept;

    if (!known)
        return NULL;
    if (!*known) {
        if (!reserve_needles(ev) || !begin_cover(ev, hit, &c))
            return NULL;
        fill_cover(ev, g, &c);
        ev->insides.covers[ev->insides.n_covers++] = c;
        *known = (uint32_t)ev->insides.n_covers;
    }
    kept = &ev->insides.covers[*known - 1];
    if (!is_of_records(ev, g, kept))
        refill_cover(ev, g, kept);
    return kept;
}

bool inside_holds(struct rls_evaluator *ev, const struct guard *g, uint32_t hit)
{
    const struct cover *c = cover_of(ev, g, hit);

    if (!c)
        ev->out_of_memory = true;
    return c && ev->insides.covered[c->at + hit - c->first];
}
