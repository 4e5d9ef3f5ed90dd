/* SPDX-License-Identifier: Apache-2.0 */
/* The loops for wide registers find exactly what the portable ones find. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/dictionary.h"
#include "match/fast.h"
#include "match/scan.h"
#include "test_random.h"
#include "test_suite.h"
#include "text/forms.h"

enum {
    TEXT_MOST = 5000,
    TERM_MOST = 40,
    SETS = 3,
    TEXTS = 80,
    DICTIONARIES = 60,
    /* What the loops look at together. */
    BLOCK_EDGE = 64,
    CHUNK_EDGE = 512
};

/* Pieces that are dealt with differently: plain, folded, to several, composing, skipped, parting,
 * separating, of two and of four bytes, and wrong in every way that bytes can be. */
static const char *const pieces[] = {"比",
                                     "特",
                                     "币",
                                     "矿机",
                                     "选",
                                     "苹果",
                                     "a",
                                     "b",
                                     "B",
                                     "x",
                                     "1",
                                     "2",
                                     "ａ",
                                     "２",
                                     "①",
                                     "幣",
                                     "礦",
                                     "k",
                                     "㎏",
                                     "…",
                                     "℃",
                                     "⑴",
                                     "ﷺ",
                                     "ß",
                                     "é",
                                     "e",
                                     "\xcc\x81",
                                     "\xcc\xb6",
                                     "か",
                                     "\xe3\x82\x99",
                                     "ﾞ",
                                     "กำ",
                                     "\xe1\x84\x80",
                                     "\xe1\x85\xa1",
                                     "가",
                                     " ",
                                     "　",
                                     "-",
                                     "－",
                                     "—",
                                     "/",
                                     "~",
                                     "·",
                                     "\xc2\xa0",
                                     "，",
                                     ",",
                                     "。",
                                     "\n",
                                     "\t",
                                     "\xe2\x80\x8b",
                                     "\xe2\x80\x8d",
                                     "\xc2\xad",
                                     "\xef\xb7\x90",
                                     "👍",
                                     "👍🏽",
                                     "👩",
                                     "𠀀",
                                     "𠮷",
                                     "\xff",
                                     "\x80",
                                     "\xe6",
                                     "\xe6\xaf",
                                     "\xed\xa0\x80",
                                     "\xe0\x80\x80",
                                     "\xe0\x9f\xbf",
                                     "\xc0\xaf",
                                     "\xc1\xa1",
                                     "\xc3",
                                     "\xf0",
                                     "\xf0\x9f\x91",
                                     "\xf4\x90\x80"};

enum { PIECES = sizeof pieces / sizeof pieces[0], PLAIN_PIECES = 12 };

/* How a text is made up: 0 of all pieces, 1 of Han, 2 of ASCII, 3 of plain pieces, 4 of runs of
 * separators, each with some of the others. */
static size_t compose(struct random *r, char *out, size_t most, uint32_t kind)
{
    size_t n = 0;

    while (n + UTF8_LONGEST * 4 < most) {
        const char *piece = pieces[below(r, PIECES)];
        size_t len;

        if (kind == 1 && below(r, 100) < 90) {
            n += utf8_encode(0x4e00 + below(r, 60), out + n);
            continue;
        }
        if (kind == 2 && below(r, 100) < 90) {
            out[n++] = (char)(' ' + below(r, 95));
            continue;
        }
        if (kind == 3 && below(r, 100) < 95)
            piece = pieces[below(r, PLAIN_PIECES)];
        if (kind == 4 && below(r, 100) < 60)
            piece = below(r, 2) ? " " : "-";
        len = strlen(piece);
        memcpy(out + n, piece, len);
        n += len;
    }
    return n;
}

static void add_term(struct random *r, struct dictionary_builder *b, uint32_t kind)
{
    char text[TERM_MOST + 1];
    size_t len = compose(r, text, 18 + below(r, TERM_MOST - 18), kind);
    struct term t = {.text = text,
                     .set = below(r, SETS),
                     .tolerate = below(r, 3) ? FORM_PLAIN : (uint16_t)below(r, FORM_PLAIN + 1),
                     .allow = !below(r, 12),
                     .word = !below(r, 4)};

    len = utf8_cut(text, len, below(r, 12) + 1);
    if (utf8_valid(text, len) != len)
        return;
    text[len] = '\0';
    t.length = (uint32_t)len;
    (void)dictionary_add(b, &t);
}

static struct dictionary *build(struct random *r, struct arena *arena, uint32_t n)
{
    struct dictionary_builder *b = dictionary_builder_new(&mem_libc);
    struct dictionary *d;

    ck_assert_ptr_nonnull(b);
    for (uint32_t i = 0; i < n; i++)
        add_term(r, b, below(r, 4));
    d = dictionary_build(b, arena);
    ck_assert_ptr_nonnull(d);
    dictionary_builder_free(b);
    return d;
}

enum { KINDS_MOST = 2 };

/* The loops that this processor can run; returns how many kinds there are. */
static size_t list_kinds(const struct fast **kinds)
{
    size_t n = 0;

#ifdef FAST_X86
    if (fast_avx512_runs())
        kinds[n++] = &fast_avx512;
    if (fast_avx2_runs())
        kinds[n++] = &fast_avx2;
#else
    (void)kinds;
#endif
    return n;
}

