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

enum { BLOCK = 512, LOOKS_MOST = 128, GRAM_LENGTHS = 3 };

/* Grams that passed the filters, and the slots to look into: misses of the cache overlap. */
struct batch {
    uint32_t places[BLOCK]; /* in order: where a pair stands that a gram may begin with */
    uint32_t n_places, n_looks;
    struct look {
        uint32_t at;
        uint32_t length;
        struct gram gram;
        uint32_t hash;
        const struct slot *slot;
    } looks[LOOKS_MOST];
};

/* Room for one more must be there, even where it is none. */
static void add_look(struct batch *b, bool is_one, const struct look *look)
{
    b->looks[b->n_looks] = *look;
    b->n_looks += is_one;
}

/* Lists the grams of the places from `from` on; returns where it stopped for want of room. */
static uint32_t list_looks(const struct search *se, struct batch *b, uint32_t from)
{
    const struct index *x = se->index;

    b->n_looks = 0;
    for (; from < b->n_places && b->n_looks + GRAM_LENGTHS <= LOOKS_MOST; from++) {
        const uint32_t at = b->places[from];
        const uint16_t *s = se->s->symbols + at;
        const struct gram pair = gram_of(s, 2), triple = gram_of(s, 3);
        const uint32_t hash = pair_hash(pair.pair), alone = gram_hash(hash, 0),
                       more = gram_hash(hash, triple.third);

        if ((uint32_t)s[0] - SYMBOL_FIRST < x->n_single)
            add_look(b, true,
                     &(struct look){.at = at,
                                    .length = 1,
                                    .gram = gram_of(s, 1),
                                    .hash = gram_hash(pair_hash(s[0]), 0)});
        add_look(b, s[1] && filter_has(x->gram_filter, x->gram_shift, alone),
                 &(struct look){.at = at, .length = 2, .gram = pair, .hash = alone});
        add_look(b, s[1] && s[2] && filter_has(x->gram_filter, x->gram_shift, more),
                 &(struct look){.at = at, .length = 3, .gram = triple, .hash = more});
    }
    for (uint32_t i = 0; i < b->n_looks; i++) {
        b->looks[i].slot = x->slots + slot_of(x, b->looks[i].hash);
        prefetch(b->looks[i].slot);
    }
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

uint32_t search_pairs(const struct index *x, const uint16_t *symbols, uint32_t from, uint32_t to,
                      uint32_t *places)
{
    const uint32_t *filter = x->pair_filter;
    const uint32_t shift = x->pair_shift, n_single = x->n_single;
    uint32_t n = 0, pair = (uint32_t)symbols[from] << 16;

    for (uint32_t i = from; i < to; i++) {
        pair = pair >> 16 | (uint32_t)symbols[i + 1] << 16;
        places[n] = i;
        n +=
            filter_has(filter, shift, pair_hash(pair)) || (pair & 0xffff) - SYMBOL_FIRST < n_single;
    }
    return n;
}

void search_run(struct search *se)
{
    const uint32_t n = (uint32_t)se->s->n_symbols;
    struct batch b;
    uint32_t pause = POLL_SYMBOLS;

    for (uint32_t i = 0; i < n && se->status == SCAN_OK;) {
        const uint32_t end = n - i < BLOCK ? n : i + BLOCK;
        b.n_places = search_pairs(se->index, se->s->symbols, i, end, b.places);
        for (uint32_t k = 0; k < b.n_places && se->status == SCAN_OK;) {
            k = list_looks(se, &b, k);
            run_looks(se, &b);
        }
        i = end;
        if (i >= pause) {
            search_poll(se);
            pause = i + POLL_SYMBOLS;
        }
    }
}
