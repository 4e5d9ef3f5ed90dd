/* SPDX-License-Identifier: Apache-2.0 */
#include "match/loose.h"

#include <string.h>

#include "base/limits.h"
#include "match/codes.h"
#include "match/fast.h"
#include "match/path.h"
#include "match/sort.h"
#include "match/stream.h"
#include "text/alike.h"

enum { SPARE_HITS = 1024, START_WINDOW = 2 };

struct loose {
    struct search search; /* first, so that it is the loose search */
    enum space space;
    bool whole;                   /* codes and arcs of all places are known */
    const struct index *streamed; /* by which the text was */
    size_t first;                 /* hit of this space */
    uint32_t otherwise;           /* steps of the path that are arcs */
    struct step *path;            /* room for LIMIT_TERM_SYMBOLS */
};

int hits_by_place(const void *x, const void *y, const void *context)
{
    const struct hit *a = x, *b = y;

    (void)context;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    if (a->term != b->term)
        return a->term < b->term ? -1 : 1;
    return a->forms < b->forms ? -1 : a->forms > b->forms;
}

/* Sort the hits from first on and keep the plainest of each span of a term. */
static void tidy(struct scanner *s, size_t first)
{
    size_t kept = first;

    if (first == s->n_loose)
        return;
    sort_items(s->loose + first, s->n_loose - first, sizeof *s->loose, hits_by_place, NULL);
    for (size_t i = first; i < s->n_loose; i++) {
        const struct hit *last = kept > first ? &s->loose[kept - 1] : NULL;
        const struct hit *h = &s->loose[i];
        if (!last || last->term != h->term || last->begin != h->begin || last->end != h->end)
            s->loose[kept++] = *h;
    }
    s->n_loose = kept;
}

static void arrive(struct search *se, uint32_t at)
{
    struct loose *lo = (struct loose *)se;
    struct scanner *s = se->s;
    const size_t most = lo->first + s->max_hits + SPARE_HITS;

    (void)at;
    if (s->n_loose > most)
        tidy(s, lo->first);
    if (s->n_loose > most)
        search_end(se, SCAN_LIMIT);
}

static void candidate(struct loose *lo, const struct entry *e)
{
    struct search *se = &lo->search;
    struct scanner *s = se->s;
    const struct path path = {.search = se,
                              .space = lo->space,
                              .streamed = lo->whole ? NULL : lo->streamed,
                              .chars = entry_chars(se->index, e),
                              .count = e->count,
                              .steps = lo->path};
    struct hit hit;

    if (s->costs)
        s->costs->lists[se->d->terms[e->term].set].candidates++;
    if (!lo->whole)
        codes_read(s, lo->streamed, se->verify.text, se->verify.len, lo->path[0].at,
                   lo->path[e->count - 1].at);
    if (path_verify(&se->verify, &path, e, &hit)) {
        if (mem_grow(&s->mem, &s->loose, &s->cap_loose, s->n_loose + 1, sizeof *s->loose))
            s->loose[s->n_loose++] = hit;
        else
            search_end(se, SCAN_MEMORY);
    }
    search_worked(se, 1);
}

/* Narrow the entries to those whose symbol at depth is this one; false when none is. */
static bool narrow(const struct search *se, uint32_t *from, uint32_t *to, uint32_t depth,
                   uint32_t symbol)
{
    if (symbol == SYMBOL_NONE)
        return false;
    *from = lower_bound(se, *from, *to, depth, symbol);
    if (*from == *to)
        return false;
    *to = lower_bound(se, *from, *to, depth, symbol + 1u);
    return *from < *to;
}

static uint16_t arc_symbol(const struct loose *lo, const struct arc *a)
{
    const struct index *x = lo->search.index;
    uint16_t symbol;

    switch (a->kind) {
    case ARC_SOUND:
        return lattice_class_symbol(x, CLASS_SOUND + (uint32_t)sound_near((uint16_t)a->value));
    case ARC_INITIAL:
        return lattice_class_symbol(x, CLASS_INITIAL + a->value);
    case ARC_SPLIT:
    case ARC_EMOJI:
        symbol = code_symbol(x, a->value);
        return symbol >= SYMBOL_FIRST ? symbol : (uint16_t)SYMBOL_NONE;
    default:
        return SYMBOL_NONE;
    }
}

