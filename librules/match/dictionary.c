/* SPDX-License-Identifier: Apache-2.0 */
#include "match/dictionary.h"

#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "match/sort.h"
#include "match/tables.h"
#include "text/reader.h"

enum { CODES = 0x110000, FILTER_MIN_BITS = 6, SLOT_MIN_BITS = 4 };

struct item {
    struct term term; /* text in the builder's arena */
    struct entry entry;
    size_t codes; /* index of the first in the builder's codes */
};

struct dictionary_builder {
    struct mem mem;
    struct arena arena;
    struct intern keys; /* id = index of the term */
    struct item *items;
    size_t n_items, cap_items;
    uint32_t *codes; /* folded symbols of all terms */
    size_t n_codes, cap_codes;
    char *key; /* scratch */
    size_t cap_key;
    uint32_t duplicate_of;
};

struct dictionary_builder *dictionary_builder_new(const struct mem *mem)
{
    struct dictionary_builder *b = mem_zero(mem, sizeof *b);

    if (!b)
        return NULL;
    b->mem = *mem;
    arena_init(&b->arena, mem);
    intern_init(&b->keys, &b->arena);
    return b;
}

void dictionary_builder_free(struct dictionary_builder *b)
{
    struct mem mem;

    if (!b)
        return;
    mem = b->mem;
    intern_clear(&b->keys);
    arena_clear(&b->arena);
    mem_release(&mem, b->items, b->cap_items * sizeof *b->items);
    mem_release(&mem, b->codes, b->cap_codes * sizeof *b->codes);
    mem_release(&mem, b->key, b->cap_key);
    mem_release(&mem, b, sizeof *b);
}

/* A term taken apart into symbols and the separators around and between them. */
struct parse {
    uint32_t codes[LIMIT_TERM_SYMBOLS];
    uint32_t count;
    uint32_t begin, end;              /* without blanks and ignorables at the edges */
    uint32_t first_begin, last_end;   /* of the symbols alone */
    uint32_t lead, trail;             /* separators at the edges, runs of blanks as one */
    uint32_t run;                     /* separators since the last symbol */
    uint32_t first_class, last_class; /* of the symbols */
    bool any, blank;
};

static void parse_separator(struct parse *p, const struct text_char *c)
{
    p->run++;
    if (c->code == ' ') {
        p->blank = true;
        return;
    }
    if (!p->any)
        p->begin = c->begin;
    /* A blank counts only once something stands on both of its sides. */
    p->trail += p->blank && (p->trail || p->count) ? 2 : 1;
    p->blank = false;
    p->any = true;
    p->end = c->end;
}

static enum term_fault parse_symbol(struct parse *p, const struct text_char *c)
{
    if (!p->any)
        p->begin = c->begin;
    p->any = true;
    if (p->count == 0) {
        p->lead = p->trail + (p->trail && p->blank);
        p->first_begin = c->begin;
        p->first_class = c->class;
    } else if (p->run > LIMIT_SEPARATOR_RUN) {
        return TERM_CROSSES;
    }
    if (p->count == LIMIT_TERM_SYMBOLS)
        return TERM_TOO_LONG;
    p->codes[p->count++] = c->code;
    p->last_class = c->class;
    p->end = p->last_end = c->end;
    p->trail = p->run = 0;
    p->blank = false;
    return TERM_OK;
}

static enum term_fault parse_term(struct parse *p, const struct term *term)
{
    enum term_fault fault = TERM_OK;
    struct text_reader r;
    struct text_char c;

    *p = (struct parse){.count = 0};
    text_reader_init(&r, term->text, term->length, FORM_DEFAULT);
    while (fault == TERM_OK && text_read(&r, &c)) {
        if (c.class == CHAR_WALL)
            fault = TERM_CROSSES;
        else if (c.class == CHAR_SEPARATOR)
            parse_separator(p, &c);
        else
            fault = parse_symbol(p, &c);
    }
    if (fault == TERM_OK && p->count == 0)
        fault = TERM_EMPTY;
    if (fault == TERM_OK && (p->lead > LIMIT_SEPARATOR_RUN || p->trail > LIMIT_SEPARATOR_RUN))
        fault = TERM_CROSSES;
    return fault;
}

static bool key_add(struct dictionary_builder *b, size_t *at, const void *data, size_t bytes)
{
    if (!mem_grow(&b->mem, &b->key, &b->cap_key, *at + bytes, 1))
        return false;
    memcpy(b->key + *at, data, bytes);
    *at += bytes;
    return true;
}

