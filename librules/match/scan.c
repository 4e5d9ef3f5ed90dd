/* SPDX-License-Identifier: Apache-2.0 */
#include "match/scan.h"

#include <string.h>

#include "match/fast.h"
#include "match/lattice.h"
#include "match/loose.h"
#include "match/pattern.h"
#include "match/search.h"
#include "match/sort.h"
#include "match/stream.h"

enum { MOVES_A_HIT = 8 };

void scanner_init(struct scanner *s, const struct mem *mem, size_t max_hits)
{
    *s = (struct scanner){
        .mem = *mem, .max_hits = max_hits, .fast = fast_choose(), .without = TERM_NONE};
}

size_t scanner_memory(const struct scanner *s)
{
    return s->cap_hits * sizeof *s->hits + s->cap_symbols * sizeof *s->symbols +
           s->cap_offsets * sizeof *s->offsets + s->cap_allow_ends * sizeof *s->allow_ends +
           s->cap_translated * sizeof *s->translated + s->cap_codes * sizeof *s->codes +
           s->cap_arcs * sizeof *s->arcs + s->cap_loose * sizeof *s->loose +
           s->cap_wakes * sizeof *s->wakes + s->cap_allowed * sizeof *s->allowed +
           s->cap_queue * sizeof *s->queue + pattern_scratch_memory(s->patterns);
}

void scanner_clear(struct scanner *s)
{
    mem_release(&s->mem, s->symbols, s->cap_symbols * sizeof *s->symbols);
    mem_release(&s->mem, s->offsets, s->cap_offsets * sizeof *s->offsets);
    mem_release(&s->mem, s->hits, s->cap_hits * sizeof *s->hits);
    mem_release(&s->mem, s->allow_ends, s->cap_allow_ends * sizeof *s->allow_ends);
    mem_release(&s->mem, s->translated, s->cap_translated * sizeof *s->translated);
    mem_release(&s->mem, s->codes, s->cap_codes * sizeof *s->codes);
    mem_release(&s->mem, s->arcs, s->cap_arcs * sizeof *s->arcs);
    mem_release(&s->mem, s->loose, s->cap_loose * sizeof *s->loose);
    mem_release(&s->mem, s->wakes, s->cap_wakes * sizeof *s->wakes);
    mem_release(&s->mem, s->allowed, s->cap_allowed * sizeof *s->allowed);
    mem_release(&s->mem, s->queue, s->cap_queue * sizeof *s->queue);
    pattern_scratch_free(s->patterns);
    scanner_init(s, &s->mem, s->max_hits);
}

bool scanner_stopped(const struct scanner *s)
{
    return s->stop && s->stop(s->stop_user);
}

/*
 * An allow-term that contains a hit begins before it or with it: once its place is done, a hit is
 * settled.
 */
struct scan {
    struct search search; /* of the plain space; first, so that it is the scan */
    size_t n_whole;       /* hits of the places before the one in hand */
    size_t n_settled;     /* of these, sorted and not excused */
    size_t n_taken;       /* loose hits that are among the hits */
    size_t done;          /* one past where the last place done begins */
    uint32_t cut;         /* where the loose hits end */
    bool excusing;        /* allow_ends are of this text */
};

/* The pattern that the factor wakes is what verifies it. */
static void wake(struct search *se, const struct entry *e, size_t at)
{
    struct scanner *s = se->s;

    if (mem_grow(&s->mem, &s->wakes, &s->cap_wakes, s->n_wakes + 1, sizeof *s->wakes))
        s->wakes[s->n_wakes++] = (struct wake){e->term, (uint32_t)at, e->count};
    else
        search_end(se, SCAN_MEMORY);
}

static bool verify(struct search *se, const struct entry *e, size_t at, struct hit *hit)
{
    if (se->s->costs)
        se->s->costs->lists[se->d->terms[e->term].set].candidates++;
    return verify_entry(&se->verify, e, at, hit);
}

static void candidate(struct search *se, const struct entry *e, size_t at)
{
    struct scanner *s = se->s;
    struct hit hit;

    if (e->flags & ENTRY_FACTOR) {
        wake(se, e, at);
    } else if (verify(se, e, at, &hit)) {
        if (mem_grow(&s->mem, &s->hits, &s->cap_hits, s->n_hits + 1, sizeof *s->hits))
            s->hits[s->n_hits++] = hit;
        else
            search_end(se, SCAN_MEMORY);
    }
    search_worked(se, 1);
}

