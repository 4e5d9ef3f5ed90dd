/* SPDX-License-Identifier: Apache-2.0 */
#include "match/matcher_tables.h"

#include <string.h>

#include "base/intern.h"
#include "match/sort.h"
#include "match/tables.h"

/* --- building ----------------------------------------------------------------------------- */

struct matcher_builder {
    struct mem mem;
    struct arena *arena; /* of the matcher */
    struct arena keys_arena;
    struct dictionary_builder *dictionary;
    struct intern keys; /* id = number of the pattern */
    const struct pattern **patterns;
    struct term *shown;
    size_t cap_patterns, cap_shown;
    uint32_t n_terms, n_patterns, duplicate_of;
};

struct matcher_builder *matcher_builder_new(struct arena *arena)
{
    struct matcher_builder *b = mem_zero(&arena->mem, sizeof *b);

    if (!b)
        return NULL;
    b->mem = arena->mem;
    b->arena = arena;
    arena_init(&b->keys_arena, &b->mem);
    intern_init(&b->keys, &b->keys_arena);
    b->dictionary = dictionary_builder_new(&b->mem);
    if (b->dictionary)
        return b;
    matcher_builder_free(b);
    return NULL;
}

void matcher_builder_free(struct matcher_builder *b)
{
    struct mem mem;

    if (!b)
        return;
    mem = b->mem;
    dictionary_builder_free(b->dictionary);
    intern_clear(&b->keys);
    arena_clear(&b->keys_arena);
    mem_release(&mem, b->patterns, b->cap_patterns * sizeof *b->patterns);
    mem_release(&mem, b->shown, b->cap_shown * sizeof *b->shown);
    mem_release(&mem, b, sizeof *b);
}

enum term_fault matcher_add_term(struct matcher_builder *b, const struct term *term)
{
    enum term_fault fault = dictionary_add(b->dictionary, term);

    b->n_terms += fault == TERM_OK;
    return fault;
}

uint32_t matcher_duplicate_term(const struct matcher_builder *b)
{
    return dictionary_duplicate_of(b->dictionary);
}

uint32_t matcher_too_short(const struct matcher_builder *b)
{
    return dictionary_too_short(b->dictionary);
}

uint32_t matcher_duplicate_pattern(const struct matcher_builder *b)
{
    return b->duplicate_of;
}

const struct pattern *matcher_added(const struct matcher_builder *b, uint32_t pattern)
{
    return b->patterns[pattern];
}

/* What tells patterns apart, in the arena of the keys; NULL when memory is short. */
static char *make_key(struct matcher_builder *b, const struct set_pattern *p, size_t *len)
{
    const uint32_t head[] = {p->set, p->source.forms, p->source.word};
    char *key = arena_alloc(&b->keys_arena, sizeof head + p->source.length);

    *len = sizeof head + p->source.length;
    if (!key)
        return NULL;
    memcpy(key, head, sizeof head);
    memcpy(key + sizeof head, p->source.text, p->source.length);
    return key;
}

static enum pattern_added compile_pattern(struct matcher_builder *b, const struct set_pattern *p,
                                          struct pattern_fault *fault)
{
    const uint32_t i = b->n_patterns;
    char *text = arena_text(b->arena, p->source.text, p->source.length);

    if (!text ||
        !mem_grow(&b->mem, &b->patterns, &b->cap_patterns, (size_t)i + 1, sizeof *b->patterns) ||
        !mem_grow(&b->mem, &b->shown, &b->cap_shown, (size_t)i + 1, sizeof *b->shown))
        return PATTERN_MEMORY;
    b->patterns[i] = pattern_compile(&p->source, b->arena, fault);
    if (!b->patterns[i])
        return fault->message ? PATTERN_WRONG : PATTERN_MEMORY;
    b->shown[i] = (struct term){.text = text,
                                .length = (uint32_t)p->source.length,
                                .set = p->set,
                                .tolerate = (uint16_t)p->source.forms,
                                .line = p->line,
                                .word = p->source.word,
                                .pattern = true};
    return PATTERN_ADDED;
}