/* One dictionary, and a scanner of each kind. */
struct kinds {
    struct arena arena;
    struct dictionary *d;
    struct scanner plain, fast[KINDS_MOST];
    size_t n_fast;
};

static void kinds_open(struct kinds *k, struct random *r, uint32_t n_terms, size_t max_hits)
{
    const struct fast *fast[KINDS_MOST];

    arena_init(&k->arena, &mem_libc);
    k->d = build(r, &k->arena, n_terms);
    scanner_init(&k->plain, &mem_libc, max_hits);
    k->plain.fast = NULL;
    k->n_fast = list_kinds(fast);
    for (size_t i = 0; i < k->n_fast; i++) {
        scanner_init(&k->fast[i], &mem_libc, max_hits);
        k->fast[i].fast = fast[i];
    }
}

static void kinds_close(struct kinds *k)
{
    scanner_clear(&k->plain);
    for (size_t i = 0; i < k->n_fast; i++)
        scanner_clear(&k->fast[i]);
    arena_clear(&k->arena);
}

static void expect_same(const struct scanner *a, const struct scanner *b)
{
    ck_assert_uint_eq(a->n_symbols, b->n_symbols);
    ck_assert_uint_eq(a->n_hits, b->n_hits);
    if (b->n_symbols) {
        ck_assert_mem_eq(a->symbols, b->symbols, b->n_symbols * sizeof *b->symbols);
        ck_assert_mem_eq(a->offsets, b->offsets, b->n_symbols * sizeof *b->offsets);
    }
    if (b->n_hits)
        ck_assert_mem_eq(a->hits, b->hits, b->n_hits * sizeof *b->hits);
}

/* The text ends where its memory does: reading on is found by the address sanitizer. */
static void compare(struct kinds *k, const char *text, size_t len)
{
    char *copy = malloc(len ? len : 1);
    enum scan_status status;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, len);
    status = scan_text(&k->plain, k->d, copy, len);
    for (size_t i = 0; i < k->n_fast; i++) {
        ck_assert_int_eq(status, scan_text(&k->fast[i], k->d, copy, len));
        expect_same(&k->fast[i], &k->plain);
    }
    free(copy);
}

static void compare_texts(uint32_t seed)
{
    struct random r = {seed};
    struct kinds k;
    char text[TEXT_MOST];

    kinds_open(&k, &r, 1 + below(&r, seed % 3 ? 40 : 1500), seed % 5 ? LIMIT_HITS : 20);
    for (uint32_t i = 0; i < TEXTS; i++) {
        size_t len = compose(&r, text, i % 16 ? 20 + below(&r, 300) : TEXT_MOST, below(&r, 5));
        compare(&k, text, len - below(&r, 4));
    }
    kinds_close(&k);
}

START_TEST(the_same_on_random_texts)
{
    for (uint32_t seed = 1; seed <= DICTIONARIES; seed++)
        compare_texts(seed);
}
END_TEST

/* A piece behind `at` bytes of Han, at the end of the text and before more. */
static void compare_at(struct kinds *kinds, size_t at, const char *piece)
{
    char text[CHUNK_EDGE + 4 * BLOCK_EDGE];
    const size_t len = strlen(piece);

    memset(text, 'a', at % 3);
    for (size_t k = at % 3; k < at; k += 3)
        memcpy(text + k, k % 2 ? "比" : "特", 3);
    memcpy(text + at, piece, len);
    memset(text + at + len, 'b', BLOCK_EDGE);
    compare(kinds, text, at + len);
    compare(kinds, text, at + len + BLOCK_EDGE);
}

START_TEST(the_same_at_the_edges_of_blocks)
{
    static const size_t ends[] = {BLOCK_EDGE, 2 * BLOCK_EDGE, CHUNK_EDGE, CHUNK_EDGE + BLOCK_EDGE};
    struct random r = {7};
    struct kinds k;

    kinds_open(&k, &r, 200, LIMIT_HITS);
    for (size_t i = 0; i < PIECES; i++)
        for (size_t e = 0; e < sizeof ends / sizeof ends[0]; e++)
            for (size_t before = 0; before < 2 * UTF8_LONGEST; before++)
                compare_at(&k, ends[e] - before, pieces[i]);
    kinds_close(&k);
}
END_TEST

START_TEST(the_same_runs_of_separators)
{
    struct random r = {9};
    struct kinds k;
    char text[400];

    kinds_open(&k, &r, 200, LIMIT_HITS);
    for (size_t run = 0; run < 40; run++) {
        for (size_t before = 0; before < 140; before++) {
            memset(text, 'a', sizeof text);
            memset(text + before, '-', run);
            compare(&k, text, before + run);
            compare(&k, text, before + run + 100);
        }
    }
    kinds_close(&k);
}
END_TEST

static Suite *fast_suite(void)
{
    Suite *s = suite_create("match_fast");
    TCase *t = tcase_create("equal");

    tcase_add_test(t, the_same_on_random_texts);
    tcase_add_test(t, the_same_at_the_edges_of_blocks);
    tcase_add_test(t, the_same_runs_of_separators);
    tcase_set_timeout(t, 100);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return test_run(fast_suite());
}
