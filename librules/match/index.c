/* SPDX-License-Identifier: Apache-2.0 */
#include "match/index.h"

#include <string.h>

#include "match/space.h"
#include "match/translate.h"
#include "text/reader.h"
#include "text/variant.h"

enum {
    CODES = 0x110000,
    FILTER_MIN_BITS = 6,
    SLOTS_SPARE = 3, /* as many of the slots as one in this many are empty */
    RANK_SYMBOLS = 4
};

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

/* A term's place in the order of symbols; the first few decide most comparisons. */
struct rank {
    uint64_t prefix;
    uint32_t item;
};

struct work {
    const struct index_source *source;
    const struct keys *keys;
    struct term *terms;
    const struct mem *mem;
    struct arena *arena;
    struct index *index;
    enum space space;
    uint16_t *symbol_of;        /* by class; 0 for none */
    bool *used;                 /* whether a code point of the page is a class that has a symbol */
    uint16_t *symbols;          /* of the keys */
    struct rank *ranks, *spare; /* each with room for all keys; after sorting, ranks is in order */
    uint16_t *pages;
    size_t n_pages, cap_pages;
    size_t n_symbols;
};

static void number_symbol(struct work *w, uint32_t class)
{
    if (w->symbol_of[class])
        return;
    w->symbol_of[class] = (uint16_t)(SYMBOL_FIRST + w->n_symbols++ % SYMBOL_COUNT);
    if (class < CODES)
        w->used[class >> FOLD_PAGE_BITS] = true;
}

/* Terms of one symbol come first, so that one comparison tells whether a symbol may be one, and
 * then what patterns ask for, of which tables by symbol are small. */
static bool number_symbols(struct work *w)
{
    const struct keys *k = w->keys;
    const struct index *into = w->source->into;

    for (size_t i = 0; i < k->n; i++) {
        if (k->list[i].entry.count == 1)
            number_symbol(w, k->classes[k->list[i].classes]);
    }
    w->index->n_single = (uint32_t)(w->n_symbols < SYMBOL_COUNT ? w->n_symbols : SYMBOL_COUNT);
    for (size_t i = 0; i < w->source->n_codes; i++)
        number_symbol(w, w->source->codes[i]);
    for (size_t i = 0; i < k->n_classes; i++) {
        number_symbol(w, k->classes[i]);
        w->symbols[i] = w->symbol_of[k->classes[i]];
    }
    return !into || translate_number(into, w->symbol_of, w->used, &w->n_symbols, w->mem);
}

/* --- entries ------------------------------------------------------------------------------ */