/* Where a path goes on: depth characters are read; behind the last one, from to at was passed. */
struct point {
    uint32_t depth;
    uint32_t from, at;
    uint32_t blanks;
};

static void follow(struct loose *lo, uint32_t from, uint32_t to, struct point p);

/*
 * A hit begins with the last of the characters that its first one is repeated by: until another
 * follows, there is nothing to pass over.
 */
static bool only_one_yet(const struct loose *lo, const struct point *p)
{
    const uint32_t *codes = lo->search.s->codes;

    for (uint32_t i = 0; i < p->depth; i++) {
        if ((codes[lo->path[i].at] ^ codes[p->at]) & ~LATTICE_ARCS)
            return false;
    }
    return true;
}

static void skip(struct loose *lo, uint32_t from, uint32_t to, struct point p, const struct arc *a)
{
    if (a->kind == ARC_BLANK && p.depth && p.blanks++ < LIMIT_SEPARATOR_RUN) {
        p.at = a->to;
        follow(lo, from, to, p);
    } else if (a->kind == ARC_REPEAT && p.from == p.at && !only_one_yet(lo, &p)) {
        p.from = p.at = a->to;
        follow(lo, from, to, p);
    }
}

static void branch(struct loose *lo, uint32_t from, uint32_t to, struct point p)
{
    struct search *se = &lo->search;
    size_t n;
    const struct arc *arcs = lattice_arcs(se->s, p.at, &n);

    if (++lo->otherwise > LIMIT_READ_OTHERWISE)
        search_end(se, SCAN_LIMIT);
    for (size_t i = 0; i < n && se->status == SCAN_OK; i++) {
        const struct arc *a = &arcs[i];
        uint32_t f = from, t = to;
        search_worked(se, 1);
        skip(lo, from, to, p, a);
        if (!narrow(se, &f, &t, p.depth, arc_symbol(lo, a)))
            continue;
        lo->path[p.depth] = (struct step){p.from, p.at, a->to, a};
        follow(lo, f, t, (struct point){.depth = p.depth + 1, .from = a->to, .at = a->to});
    }
    lo->otherwise--;
}

/* Like the walk of the plain space, with a branch wherever the text can be read otherwise. */
static void follow(struct loose *lo, uint32_t from, uint32_t to, struct point p)
{
    struct search *se = &lo->search;
    const struct entry *entries = se->index->entries;

    for (;;) {
        while (from < to && entries[from].count == p.depth && se->status == SCAN_OK)
            candidate(lo, &entries[from++]);
        if (from == to || se->status != SCAN_OK || p.at >= se->s->n_symbols)
            return;
        search_worked(se, 1);
        if (lo->whole && se->s->codes[p.at] & LATTICE_ARCS)
            branch(lo, from, to, p);
        if (se->status != SCAN_OK || !narrow(se, &from, &to, p.depth, se->symbols[p.at]))
            return;
        lo->path[p.depth] = (struct step){p.from, p.at, p.at + 1, NULL};
        p = (struct point){.depth = p.depth + 1, .from = p.at + 1, .at = p.at + 1};
    }
}

static void walk_gram(struct search *se, uint32_t from, uint32_t to, uint32_t at, uint32_t depth)
{
    struct loose *lo = (struct loose *)se;

    for (uint32_t i = 0; i < depth; i++)
        lo->path[i] = (struct step){at + i, at + i, at + i + 1, NULL};
    follow(lo, from, to, (struct point){.depth = depth, .from = at + depth, .at = at + depth});
}

/* Where an arc stands among the first symbols, no gram tells what begins there. */
static void find_near_arcs(struct loose *lo)
{
    struct search *se = &lo->search;
    const struct scanner *s = se->s;
    uint32_t next = 0; /* place that has not been tried */

    for (size_t i = s->n_arcs; i-- > 0 && se->status == SCAN_OK;) {
        const struct arc *a = &s->arcs[i];
        uint32_t at = a->from < START_WINDOW ? 0 : a->from - START_WINDOW;
        if (a->kind < ARC_BLANK && arc_symbol(lo, a) == SYMBOL_NONE)
            continue;
        for (at = at < next ? next : at; at <= a->from; at++) {
            if (!search_arrive(se, at))
                return;
            follow(lo, 0, se->index->n_entries, (struct point){.from = at, .at = at});
        }
        next = at;
    }
}