static bool key_fold(struct dictionary_builder *b, size_t *at, const char *text, size_t len,
                     uint32_t forms)
{
    size_t want = text_fold(text, len, forms, NULL, 0) + 1;

    if (!mem_grow(&b->mem, &b->key, &b->cap_key, *at + want, 1))
        return false;
    text_fold(text, len, forms, b->key + *at, want);
    *at += want;
    return true;
}

/* Two terms with the same key find the same: the second is of no use. 0 when memory is short. */
static size_t make_key(struct dictionary_builder *b, const struct term *t, const struct parse *p)
{
    const uint32_t head[] = {t->set, t->tolerate, t->allow, t->word, p->lead, p->trail};
    const uint32_t lead = p->first_begin > p->begin ? p->first_begin - p->begin : 0;
    const uint32_t edges = t->tolerate & ~(uint32_t)FORM_SQUEEZED;
    size_t at = 0;

    /* Separators at the edges are part of the term even where others are squeezed out. */
    if (!key_add(b, &at, head, sizeof head) || !key_fold(b, &at, t->text + p->begin, lead, edges) ||
        !key_fold(b, &at, t->text + p->last_end, p->end - p->last_end, edges) ||
        !key_fold(b, &at, t->text + p->begin, p->end - p->begin, t->tolerate))
        return 0;
    return at;
}

static bool reserve(struct dictionary_builder *b, size_t codes)
{
    return b->n_items < UINT32_MAX - 1 && b->n_codes + codes <= UINT32_MAX &&
           mem_grow(&b->mem, &b->items, &b->cap_items, b->n_items + 1, sizeof *b->items) &&
           mem_grow(&b->mem, &b->codes, &b->cap_codes, b->n_codes + codes, sizeof *b->codes);
}

static void append(struct dictionary_builder *b, const struct term *term, const char *text,
                   const struct parse *p)
{
    struct item *item = &b->items[b->n_items];

    *item = (struct item){.term = *term, .codes = b->n_codes};
    item->term.text = text;
    item->entry = (struct entry){.term = (uint32_t)b->n_items,
                                 .core = p->begin,
                                 .core_length = p->end - p->begin,
                                 .count = (uint8_t)p->count,
                                 .lead = (uint8_t)p->lead,
                                 .trail = (uint8_t)p->trail};
    if (term->word && p->first_class == CHAR_WORD && !p->lead)
        item->entry.flags |= ENTRY_WORD_START;
    if (term->word && p->last_class == CHAR_WORD && !p->trail)
        item->entry.flags |= ENTRY_WORD_END;
    memcpy(b->codes + b->n_codes, p->codes, p->count * sizeof p->codes[0]);
    b->n_codes += p->count;
    b->n_items++;
}

enum term_fault dictionary_add(struct dictionary_builder *b, const struct term *term)
{
    struct parse p;
    enum term_fault fault = parse_term(&p, term);
    size_t key;
    uint32_t known;
    char *text;

    if (fault != TERM_OK)
        return fault;
    key = make_key(b, term, &p);
    if (!key)
        return TERM_MEMORY;
    known = intern_find(&b->keys, b->key, key);
    if (known != INTERN_NONE) {
        b->duplicate_of = known;
        return TERM_DUPLICATE;
    }
    if (!reserve(b, p.count))
        return TERM_MEMORY;
    text = arena_text(&b->arena, term->text, term->length);
    if (!text || intern_add(&b->keys, b->key, key) == INTERN_NONE)
        return TERM_MEMORY;
    append(b, term, text, &p);
    return TERM_OK;
}

uint32_t dictionary_duplicate_of(const struct dictionary_builder *b)
{
    return b->duplicate_of;
}

/* A term's place in the order of symbols; the first four decide most comparisons. */
struct rank {
    uint64_t prefix;
    uint32_t item;
    uint32_t symbols;
};

struct work {
    struct dictionary_builder *b;
    struct arena *arena;
    struct dictionary *d;
    uint16_t *symbol_of; /* by code point; 0 for none */
    struct rank *ranks;
    uint16_t *pool;
    uint16_t *pages;
    size_t n_pages, cap_pages;
    size_t n_symbols;
    size_t n_grams;
};

static void number_symbol(struct work *w, uint32_t code)
{
    if (!w->symbol_of[code])
        w->symbol_of[code] = (uint16_t)(SYMBOL_FIRST + w->n_symbols++ % SYMBOL_COUNT);
}

/* Terms of one symbol come first, so that one comparison tells whether a symbol may be one. */
static void number_symbols(struct work *w)
{
    const struct dictionary_builder *b = w->b;

    for (size_t i = 0; i < b->n_items; i++) {
        if (b->items[i].entry.count == 1)
            number_symbol(w, b->codes[b->items[i].codes]);
    }
    w->d->n_single = (uint32_t)(w->n_symbols < SYMBOL_COUNT ? w->n_symbols : SYMBOL_COUNT);
    for (size_t i = 0; i < b->n_codes; i++)
        number_symbol(w, b->codes[i]);
}

