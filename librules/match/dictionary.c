/* SPDX-License-Identifier: Apache-2.0 */
#include "match/dictionary.h"

#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "match/index.h"
#include "match/parts.h"
#include "match/sort.h"
#include "match/space.h"
#include "text/reader.h"

struct dictionary_builder {
    struct mem mem;
    struct arena arena;
    struct intern keys; /* id = index of the term */
    struct term *terms; /* text in the builder's arena */
    size_t cap_terms;
    struct keys plain; /* one for each term: its folded symbols */
    uint32_t *codes;   /* that need a symbol besides */
    size_t n_codes, cap_codes;
    char *key; /* scratch */
    size_t cap_key;
    uint32_t duplicate_of;
    uint32_t too_short;
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
    mem_release(&mem, b->terms, b->cap_terms * sizeof *b->terms);
    keys_release(&b->plain, &mem);
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
    if (fault == TERM_OK && p->end - p->begin > CORE_LENGTH_MOST)
        fault = TERM_TOO_LONG;
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

static bool reserve(struct dictionary_builder *b, size_t symbols)
{
    return keys_reserve(&b->plain, &b->mem, symbols) &&
           mem_grow(&b->mem, &b->terms, &b->cap_terms, b->plain.n + 1, sizeof *b->terms);
}

/* Bytes of blanks before a term that are not kept, because an entry could not count them. */
static uint32_t bytes_cut(const struct parse *p)
{
    return p->begin > CORE_MOST ? p->begin : 0;
}

static void append(struct dictionary_builder *b, const struct term *term, const char *text,
                   const struct parse *p)
{
    struct entry entry = {.term = (uint32_t)b->plain.n,
                          .core = (p->begin - bytes_cut(p)) & CORE_MOST,
                          .core_length = (p->end - p->begin) & CORE_LENGTH_MOST,
                          .count = (uint8_t)p->count,
                          .lead = (uint8_t)p->lead,
                          .trail = (uint8_t)p->trail};

    if (term->word && p->first_class == CHAR_WORD && !p->lead)
        entry.flags |= ENTRY_WORD_START;
    if (term->word && p->last_class == CHAR_WORD && !p->trail)
        entry.flags |= ENTRY_WORD_END;
    if (term->factor)
        entry.flags |= ENTRY_FACTOR;
    b->terms[b->plain.n] = *term;
    b->terms[b->plain.n].text = text;
    b->terms[b->plain.n].length -= bytes_cut(p);
    b->terms[b->plain.n].tolerate = (uint16_t)space_forms(p->codes, p->count, term->tolerate);
    b->too_short = space_too_short(p->codes, p->count, term->tolerate);
    keys_append(&b->plain, &entry, p->codes);
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
    text = arena_text(&b->arena, term->text + bytes_cut(&p), term->length - bytes_cut(&p));
    if (!text || intern_add(&b->keys, b->key, key) == INTERN_NONE)
        return TERM_MEMORY;
    append(b, term, text, &p);
    return TERM_OK;
}

bool dictionary_add_code(struct dictionary_builder *b, uint32_t code)
{
    if (!mem_grow(&b->mem, &b->codes, &b->cap_codes, b->n_codes + 1, sizeof *b->codes))
        return false;
    b->codes[b->n_codes++] = code;
    return true;
}

uint32_t dictionary_added(const struct dictionary_builder *b)
{
    return (uint32_t)b->plain.n;
}

uint32_t dictionary_duplicate_of(const struct dictionary_builder *b)
{
    return b->duplicate_of;
}

uint32_t dictionary_too_short(const struct dictionary_builder *b)
{
    return b->too_short;
}

struct work {
    struct dictionary_builder *b;
    struct arena *arena;
    struct dictionary *d;
    struct term *terms; /* of the dictionary */
};

/* Their texts are still the builder's; those of the plain space take their place. */
static bool copy_terms(struct work *w)
{
    w->terms = arena_copy(w->arena, w->b->terms, w->b->plain.n * sizeof *w->terms);
    w->d->terms = w->terms;
    w->d->n_terms = (uint32_t)w->b->plain.n;
    return w->terms != NULL;
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
    uint32_t *sets = mem_alloc(&w->b->mem, d->n_terms * sizeof *sets), *numbers = NULL;

    if (sets)
        d->n_allow_sets = list_allow_sets(d, sets);
    if (d->n_allow_sets)
        numbers = arena_array(w->arena, d->n_terms, sizeof *numbers);
    for (uint32_t i = 0; numbers && i < d->n_terms; i++)
        numbers[i] = find_value(sets, d->n_allow_sets, d->terms[i].set);
    d->allow_sets = numbers;
    mem_release(&w->b->mem, sets, d->n_terms * sizeof *sets);
    return sets && (numbers || !d->n_allow_sets);
}

/* What the terms look like, for the spaces that tell characters apart less well. */
static bool copy_chars(struct work *w)
{
    const struct keys *k = &w->b->plain;
    uint32_t *first;

    for (size_t i = 0; i < k->n; i++)
        w->d->loose |= w->b->terms[i].tolerate & FORM_LOOSE;
    if (!w->d->loose)
        return true;
    first = arena_array(w->arena, k->n, sizeof *first);
    w->d->chars = arena_copy(w->arena, k->classes, k->n_classes * sizeof *k->classes);
    if (!first || !w->d->chars)
        return false;
    for (size_t i = 0; i < k->n; i++) {
        first[i] = (uint32_t)k->list[i].classes;
        if (w->b->terms[i].tolerate & FORM_INITIALS &&
            k->list[i].entry.count > w->d->longest_initials)
            w->d->longest_initials = k->list[i].entry.count;
    }
    w->d->first_char = first;
    w->d->n_chars = (uint32_t)k->n_classes;
    return true;
}

static bool add_keys(const struct work *w, enum space space, struct keys *keys)
{
    const struct keys *plain = &w->b->plain;

    for (size_t i = 0; i < plain->n; i++) {
        const uint32_t tolerate = w->b->terms[i].tolerate;

        if (space_holds(space, tolerate) &&
            !space_add(keys, space, &w->b->mem, &plain->list[i].entry,
                       plain->classes + plain->list[i].classes, tolerate))
            return false;
    }
    return true;
}

static bool build_plain(struct work *w)
{
    const struct index *sound = &w->d->index[SPACE_SOUND];
    const bool same_places = sound->n_entries && !(w->d->loose & FORM_EMOJI);
    const struct index_source source = {.space = SPACE_PLAIN,
                                        .into = same_places ? sound : NULL,
                                        .keys = &w->b->plain,
                                        .codes = w->b->codes,
                                        .n_codes = w->b->n_codes,
                                        .terms = w->terms};

    return index_build(&w->d->index[SPACE_PLAIN], &source, &w->b->mem, w->arena);
}

static bool build_space(struct work *w, enum space space)
{
    struct keys keys = {.n = 0};
    const struct index_source source = {
        .space = space, .emoji = w->d->loose & FORM_EMOJI, .keys = &keys, .written = &w->b->plain};
    bool ok;

    if (!space_holds(space, w->d->loose))
        return true;
    ok = add_keys(w, space, &keys) &&
         index_build(&w->d->index[space], &source, &w->b->mem, w->arena);
    keys_release(&keys, &w->b->mem);
    return ok;
}

static bool fill(struct work *w)
{
    return copy_terms(w) && number_allow_sets(w) && copy_chars(w) && build_space(w, SPACE_SOUND) &&
           build_space(w, SPACE_SHAPE) && build_space(w, SPACE_COMPONENT) && build_plain(w) &&
           parts_build(w->d, &w->b->mem, w->arena);
}

struct dictionary *dictionary_build(struct dictionary_builder *b, struct arena *arena)
{
    struct work w = {.b = b, .arena = arena, .d = arena_zero(arena, sizeof *w.d)};

    return w.d && fill(&w) ? w.d : NULL;
}

void dictionary_allow_sets(const struct dictionary *d, uint32_t *by_set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        by_set[i] = NO_ALLOW_SET;
    for (uint32_t i = 0; d->n_allow_sets && i < d->n_terms; i++)
        if (d->terms[i].set < n)
            by_set[d->terms[i].set] = d->allow_sets[i];
}

size_t dictionary_count(const struct dictionary *d)
{
    return d->n_terms;
}

const struct term *dictionary_term(const struct dictionary *d, uint32_t index)
{
    return index < d->n_terms ? &d->terms[index] : NULL;
}