/* Whether some term may be found in what is not read character by character. */
static bool needs_lattice(const struct dictionary *d)
{
    return d->loose & ~(uint32_t)(FORM_HOMOPHONE | FORM_LOOKALIKE);
}

/* Where the search of a space ended before the text did. */
static void note_end(struct loose *lo, uint32_t *cut)
{
    struct search *se = &lo->search;
    const uint32_t begin = se->s->offsets[se->at];

    if (se->status != SCAN_LIMIT)
        return;
    if (begin < *cut)
        *cut = begin;
    se->status = SCAN_OK;
}

/* Searches the symbols that the text has in a space. */
static enum scan_status find_in(struct scanner *s, const struct dictionary *d, enum space space,
                                const uint16_t *symbols, const char *text, size_t len,
                                uint32_t *cut)
{
    struct step path[LIMIT_TERM_SYMBOLS];
    struct loose lo = {.search = {.s = s, .d = d, .arrive = arrive, .walk = walk_gram},
                       .space = space,
                       .whole = needs_lattice(d),
                       .streamed = &d->index[symbols == s->symbols ? space : SPACE_PLAIN],
                       .first = s->n_loose,
                       .path = path};
    struct search *se = &lo.search;

    search_init(se, space, symbols, text, len);
    search_run(se);
    note_end(&lo, cut);
    if (se->status == SCAN_OK && lo.whole && s->n_arcs) {
        search_init(se, space, symbols, text, len);
        find_near_arcs(&lo);
        note_end(&lo, cut);
    }
    return se->status;
}

/*
 * Streams the text by a space, with all that walks through it need; known: codes and arcs are
 * there, which all spaces share.
 */
static enum scan_status prepare(struct scanner *s, const struct dictionary *d, enum space space,
                                bool known, const char *text, size_t len)
{
    const bool whole = needs_lattice(d);
    enum scan_status status = stream_text(s, &d->index[space], whole && !known, text, len);

    if (status != SCAN_OK)
        return status;
    if (whole)
        return known ? SCAN_OK : lattice_build(s, d, text, len);
    return mem_grow(&s->mem, &s->codes, &s->cap_codes, s->n_symbols + STREAM_PAD, sizeof *s->codes)
               ? SCAN_OK
               : SCAN_MEMORY;
}

static bool translate(struct scanner *s, const uint16_t *table)
{
    const size_t n = s->n_symbols + STREAM_PAD;

    if (!mem_grow(&s->mem, &s->translated, &s->cap_translated, n + FAST_SLACK,
                  sizeof *s->translated))
        return false;
    for (size_t i = 0; i < n; i++)
        s->translated[i] = table[s->symbols[i]];
    return true;
}

enum scan_status loose_find(struct scanner *s, const struct dictionary *d, const char *text,
                            size_t len, uint32_t *cut)
{
    const uint16_t *sounds = d->index[SPACE_PLAIN].translation;
    enum scan_status status = SCAN_OK;
    bool known = false;

    s->n_loose = 0;
    for (unsigned space = SPACE_SOUND; space < SPACE_COUNT && status == SCAN_OK; space++) {
        if (!d->index[space].n_entries || (space == SPACE_SOUND && sounds))
            continue;
        status = prepare(s, d, space, known, text, len);
        if (status == SCAN_OK)
            status = find_in(s, d, space, s->symbols, text, len, cut);
        known = true;
    }
    if (status == SCAN_OK)
        status = sounds ? prepare(s, d, SPACE_PLAIN, known, text, len)
                        : stream_text(s, &d->index[SPACE_PLAIN], false, text, len);
    if (status == SCAN_OK && sounds)
        status = translate(s, sounds) ? find_in(s, d, SPACE_SOUND, s->translated, text, len, cut)
                                      : SCAN_MEMORY;
    tidy(s, 0);
    while (s->n_loose && s->loose[s->n_loose - 1].begin >= *cut)
        s->n_loose--;
    return status;
}