static bool make_pool(struct work *w)
{
    w->pool = arena_alloc(w->arena, w->b->n_codes * sizeof *w->pool);
    if (!w->pool)
        return false;
    for (size_t i = 0; i < w->b->n_codes; i++)
        w->pool[i] = w->symbol_of[w->b->codes[i]];
    w->d->pool = w->pool;
    return true;
}

static int by_symbols(const void *x, const void *y, const void *context)
{
    const struct rank *a = x, *b = y;
    const struct work *w = context;
    const struct entry *ea = &w->b->items[a->item].entry, *eb = &w->b->items[b->item].entry;

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
    for (size_t i = 0; i < w->b->n_items; i++) {
        const struct item *item = &w->b->items[i];
        struct rank *r = &w->ranks[i];
        *r = (struct rank){.item = (uint32_t)i, .symbols = (uint32_t)item->codes};
        for (size_t k = 0; k < 4 && k < item->entry.count; k++)
            r->prefix |= (uint64_t)w->pool[item->codes + k] << (48 - 16 * k);
    }
    sort_items(w->ranks, w->b->n_items, sizeof *w->ranks, by_symbols, w);
}

static bool make_entries(struct work *w)
{
    struct entry *entries = arena_array(w->arena, w->b->n_items, sizeof *entries);

    if (!entries)
        return false;
    rank_items(w);
    for (size_t i = 0; i < w->b->n_items; i++) {
        entries[i] = w->b->items[w->ranks[i].item].entry;
        entries[i].symbols = w->ranks[i].symbols;
    }
    w->d->entries = entries;
    return true;
}

static bool copy_terms(struct work *w)
{
    struct term *terms = arena_array(w->arena, w->b->n_items, sizeof *terms);

    if (!terms)
        return false;
    for (size_t i = 0; i < w->b->n_items; i++) {
        terms[i] = w->b->items[i].term;
        terms[i].text = arena_text(w->arena, terms[i].text, terms[i].length);
        if (!terms[i].text)
            return false;
    }
    w->d->terms = terms;
    w->d->n_terms = (uint32_t)w->b->n_items;
    return true;
}

static int by_value(const void *x, const void *y, const void *context)
{
    const uint32_t *a = x, *b = y;

    (void)context;
    return *a < *b ? -1 : *a > *b;
}

static uint32_t find_value(const uint32_t *values, uint32_t n, uint32_t wanted)
{
    uint32_t from = 0, to = n;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (values[middle] < wanted)
            from = middle + 1;
        else
            to = middle;
    }
    return from < n && values[from] == wanted ? from : NO_ALLOW_SET;
}

/* The sets that have allow-terms, sorted and unique, in sets; returns how many. */
static uint32_t list_allow_sets(const struct dictionary *d, uint32_t *sets)
{
    uint32_t n = 0, unique = 0;

    for (uint32_t i = 0; i < d->n_terms; i++) {
        if (d->terms[i].allow)
            sets[n++] = d->terms[i].set;
    }
    sort_items(sets, n, sizeof *sets, by_value, NULL);
    for (uint32_t i = 0; i < n; i++) {
        if (!unique || sets[unique - 1] != sets[i])
            sets[unique++] = sets[i];
    }
    return unique;
}

static bool number_allow_sets(struct work *w)
{
    struct dictionary *d = w->d;
    uint32_t *sets = mem_alloc(&w->b->mem, d->n_terms * sizeof *sets);
    uint32_t *numbers = arena_array(w->arena, d->n_terms, sizeof *numbers);

    if (sets && numbers) {
        d->n_allow_sets = list_allow_sets(d, sets);
        for (uint32_t i = 0; i < d->n_terms; i++)
            numbers[i] = find_value(sets, d->n_allow_sets, d->terms[i].set);
        d->allow_sets = numbers;
    }
    mem_release(&w->b->mem, sets, d->n_terms * sizeof *sets);
    return sets && numbers;
}

static uint64_t entry_gram(const struct work *w, const struct entry *e)
{
    return gram_of(w->pool + e->symbols, e->count);
}

