/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/hits.h"

void hits_init(struct hit_index *h, const struct mem *mem, size_t max_hits)
{
    *h = (struct hit_index){.mem = *mem};
    scanner_init(&h->scanner, mem, max_hits);
}

void hits_clear(struct hit_index *h)
{
    scanner_clear(&h->scanner);
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
}

static bool add(struct hit_index *h, const struct dictionary *d, uint32_t fact,
                const struct hit *hit)
{
    uint32_t set = dictionary_term(d, hit->term)->set, item = (uint32_t)h->n_items;

    if (item == HIT_NONE ||
        !mem_grow(&h->mem, &h->items, &h->cap_items, h->n_items + 1, sizeof *h->items))
        return false;
    h->items[h->n_items++] = (struct fact_hit){fact, HIT_NONE, *hit};
    if (h->head[set] == HIT_NONE) {
        h->head[set] = item;
        h->touched[h->n_touched++] = set;
    } else {
        h->items[h->tail[set]].next = item;
    }
    h->tail[set] = item;
    return true;
}

bool hits_scan(struct hit_index *h, const struct rls_set *set, const struct facts *f, uint32_t fact)
{
    const struct fact *value = &f->items[fact];
    enum scan_status st;

    st = scan_text(&h->scanner, set->dictionary, value->text, value->text_len);
    if (st == SCAN_MEMORY)
        return false;
    if (st == SCAN_LIMIT) {
        if (!mem_grow(&h->mem, &h->cut, &h->cap_cut, h->n_cut + 1, sizeof *h->cut))
            return false;
        h->cut[h->n_cut++] = fact;
    }
    for (size_t i = 0; i < h->scanner.n_hits; i++)
        if (!add(h, set->dictionary, fact, &h->scanner.hits[i]))
            return false;
    return true;
}

bool hits_is_cut(const struct hit_index *h, uint32_t fact)
{
    for (size_t i = 0; i < h->n_cut; i++)
        if (h->cut[i] == fact)
            return true;
    return false;
}