static int by_symbols(const struct work *w, const struct rank *a, const struct rank *b)
{
    const struct key *ka = &w->keys->list[a->item], *kb = &w->keys->list[b->item];

    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    for (size_t i = RANK_SYMBOLS; i < ka->entry.count && i < kb->entry.count; i++) {
        uint16_t sa = w->symbols[ka->classes + i], sb = w->symbols[kb->classes + i];
        if (sa != sb)
            return sa < sb ? -1 : 1;
    }
    if (ka->entry.count != kb->entry.count)
        return ka->entry.count < kb->entry.count ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static void merge(const struct work *w, size_t begin, size_t middle, size_t end)
{
    size_t a = begin, b = middle;

    for (size_t i = begin; i < end; i++) {
        const bool first =
            b == end || (a < middle && by_symbols(w, &w->ranks[a], &w->ranks[b]) < 0);
        w->spare[i] = w->ranks[first ? a++ : b++];
    }
}

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

/* By merging: there are too many for a sort that jumps about in them. */
static void sort_ranks(struct work *w)
{
    const size_t n = w->keys->n;

    for (size_t width = 1; width < n; width *= 2) {
        struct rank *sorted = w->spare;
        for (size_t begin = 0; begin < n; begin += 2 * width)
            merge(w, begin, at_most(begin + width, n), at_most(begin + 2 * width, n));
        w->spare = w->ranks;
        w->ranks = sorted;
    }
}

static void rank_items(struct work *w)
{
    for (size_t i = 0; i < w->keys->n; i++) {
        const struct key *key = &w->keys->list[i];
        struct rank *r = &w->ranks[i];
        *r = (struct rank){.item = (uint32_t)i};
        for (size_t k = 0; k < RANK_SYMBOLS && k < key->entry.count; k++)
            r->prefix |= (uint64_t)w->symbols[key->classes + k] << (48 - 16 * k);
    }
    sort_ranks(w);
}

/* How much of the pool a key takes. */
static size_t pool_units(const struct work *w, const struct key *key)
{
    const size_t text = w->terms ? w->terms[key->entry.term].length + (size_t)1 : 0;
    const size_t chars = w->source->written ? 2 * (size_t)key->entry.count + 1 : 0;

    return key->entry.count + (text + 1) / sizeof(uint16_t) + chars;
}

/* The characters of its term. */
static void put_chars(struct work *w, uint16_t *pool, const struct entry *e)
{
    const struct keys *written = w->source->written;

    memcpy(pool + entry_chars_at(e), written->classes + written->list[e->term].classes,
           e->count * sizeof *written->classes);
}

static void put_text(struct work *w, const struct entry *e)
{
    struct term *t = &w->terms[e->term];
    char *text = (char *)entry_text(w->index, e);

    memcpy(text, t->text, t->length + (size_t)1);
    t->text = text;
}

/* Entries and what they point to, in the order of symbols: neighbours are looked at together. */
static bool make_entries(struct work *w)
{
    const struct keys *keys = w->keys;
    struct entry *entries = arena_array(w->arena, keys->n, sizeof *entries);
    size_t units = 0, at = 0;
    uint16_t *pool;

    for (size_t i = 0; i < keys->n; i++)
        units += pool_units(w, &keys->list[i]);
    pool = units <= UINT32_MAX ? arena_alloc(w->arena, units * sizeof *pool) : NULL;
    if (!entries || !pool)
        return false;
    w->index->entries = entries;
    w->index->n_entries = (uint32_t)keys->n;
    w->index->pool = pool;
    rank_items(w);
    for (size_t i = 0; i < keys->n; i++) {
        const struct key *key = &keys->list[w->ranks[i].item];
        entries[i] = key->entry;
        entries[i].symbols = (uint32_t)at;
        memcpy(pool + at, w->symbols + key->classes, key->entry.count * sizeof *pool);
        if (w->terms)
            put_text(w, &entries[i]);
        if (w->source->written)
            put_chars(w, pool, &entries[i]);
        at += pool_units(w, key);
    }
    return true;
}

/* --- grams -------------------------------------------------------------------------------- */

static struct gram entry_gram(const struct index *x, size_t i)
{
    return gram_of(x->pool + x->entries[i].symbols, x->entries[i].count);
}

static bool same_gram(struct gram a, struct gram b)
{
    return a.pair == b.pair && a.third == b.third;
}

/* The end of the entries that share the gram of the one at from. */
static size_t gram_end(const struct index *x, size_t from)
{
    const struct gram gram = entry_gram(x, from);
    size_t to = from + 1;

    while (to < x->n_entries && same_gram(entry_gram(x, to), gram))
        to++;
    return to;
}

static uint32_t shift_for(size_t n)
{
    uint32_t bits = FILTER_MIN_BITS;

    while (bits < 32 && ((size_t)1 << bits) < n)
        bits++;
    return 32 - bits;
}

static void filter_add(uint32_t *filter, uint32_t shift, uint32_t hash)
{
    filter[hash >> shift] |= FILTER_BITS(filter_choice(hash));
}

static void slot_add(const struct index *x, struct slot *slots, uint32_t hash, struct slot added)
{
    size_t at = slot_of(x, hash);

    while (slots[at].size)
        at = at + 1 < x->n_slots ? at + 1 : 0;
    slots[at] = added;
}

static bool index_grams(struct work *w)
{
    struct index *x = w->index;
    size_t n = 0, n_pairs = 0;
    uint32_t *pairs, *grams, before = 0;
    struct slot *slots;

    for (size_t i = 0; i < x->n_entries; i = gram_end(x, i), n++) {
        const uint32_t pair = entry_gram(x, i).pair;
        n_pairs += pair != before;
        before = pair;
    }
    x->pair_shift = shift_for(n_pairs);
    x->gram_shift = shift_for(n / 2);
    x->n_slots = (uint32_t)(n + n / SLOTS_SPARE + 1);
    pairs = arena_array(w->arena, (size_t)1 << (32 - x->pair_shift), sizeof *pairs);
    grams = arena_array(w->arena, (size_t)1 << (32 - x->gram_shift), sizeof *grams);
    slots = arena_array(w->arena, x->n_slots, sizeof *slots);
    if (!pairs || !grams || !slots)
        return false;
    for (size_t i = 0, to; i < x->n_entries; i = to) {
        const struct gram gram = entry_gram(x, i);
        const uint32_t pair = pair_hash(gram.pair), hash = gram_hash(pair, gram.third);
        size_t size;

        to = gram_end(x, i);
        size = to - i < SLOT_MANY ? to - i : SLOT_MANY;
        filter_add(pairs, x->pair_shift, pair);
        filter_add(grams, x->gram_shift, hash);
        slot_add(x, slots, hash, (struct slot){gram.pair, gram.third, (uint16_t)size, (uint32_t)i});
    }
    x->pair_filter = pairs;
    x->gram_filter = grams;
    x->slots = slots;
    return true;
}

/* --- characters --------------------------------------------------------------------------- */

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

static bool make_basic(struct work *w)
{
    uint16_t *basic = arena_array(w->arena, BASIC_CODES + 1, sizeof *basic);

    if (!basic)
        return false;
    for (uint32_t code = 0; code < BASIC_CODES; code++)
        basic[code] = compose_symbol(w, code);
    /* What claims to be a surrogate is no character: the reader sees that. */
    for (uint32_t code = 0xd800; code < 0xe000; code++)
        basic[code] = SYMBOL_SLOW;
    w->index->basic = basic;
    return true;
}

/* Whether a page is like the one before it, because neither it nor that has a symbol. */
static bool like_before(const struct work *w, uint32_t page)
{
    if (page == BASIC_CODES >> FOLD_PAGE_BITS || fold_pages[page] != fold_pages[page - 1] ||
        w->used[page] || w->used[page - 1])
        return false;
    return w->space == SPACE_PLAIN || (page - 1) << FOLD_PAGE_BITS >= VARIANT_CODES;
}

/* A page like the one before it shares its storage. */
static bool add_page(struct work *w, uint32_t first)
{
    uint16_t page[FOLD_PAGE_SIZE];

    for (uint32_t i = 0; i < FOLD_PAGE_SIZE; i++)
        page[i] = compose_symbol(w, first + i);
    if (w->n_pages && memcmp(w->pages + (w->n_pages - 1) * FOLD_PAGE_SIZE, page, sizeof page) == 0)
        return true;
    if (!mem_grow(w->mem, &w->pages, &w->cap_pages, (w->n_pages + 1) * FOLD_PAGE_SIZE,
                  sizeof *w->pages))
        return false;
    memcpy(w->pages + w->n_pages++ * FOLD_PAGE_SIZE, page, sizeof page);
    return true;
}

static bool make_pages(struct work *w)
{
    uint16_t *index = arena_array(w->arena, OTHER_PAGES, sizeof *index);

    if (!index)
        return false;
    for (uint32_t i = 0; i < OTHER_PAGES; i++) {
        const uint32_t page = i + (BASIC_CODES >> FOLD_PAGE_BITS);
        if (!like_before(w, page) && !add_page(w, page << FOLD_PAGE_BITS))
            return false;
        index[i] = (uint16_t)(w->n_pages - 1);
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

/* Late symbols of a page, which go to late if there is room. */
static uint32_t list_late(const struct work *w, uint32_t page, struct late_symbol *late)
{
    uint32_t n = 0;

    if (!w->used[page] && (w->space == SPACE_PLAIN || page << FOLD_PAGE_BITS >= VARIANT_CODES))
        return 0;
    for (uint32_t i = 0; i < FOLD_PAGE_SIZE; i++) {
        const uint32_t code = (page << FOLD_PAGE_BITS) + i;
        if (!is_late(w, code))
            continue;
        if (late)
            late[n] = (struct late_symbol){code, symbol_of(w, code)};
        n++;
    }
    return n;
}

static bool make_late(struct work *w)
{
    struct late_symbol *late;
    uint32_t n = 0;

    for (uint32_t page = 0; page < FOLD_PAGES; page++)
        n += list_late(w, page, NULL);
    late = arena_array(w->arena, n, sizeof *late);
    if (!late)
        return false;
    w->index->late = late;
    w->index->n_late = n;
    for (uint32_t page = 0; page < FOLD_PAGES; page++)
        late += list_late(w, page, late);
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

/* Symbols that several characters share may not be told apart: then there is no table. */
static bool make_translation(struct work *w)
{
    const struct index *into = w->source->into;

    return !into || w->n_symbols > SYMBOL_COUNT ||
           translate_table(w->index, into, w->symbol_of, w->n_symbols, w->arena);
}

static bool fill(struct work *w)
{
    return number_symbols(w) && make_entries(w) && index_grams(w) && make_basic(w) &&
           make_pages(w) && make_late(w) && make_class_symbols(w) && make_translation(w);
}

bool index_build(struct index *index, const struct index_source *source, const struct mem *mem,
                 struct arena *arena)
{
    const struct keys *keys = source->keys;
    struct work w = {.source = source,
                     .keys = keys,
                     .terms = source->terms,
                     .mem = mem,
                     .arena = arena,
                     .index = index,
                     .space = source->space};
    bool filled = false;

    w.symbol_of = mem_zero(mem, SPACE_CLASSES * sizeof *w.symbol_of);
    w.used = mem_zero(mem, FOLD_PAGES * sizeof *w.used);
    w.symbols = mem_alloc(mem, keys->n_classes * sizeof *w.symbols);
    w.ranks = mem_alloc(mem, keys->n * sizeof *w.ranks);
    w.spare = mem_alloc(mem, keys->n * sizeof *w.spare);
    if (w.symbol_of && w.used && w.symbols && w.ranks && w.spare)
        filled = fill(&w);
    mem_release(mem, w.symbol_of, SPACE_CLASSES * sizeof *w.symbol_of);
    mem_release(mem, w.used, FOLD_PAGES * sizeof *w.used);
    mem_release(mem, w.symbols, keys->n_classes * sizeof *w.symbols);
    mem_release(mem, w.ranks, keys->n * sizeof *w.ranks);
    mem_release(mem, w.spare, keys->n * sizeof *w.spare);
    mem_release(mem, w.pages, w.cap_pages * sizeof *w.pages);
    return filled;
}
