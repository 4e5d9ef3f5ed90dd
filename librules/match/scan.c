/* SPDX-License-Identifier: Apache-2.0 */
#include "match/scan.h"

#include <string.h>

#include "match/sort.h"
#include "match/stream.h"
#include "match/tables.h"
#include "match/verify.h"

void scanner_init(struct scanner *s, const struct mem *mem, size_t max_hits)
{
    *s = (struct scanner){.mem = *mem, .max_hits = max_hits};
}

size_t scanner_memory(const struct scanner *s)
{
    return s->cap_hits * sizeof *s->hits + s->cap_symbols * sizeof *s->symbols +
           s->cap_offsets * sizeof *s->offsets + s->cap_allow_ends * sizeof *s->allow_ends;
}

void scanner_clear(struct scanner *s)
{
    mem_release(&s->mem, s->symbols, s->cap_symbols * sizeof *s->symbols);
    mem_release(&s->mem, s->offsets, s->cap_offsets * sizeof *s->offsets);
    mem_release(&s->mem, s->hits, s->cap_hits * sizeof *s->hits);
    mem_release(&s->mem, s->allow_ends, s->cap_allow_ends * sizeof *s->allow_ends);
    scanner_init(s, &s->mem, s->max_hits);
}

struct scan {
    struct scanner *s;
    const struct dictionary *d;
    struct verify verify;
    enum scan_status status;
};

static void candidate(struct scan *sc, const struct entry *e, size_t at)
{
    struct scanner *s = sc->s;
    struct hit hit;

    if (sc->status != SCAN_OK)
        return;
    if (!verify_entry(&sc->verify, e, at, &hit)) {
        if (!sc->verify.budget)
            sc->status = SCAN_LIMIT;
        return;
    }
    if (s->n_hits >= s->max_hits || !sc->verify.budget)
        sc->status = SCAN_LIMIT;
    else if (!mem_grow(&s->mem, &s->hits, &s->cap_hits, s->n_hits + 1, sizeof *s->hits))
        sc->status = SCAN_MEMORY;
    else
        s->hits[s->n_hits++] = hit;
}

static uint16_t entry_symbol(const struct scan *sc, uint32_t entry, uint32_t depth)
{
    const struct dictionary *d = sc->d;

    return d->pool[d->entries[entry].symbols + depth];
}

/* The first entry of from..to whose symbol at depth is at least symbol. */
static uint32_t lower_bound(const struct scan *sc, uint32_t from, uint32_t to, uint32_t depth,
                            uint32_t symbol)
{
    /* Long common beginnings are common: one look at each end often decides. */
    if (entry_symbol(sc, from, depth) >= symbol)
        return from;
    if (entry_symbol(sc, to - 1, depth) < symbol)
        return to;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (entry_symbol(sc, middle, depth) < symbol)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool rest_matches(const struct scan *sc, const struct entry *e, size_t at, uint32_t depth)
{
    const uint16_t *wanted = sc->d->pool + e->symbols, *found = sc->s->symbols + at;

    while (depth < e->count && wanted[depth] == found[depth])
        depth++;
    return depth == e->count;
}

static bool fits(const struct scan *sc, const struct entry *e, size_t at)
{
    return e->count <= sc->s->n_symbols - at;
}

/* Narrow the sorted entries symbol by symbol: the cost is that of the longest, not of all. */
static void walk_entries(struct scan *sc, const struct slot *slot, size_t at, uint32_t depth)
{
    const struct entry *entries = sc->d->entries;
    uint32_t from = slot->from, to = slot->to;

    for (;; depth++) {
        uint32_t symbol;
        while (from < to && entries[from].count == depth)
            candidate(sc, &entries[from++], at);
        if (from == to)
            return;
        if (to - from == 1) {
            if (fits(sc, &entries[from], at) && rest_matches(sc, &entries[from], at, depth))
                candidate(sc, &entries[from], at);
            return;
        }
        symbol = at + depth < sc->s->n_symbols ? sc->s->symbols[at + depth] : SYMBOL_NONE;
        if (symbol == SYMBOL_NONE)
            return;
        from = lower_bound(sc, from, to, depth, symbol);
        if (from == to)
            return;
        to = lower_bound(sc, from, to, depth, symbol + 1u);
    }
}

enum { BATCH_MOST = 64, GRAM_LENGTHS = 3 };

/* Positions that passed the filter, and the slots to look into: misses of the cache overlap. */
struct batch {
    uint32_t n_places, n_looks;
    struct place {
        uint32_t at;
        uint32_t lengths; /* bit 0 for a gram of one symbol, bit 1 of two, bit 2 of three */
    } places[BATCH_MOST];
    struct look {
        uint32_t at;
        uint32_t length;
        uint64_t gram;
        const struct slot *slot;
    } looks[BATCH_MOST * GRAM_LENGTHS];
};

static void list_looks(const struct scan *sc, struct batch *b)
{
    b->n_looks = 0;
    for (uint32_t i = 0; i < b->n_places; i++) {
        for (uint32_t length = 1; length <= GRAM_LENGTHS; length++) {
            struct look *l = &b->looks[b->n_looks];
            if (!(b->places[i].lengths >> (length - 1) & 1))
                continue;
            l->at = b->places[i].at;
            l->length = length;
            l->gram = gram_of(sc->s->symbols + l->at, length);
            l->slot = sc->d->slots + slot_of(sc->d, l->gram);
            prefetch(l->slot);
            b->n_looks++;
        }
    }
}

static const struct slot *find_slot(const struct dictionary *d, const struct look *l)
{
    const struct slot *end = d->slots + ((size_t)1 << (64 - d->slot_shift));

    for (const struct slot *slot = l->slot; slot->gram;) {
        if (slot->gram == l->gram)
            return slot;
        if (++slot == end)
            slot = d->slots;
    }
    return NULL;
}

static void keep_found(const struct scan *sc, struct batch *b)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < b->n_looks; i++) {
        const struct slot *slot = find_slot(sc->d, &b->looks[i]);
        if (!slot)
            continue;
        b->looks[kept] = b->looks[i];
        b->looks[kept++].slot = slot;
        prefetch(&sc->d->entries[slot->from]);
    }
    b->n_looks = kept;
}