enum pattern_added matcher_add_pattern(struct matcher_builder *b, const struct set_pattern *p,
                                       struct pattern_fault *fault)
{
    enum pattern_added added;
    size_t len;
    char *key = make_key(b, p, &len);
    uint32_t known = key ? intern_find(&b->keys, key, len) : INTERN_NONE;

    *fault = (struct pattern_fault){.message = MSG_NONE};
    if (known != INTERN_NONE) {
        b->duplicate_of = known;
        return PATTERN_DUPLICATE;
    }
    added = key ? compile_pattern(b, p, fault) : PATTERN_MEMORY;
    if (added != PATTERN_ADDED)
        return added;
    if (intern_add(&b->keys, key, len) == INTERN_NONE)
        return PATTERN_MEMORY;
    b->n_patterns++;
    return PATTERN_ADDED;
}

/* --- factors ------------------------------------------------------------------------------ */

/* That a factor wakes a pattern. */
struct post {
    uint32_t factor, pattern;
};

struct work {
    struct matcher_builder *b;
    struct matcher *m;
    struct post *posts;
    size_t n_posts, cap_posts;
    uint32_t *always, *strict, *running, *anchored;
    struct runs *runs;
    struct anchors *anchors;
    struct near *behind, *ahead;
};

/* The dictionary's number of a factor, from its first one on; TERM_CROSSES: it cannot hold it. */
static enum term_fault number_factor(struct work *w, const char *text, uint32_t *number)
{
    struct dictionary_builder *d = w->b->dictionary;
    const struct term t = {.text = text,
                           .length = (uint32_t)strlen(text),
                           .set = UINT32_MAX,
                           .tolerate = FORM_DEFAULT | FORM_SQUEEZED,
                           .factor = true};
    enum term_fault fault = dictionary_add(d, &t);

    *number = dictionary_added(d) - 1 - w->b->n_terms;
    if (fault == TERM_DUPLICATE)
        *number = dictionary_duplicate_of(d) - w->b->n_terms;
    return fault == TERM_DUPLICATE ? TERM_OK : fault;
}

/* Enters the factors of a pattern; *held is false when the dictionary cannot hold one of them. */
static bool post_factors(struct work *w, uint32_t pattern, bool *held)
{
    const struct factors *f = pattern_required(w->b->patterns[pattern]);
    const size_t before = w->n_posts;

    *held = f->n > 0;
    for (uint32_t i = 0; i < f->n && *held; i++) {
        struct post post = {0, pattern};
        enum term_fault fault = number_factor(w, f->texts[i], &post.factor);

        if (fault == TERM_MEMORY ||
            !mem_grow(&w->b->mem, &w->posts, &w->cap_posts, w->n_posts + 1, sizeof *w->posts))
            return false;
        *held = fault == TERM_OK;
        w->posts[w->n_posts++] = post;
    }
    if (!*held)
        w->n_posts = before;
    return true;
}

/* Where the view keeps a character that the dictionary composes with its neighbours, a factor may
 * stand in the one and not in the other. */
static bool is_strict(const struct pattern *p)
{
    return (pattern_forms(p) & FORM_DEFAULT) != FORM_DEFAULT;
}

/* The characters that stand beside factors need symbols. */
static bool enter_codes(struct work *w, const struct beside *b)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (!dictionary_add_code(w->b->dictionary, b->codes[i]))
            return false;
    return true;
}

static bool enter_beside(struct work *w, const struct pattern *p)
{
    const struct factors *f = pattern_required(p);

    return enter_codes(w, &f->behind) && enter_codes(w, &f->ahead);
}

/* A text is turned into symbols only where there is some term. */
static bool has_symbols(const struct work *w, uint32_t pattern)
{
    return dictionary_added(w->b->dictionary) && !is_strict(w->b->patterns[pattern]) &&
           runs_can_hold(&pattern_required(w->b->patterns[pattern])->anchor);
}

