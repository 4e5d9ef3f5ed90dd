/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/hits.h"

#include "eval/shown.h"
#include "match/matcher.h"

void hits_init(struct hit_index *h, const struct mem *mem, size_t max_hits,
               bool (*stop)(void *user), void *stop_user)
{
    *h = (struct hit_index){.mem = *mem, .max_items = max_hits, .without = TERM_NONE};
    scanner_init(&h->scanner, mem, max_hits);
    joined_init(&h->joined, mem);
    h->scanner.stop = stop;
    h->scanner.stop_user = stop_user;
}

void hits_clear(struct hit_index *h)
{
    scanner_clear(&h->scanner);
    joined_clear(&h->joined);
    mem_release(&h->mem, h->items, h->cap_items * sizeof *h->items);
    mem_release(&h->mem, h->head, h->cap_head * sizeof *h->head);
    mem_release(&h->mem, h->tail, h->cap_tail * sizeof *h->tail);
    mem_release(&h->mem, h->touched, h->cap_touched * sizeof *h->touched);
    mem_release(&h->mem, h->cut, h->cap_cut * sizeof *h->cut);
}

bool hits_bind(struct hit_index *h, const struct rls_set *set)
{
    size_t n = set->n_term_sets;

    if (!mem_grow(&h->mem, &h->head, &h->cap_head, n, sizeof *h->head) ||
        !mem_grow(&h->mem, &h->tail, &h->cap_tail, n, sizeof *h->tail) ||
        !mem_grow(&h->mem, &h->touched, &h->cap_touched, n, sizeof *h->touched))
        return false;
    for (size_t i = 0; i < h->cap_head; i++)
        h->head[i] = HIT_NONE;
    h->n_items = h->n_touched = h->n_cut = 0;
    return true;
}

void hits_reset(struct hit_index *h)
{
    for (size_t i = 0; i < h->n_touched; i++)
        h->head[h->touched[i]] = HIT_NONE;
    h->n_items = h->n_touched = h->n_cut = 0;
    joined_empty(&h->joined);
}

static bool add(struct hit_index *h, const struct matcher *m, uint32_t fact, const struct hit *hit)
{
    uint32_t set = matcher_term(m, hit->term)->set, item = (uint32_t)h->n_items;

    if (hit->term == h->without)
        return true;
    if (item == HIT_NONE ||
        !mem_grow(&h->mem, &h->items, &h->cap_items, h->n_items + 1, sizeof *h->items))
        return false;
    h->items[h->n_items++] = (struct fact_hit){
        .fact = fact, .next = HIT_NONE, .valid = h->scanner.well_formed, .hit = *hit};
    if (h->head[set] == HIT_NONE) {
        h->head[set] = item;
        h->touched[h->n_touched++] = set;
    } else {
        h->items[h->tail[set]].next = item;
    }
    h->tail[set] = item;
    return true;
}

/* What a text had more hits than are kept is not known to lack any term. */
static bool cut(struct hit_index *h, uint32_t fact)
{
    if (!mem_grow(&h->mem, &h->cut, &h->cap_cut, h->n_cut + 1, sizeof *h->cut))
        return false;
    h->cut[h->n_cut++] = fact;
    return true;
}

enum scan_status hits_scan(struct hit_index *h, const struct rls_set *set, const struct facts *f,
                           uint32_t fact)
{
    const struct fact *value = &f->items[fact];
    enum scan_status st;

    h->scanner.max_hits = h->max_items - h->n_items;
    st = matcher_scan(&h->scanner, set->matcher, value->text, value->text_len);
    if (st == SCAN_MEMORY || st == SCAN_STOPPED)
        return st;
    if (st == SCAN_LIMIT && !cut(h, fact))
        return SCAN_MEMORY;
    for (size_t i = 0; i < h->scanner.n_hits; i++)
        if (!add(h, set->matcher, fact, &h->scanner.hits[i]))
            return SCAN_MEMORY;
    return SCAN_OK;
}

