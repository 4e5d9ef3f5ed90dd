/* SPDX-License-Identifier: Apache-2.0 */
#include "match/search.h"

#include "match/fast.h"
#include "match/filter.h"

enum { POLL_STEPS = 1 << 14, POLL_SYMBOLS = 1 << 15 };

void search_init(struct search *se, enum space space, const uint16_t *symbols, const char *text,
                 size_t len)
{
    se->index = &se->d->index[space];
    se->symbols = symbols;
    se->at = 0;
    verify_init(&se->verify, se->d, se->index, se->s->offsets, text, len);
    if (se->s->joined)
        se->verify.budget = verify_budget(0);
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

enum { BLOCK = 512, LOOKS_MOST = 128, GRAM_LENGTHS = 3 };
_Static_assert((int)BLOCK <= (int)FAST_PLACES, "the filters take no more places");

static const struct fast portable = {.pairs = filter_pairs, .grams = filter_grams};

/* Grams that passed the filters, and the slots to look into: misses of the cache overlap. */
struct batch {
    uint32_t begin;                      /* of the block */
    uint32_t places[BLOCK + FAST_SLACK]; /* in order, as fast.h has them */
    uint32_t n_places, n_looks;
    struct look {
        uint32_t at;
        uint32_t length;
        struct gram gram;
        const struct slot *slot;
    } looks[LOOKS_MOST];
};

/* Lists the grams of the places from `from` on; returns where it stopped for want of room. */
static uint32_t list_looks(const struct search *se, struct batch *b, uint32_t from)
{
    const struct index *x = se->index;
    uint32_t n = 0;

    for (; from < b->n_places && n + GRAM_LENGTHS <= LOOKS_MOST; from++) {
        const uint32_t at = b->begin + (b->places[from] >> GRAM_BITS);
        for (uint32_t length = 1; length <= GRAM_LENGTHS; length++) {
            const struct gram gram = gram_of(se->symbols + at, length);
            if (!(b->places[from] >> (length - 1) & 1))
                continue;
            b->looks[n] =
                (struct look){at, length, gram,
                              x->slots + slot_of(x, gram_hash(pair_hash(gram.pair), gram.third))};
            prefetch(b->looks[n++].slot);
        }
    }
    b->n_looks = n;
    return from;
}

static const struct slot *find_slot(const struct index *x, const struct look *l)
{
    const struct slot *end = x->slots + x->n_slots;

    for (const struct slot *slot = l->slot; slot->size;) {
        if (slot->pair == l->gram.pair && slot->third == l->gram.third)
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

/* The end of the entries that share the slot's gram. */
static uint32_t slot_end(const struct search *se, const struct look *l)
{
    const struct index *x = se->index;
    uint32_t from = l->slot->from, to = x->n_entries;

    if (l->slot->size < SLOT_MANY)
        return from + l->slot->size;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const struct entry *e = &x->entries[middle];
        const struct gram gram = gram_of(x->pool + e->symbols, e->count);
        if (gram.pair == l->gram.pair && gram.third == l->gram.third)
            from = middle + 1;
        else
            to = middle;
    }
    return to;
}

static void run_looks(struct search *se, struct batch *b)
{
    const struct index *x = se->index;

    keep_found(se, b);
    for (uint32_t i = 0; i < b->n_looks; i++)
        prefetch(&x->pool[x->entries[b->looks[i].slot->from].symbols]);
    for (uint32_t i = 0; i < b->n_looks; i++) {
        const struct look *l = &b->looks[i];
        if (!search_arrive(se, l->at))
            return;
        se->walk(se, l->slot->from, slot_end(se, l), l->at, l->length);
    }
}

void search_run(struct search *se)
{
    const struct fast *fast = se->s->fast ? se->s->fast : &portable;
    const uint32_t n = (uint32_t)se->s->n_symbols;
    struct batch b;
    uint32_t pause = POLL_SYMBOLS;

    for (uint32_t i = 0; i < n && se->status == SCAN_OK;) {
        const uint32_t count = n - i < BLOCK ? n - i : BLOCK;
        const uint16_t *symbols = se->symbols + i;
        b.begin = i;
        b.n_places = fast->pairs(se->index, symbols, count, b.places);
        b.n_places = fast->grams(se->index, symbols, b.places, b.n_places);
        for (uint32_t k = 0; k < b.n_places && se->status == SCAN_OK;) {
            k = list_looks(se, &b, k);
            run_looks(se, &b);
        }
        i += count;
        if (i >= pause) {
            search_poll(se);
            pause = i + POLL_SYMBOLS;
        }
    }
}