/* *held is false when the pattern has no anchor, or there are too many. */
static bool post_anchor(struct work *w, uint32_t pattern, bool *held)
{
    const struct factors *f = pattern_required(w->b->patterns[pattern]);
    const struct anchor *a = &f->anchor;

    *held = !f->n && a->n;
    if (*held && has_symbols(w, pattern) && runs_add(w->runs, a)) {
        w->running[w->runs->n - 1] = pattern;
        for (uint32_t i = 0; i < a->n; i++)
            if (!dictionary_add_code(w->b->dictionary, runs_code(a->codes[i])))
                return false;
        return true;
    }
    *held = *held && anchors_add(w->anchors, a);
    if (*held)
        w->anchored[w->anchors->n - 1] = pattern;
    return true;
}

/* Of the patterns that are to be tried always, those that have anchors need not be. */
static bool post_anchors(struct work *w)
{
    struct matcher *m = w->m;
    uint32_t kept = 0;
    bool held;

    for (uint32_t i = 0; i < m->n_always; i++) {
        if (!post_anchor(w, w->always[i], &held))
            return false;
        if (!held)
            w->always[kept++] = w->always[i];
    }
    m->n_always = kept;
    return true;
}

static bool post_patterns(struct work *w)
{
    struct matcher *m = w->m;

    for (uint32_t i = 0; i < m->n_patterns; i++) {
        bool held;

        if (!post_factors(w, i, &held))
            return false;
        if (!held)
            w->always[m->n_always++] = i;
        else if (is_strict(w->b->patterns[i]))
            w->strict[m->n_strict++] = i;
        else if (!enter_beside(w, w->b->patterns[i]))
            return false;
    }
    return post_anchors(w);
}

static int by_factor(const void *x, const void *y, const void *context)
{
    const struct post *a = x, *b = y;

    (void)context;
    if (a->factor != b->factor)
        return a->factor < b->factor ? -1 : 1;
    return a->pattern < b->pattern ? -1 : a->pattern > b->pattern;
}

static bool index_posts(struct work *w)
{
    const uint32_t n_factors = dictionary_added(w->b->dictionary) - w->b->n_terms;
    uint32_t *begin = arena_array(w->b->arena, (size_t)n_factors + 1, sizeof *begin);
    uint32_t *woken = arena_array(w->b->arena, w->n_posts, sizeof *woken);
    size_t at = 0;

    if (!begin || !woken)
        return false;
    sort_items(w->posts, w->n_posts, sizeof *w->posts, by_factor, NULL);
    for (uint32_t f = 0; f < n_factors; f++) {
        begin[f] = (uint32_t)at;
        for (; at < w->n_posts && w->posts[at].factor == f; at++)
            woken[at] = w->posts[at].pattern;
    }
    begin[n_factors] = (uint32_t)at;
    w->m->woken_begin = begin;
    w->m->woken = woken;
    return true;
}

static bool number_codes(const struct work *w, const struct beside *b, struct near *near)
{
    const struct index *x = &w->m->dictionary->index[SPACE_PLAIN];
    uint16_t *symbols = arena_array(w->b->arena, b->n, sizeof *symbols);

    *near = (struct near){symbols, (uint8_t)b->n, (uint8_t)b->gap, (uint8_t)b->run, b->line};
    for (uint32_t i = 0; symbols && i < b->n; i++)
        symbols[i] = code_symbol(x, b->codes[i]);
    return symbols || !b->n;
}

/* A view of fewer forms may have one character where the symbols are several (㎏). */
static bool number_beside(struct work *w)
{
    for (uint32_t i = 0; i < w->m->n_patterns; i++) {
        const struct factors *f = pattern_required(w->b->patterns[i]);

        if (!is_strict(w->b->patterns[i]) && (!number_codes(w, &f->behind, &w->behind[i]) ||
                                              !number_codes(w, &f->ahead, &w->ahead[i])))
            return false;
    }
    return true;
}

