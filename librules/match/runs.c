/* SPDX-License-Identifier: Apache-2.0 */
#include "match/runs.h"

#include "base/utf8.h"
#include "match/scan.h"
#include "text/fold.h"

/* --- building ----------------------------------------------------------------------------- */

uint32_t runs_code(uint32_t code)
{
    const uint32_t entry = fold_entry(code);

    return entry & FOLD_TARGET ? entry & FOLD_TARGET : code;
}

bool runs_can_hold(const struct anchor *anchor)
{
    for (uint32_t i = 0; i < anchor->n; i++) {
        const uint32_t entry = fold_entry(anchor->codes[i]);

        if (fold_class(entry) >= CHAR_SEPARATOR || fold_ignorable(entry) ||
            entry & (FOLD_JOINS | FOLD_MANY))
            return false;
    }
    return anchor->n > 0;
}

bool runs_add(struct runs *r, const struct anchor *anchor)
{
    if (r->n == ANCHORS_MOST)
        return false;
    if (!r->n || anchor->run < r->shortest)
        r->shortest = anchor->run;
    r->list[r->n++] = *anchor;
    return true;
}

/* Calls for every symbol of the anchors, and once more for each anchor that has it. */
static void visit(struct runs *r, const struct index *x, uint8_t *kinds,
                  void (*seen)(struct runs *r, uint8_t *kinds, uint16_t symbol, uint32_t anchor))
{
    for (uint32_t i = 0; i < r->n; i++)
        for (uint32_t k = 0; k < r->list[i].n; k++)
            seen(r, kinds, code_symbol(x, runs_code(r->list[i].codes[k])), i);
}

static void count(struct runs *r, uint8_t *kinds, uint16_t symbol, uint32_t anchor)
{
    (void)kinds;
    (void)anchor;
    if (r->n_symbols <= symbol)
        r->n_symbols = symbol + 1u;
}

/* The kind of symbols that are of these anchors. When there are too many, of some more. */
static uint8_t kind_of(struct runs *r, uint64_t anchors)
{
    uint8_t kind = 1;

    while (kind < RUN_KINDS - 1 && r->anchors[kind] && r->anchors[kind] != anchors)
        kind++;
    r->anchors[kind] |= anchors;
    return kind;
}

static void enter(struct runs *r, uint8_t *kinds, uint16_t symbol, uint32_t anchor)
{
    kinds[symbol] = kind_of(r, r->anchors[kinds[symbol]] | (uint64_t)1 << anchor);
}

bool runs_build(struct runs *r, const struct index *x, struct arena *arena)
{
    uint8_t *kinds;

    visit(r, x, NULL, count);
    kinds = arena_array(arena, r->n_symbols, sizeof *kinds);
    if (!kinds && r->n_symbols)
        return false;
    visit(r, x, kinds, enter);
    r->kinds = kinds;
    return true;
}

/* --- finding ------------------------------------------------------------------------------ */

struct hunt {
    const struct runs *r;
    const struct scanner *s;
    const unsigned char *text;
    bool (*found)(void *user, uint32_t anchor, uint32_t at);
    void *user;
};

/* Symbols in a row that are of some anchor each. */
struct stretch {
    size_t begin, end;
};

static uint8_t kind(const struct runs *r, uint16_t symbol)
{
    /* That of no symbol is 0; to look it up takes no branch. */
    return r->kinds[symbol < r->n_symbols ? symbol : SYMBOL_NONE];
}

/*
 * Whether a symbol may be the character behind the one before it in a view: no separator stands
 * between. What else does is not told apart.
 */
static bool follows(const struct hunt *h, size_t i)
{
    const uint32_t *offsets = h->s->offsets;
    const size_t at = offsets[i - 1], next = offsets[i];
    uint32_t code, n;

    if (at == next || (h->text[at] < 0x80 && at + 1 == next))
        return true;
    n = utf8_decode(h->text + at, next - at, &code);
    return !n || at + n == next || h->text[at + n] >= 0x80 ||
           fold_ignorable(fold_entry(h->text[at + n]));
}

/* Every character of a run that has enough behind it. */
static bool tell_run(const struct hunt *h, uint32_t anchor, size_t begin, size_t end)
{
    const uint32_t *offsets = h->s->offsets, run = h->r->list[anchor].run;

    for (size_t k = begin; end - k >= run; k++)
        if ((k == begin || offsets[k] != offsets[k - 1]) && !h->found(h->user, anchor, offsets[k]))
            return false;
    return true;
}

/* The runs of all anchors in it. */
static bool tell_runs(const struct hunt *h, const struct stretch *st)
{
    size_t begins[ANCHORS_MOST]; /* of the runs that go on */
    uint64_t open = 0;

    for (size_t i = st->begin; i <= st->end; i++) {
        const uint64_t here = i < st->end ? h->r->anchors[kind(h->r, h->s->symbols[i])] : 0;
        const uint64_t on = open && here && follows(h, i) ? open & here : 0;

        uint64_t ends = open & ~on, starts = here & ~on;

        for (uint32_t k = 0; ends; ends >>= 1, k++)
            if (ends & 1 && !tell_run(h, k, begins[k], i))
                return false;
        for (uint32_t k = 0; starts; starts >>= 1, k++)
            if (starts & 1)
                begins[k] = i;
        open = here;
    }
    return true;
}

/* The stretch around a symbol, which begins no earlier than `from`. */
static struct stretch stretch_around(const struct runs *r, const struct scanner *s, size_t from,
                                     size_t i)
{
    struct stretch st = {i, i + 1};

    while (st.begin > from && kind(r, s->symbols[st.begin - 1]))
        st.begin--;
    while (st.end < s->n_symbols && kind(r, s->symbols[st.end]))
        st.end++;
    return st;
}

void runs_find(const struct runs *r, const struct scanner *s, const char *text,
               bool (*found)(void *user, uint32_t anchor, uint32_t at), void *user)
{
    const struct hunt h = {r, s, (const unsigned char *)text, found, user};
    struct stretch st = {0, 0};

    /* Each run that is long enough has a symbol at one of these places. */
    for (size_t i = r->shortest - 1; i < s->n_symbols; i += r->shortest) {
        if (i < st.end || !kind(r, s->symbols[i]))
            continue;
        st = stretch_around(r, s, st.end, i);
        if (st.end - st.begin >= r->shortest && !tell_runs(&h, &st))
            return;
    }
}