/* Hits of the other spaces stand in order, too: take those that begin before the place. */
static void take_loose(struct scan *sc, size_t before)
{
    struct scanner *s = sc->search.s;

    while (sc->n_taken < s->n_loose && s->loose[sc->n_taken].begin < before) {
        if (!mem_grow(&s->mem, &s->hits, &s->cap_hits, s->n_hits + 1, sizeof *s->hits)) {
            search_end(&sc->search, SCAN_MEMORY);
            return;
        }
        s->hits[s->n_hits++] = s->loose[sc->n_taken++];
    }
}

/* Raise the end up to which the hit's set is excused, when the hit is an allow-term's. */
static void allow(struct scan *sc, const struct hit *hit)
{
    const uint32_t set = sc->search.d->allow_sets[hit->term];
    struct scanner *s = sc->search.s;

    if (!sc->search.d->terms[hit->term].allow || hit->term == s->without ||
        s->without == TERM_ALLOWS)
        return;
    if (s->allow_ends[set] < hit->end)
        s->allow_ends[set] = hit->end;
    if (!s->keep_allowed)
        return;
    if (mem_grow(&s->mem, &s->allowed, &s->cap_allowed, s->n_allowed + 1, sizeof *s->allowed))
        s->allowed[s->n_allowed++] = (struct allowed){set, hit->begin, hit->end};
    else
        search_end(&sc->search, SCAN_MEMORY);
}

static bool excused(const struct scan *sc, const struct hit *hit)
{
    uint32_t set = sc->search.d->allow_sets[hit->term];

    if (sc->search.s->without == TERM_ALLOWS)
        return false;
    if (sc->search.d->terms[hit->term].allow)
        return true;
    return set != NO_ALLOW_SET && sc->search.s->allow_ends[set] >= hit->end;
}

static void count_excused(const struct scan *sc, const struct hit *hit)
{
    const struct term *t = &sc->search.d->terms[hit->term];

    if (!t->allow)
        sc->search.s->costs->lists[t->set].excused++;
}

static bool stands_before(const struct hit *a, const struct hit *b)
{
    const uint64_t x = (uint64_t)a->begin << 32 | ~a->end, y = (uint64_t)b->begin << 32 | ~b->end;

    if (x != y)
        return x < y;
    return a->term != b->term ? a->term < b->term : a->forms < b->forms;
}

/* As hits_by_place. The hits of a place come in the wrong order, shorter ones first, and that is
 * most often all. */
static void sort_hits(struct hit *hits, size_t n)
{
    size_t moves = n * MOVES_A_HIT;

    for (size_t i = 1; i < n; i++) {
        const struct hit h = hits[i];
        size_t at = i;
        for (; at && stands_before(&h, &hits[at - 1]); at--)
            hits[at] = hits[at - 1];
        hits[at] = h;
        if (moves < i - at) {
            sort_items(hits, n, sizeof *hits, hits_by_place, NULL);
            return;
        }
        moves -= i - at;
    }
}

/* Sort the hits of the places done and drop the allow-terms and what they excuse. */
static void settle(struct scan *sc)
{
    struct scanner *s = sc->search.s;
    struct hit *hits = s->hits;
    size_t kept = sc->n_settled, n = s->n_hits;

    if (kept == n)
        return;
    sort_hits(hits + kept, n - kept);
    if (!sc->search.d->n_allow_sets) {
        sc->n_settled = n;
        return;
    }
    if (!sc->excusing)
        memset(s->allow_ends, 0, sc->search.d->n_allow_sets * sizeof *s->allow_ends);
    sc->excusing = true;
    for (size_t i = kept, same = kept; i < n; i++) {
        for (; same < n && hits[same].begin == hits[i].begin; same++)
            allow(sc, &hits[same]);
        if (!excused(sc, &hits[i]))
            hits[kept++] = hits[i];
        else if (s->costs)
            count_excused(sc, &hits[i]);
    }
    s->n_hits = sc->n_settled = kept;
}