/* The hits of the joined text, each for the fact that it stands in. */
static enum scan_status share_out(struct hit_index *h, const struct matcher *m)
{
    const struct joined_part *part = h->joined.parts;

    for (size_t i = 0; i < h->scanner.n_hits; i++) {
        struct hit hit = h->scanner.hits[i];

        while (hit.begin >= part->end)
            part++;
        hit.begin -= part->begin;
        hit.end -= part->begin;
        if (!add(h, m, part->owner, &hit))
            return SCAN_MEMORY;
    }
    return SCAN_OK;
}

static enum scan_status scan_each(struct hit_index *h, const struct rls_set *set,
                                  const struct facts *f)
{
    enum scan_status status = SCAN_OK;

    for (size_t i = 0; i < h->joined.n && status == SCAN_OK; i++)
        status = hits_scan(h, set, f, h->joined.parts[i].owner);
    return status;
}

enum scan_status hits_scan_rest(struct hit_index *h, const struct rls_set *set,
                                const struct facts *f)
{
    enum scan_status status = SCAN_LIMIT;

    h->scanner.max_hits = h->max_items - h->n_items;
    if (h->joined.n > 1)
        status = joined_scan(&h->joined, &h->scanner, set->matcher);
    if (status == SCAN_OK)
        status = share_out(h, set->matcher);
    else if (status == SCAN_LIMIT)
        status = scan_each(h, set, f);
    joined_empty(&h->joined);
    return status;
}

/* Patterns are run, and costs counted, by text. */
static bool may_join(const struct hit_index *h, const struct matcher *m)
{
    return !h->scanner.costs && matcher_count(m) == matcher_terms(m);
}

enum scan_status hits_scan_soon(struct hit_index *h, const struct rls_set *set,
                                const struct facts *f, uint32_t fact)
{
    const struct fact *value = &f->items[fact];
    enum joined_answer answer = JOINED_NOT;
    enum scan_status status = SCAN_OK;

    if (may_join(h, set->matcher))
        answer = joined_add(&h->joined, fact, value->text, value->text_len);
    if (answer == JOINED_NOT && h->joined.n) {
        status = hits_scan_rest(h, set, f);
        if (status == SCAN_OK)
            answer = joined_add(&h->joined, fact, value->text, value->text_len);
    }
    if (answer == JOINED_MEMORY)
        return SCAN_MEMORY;
    return answer == JOINED_NOT && status == SCAN_OK ? hits_scan(h, set, f, fact) : status;
}

/* The hits of a fact, which stand together, by where they begin. */
static void measure_hits(struct fact_hit *hits, size_t n, const struct shown *value)
{
    const char *text = shown_original(value).data;
    const size_t last = shown_source_begin(value, hits[n - 1].hit.begin);
    const bool valid = (hits->valid && !value->map) || utf8_valid(text, last) == last;
    struct utf8_units before = {0, 0};
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t begin = shown_source_begin(value, hits[i].hit.begin);
        const struct utf8_units more =
            valid ? utf8_units_valid(text + at, begin - at) : utf8_units(text + at, begin - at);

        at = begin;
        before.utf16 += more.utf16;
        before.points += more.points;
        hits[i].before = before;
        hits[i].measured = true;
    }
}

const struct fact_hit *hits_measured(struct hit_index *h, const struct facts *f, uint32_t item)
{
    const uint32_t fact = h->items[item].fact;
    const struct shown value = shown_of(&f->items[fact]);
    size_t first = item, end = item + (size_t)1;

    if (h->items[item].measured)
        return &h->items[item];
    while (first > 0 && h->items[first - 1].fact == fact)
        first--;
    while (end < h->n_items && h->items[end].fact == fact)
        end++;
    measure_hits(h->items + first, end - first, &value);
    return &h->items[item];
}

size_t hits_memory(const struct hit_index *h)
{
    return scanner_memory(&h->scanner) + joined_memory(&h->joined) +
           h->cap_items * sizeof *h->items +
           (h->cap_head + h->cap_tail + h->cap_touched + h->cap_cut) * sizeof *h->head;
}
