/* SPDX-License-Identifier: Apache-2.0 */
#include "match/index.h"

#include <string.h>

#include "match/sort.h"
#include "match/space.h"
#include "text/reader.h"
#include "text/variant.h"

enum { CODES = 0x110000, FILTER_MIN_BITS = 6, SLOT_MIN_BITS = 4 };

bool keys_reserve(struct keys *k, const struct mem *mem, size_t classes)
{
    return k->n < UINT32_MAX - 1 && k->n_classes + classes <= UINT32_MAX &&
           mem_grow(mem, &k->list, &k->cap, k->n + 1, sizeof *k->list) &&
           mem_grow(mem, &k->classes, &k->cap_classes, k->n_classes + classes, sizeof *k->classes);
}

void keys_append(struct keys *k, const struct entry *entry, const uint32_t *classes)
{
    k->list[k->n++] = (struct key){*entry, k->n_classes};
    memcpy(k->classes + k->n_classes, classes, entry->count * sizeof *classes);
    k->n_classes += entry->count;
}

void keys_release(struct keys *k, const struct mem *mem)
{
    mem_release(mem, k->list, k->cap * sizeof *k->list);
    mem_release(mem, k->classes, k->cap_classes * sizeof *k->classes);
}

/* A term's place in the order of symbols; the first four decide most comparisons. */
struct rank {
    uint64_t prefix;
    uint32_t item;
    uint32_t symbols;
};

struct work {
    const struct index_source *source;
    const struct keys *keys;
    const struct mem *mem;
    struct arena *arena;
    struct index *index;
    enum space space;
    uint16_t *symbol_of; /* by class; 0 for none */
    struct rank *ranks;
    uint16_t *pool;
    uint16_t *pages;
    size_t n_pages, cap_pages;
    size_t n_symbols;
    size_t n_grams;
};

static void number_symbol(struct work *w, uint32_t class)
{
    if (!w->symbol_of[class])
        w->symbol_of[class] = (uint16_t)(SYMBOL_FIRST + w->n_symbols++ % SYMBOL_COUNT);
}

/* Terms of one symbol come first, so that one comparison tells whether a symbol may be one. */
static void number_symbols(struct work *w)
{
    const struct keys *k = w->keys;

    for (size_t i = 0; i < k->n; i++) {
        if (k->list[i].entry.count == 1)
            number_symbol(w, k->classes[k->list[i].classes]);
    }
    w->index->n_single = (uint32_t)(w->n_symbols < SYMBOL_COUNT ? w->n_symbols : SYMBOL_COUNT);
    for (size_t i = 0; i < k->n_classes; i++)
        number_symbol(w, k->classes[i]);
    for (size_t i = 0; i < w->source->n_codes; i++)
        number_symbol(w, w->source->codes[i]);
}

static bool make_pool(struct work *w)
{
    w->pool = arena_alloc(w->arena, w->keys->n_classes * sizeof *w->pool);
    if (!w->pool)
        return false;
    for (size_t i = 0; i < w->keys->n_classes; i++)
        w->pool[i] = w->symbol_of[w->keys->classes[i]];
    w->index->pool = w->pool;
    return true;
}