/* All terms that begin before this byte are known. */
static void settle_within_limit(struct scan *sc, size_t before)
{
    struct scanner *s = sc->search.s;

    take_loose(sc, before);
    settle(sc);
    if (s->n_hits <= s->max_hits)
        return;
    s->n_hits = sc->n_settled = s->max_hits;
    search_end(&sc->search, SCAN_LIMIT);
}

static bool rest_matches(struct search *se, const struct entry *e, size_t at, uint32_t depth)
{
    const uint16_t *wanted = se->index->pool + e->symbols, *found = se->symbols + at;
    uint32_t i = depth;

    while (i < e->count && wanted[i] == found[i])
        i++;
    search_worked(se, 1 + i - depth);
    return i == e->count;
}

static bool fits(const struct search *se, const struct entry *e, size_t at)
{
    return e->count <= se->s->n_symbols - at;
}

/* Narrow the sorted entries symbol by symbol: the cost is that of the longest, not of all. */
static void walk_entries(struct search *se, uint32_t from, uint32_t to, uint32_t at, uint32_t depth)
{
    const struct entry *entries = se->index->entries;

    for (;; depth++) {
        uint32_t symbol;
        while (from < to && entries[from].count == depth && se->status == SCAN_OK)
            candidate(se, &entries[from++], at);
        if (from == to || se->status != SCAN_OK)
            return;
        if (to - from == 1) {
            if (fits(se, &entries[from], at) && rest_matches(se, &entries[from], at, depth))
                candidate(se, &entries[from], at);
            return;
        }
        search_worked(se, 1);
        symbol = at + depth < se->s->n_symbols ? se->symbols[at + depth] : SYMBOL_NONE;
        if (symbol == SYMBOL_NONE)
            return;
        from = lower_bound(se, from, to, depth, symbol);
        if (from == to)
            return;
        to = lower_bound(se, from, to, depth, symbol + 1u);
    }
}

static void next_place(struct search *se, uint32_t at)
{
    struct scan *sc = (struct scan *)se;
    const struct scanner *s = se->s;

    if (s->symbols[se->at] != SYMBOL_NONE)
        sc->done = (size_t)s->offsets[se->at] + 1;
    if (s->n_hits + s->n_loose - sc->n_taken > s->max_hits)
        settle_within_limit(sc, sc->done);
    sc->n_whole = s->n_hits;
    if (s->offsets[at] >= sc->cut) {
        sc->done = sc->cut;
        search_end(se, SCAN_LIMIT);
    }
}

static void find_terms(struct scan *sc)
{
    struct search *se = &sc->search;
    struct scanner *s = se->s;

    search_run(se);
    if (se->status == SCAN_OK && sc->cut != UINT32_MAX) {
        sc->done = sc->cut;
        sc->n_whole = s->n_hits;
        search_end(se, SCAN_LIMIT);
    }
    /* Of a place that was not done, an allow-term may be missing. */
    if (se->status != SCAN_OK && s->n_hits > sc->n_whole)
        s->n_hits = sc->n_whole;
    settle_within_limit(sc, se->status == SCAN_OK ? SIZE_MAX : sc->done);
}

enum scan_status scan_text(struct scanner *s, const struct dictionary *d, const char *text,
                           size_t len)
{
    struct scan sc = {.search = {.s = s, .d = d, .arrive = next_place, .walk = walk_entries},
                      .cut = UINT32_MAX};
    struct search *se = &sc.search;

    s->n_hits = s->n_loose = s->n_wakes = s->n_allowed = 0;
    s->well_formed = false;
    if (!d->n_terms)
        return SCAN_OK;
    if (len >= STREAM_NO_OFFSET)
        return SCAN_LIMIT;
    if (!mem_grow(&s->mem, &s->allow_ends, &s->cap_allow_ends, d->n_allow_sets,
                  sizeof *s->allow_ends))
        return SCAN_MEMORY;
    se->status = d->loose ? loose_find(s, d, text, len, &sc.cut)
                          : stream_text(s, &d->index[SPACE_PLAIN], false, text, len);
    if (se->status != SCAN_OK)
        return se->status;
    search_init(se, SPACE_PLAIN, s->symbols, text, len);
    find_terms(&sc);
    return se->status;
}
