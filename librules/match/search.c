/* SPDX-License-Identifier: Apache-2.0 */
#include "match/search.h"

enum { POLL_STEPS = 1 << 14, POLL_SYMBOLS = 1 << 15 };

void search_init(struct search *se, enum space space, const char *text, size_t len)
{
    se->index = &se->d->index[space];
    se->at = 0;
    verify_init(&se->verify, se->d, se->index, se->s->offsets, text, len);
    se->poll_below = se->verify.budget - POLL_STEPS;
}

void search_end(struct search *se, enum scan_status status)
{
    if (se->status == SCAN_OK)
        se->status = status;
}

void search_poll(struct search *se)
{
    if (scanner_stopped(se->s))
        search_end(se, SCAN_STOPPED);
}

void search_spent(struct search *se)
{
    const size_t budget = se->verify.budget;

    if (!budget)
        search_end(se, SCAN_LIMIT);
    search_poll(se);
    se->poll_below = budget > POLL_STEPS ? budget - POLL_STEPS : 0;
}

bool search_arrive(struct search *se, uint32_t at)
{
    if (at != se->at)
        se->arrive(se, at);
    se->at = at;
    return se->status == SCAN_OK;
}

uint32_t lower_bound(const struct search *se, uint32_t from, uint32_t to, uint32_t depth,
                     uint32_t symbol)
{
    /* Long common beginnings are common: one look at each end often decides. */
    if (entry_symbol(se, from, depth) >= symbol)
        return from;
    if (entry_symbol(se, to - 1, depth) < symbol)
        return to;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (entry_symbol(se, middle, depth) < symbol)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

enum { BATCH_MOST = 64, GRAM_LENGTHS = 3 };

/* Positions that passed the filter, and the slots to look into: misses of the cache overlap. */
struct batch {
    uint32_t n_places, n_looks;
    struct start {
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

static void list_looks(const struct search *se, struct batch *b)
{
    b->n_looks = 0;
    for (uint32_t i = 0; i < b->n_places; i++) {
        for (uint32_t length = 1; length <= GRAM_LENGTHS; length++) {
            struct look *l = &b->looks[b->n_looks];
            if (!(b->places[i].lengths >> (length - 1) & 1))
                continue;
            l->at = b->places[i].at;
            l->length = length;
            l->gram = gram_of(se->s->symbols + l->at, length);
            l->slot = se->index->slots + slot_of(se->index, l->gram);
            prefetch(l->slot);
            b->n_looks++;
        }
    }
}

static const struct slot *find_slot(const struct index *x, const struct look *l)
{
    const struct slot *end = x->slots + ((size_t)1 << (64 - x->slot_shift));

    for (const struct slot *slot = l->slot; slot->gram;) {
        if (slot->gram == l->gram)
            return slot;
        if (++slot == end)
            slot = x->slots;
    }
    return NULL;
}

static void keep_found(const struct search *se, struct batch *b)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < b->n_looks; i++) {
        const struct slot *slot = find_slot(se->index, &b->looks[i]);
        if (!slot)
            continue;
        b->looks[kept] = b->looks[i];
        b->looks[kept++].slot = slot;
        prefetch(&se->index->entries[slot->from]);
    }
    b->n_looks = kept;
}

static void run_batch(struct search *se, struct batch *b)
{
    const struct index *x = se->index;

    list_looks(se, b);
    keep_found(se, b);
    for (uint32_t i = 0; i < b->n_looks; i++)
        prefetch(&x->pool[x->entries[b->looks[i].slot->from].symbols]);
    for (uint32_t i = 0; i < b->n_looks; i++) {
        const struct look *l = &b->looks[i];
        if (!search_arrive(se, l->at))
            return;
        se->walk(se, l->slot->from, l->slot->to, l->at, l->length);
    }
}

/* Collects places from position i on and returns where it stopped. */
static size_t fill_batch(const struct search *se, struct batch *b, size_t i)
{
    const uint16_t *symbols = se->s->symbols;
    const uint64_t *filter = se->index->filter;
    const uint32_t shift = se->index->filter_shift, n_single = se->index->n_single;
    const size_t rest = se->s->n_symbols - i, end = i + (rest < POLL_SYMBOLS ? rest : POLL_SYMBOLS);
    uint32_t n = 0;

    for (; i < end && n < BATCH_MOST; i++) {
        const uint64_t pair = pair_hash(symbols[i], symbols[i + 1]);
        const uint64_t missing = ~filter[pair >> shift];
        const uint64_t triple = triple_hash(pair, symbols[i + 2]);
        const uint32_t lengths = ((uint32_t)symbols[i] - SYMBOL_FIRST < n_single ? 1u : 0u) |
                                 (missing & pair_bits(pair) ? 0u : 2u) |
                                 (missing & triple_bits(triple) ? 0u : 4u);
        b->places[n] = (struct start){(uint32_t)i, lengths};
        n += lengths != 0;
    }
    b->n_places = n;
    return i;
}

void search_run(struct search *se)
{
    struct batch b;
    size_t pause = POLL_SYMBOLS;

    for (size_t i = 0; i < se->s->n_symbols && se->status == SCAN_OK;) {
        i = fill_batch(se, &b, i);
        run_batch(se, &b);
        if (i >= pause) {
            search_poll(se);
            pause = i + POLL_SYMBOLS;
        }
    }
}