static void run_batch(struct scan *sc, struct batch *b)
{
    const struct dictionary *d = sc->d;

    list_looks(sc, b);
    keep_found(sc, b);
    for (uint32_t i = 0; i < b->n_looks; i++)
        prefetch(&d->pool[d->entries[b->looks[i].slot->from].symbols]);
    for (uint32_t i = 0; i < b->n_looks; i++)
        walk_entries(sc, b->looks[i].slot, b->looks[i].at, b->looks[i].length);
}

/* Collects places from position i on and returns where it stopped. */
static size_t fill_batch(const struct scan *sc, struct batch *b, size_t i)
{
    const uint16_t *symbols = sc->s->symbols;
    const uint64_t *filter = sc->d->filter;
    const uint32_t shift = sc->d->filter_shift, n_single = sc->d->n_single;
    const size_t end = sc->s->n_symbols;
    uint32_t n = 0;

    for (; i < end && n < BATCH_MOST; i++) {
        const uint64_t pair = pair_hash(symbols[i], symbols[i + 1]);
        const uint64_t missing = ~filter[pair >> shift];
        const uint64_t triple = triple_hash(pair, symbols[i + 2]);
        const uint32_t lengths = ((uint32_t)symbols[i] - SYMBOL_FIRST < n_single ? 1u : 0u) |
                                 (missing & pair_bits(pair) ? 0u : 2u) |
                                 (missing & triple_bits(triple) ? 0u : 4u);
        b->places[n] = (struct place){(uint32_t)i, lengths};
        n += lengths != 0;
    }
    b->n_places = n;
    return i;
}

static void find_terms(struct scan *sc)
{
    struct batch b;

    for (size_t i = 0; i < sc->s->n_symbols && sc->status == SCAN_OK;) {
        i = fill_batch(sc, &b, i);
        run_batch(sc, &b);
    }
}

static int by_place(const void *x, const void *y, const void *context)
{
    const struct hit *a = x, *b = y;

    (void)context;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->term < b->term ? -1 : a->term > b->term;
}

/* Raise the end up to which the hit's set is excused, when the hit is an allow-term's. */
static void allow(struct scan *sc, const struct hit *hit)
{
    uint32_t *end;

    if (!sc->d->terms[hit->term].allow)
        return;
    end = &sc->s->allow_ends[sc->d->allow_sets[hit->term]];
    if (*end < hit->end)
        *end = hit->end;
}

static bool excused(const struct scan *sc, const struct hit *hit)
{
    uint32_t set = sc->d->allow_sets[hit->term];

    if (sc->d->terms[hit->term].allow)
        return true;
    return set != NO_ALLOW_SET && sc->s->allow_ends[set] >= hit->end;
}

static void forget_allows(struct scan *sc)
{
    for (size_t i = 0; i < sc->s->n_hits; i++) {
        uint32_t set = sc->d->allow_sets[sc->s->hits[i].term];
        if (set != NO_ALLOW_SET)
            sc->s->allow_ends[set] = 0;
    }
}

/* Hits are sorted: an allow-term that contains a hit begins before it or with it. */
static void drop_excused(struct scan *sc)
{
    struct hit *hits = sc->s->hits;
    size_t n = sc->s->n_hits, kept = 0;

    forget_allows(sc);
    for (size_t i = 0, same = 0; i < n; i++) {
        for (; same < n && hits[same].begin == hits[i].begin; same++)
            allow(sc, &hits[same]);
        if (!excused(sc, &hits[i]))
            hits[kept++] = hits[i];
    }
    sc->s->n_hits = kept;
}

enum scan_status scan_text(struct scanner *s, const struct dictionary *d, const char *text,
                           size_t len)
{
    struct scan sc = {.s = s, .d = d, .status = SCAN_OK};

    s->n_hits = 0;
    if (!d->n_terms)
        return SCAN_OK;
    if (len >= STREAM_NO_OFFSET)
        return SCAN_LIMIT;
    if (!mem_grow(&s->mem, &s->allow_ends, &s->cap_allow_ends, d->n_allow_sets,
                  sizeof *s->allow_ends) ||
        !stream_text(s, d, text, len))
        return SCAN_MEMORY;
    verify_init(&sc.verify, d, s->offsets, text, len);
    find_terms(&sc);
    sort_items(s->hits, s->n_hits, sizeof *s->hits, by_place, NULL);
    if (d->n_allow_sets)
        drop_excused(&sc);
    return sc.status;
}