static int by_symbols(const void *x, const void *y, const void *context)
{
    const struct rank *a = x, *b = y;
    const struct work *w = context;
    const struct entry *ea = &w->keys->list[a->item].entry, *eb = &w->keys->list[b->item].entry;

    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    for (size_t i = 4; i < ea->count && i < eb->count; i++) {
        uint16_t sa = w->pool[a->symbols + i], sb = w->pool[b->symbols + i];
        if (sa != sb)
            return sa < sb ? -1 : 1;
    }
    if (ea->count != eb->count)
        return ea->count < eb->count ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static void rank_items(struct work *w)
{
    for (size_t i = 0; i < w->keys->n; i++) {
        const struct key *key = &w->keys->list[i];
        struct rank *r = &w->ranks[i];
        *r = (struct rank){.item = (uint32_t)i, .symbols = (uint32_t)key->classes};
        for (size_t k = 0; k < 4 && k < key->entry.count; k++)
            r->prefix |= (uint64_t)w->pool[key->classes + k] << (48 - 16 * k);
    }
    sort_items(w->ranks, w->keys->n, sizeof *w->ranks, by_symbols, w);
}

static bool make_entries(struct work *w)
{
    struct entry *entries = arena_array(w->arena, w->keys->n, sizeof *entries);

    if (!entries)
        return false;
    rank_items(w);
    for (size_t i = 0; i < w->keys->n; i++) {
        entries[i] = w->keys->list[w->ranks[i].item].entry;
        entries[i].symbols = w->ranks[i].symbols;
    }
    w->index->entries = entries;
    w->index->n_entries = (uint32_t)w->keys->n;
    return true;
}

static uint64_t entry_gram(const struct work *w, const struct entry *e)
{
    return gram_of(w->pool + e->symbols, e->count);
}

/* The end of the entries that share the gram of the one at from. */
static size_t gram_end(const struct work *w, size_t from)
{
    const struct entry *entries = w->index->entries;
    const uint64_t gram = entry_gram(w, &entries[from]);
    size_t to = from + 1;

    while (to < w->keys->n && entry_gram(w, &entries[to]) == gram)
        to++;
    return to;
}

static uint32_t bits_for(size_t n, uint32_t least)
{
    uint32_t bits = least;

    while (bits < 32 && ((size_t)1 << bits) < n)
        bits++;
    return bits;
}

static void filter_add(uint64_t *filter, uint32_t shift, const uint16_t *s, size_t count)
{
    uint64_t pair;

    if (count < 2)
        return;
    pair = pair_hash(s[0], s[1]);
    filter[pair >> shift] |= count == 2 ? pair_bits(pair) : triple_bits(triple_hash(pair, s[2]));
}

static void slot_add(const struct index *x, struct slot *slots, const struct slot *added)
{
    size_t mask = ((size_t)1 << (64 - x->slot_shift)) - 1, at = slot_of(x, added->gram);

    while (slots[at].gram)
        at = (at + 1) & mask;
    slots[at] = *added;
}

static bool index_grams(struct work *w)
{
    uint32_t filter_bits, slot_bits;
    struct index *x = w->index;
    struct slot *slots;
    uint64_t *filter;

    for (size_t i = 0; i < w->keys->n; i = gram_end(w, i))
        w->n_grams++;
    filter_bits = bits_for(w->n_grams / 2, FILTER_MIN_BITS);
    slot_bits = bits_for(w->n_grams * 2, SLOT_MIN_BITS);
    x->filter_shift = 64 - filter_bits;
    x->slot_shift = 64 - slot_bits;
    filter = arena_array(w->arena, (size_t)1 << filter_bits, sizeof *filter);
    slots = arena_array(w->arena, (size_t)1 << slot_bits, sizeof *slots);
    if (!filter || !slots)
        return false;
    for (size_t i = 0, to; i < w->keys->n; i = to) {
        const struct entry *e = &x->entries[i];
        to = gram_end(w, i);
        filter_add(filter, x->filter_shift, w->pool + e->symbols, e->count);
        slot_add(x, slots, &(struct slot){entry_gram(w, e), (uint32_t)i, (uint32_t)to});
    }
    x->filter = filter;
    x->slots = slots;
    return true;
}

static uint16_t symbol_of(const struct work *w, uint32_t code)
{
    return w->symbol_of[space_class(w->space, code)];
}

static uint16_t compose_symbol(const struct work *w, uint32_t code)
{
    const uint32_t *meanings, entry = fold_entry(code);

    if (fold_ignorable(entry))
        return SYMBOL_SKIP;
    if (entry & (FOLD_JOINS | FOLD_MANY))
        return SYMBOL_SLOW;
    if (fold_class(entry) == CHAR_WALL)
        return SYMBOL_NONE;
    if (w->source->emoji && !(entry & FOLD_TARGET) && emoji_means(code, &meanings))
        return SYMBOL_NONE;
    if (fold_class(entry) == CHAR_SEPARATOR)
        return SYMBOL_SEPARATOR;
    return w->symbol_of[space_class_written(w->space, code,
                                            entry & FOLD_TARGET ? entry & FOLD_TARGET : code)];
}

/* Page 0 is empty; a page like the one before it shares its storage. */
static bool add_page(struct work *w, uint32_t first, uint16_t *index)
{
    uint16_t page[FOLD_PAGE_SIZE];
    uint16_t any = 0, *last = w->pages + (w->n_pages - 1) * FOLD_PAGE_SIZE;

    for (uint32_t i = 0; i < FOLD_PAGE_SIZE; i++)
        any |= page[i] = compose_symbol(w, first + i);
    if (!any) {
        *index = 0;
        return true;
    }
    if (memcmp(last, page, sizeof page) != 0) {
        if (!mem_grow(w->mem, &w->pages, &w->cap_pages, (w->n_pages + 1) * FOLD_PAGE_SIZE,
                      sizeof *w->pages))
            return false;
        memcpy(w->pages + w->n_pages * FOLD_PAGE_SIZE, page, sizeof page);
        w->n_pages++;
    }
    *index = (uint16_t)(w->n_pages - 1);
    return true;
}

static bool make_pages(struct work *w)
{
    uint16_t *index = arena_array(w->arena, FOLD_PAGES, sizeof *index);

    if (!index || !mem_grow(w->mem, &w->pages, &w->cap_pages, FOLD_PAGE_SIZE, sizeof *w->pages))
        return false;
    memset(w->pages, 0, FOLD_PAGE_SIZE * sizeof *w->pages);
    w->n_pages = 1;
    for (uint32_t i = 0; i < FOLD_PAGES; i++) {
        if (!add_page(w, i << FOLD_PAGE_BITS, &index[i]))
            return false;
    }
    w->index->page_index = index;
    w->index->pages =
        arena_copy(w->arena, w->pages, w->n_pages * FOLD_PAGE_SIZE * sizeof *w->pages);
    return w->index->pages != NULL;
}

static bool is_late(const struct work *w, uint32_t code)
{
    return fold_entry(code) & (FOLD_JOINS | FOLD_MANY) && symbol_of(w, code);
}

static bool make_late(struct work *w)
{
    struct late_symbol *late;
    uint32_t n = 0;

    for (uint32_t code = 0; code < CODES; code++)
        n += is_late(w, code);
    late = arena_array(w->arena, n, sizeof *late);
    if (!late)
        return false;
    w->index->late = late;
    w->index->n_late = n;
    for (uint32_t code = 0; code < CODES; code++) {
        if (is_late(w, code))
            *late++ = (struct late_symbol){code, symbol_of(w, code)};
    }
    return true;
}

/* Symbols of the classes that no code point has. */
static bool make_class_symbols(struct work *w)
{
    const uint32_t n = SPACE_CLASSES - CODES;

    if (w->space != SPACE_SOUND)
        return true;
    w->index->class_symbols = arena_copy(w->arena, w->symbol_of + CODES, n * sizeof *w->symbol_of);
    return w->index->class_symbols != NULL;
}

static bool fill(struct work *w)
{
    number_symbols(w);
    return make_pool(w) && make_entries(w) && index_grams(w) && make_pages(w) && make_late(w) &&
           make_class_symbols(w);
}

bool index_build(struct index *index, const struct index_source *source, const struct mem *mem,
                 struct arena *arena)
{
    const struct keys *keys = source->keys;
    struct work w = {.source = source,
                     .keys = keys,
                     .mem = mem,
                     .arena = arena,
                     .index = index,
                     .space = source->space};
    bool filled = false;

    w.symbol_of = mem_zero(mem, SPACE_CLASSES * sizeof *w.symbol_of);
    w.ranks = mem_alloc(mem, keys->n * sizeof *w.ranks);
    if (w.symbol_of && w.ranks)
        filled = fill(&w);
    mem_release(mem, w.symbol_of, SPACE_CLASSES * sizeof *w.symbol_of);
    mem_release(mem, w.ranks, keys->n * sizeof *w.ranks);
    mem_release(mem, w.pages, w.cap_pages * sizeof *w.pages);
    return filled;
}
