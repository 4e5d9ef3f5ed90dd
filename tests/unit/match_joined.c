/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that are scanned as one have the hits that each has by itself. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/joined.h"
#include "test_mem.h"
#include "test_random.h"
#include "test_suite.h"
#include "text/forms.h"

enum {
    TEXT_MOST = 6000,
    PARTS_MOST = 40,
    SETS = 3,
    DICTIONARIES = 60,
    ROUNDS = 20,
    HITS_MOST = 1 << 17
};

/* What terms and texts are made of; most of it does something at the edges of a text. */
static const char *const pieces[] = {"比",
                                     "特",
                                     "币",
                                     "笔",
                                     "毕",
                                     "矿",
                                     "氵",
                                     "去",
                                     "a",
                                     "b",
                                     "bi",
                                     "te",
                                     "B",
                                     "1",
                                     "ａ",
                                     "①",
                                     "㎏",
                                     "é",
                                     "e",
                                     "\xcc\x81",
                                     "\xcc\x88",
                                     "か",
                                     "ﾞ",
                                     "\xe3\x82\x99",
                                     " ",
                                     "-",
                                     "·",
                                     "\xe1\x84\x80",
                                     "\xe1\x85\xa1",
                                     "\xe1\x86\xa8",
                                     "\n",
                                     "，",
                                     "🪙",
                                     "👩",
                                     "👍🏽",
                                     "\xe2\x80\x8d",
                                     "\xe2\x80\x8b",
                                     "\xef\xb8\x8f",
                                     "\xff",
                                     "\x80",
                                     "\xe6",
                                     "\xe6\xaf",
                                     "\xf0\x9f\x91",
                                     "\t",
                                     "     ",
                                     "!",
                                     "0",
                                     "l"};

enum { PIECES = sizeof pieces / sizeof pieces[0], PLAIN_PIECES = 14 };

static size_t compose(struct random *r, char *out, size_t n_pieces)
{
    size_t n = 0;

    for (size_t i = 0; i < n_pieces; i++) {
        const char *piece = pieces[below(r, below(r, 3) ? PLAIN_PIECES : PIECES)];

        memcpy(out + n, piece, strlen(piece));
        n += strlen(piece);
    }
    out[n] = '\0';
    return n;
}

static struct matcher *build(struct random *r, struct arena *arena, bool loose)
{
    struct matcher_builder *b = matcher_builder_new(arena);
    const uint32_t n = 1 + below(r, 60);
    struct matcher *m;
    char text[256];

    ck_assert_ptr_nonnull(b);
    for (uint32_t i = 0; i < n; i++) {
        struct term t = {.text = text, .set = below(r, SETS)};

        t.length = (uint32_t)compose(r, text, 1 + below(r, 4));
        t.tolerate = below(r, 3) ? FORM_PLAIN : (uint16_t)below(r, FORM_PLAIN + 1);
        if (loose && below(r, 2))
            t.tolerate |= FORM_LOOSE & (below(r, 2) ? ~0u : 1u << below(r, 16));
        t.allow = !below(r, 10);
        t.word = !below(r, 4);
        (void)matcher_add_term(b, &t);
    }
    m = matcher_build(b);
    ck_assert_ptr_nonnull(m);
    matcher_builder_free(b);
    return m;
}

static bool is_well_formed(const char *text, size_t len)
{
    return utf8_valid(text, len) == len;
}

/* Hits of the parts, each by itself, with the places that they have in the joined text. */
static size_t hits_apart(struct scanner *s, const struct matcher *m, const struct joined *j,
                         struct hit *out)
{
    size_t n = 0;

    for (size_t i = 0; i < j->n; i++) {
        const struct joined_part *p = &j->parts[i];
        char *copy = malloc(p->end - p->begin);

        ck_assert_ptr_nonnull(copy);
        memcpy(copy, j->text + p->begin, p->end - p->begin);
        ck_assert_int_eq(matcher_scan(s, m, copy, p->end - p->begin), SCAN_OK);
        ck_assert(s->well_formed ==
                  (matcher_terms(m) > 0 && is_well_formed(copy, p->end - p->begin)));
        free(copy);
        for (size_t k = 0; k < s->n_hits; k++) {
            out[n] = s->hits[k];
            out[n].begin += p->begin;
            out[n++].end += p->begin;
        }
        ck_assert_uint_lt(n, HITS_MOST);
    }
    return n;
}

static size_t join(struct random *r, struct joined *j)
{
    const uint32_t n = 2 + below(r, PARTS_MOST);
    char text[TEXT_MOST];

    joined_empty(j);
    for (uint32_t i = 0; i < n; i++) {
        const size_t len = compose(r, text, below(r, below(r, 5) ? 8 : 100));

        ck_assert_int_ne(joined_add(j, i, text, len), JOINED_MEMORY);
    }
    return j->n;
}

