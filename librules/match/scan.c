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

bool scanner_stopped(const struct scanner *s)
{
    return s->stop && s->stop(s->stop_user);
}

enum { POLL_STEPS = 1 << 14, POLL_SYMBOLS = 1 << 15 };

/*
 * Places are dealt with in order, and all terms that begin at one before the next. An allow-term
 * that contains a hit begins before it or with it: once its place is done, a hit is settled.
 */
struct scan {
    struct scanner *s;
    const struct dictionary *d;
    struct verify verify;
    enum scan_status status;
    size_t poll_below; /* the budget at which to ask whether to stop */
    uint32_t at;       /* the place in hand */
    size_t n_whole;    /* hits of the places before it */
    size_t n_settled;  /* of these, sorted and not excused */
    bool excusing;     /* allow_ends are of this text */
};

static void end_scan(struct scan *sc, enum scan_status status)
{
    if (sc->status == SCAN_OK)
        sc->status = status;
}

static void poll(struct scan *sc)
{
    if (scanner_stopped(sc->s))
        end_scan(sc, SCAN_STOPPED);
}

/* Called after every piece of work, with the steps that verification did not count. */
static void worked(struct scan *sc, size_t steps)
{
    struct verify *v = &sc->verify;

    verify_spend(v, steps);
    if (v->budget > sc->poll_below)
        return;
    if (!v->budget)
        end_scan(sc, SCAN_LIMIT);
    poll(sc);
    sc->poll_below = v->budget > POLL_STEPS ? v->budget - POLL_STEPS : 0;
}

static void candidate(struct scan *sc, const struct entry *e, size_t at)
{
    struct scanner *s = sc->s;
    struct hit hit;

    if (verify_entry(&sc->verify, e, at, &hit)) {
        if (mem_grow(&s->mem, &s->hits, &s->cap_hits, s->n_hits + 1, sizeof *s->hits))
            s->hits[s->n_hits++] = hit;
        else
            end_scan(sc, SCAN_MEMORY);
    }
    worked(sc, 1);
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

/* Sort the hits of the places done and drop the allow-terms and what they excuse. */
static void settle(struct scan *sc)
{
    struct scanner *s = sc->s;
    struct hit *hits = s->hits;
    size_t kept = sc->n_settled, n = s->n_hits;

    if (kept == n)
        return;
    sort_items(hits + kept, n - kept, sizeof *hits, by_place, NULL);
    if (!sc->d->n_allow_sets) {
        sc->n_settled = n;
        return;
    }
    if (!sc->excusing)
        memset(s->allow_ends, 0, sc->d->n_allow_sets * sizeof *s->allow_ends);
    sc->excusing = true;
    for (size_t i = kept, same = kept; i < n; i++) {
        for (; same < n && hits[same].begin == hits[i].begin; same++)
            allow(sc, &hits[same]);
        if (!excused(sc, &hits[i]))
            hits[kept++] = hits[i];
    }
    s->n_hits = sc->n_settled = kept;
}

static void settle_within_limit(struct scan *sc)
{
    struct scanner *s = sc->s;

    settle(sc);
    if (s->n_hits <= s->max_hits)
        return;
    s->n_hits = sc->n_settled = s->max_hits;
    end_scan(sc, SCAN_LIMIT);
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

static bool rest_matches(struct scan *sc, const struct entry *e, size_t at, uint32_t depth)
{
    const uint16_t *wanted = sc->d->pool + e->symbols, *found = sc->s->symbols + at;
    uint32_t i = depth;

    while (i < e->count && wanted[i] == found[i])
        i++;
    worked(sc, 1 + i - depth);
    return i == e->count;
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
        while (from < to && entries[from].count == depth && sc->status == SCAN_OK)
            candidate(sc, &entries[from++], at);
        if (from == to || sc->status != SCAN_OK)
            return;
        if (to - from == 1) {
            if (fits(sc, &entries[from], at) && rest_matches(sc, &entries[from], at, depth))
                candidate(sc, &entries[from], at);
            return;
        }
        worked(sc, 1);
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

static void next_place(struct scan *sc, uint32_t at)
{
    if (sc->s->n_hits > sc->s->max_hits)
        settle_within_limit(sc);
    sc->n_whole = sc->s->n_hits;
    sc->at = at;
}

static void run_batch(struct scan *sc, struct batch *b)
{
    const struct dictionary *d = sc->d;

    list_looks(sc, b);
    keep_found(sc, b);
    for (uint32_t i = 0; i < b->n_looks; i++)
        prefetch(&d->pool[d->entries[b->looks[i].slot->from].symbols]);
    for (uint32_t i = 0; i < b->n_looks; i++) {
        const struct look *l = &b->looks[i];
        if (l->at != sc->at)
            next_place(sc, l->at);
        if (sc->status != SCAN_OK)
            return;
        walk_entries(sc, l->slot, l->at, l->length);
    }
}

/* Collects places from position i on and returns where it stopped. */
static size_t fill_batch(const struct scan *sc, struct batch *b, size_t i)
{
    const uint16_t *symbols = sc->s->symbols;
    const uint64_t *filter = sc->d->filter;
    const uint32_t shift = sc->d->filter_shift, n_single = sc->d->n_single;
    const size_t rest = sc->s->n_symbols - i, end = i + (rest < POLL_SYMBOLS ? rest : POLL_SYMBOLS);
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
    size_t pause = POLL_SYMBOLS;

    for (size_t i = 0; i < sc->s->n_symbols && sc->status == SCAN_OK;) {
        i = fill_batch(sc, &b, i);
        run_batch(sc, &b);
        if (i >= pause) {
            poll(sc);
            pause = i + POLL_SYMBOLS;
        }
    }
    /* Of a place that was not done, an allow-term may be missing. */
    if (sc->status != SCAN_OK && sc->s->n_hits > sc->n_whole)
        sc->s->n_hits = sc->n_whole;
    settle_within_limit(sc);
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
                  sizeof *s->allow_ends))
        return SCAN_MEMORY;
    sc.status = stream_text(s, d, text, len);
    if (sc.status != SCAN_OK)
        return sc.status;
    verify_init(&sc.verify, d, s->offsets, text, len);
    sc.poll_below = sc.verify.budget - POLL_STEPS;
    find_terms(&sc);
    return sc.status;
}