static bool number_allow_sets(struct work *w)
{
    struct matcher *m = w->m;
    uint32_t *sets = arena_array(w->b->arena, m->n_patterns, sizeof *sets);
    uint32_t most = 0, *by_set;
    size_t n;

    for (uint32_t i = 0; i < m->n_patterns; i++)
        most = m->shown[i].set > most ? m->shown[i].set : most;
    n = (size_t)most + 1;
    by_set = mem_alloc(&w->b->mem, n * sizeof *by_set);
    if (sets && by_set) {
        dictionary_allow_sets(m->dictionary, by_set, n);
        for (uint32_t i = 0; i < m->n_patterns; i++)
            sets[i] = by_set[m->shown[i].set];
        m->allow_sets = sets;
    }
    mem_release(&w->b->mem, by_set, n * sizeof *by_set);
    return sets && by_set;
}

static bool fill(struct work *w)
{
    struct matcher_builder *b = w->b;
    struct matcher *m = w->m;

    m->n_terms = b->n_terms;
    m->n_patterns = b->n_patterns;
    w->running = arena_array(b->arena, ANCHORS_MOST, sizeof *w->running);
    w->runs = arena_zero(b->arena, sizeof *w->runs);
    w->anchored = arena_array(b->arena, ANCHORS_MOST, sizeof *w->anchored);
    w->anchors = arena_zero(b->arena, sizeof *w->anchors);
    w->always = arena_array(b->arena, m->n_patterns, sizeof *w->always);
    w->strict = arena_array(b->arena, m->n_patterns, sizeof *w->strict);
    w->behind = arena_array(b->arena, m->n_patterns, sizeof *w->behind);
    w->ahead = arena_array(b->arena, m->n_patterns, sizeof *w->ahead);
    m->patterns = arena_copy(b->arena, b->patterns, m->n_patterns * sizeof *b->patterns);
    m->shown = arena_copy(b->arena, b->shown, m->n_patterns * sizeof *b->shown);
    if (!w->running || !w->runs || !w->anchored || !w->anchors || !w->always || !w->strict ||
        !w->behind || !w->ahead || !m->patterns || !m->shown || !post_patterns(w) ||
        !index_posts(w))
        return false;
    anchors_build(w->anchors);
    m->runs = w->runs;
    m->running = w->running;
    m->anchors = w->anchors;
    m->anchored = w->anchored;
    m->always = w->always;
    m->strict = w->strict;
    m->dictionary = dictionary_build(b->dictionary, b->arena);
    m->behind = w->behind;
    m->ahead = w->ahead;
    return m->dictionary && number_beside(w) &&
           runs_build(w->runs, &m->dictionary->index[SPACE_PLAIN], b->arena) &&
           number_allow_sets(w);
}

struct matcher *matcher_build(struct matcher_builder *b)
{
    struct work w = {.b = b, .m = arena_zero(b->arena, sizeof *w.m)};
    bool filled = w.m && fill(&w);

    mem_release(&b->mem, w.posts, w.cap_posts * sizeof *w.posts);
    return filled ? w.m : NULL;
}

size_t matcher_count(const struct matcher *m)
{
    return (size_t)m->n_terms + m->n_patterns;
}

uint32_t matcher_terms(const struct matcher *m)
{
    return m->n_terms;
}

uint32_t matcher_factors(const struct matcher *m, uint32_t pattern)
{
    for (uint32_t i = 0; i < m->n_always; i++)
        if (m->always[i] == pattern)
            return 0;
    return pattern_required(m->patterns[pattern])->n;
}

const struct term *matcher_term(const struct matcher *m, uint32_t index)
{
    if (index < m->n_terms)
        return dictionary_term(m->dictionary, index);
    index -= m->n_terms;
    return index < m->n_patterns ? &m->shown[index] : NULL;
}

size_t matcher_memory(const struct matcher *m)
{
    size_t bytes = 0;

    for (uint32_t i = 0; i < m->n_patterns; i++)
        bytes += pattern_memory(m->patterns[i]);
    return bytes;
}