static size_t compare(struct random *r, bool loose, bool portable)
{
    struct hit *apart = malloc(HITS_MOST * sizeof *apart);
    const struct matcher *m;
    struct arena arena;
    struct scanner s;
    struct joined j;
    size_t hits = 0;

    ck_assert_ptr_nonnull(apart);
    arena_init(&arena, &mem_libc);
    scanner_init(&s, &mem_libc, HITS_MOST);
    joined_init(&j, &mem_libc);
    if (portable)
        s.fast = NULL;
    m = build(r, &arena, loose);
    for (int i = 0; i < ROUNDS; i++) {
        size_t n;

        if (!join(r, &j))
            continue;
        n = hits_apart(&s, m, &j, apart);
        s.max_hits = n ? n - 1 : 0;
        if (n)
            ck_assert_int_eq(joined_scan(&j, &s, m), SCAN_LIMIT);
        s.max_hits = HITS_MOST;
        ck_assert_int_eq(joined_scan(&j, &s, m), SCAN_OK);
        ck_assert(s.well_formed == (matcher_terms(m) > 0 && is_well_formed(j.text, j.len)));
        ck_assert_uint_eq(s.n_hits, n);
        if (n)
            ck_assert_mem_eq(s.hits, apart, n * sizeof *apart);
        hits += n;
    }
    joined_clear(&j);
    scanner_clear(&s);
    arena_clear(&arena);
    free(apart);
    return hits;
}

START_TEST(the_same_hits)
{
    struct random r = {11};
    size_t hits = 0;

    for (int i = 0; i < DICTIONARIES; i++)
        hits += compare(&r, _i & 1, _i & 2);
    ck_assert_uint_gt(hits, 1000);
}
END_TEST

/* What would be read together with the wall, what is long, and more than there is room for. */
START_TEST(not_joined)
{
    static const char *const first[] = {"\xcc\x81-", "\xe2\x80\x8b\xcc\x81", "\xef\xb8\x8f", "ﾞ"};
    static char longest[1 << 12], longer[(1 << 12) + 1];
    struct joined j;

    memset(longest, 'a', sizeof longest);
    memset(longer, 'a', sizeof longer);
    joined_init(&j, &mem_libc);
    ck_assert_int_eq(joined_add(&j, 1, longer, sizeof longer), JOINED_NOT);
    ck_assert_int_eq(joined_add(&j, 1, "", 0), JOINED_NOT);
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        joined_empty(&j);
        ck_assert_int_eq(joined_add(&j, 1, first[i], strlen(first[i])), JOINED);
        ck_assert_int_eq(joined_add(&j, 2, first[i], strlen(first[i])), JOINED_NOT);
        ck_assert_int_eq(joined_add(&j, 2, "\xff", 1), JOINED);
        ck_assert_uint_eq(j.n, 2);
    }
    joined_empty(&j);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_int_eq(joined_add(&j, i, longest, sizeof longest), JOINED);
    ck_assert_int_eq(joined_add(&j, 3, longest, sizeof longest), JOINED_NOT);
    ck_assert_uint_eq(j.n, 3);
    joined_clear(&j);
}
END_TEST

static struct matcher *of_one_term(struct arena *arena, const char *text, uint32_t len)
{
    struct matcher_builder *b = matcher_builder_new(arena);
    struct matcher *m;

    ck_assert_ptr_nonnull(b);
    ck_assert_int_eq(matcher_add_term(b, &(struct term){.text = text, .length = len}), TERM_OK);
    m = matcher_build(b);
    ck_assert_ptr_nonnull(m);
    matcher_builder_free(b);
    return m;
}

/* What costs more than a text of no bytes may is not known to be within the limits of its own. */
START_TEST(limits_are_those_of_each_text)
{
    static char all[1 << 12], term[LIMIT_TERM_SYMBOLS + 1];
    unsigned apart = 0;

    memset(all, 'a', sizeof all);
    for (uint32_t len = 40; len <= LIMIT_TERM_SYMBOLS; len += 5) {
        enum scan_status alone, joined;
        struct arena arena;
        const struct matcher *m;
        struct scanner s;
        struct joined j;

        /* Not as it is written, and so compared to its end wherever it may begin. */
        memset(term, 'a', sizeof term);
        term[len - 1] = 'A';
        arena_init(&arena, &mem_libc);
        m = of_one_term(&arena, term, len);
        scanner_init(&s, &mem_libc, HITS_MOST);
        joined_init(&j, &mem_libc);
        ck_assert_int_eq(joined_add(&j, 0, all, sizeof all), JOINED);
        ck_assert_int_eq(joined_add(&j, 1, "b", 1), JOINED);
        alone = matcher_scan(&s, m, all, sizeof all);
        joined = joined_scan(&j, &s, m);
        ck_assert(!s.joined);
        ck_assert(alone == SCAN_OK || joined == SCAN_LIMIT);
        apart += alone != joined;
        joined_clear(&j);
        scanner_clear(&s);
        arena_clear(&arena);
    }
    ck_assert_uint_gt(apart, 0);
    ck_assert_uint_lt(apart, 20);
}
END_TEST

START_TEST(without_memory)
{
    for (size_t fail = 0; fail < 2; fail++) {
        struct test_mem t;
        struct joined j;

        test_mem_init(&t);
        t.fail_at = fail;
        joined_init(&j, test_mem_get(&t));
        ck_assert_int_eq(joined_add(&j, 1, "a", 1), JOINED_MEMORY);
        ck_assert_uint_eq(j.n, 0);
        ck_assert_uint_eq(j.len, 0);
        ck_assert_int_eq(joined_add(&j, 1, "a", 1), JOINED);
        ck_assert_uint_gt(joined_memory(&j), 0);
        joined_clear(&j);
        ck_assert_uint_eq(t.live_blocks, 0);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("match_joined");
    TCase *t = tcase_create("joined");

    tcase_add_loop_test(t, the_same_hits, 0, 4);
    tcase_add_test(t, not_joined);
    tcase_add_test(t, limits_are_those_of_each_text);
    tcase_add_test(t, without_memory);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