/* The end of the entries that share the gram of the one at from. */
static size_t gram_end(const struct work *w, size_t from)
{
    const struct entry *entries = w->d->entries;
    const uint64_t gram = entry_gram(w, &entries[from]);
    size_t to = from + 1;

    while (to < w->b->n_items && entry_gram(w, &entries[to]) == gram)
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

static void slot_add(const struct dictionary *d, struct slot *slots, const struct slot *added)
{
    size_t mask = ((size_t)1 << (64 - d->slot_shift)) - 1, at = slot_of(d, added->gram);

    while (slots[at].gram)
        at = (at + 1) & mask;
    slots[at] = *added;
}

static bool index_grams(struct work *w)
{
    uint32_t filter_bits, slot_bits;
    struct dictionary *d = w->d;
    struct slot *slots;
    uint64_t *filter;

    for (size_t i = 0; i < w->b->n_items; i = gram_end(w, i))
        w->n_grams++;
    filter_bits = bits_for(w->n_grams / 2, FILTER_MIN_BITS);
    slot_bits = bits_for(w->n_grams * 2, SLOT_MIN_BITS);
    d->filter_shift = 64 - filter_bits;
    d->slot_shift = 64 - slot_bits;
    filter = arena_array(w->arena, (size_t)1 << filter_bits, sizeof *filter);
    slots = arena_array(w->arena, (size_t)1 << slot_bits, sizeof *slots);
    if (!filter || !slots)
        return false;
    for (size_t i = 0, to; i < w->b->n_items; i = to) {
        const struct entry *e = &d->entries[i];
        to = gram_end(w, i);
        filter_add(filter, d->filter_shift, w->pool + e->symbols, e->count);
        slot_add(d, slots, &(struct slot){entry_gram(w, e), (uint32_t)i, (uint32_t)to});
    }
    d->filter = filter;
    d->slots = slots;
    return true;
}

static uint16_t compose_symbol(const struct work *w, uint32_t code)
{
    uint32_t entry = fold_entry(code);

    if (fold_ignorable(entry))
        return SYMBOL_SKIP;
    if (entry & (FOLD_JOINS | FOLD_MANY))
        return SYMBOL_SLOW;
    if (fold_class(entry) == CHAR_WALL)
        return SYMBOL_NONE;
    if (fold_class(entry) == CHAR_SEPARATOR)
        return SYMBOL_SEPARATOR;
    return w->symbol_of[entry & FOLD_TARGET ? entry & FOLD_TARGET : code];
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
        if (!mem_grow(&w->b->mem, &w->pages, &w->cap_pages, (w->n_pages + 1) * FOLD_PAGE_SIZE,
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

    if (!index || !mem_grow(&w->b->mem, &w->pages, &w->cap_pages, FOLD_PAGE_SIZE, sizeof *w->pages))
        return false;
    memset(w->pages, 0, FOLD_PAGE_SIZE * sizeof *w->pages);
    w->n_pages = 1;
    for (uint32_t i = 0; i < FOLD_PAGES; i++) {
        if (!add_page(w, i << FOLD_PAGE_BITS, &index[i]))
            return false;
    }
    w->d->page_index = index;
    w->d->pages = arena_copy(w->arena, w->pages, w->n_pages * FOLD_PAGE_SIZE * sizeof *w->pages);
    return w->d->pages != NULL;
}

static bool is_late(const struct work *w, uint32_t code)
{
    return w->symbol_of[code] && fold_entry(code) & (FOLD_JOINS | FOLD_MANY);
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
    w->d->late = late;
    w->d->n_late = n;
    for (uint32_t code = 0; code < CODES; code++) {
        if (is_late(w, code))
            *late++ = (struct late_symbol){code, w->symbol_of[code]};
    }
    return true;
}

static bool fill(struct work *w)
{
    number_symbols(w);
    return make_pool(w) && make_entries(w) && copy_terms(w) && number_allow_sets(w) &&
           index_grams(w) && make_pages(w) && make_late(w);
}

struct dictionary *dictionary_build(struct dictionary_builder *b, struct arena *arena)
{
    struct work w = {.b = b, .arena = arena};
    bool filled = false;

    w.d = arena_zero(arena, sizeof *w.d);
    w.symbol_of = mem_zero(&b->mem, CODES * sizeof *w.symbol_of);
    w.ranks = mem_alloc(&b->mem, b->n_items * sizeof *w.ranks);
    if (w.d && w.symbol_of && w.ranks)
        filled = fill(&w);
    mem_release(&b->mem, w.symbol_of, CODES * sizeof *w.symbol_of);
    mem_release(&b->mem, w.ranks, b->n_items * sizeof *w.ranks);
    mem_release(&b->mem, w.pages, w.cap_pages * sizeof *w.pages);
    return filled ? w.d : NULL;
}

size_t dictionary_count(const struct dictionary *d)
{
    return d->n_terms;
}

const struct term *dictionary_term(const struct dictionary *d, uint32_t index)
{
    return index < d->n_terms ? &d->terms[index] : NULL;
}
