/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/utf8.h"
#include "match/matcher.h"
#include "test_mem.h"
#include "test_suite.h"
#include "text/reader.h"

/* A matcher and a scanner over it, filled piece by piece. */
struct bench {
    struct arena arena;
    struct matcher_builder *builder;
    struct matcher *m;
    struct scanner s;
    uint32_t flags;
};

static void bench_open(struct bench *b, const struct mem *mem)
{
    *b = (struct bench){.flags = 0};
    arena_init(&b->arena, mem);
    b->builder = matcher_builder_new(&b->arena);
    ck_assert_ptr_nonnull(b->builder);
    scanner_init(&b->s, mem, LIMIT_HITS);
}

static void bench_close(struct bench *b)
{
    scanner_clear(&b->s);
    matcher_builder_free(b->builder);
    arena_clear(&b->arena);
}

static void put_term(struct bench *b, const char *text, uint32_t set, bool allow)
{
    struct term t = {.text = text,
                     .length = (uint32_t)strlen(text),
                     .set = set,
                     .tolerate = FORM_DEFAULT,
                     .allow = allow};

    ck_assert_int_eq(matcher_add_term(b->builder, &t), TERM_OK);
}

static struct set_pattern pattern_of(struct bench *b, const char *text, uint32_t forms, bool word,
                                     uint32_t set)
{
    return (struct set_pattern){.source = {.text = text,
                                           .length = strlen(text),
                                           .forms = forms,
                                           .word = word,
                                           .flags = b->flags},
                                .set = set};
}

static void put(struct bench *b, const char *text, uint32_t forms, bool word, uint32_t set)
{
    struct set_pattern p = pattern_of(b, text, forms, word, set);
    struct pattern_fault fault;

    ck_assert_msg(matcher_add_pattern(b->builder, &p, &fault) == PATTERN_ADDED, "%s: %d at %zu",
                  text, fault.message, fault.at);
}

static void put_usual(struct bench *b, const char *text)
{
    put(b, text, FORM_DEFAULT, false, 0);
}

static enum scan_status scan_n(struct bench *b, const char *text, size_t len)
{
    if (!b->m)
        b->m = matcher_build(b->builder);
    ck_assert_ptr_nonnull(b->m);
    return matcher_scan(&b->s, b->m, text, len);
}

/* "term:begin-end/forms" of every hit, with blanks between. */
static void write_hits(const struct scanner *s, char *out, size_t cap)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < s->n_hits && n < cap; i++)
        n += (size_t)snprintf(out + n, cap - n, "%s%u:%u-%u/%x", i ? " " : "", s->hits[i].term,
                              s->hits[i].begin, s->hits[i].end, s->hits[i].forms);
}

static void expect(struct bench *b, const char *text, const char *expected)
{
    char got[1024];

    ck_assert_int_eq(scan_n(b, text, strlen(text)), SCAN_OK);
    write_hits(&b->s, got, sizeof got);
    ck_assert_msg(strcmp(got, expected) == 0, "%s: %s, not %s", text, got, expected);
}

/* --- what is found, and where ----------------------------------------------------------------- */

START_TEST(hash_rate)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_usual(&b, "\\d{2,4}(\\.\\d+)?\\s*T(H/s)?");
    expect(&b, "蚂蚁S19 95T 现货", "0:10-13/2");
    expect(&b, "S19 95Ｔ", "0:4-9/3");
    expect(&b, "S19 ９５ｔＨ／Ｓ", "0:4-22/3");
    expect(&b, "110.5\xe3\x80\x80TH/s 和 95t", "0:0-12/3 0:17-20/0");
    expect(&b, "9T 5 T T恤", "");
    expect(&b, "12345T", "0:1-6/2");
    expect(&b, "", "");
    bench_close(&b);
}
END_TEST

START_TEST(raw_and_partly_folded)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put(&b, "95T", 0, false, 0);
    put(&b, "95T", FORM_WIDTH, false, 0);
    put(&b, "95t", FORM_WIDTH | FORM_CASE | FORM_COMPAT, false, 0);
    expect(&b, "95T", "0:0-3/0 1:0-3/0 2:0-3/2");
    expect(&b, "９5T", "1:0-5/1 2:0-5/3");
    expect(&b, "95Ｔ", "2:0-5/3");
    expect(&b, "95t", "2:0-3/0");
    bench_close(&b);
}
END_TEST

START_TEST(whole_characters)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_usual(&b, "\\dk");
    put_usual(&b, "g\\d");
    put_usual(&b, "kg");
    put_usual(&b, "é.");
    expect(&b, "5㎏6", "0:0-4/4 1:1-5/4 2:1-4/4");
    expect(&b, "cafe\xcc\x81s", "3:3-7/4");
    expect(&b, "5\xe2\x80\x8bk", "0:0-5/10");
    expect(&b,
           "x\xe2\x80\x8b"
           "5k",
           "0:4-6/0");
    bench_close(&b);
}
END_TEST

/* Nothing stands fast in the pattern but what a tab is read as. */
START_TEST(tab_for_a_blank)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_usual(&b, "[ ][-. ]{0,3}");
    expect(&b, "x\t银", "0:1-2/4");
    expect(&b, "x 银", "0:1-2/0");
    bench_close(&b);
}
END_TEST

/* What vanishes in front of a text or behind it does not keep it from beginning or ending. */
START_TEST(vanishing_edges)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_usual(&b, "^\\d{3}");
    put_usual(&b, "\\d{3}$");
    put(&b, "^\\d{3}", 0, false, 0);
    expect(&b,
           "\xe2\x80\x8b\xe2\x80\x8b"
           "1234",
           "0:6-9/0 1:7-10/0");
    expect(&b,
           "\xe2\x80\x8b"
           "1234\xc2\xad",
           "0:3-6/0 1:4-7/0");
    expect(&b,
           "\xff"
           "1234",
           "1:2-5/0");
    expect(&b, "1234", "0:0-3/0 2:0-3/0 1:1-4/0");
    bench_close(&b);
}
END_TEST

START_TEST(invalid_bytes)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_usual(&b, "9.T");
    put(&b, "9.T", 0, false, 0);
    expect(&b, "9\xffT", "0:0-3/2 1:0-3/0");
    expect(&b,
           "\xe5\x8f"
           "9\xf0T",
           "0:2-5/2 1:2-5/0");
    bench_close(&b);
}
END_TEST

START_TEST(edges)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_usual(&b, "^矿机");
    put_usual(&b, "矿机$");
    put_usual(&b, "\\bmax\\b");
    put(&b, "max", FORM_DEFAULT, true, 0);
    put_usual(&b, "(?<=买)矿机(?!架)");
    expect(&b, "矿机", "0:0-6/0 1:0-6/0");
    expect(&b, "买矿机架", "");
    expect(&b, "买矿机", "1:3-9/0 4:3-9/0");
    expect(&b, "max币 maxi émax", "2:0-3/0 3:0-3/0 2:14-17/0");
    bench_close(&b);
}
END_TEST

/* The words of a set excuse its patterns too, wherever they stand in order. */
START_TEST(allowed)
{
    struct bench b;

    bench_open(&b, &mem_libc);
    put_term(&b, "矿机", 0, false);
    put_term(&b, "选矿机95t", 0, true);
    put_term(&b, "95t恤", 1, true);
    put(&b, "\\d+t", FORM_DEFAULT, false, 0);
    put(&b, "\\d+t", FORM_DEFAULT, false, 1);
    put(&b, "\\d+t", FORM_DEFAULT, false, 2);
    expect(&b, "矿机95T", "0:0-6/0 3:6-9/2 4:6-9/2 5:6-9/2");
    expect(&b, "选矿机95T", "4:9-12/2 5:9-12/2");
    expect(&b, "95T恤95T", "3:0-3/2 5:0-3/2 3:6-9/2 4:6-9/2 5:6-9/2");
    bench_close(&b);
}
END_TEST

/* Terms that tolerate other forms read the same text in other ways. */
START_TEST(beside_loose_terms)
{
    struct bench b;
    struct term t = {.text = "比特币", .length = 9, .tolerate = FORM_ALL};
    struct term allow = {.text = "银币", .length = 6, .tolerate = FORM_ALL, .allow = true};

    bench_open(&b, &mem_libc);
    ck_assert_int_eq(matcher_add_term(b.builder, &t), TERM_OK);
    ck_assert_int_eq(matcher_add_term(b.builder, &allow), TERM_OK);
    put_usual(&b, "a🪙b");
    put_usual(&b, "特🪙+\\d");
    put_usual(&b, "银[🪙币]");
    expect(&b, "a🪙b", "2:0-6/0");
    expect(&b, "比特🪙5", "0:0-10/1000 3:3-11/0");
    expect(&b, "银🪙", "");
    expect(&b, "金银币", "");
    bench_close(&b);
}
END_TEST

START_TEST(numbers_and_terms)
{
    struct bench b;
    struct set_pattern p;
    struct pattern_fault fault;

    bench_open(&b, &mem_libc);
    put_usual(&b, "矿机\\d");
    put_term(&b, "矿机", 0, false);
    p = pattern_of(&b, "矿机\\d", FORM_DEFAULT, false, 0);
    ck_assert_int_eq(matcher_add_pattern(b.builder, &p, &fault), PATTERN_DUPLICATE);
    ck_assert_uint_eq(matcher_duplicate_pattern(b.builder), 0);
    p.set = 1;
    ck_assert_int_eq(matcher_add_pattern(b.builder, &p, &fault), PATTERN_ADDED);
    p = pattern_of(&b, "矿机(", FORM_DEFAULT, false, 0);
    ck_assert_int_eq(matcher_add_pattern(b.builder, &p, &fault), PATTERN_WRONG);
    expect(&b, "矿机5", "1:0-7/0 2:0-7/0 0:0-6/0");
    ck_assert_uint_eq(matcher_count(b.m), 3);
    ck_assert_str_eq(matcher_term(b.m, 0)->text, "矿机");
    ck_assert_str_eq(matcher_term(b.m, 1)->text, "矿机\\d");
    ck_assert_uint_eq(matcher_term(b.m, 2)->set, 1);
    ck_assert_ptr_null(matcher_term(b.m, 3));
    ck_assert_uint_gt(matcher_memory(b.m), 0);
    bench_close(&b);
}
END_TEST

/* --- limits ------------------------------------------------------------------------------------
 */

static void hostile(const char *pattern, const char *unit, size_t times, uint32_t flags)
{
    struct bench b;
    size_t len = strlen(unit) * times;
    char *text = malloc(len);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * strlen(unit), unit, strlen(unit));
    bench_open(&b, &mem_libc);
    b.flags = flags;
    put_usual(&b, pattern);
    ck_assert_msg(scan_n(&b, text, len) == SCAN_LIMIT, "%s", pattern);
    bench_close(&b);
    free(text);
}

START_TEST(steps_are_limited)
{
    for (uint32_t flags = 0; flags <= PATTERN_NO_JIT; flags += PATTERN_NO_JIT) {
        hostile("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 1, flags);
        hostile("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaab", 1000, flags);
    }
}
END_TEST

/* Many patterns together may not cost what each of them may alone. */
START_TEST(all_are_limited)
{
    struct bench b;
    char text[3000];

    bench_open(&b, &mem_libc);
    for (uint32_t i = 0; i < 200; i++)
        put(&b, "(a+)+[b-d]", FORM_DEFAULT, false, i);
    memset(text, 'a', sizeof text);
    ck_assert_int_eq(scan_n(&b, text, 8), SCAN_OK);
    b.s.counts = (struct pattern_counts){.runs = 0};
    ck_assert_int_eq(scan_n(&b, text, sizeof text), SCAN_LIMIT);
    ck_assert_uint_lt(b.s.counts.runs, 10000);
    bench_close(&b);
}
END_TEST

/* What each try reads to its end is counted, however little it steps back. */
START_TEST(reading_is_limited)
{
    hostile("\\d+x", "1", 2000000, PATTERN_NO_FACTORS);
    hostile("a[^x]*x", "ab", 1000000, 0);
}
END_TEST

/* Long repetitions are no hostility: there is room to step back from them. */
START_TEST(long_repetitions)
{
    for (uint32_t flags = 0; flags <= PATTERN_NO_JIT; flags += PATTERN_NO_JIT) {
        struct bench b;
        char text[4001];

        memset(text, 'a', sizeof text - 1);
        text[sizeof text - 1] = '\0';
        bench_open(&b, &mem_libc);
        b.flags = flags;
        put_usual(&b, "(?:a|\\d)+");
        put_usual(&b, "(?:a|\\d)+?$");
        expect(&b, text, "0:0-4000/0 1:0-4000/0");
        bench_close(&b);
    }
}
END_TEST

static bool stop_soon(void *user)
{
    return ++*(size_t *)user > 10;
}

START_TEST(stops)
{
    struct bench b;
    char text[4000];
    size_t asked = 0;

    bench_open(&b, &mem_libc);
    put_usual(&b, "a[^x]*x");
    memset(text, 'a', sizeof text);
    b.s.stop = stop_soon;
    b.s.stop_user = &asked;
    ck_assert_int_eq(scan_n(&b, text, sizeof text), SCAN_STOPPED);
    ck_assert_uint_lt(asked, 20);
    bench_close(&b);
}
END_TEST

START_TEST(hits_are_limited)
{
    struct bench b;
    char text[9000];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "a1 "[i % 3];
    bench_open(&b, &mem_libc);
    put_term(&b, "a1", 0, false);
    put_usual(&b, "a\\d");
    b.s.max_hits = 7;
    ck_assert_int_eq(scan_n(&b, text, 9), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 6);
    ck_assert_int_eq(scan_n(&b, text, 12), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 7);
    ck_assert_uint_eq(b.s.hits[6].begin, 9);
    b.s.max_hits = 3001;
    ck_assert_int_eq(scan_n(&b, text, sizeof text), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 3001);
    ck_assert_uint_eq(b.s.hits[3000].begin, 4500);
    b.s.max_hits = 0;
    ck_assert_int_eq(scan_n(&b, text, 3), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 0);
    bench_close(&b);
}
END_TEST

/* --- the same whichever way: with factors, without, without JIT, and by PCRE2 alone ------------
 */

static uint32_t seed = 20260101;

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 10) % n;
}

static void add(char *out, const char *s)
{
    strcat(out, s);
}

static void random_atom(char *out, uint32_t depth)
{
    static const char *const atoms[] = {"a",
                                        "b",
                                        "t",
                                        "1",
                                        "2",
                                        "币",
                                        "矿机",
                                        "[ab1]",
                                        "\\d",
                                        "[^a]",
                                        ".",
                                        "[1-3]",
                                        "h/s",
                                        "ab",
                                        "[矿币]",
                                        "\\w",
                                        "12",
                                        "kg",
                                        "(?:\\s*)",
                                        "(?:[\\s*-]*)",
                                        "(?:.{0,3})",
                                        "@",
                                        "(?:[*-]+)",
                                        "(?:\\d{3})",
                                        "。",
                                        "(?:机{2})",
                                        "s",
                                        "(?:[矿机]{2,})",
                                        "(?:[ *-]{0,2})",
                                        "(?:[ /@]?)",
                                        "(?:\\w{4,})",
                                        "(?:[ -]{1,3})",
                                        "[*@]"};

    if (depth && below(4) == 0) {
        add(out, below(2) ? "(" : "(?:");
        for (uint32_t n = 1 + below(3); n; n--) {
            random_atom(out, depth - 1);
            if (n > 1 && below(2))
                add(out, "|");
        }
        add(out, ")");
    } else {
        add(out, atoms[below(sizeof atoms / sizeof *atoms)]);
    }
}

static void random_pattern(char *out)
{
    static const char *const repeats[] = {"?", "*", "+", "{2}", "{1,3}", "*?", "+?", "{2,}"};
    static const char *const looks[] = {"\\b", "(?=a)", "(?!币)", "(?<=1)", "(?<!ab)", "^", "$"};

    out[0] = '\0';
    for (uint32_t n = 1 + below(4); n; n--) {
        if (below(8) == 0)
            add(out, looks[below(sizeof looks / sizeof *looks)]);
        random_atom(out, 2);
        if (below(4) == 0)
            add(out, repeats[below(sizeof repeats / sizeof *repeats)]);
        if (below(12) == 0)
            add(out, "|");
    }
}

static size_t random_text(char *out, size_t most)
{
    static const char *const units[] = {"a",
                                        "b",
                                        "A",
                                        "t",
                                        "Ｔ",
                                        "1",
                                        "2",
                                        "１",
                                        "币",
                                        "幣",
                                        "矿",
                                        "机",
                                        " ",
                                        "h",
                                        "/",
                                        "s",
                                        "。",
                                        "㎏",
                                        "x",
                                        "\n",
                                        "\xe2\x80\x8b",
                                        "k",
                                        "g",
                                        "3",
                                        "@",
                                        "＠",
                                        "-",
                                        "*",
                                        "－",
                                        "②",
                                        "    ",
                                        "123",
                                        "矿机",
                                        "⑳",
                                        "·",
                                        "　",
                                        "…",
                                        "\xcc\x81",
                                        "⒈",
                                        "\xe2\x80\x8d",
                                        "é",
                                        "4567"};
    size_t n = 0;

    for (uint32_t count = below((uint32_t)most / 4); count; count--) {
        const char *u = units[below(sizeof units / sizeof *units)];
        memcpy(out + n, u, strlen(u));
        n += strlen(u);
    }
    return n;
}

/* The whole text folded, with the place that each byte came from. */
struct folded {
    char bytes[8192];
    uint32_t begin[8192], end[8192];
    size_t n;
};

static void fold_all(struct folded *f, const char *text, size_t len)
{
    struct text_reader r;
    struct text_char c;

    f->n = 0;
    text_reader_init(&r, text, len, FORM_DEFAULT);
    while (text_read(&r, &c)) {
        char s[UTF8_LONGEST];
        uint32_t n = utf8_encode(c.code, s);

        for (uint32_t i = 0; i < n; i++) {
            f->bytes[f->n] = s[i];
            f->begin[f->n] = c.begin;
            f->end[f->n++] = c.end;
        }
    }
}

/* "begin-end" of every match, in original bytes. False when PCRE2 gives up. */
static bool oracle(const char *pattern, const struct folded *f, size_t len, char *out, size_t cap)
{
    int error;
    size_t at, from = 0, n = 0;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                      PCRE2_UTF | PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY, &error, &at, NULL);
    pcre2_match_data *data;
    bool fine = true;

    (void)len;
    ck_assert_msg(code != NULL, "%s: %d", pattern, error);
    data = pcre2_match_data_create_from_pattern(code, NULL);
    out[0] = '\0';
    while (from < f->n) {
        size_t *ends = pcre2_get_ovector_pointer(data);
        uint32_t end;
        int rc = pcre2_match(code, (PCRE2_SPTR)f->bytes, f->n, from, PCRE2_NOTEMPTY, data, NULL);
        if (rc < 0) {
            fine = rc == PCRE2_ERROR_NOMATCH;
            break;
        }
        end = f->end[ends[1] - 1];
        n += (size_t)snprintf(out + n, n < cap ? cap - n : 0, "%u-%u ", f->begin[ends[0]], end);
        /* The next one begins behind the last character of this one. */
        for (from = ends[1]; from < f->n && f->begin[from] < end;)
            from++;
    }
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return fine && n < cap;
}

static void spans(const struct scanner *s, char *out, size_t cap)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < s->n_hits && n < cap; i++)
        n += (size_t)snprintf(out + n, cap - n, "%u-%u ", s->hits[i].begin, s->hits[i].end);
}

/* The last one has a term besides, so that texts without factors are turned into symbols, too. */
enum { WAYS = 4 };

START_TEST(all_ways_agree)
{
    static const uint32_t ways[WAYS] = {0, PATTERN_NO_FACTORS, PATTERN_NO_JIT, 0};
    static struct folded f;
    size_t compared = 0, found = 0;

    for (size_t i = 0; i < 300; i++) {
        char pattern[256], expected[65536];
        struct bench b[WAYS];
        struct set_pattern p;
        struct pattern_fault fault;
        enum pattern_added added = PATTERN_ADDED;

        random_pattern(pattern);
        for (size_t k = 0; k < WAYS; k++) {
            bench_open(&b[k], &mem_libc);
            b[k].flags = ways[k];
            if (k == WAYS - 1)
                put_term(&b[k], "选", 0, false);
            p = pattern_of(&b[k], pattern, FORM_DEFAULT, false, 0);
            added = matcher_add_pattern(b[k].builder, &p, &fault);
            ck_assert_msg(added == PATTERN_ADDED || fault.message == MSG_PATTERN_EMPTY ||
                              fault.message == MSG_PATTERN_REPEATS_NOTHING,
                          "%s: %d", pattern, fault.message);
        }
        for (size_t n = 0; n < 20 && added == PATTERN_ADDED; n++) {
            char text[4096], got[65536];
            size_t len = random_text(text, n % 5 ? 200 : 2000);

            fold_all(&f, text, len);
            if (!oracle(pattern, &f, len, expected, sizeof expected))
                continue;
            for (size_t k = 0; k < WAYS; k++) {
                if (scan_n(&b[k], text, len) != SCAN_OK)
                    continue;
                spans(&b[k].s, got, sizeof got);
                ck_assert_msg(strcmp(got, expected) == 0, "%s in %.*s\n way %zu: %s\nnot %s",
                              pattern, (int)len, text, k, got, expected);
                compared++;
                found += got[0] != '\0';
            }
        }
        for (size_t k = 0; k < WAYS; k++)
            bench_close(&b[k]);
    }
    ck_assert_uint_gt(compared, 10000);
    ck_assert_uint_gt(found, 2000);
}
END_TEST

/* Texts that are larger than what is folded at once. */
START_TEST(long_texts)
{
    struct bench with, without;
    const size_t len = 600000;
    char *text = malloc(len), *a = malloc(1 << 22), *c = malloc(1 << 22);
    static const char *const patterns[] = {"a.{0,40}币",   "\\d{3,}[xy]", "矿机[^机]*?买",
                                           "(?<=z{3})b+c", "kg\\s*\\d",   "^k",
                                           "\\w+$",        "[xyz]{300}k"};

    bench_open(&with, &mem_libc);
    bench_open(&without, &mem_libc);
    without.flags = PATTERN_NO_FACTORS;
    with.s.max_hits = without.s.max_hits = 1000000;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        put_usual(&with, patterns[i]);
        put_usual(&without, patterns[i]);
    }
    for (size_t round = 0; round < 4; round++) {
        static const char *const units[] = {"币",  "矿机", "买", "㎏", " ",        "zzzb", "c",
                                            "123", "x",    "y",  "z",  "\xcc\x81", "a",    "Ｋ"};
        size_t n = 0;
        while (n < len - 2000) {
            const char *u = units[below(round % 2 ? 9 : 14)];
            memcpy(text + n, u, strlen(u));
            n += strlen(u);
            for (uint32_t i = below(400) == 0 ? 500 : 0; i; i--)
                text[n++] = "xyz"[below(3)];
        }
        ck_assert_int_eq(scan_n(&with, text, n), SCAN_OK);
        ck_assert_int_eq(scan_n(&without, text, n), SCAN_OK);
        write_hits(&with.s, a, 1 << 22);
        write_hits(&without.s, c, 1 << 22);
        ck_assert_uint_gt(with.s.n_hits, 100);
        ck_assert_str_eq(a, c);
    }
    bench_close(&with);
    bench_close(&without);
    free(text);
    free(a);
    free(c);
}
END_TEST

/* Runs of several classes that share characters, among the symbols and with none. */
START_TEST(runs_of_classes)
{
    static const char *const patterns[] = {"\\d{3,}",     "[a-f]{4}",      "\\w{7,}",
                                           "[13579]{4,}", "[一二三]{3,5}", "[a-d]\\d{3}[^a]",
                                           "@\\w{2}"};
    static const char *const units[] = {
        "1", "23", "a", "bcd", "５",           "７", "二", "三", "Ｅ",       "f",  "④",
        "⑫", "-",  " ", "@",   "\xe2\x80\x8b", "x",  "選", "é",  "\xcc\x81", "一", "777"};
    size_t found = 0;

    for (uint32_t i = 0; i < 600; i++) {
        struct bench b[3];
        char text[512], got[3][16384];
        size_t n = 0;

        for (uint32_t count = below(60); count; count--) {
            const char *u = units[below(sizeof units / sizeof *units)];
            memcpy(text + n, u, strlen(u));
            n += strlen(u);
        }
        for (uint32_t k = 0; k < 3; k++) {
            bench_open(&b[k], &mem_libc);
            b[k].flags = k == 2 ? PATTERN_NO_FACTORS : 0;
            if (k > 0)
                put_term(&b[k], "拾", 0, false);
            for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++)
                put_usual(&b[k], patterns[p]);
            ck_assert_int_eq(scan_n(&b[k], text, n), SCAN_OK);
            spans(&b[k].s, got[k], sizeof got[k]);
            found += b[k].s.n_hits;
            bench_close(&b[k]);
        }
        ck_assert_msg(strcmp(got[0], got[2]) == 0, "%.*s: %s, not %s", (int)n, text, got[0],
                      got[2]);
        ck_assert_msg(strcmp(got[1], got[2]) == 0, "%.*s: %s, not %s", (int)n, text, got[1],
                      got[2]);
    }
    ck_assert_uint_gt(found, 5000);
}
END_TEST

/* Where characters compose, a view that does not compose them is searched whole. */
START_TEST(strict_views)
{
    for (uint32_t i = 0; i < 400; i++) {
        static const char *const patterns[] = {"e.", "cafe", "E\\x{301}", "か[\\x{3099}x]",
                                               "[^a]e"};
        struct bench b[2];
        char text[256], got[2][2048];
        size_t n = 0;

        for (uint32_t count = below(20); count; count--) {
            static const char *const units[] = {"e",   "E", "\xcc\x81", "か", "\xe3\x82\x99",
                                                "caf", "é", "x",        "が", "\xe2\x80\x8b"};
            const char *u = units[below(10)];
            memcpy(text + n, u, strlen(u));
            n += strlen(u);
        }
        for (uint32_t k = 0; k < 2; k++) {
            bench_open(&b[k], &mem_libc);
            b[k].flags = k ? PATTERN_NO_FACTORS : 0;
            for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
                put(&b[k], patterns[p], 0, false, 0);
                put(&b[k], patterns[p], FORM_CASE, false, 0);
                put(&b[k], patterns[p], FORM_DEFAULT, false, 0);
            }
            ck_assert_int_eq(scan_n(&b[k], text, n), SCAN_OK);
            write_hits(&b[k].s, got[k], sizeof got[k]);
            bench_close(&b[k]);
        }
        ck_assert_msg(strcmp(got[0], got[1]) == 0, "%.*s: %s, not %s", (int)n, text, got[0],
                      got[1]);
    }
}
END_TEST

/* --- memory -------------------------------------------------------------------------------------
 */

START_TEST(every_allocation_fails)
{
    static const char text[] = "选矿机95T 矿机 ９５ＴＨ／ｓ 13800138000";
    bool done = false;

    for (size_t i = 0; !done; i++) {
        struct test_mem mem;
        struct arena arena;
        struct matcher_builder *builder;
        struct matcher *m = NULL;
        struct scanner s;
        struct bench none = {.flags = 0};
        struct set_pattern p[] = {pattern_of(&none, "\\d+\\s*th?", FORM_DEFAULT, false, 0),
                                  pattern_of(&none, "\\d{5,}", FORM_DEFAULT, true, 0)};
        struct term t = {
            .text = "选矿机95t", .length = 12, .tolerate = FORM_DEFAULT, .allow = true};
        struct pattern_fault fault;

        test_mem_init(&mem);
        mem.fail_at = i;
        arena_init(&arena, test_mem_get(&mem));
        scanner_init(&s, test_mem_get(&mem), LIMIT_HITS);
        builder = matcher_builder_new(&arena);
        if (builder && matcher_add_pattern(builder, &p[0], &fault) == PATTERN_ADDED &&
            matcher_add_term(builder, &t) == TERM_OK &&
            matcher_add_pattern(builder, &p[1], &fault) == PATTERN_ADDED)
            m = matcher_build(builder);
        matcher_builder_free(builder);
        if (m) {
            enum scan_status st = matcher_scan(&s, m, text, sizeof text - 1);
            ck_assert(st == SCAN_OK || st == SCAN_MEMORY);
            if (st == SCAN_OK) {
                size_t calls = mem.calls;
                ck_assert_uint_eq(s.n_hits, 2);
                ck_assert_int_eq(matcher_scan(&s, m, text, sizeof text - 1), SCAN_OK);
                ck_assert_uint_eq(mem.calls, calls);
                done = calls <= i;
            }
        }
        scanner_clear(&s);
        arena_clear(&arena);
        ck_assert_uint_eq(mem.live_blocks, 0);
        ck_assert_uint_lt(i, 10000);
    }
}
END_TEST

/* --- captures -----------------------------------------------------------------------------------
 */

START_TEST(captures)
{
    static const char label[] = "净含量：５00ml 酒精度：52％vol 生产日期 2026-01-31";
    static const char pattern[] =
        "(?<value>\\d+)\\s*(?:(?<percent>%)|(?<unit>ml|l))|(?'year'\\d{4})-\\d\\d";
    struct pattern_source source = {
        .text = pattern, .length = sizeof pattern - 1, .forms = FORM_DEFAULT};
    struct pattern_fault fault;
    struct capture c[8];
    struct arena arena;
    struct pattern *p;
    struct scanner s;
    size_t n;

    arena_init(&arena, &mem_libc);
    scanner_init(&s, &mem_libc, 0);
    p = pattern_compile(&source, &arena, &fault);
    ck_assert_ptr_nonnull(p);
    ck_assert_uint_eq(pattern_groups(p), 4);
    ck_assert_uint_eq(pattern_group(p, "percent"), 2);
    ck_assert_uint_eq(pattern_group(p, "other"), 0);
    ck_assert_str_eq(pattern_group_name(p, 4), "year");
    ck_assert_ptr_null(pattern_group_name(p, 5));
    ck_assert_int_eq(pattern_search(&s, p, label, sizeof label - 1, 0, c, 8, &n), SCAN_OK);
    ck_assert_uint_eq(n, 5);
    ck_assert(c[0].begin == 12 && c[0].end == 19);
    ck_assert(c[1].begin == 12 && c[1].end == 17);
    ck_assert(c[2].begin == CAPTURE_UNSET && c[2].end == CAPTURE_UNSET);
    ck_assert(c[3].begin == 17 && c[3].end == 19);
    ck_assert(c[4].begin == CAPTURE_UNSET);
    ck_assert_int_eq(pattern_search(&s, p, label, sizeof label - 1, c[0].end, c, 3, &n), SCAN_OK);
    ck_assert_uint_eq(n, 5);
    ck_assert(memcmp(label + c[1].begin, "52", 2) == 0 && c[2].end - c[2].begin == 3);
    ck_assert_int_eq(pattern_search(&s, p, label, sizeof label - 1, c[0].end, c, 8, &n), SCAN_OK);
    ck_assert(n == 5 && memcmp(label + c[4].begin, "2026", c[4].end - c[4].begin) == 0);
    ck_assert_int_eq(pattern_search(&s, p, label, sizeof label - 1, c[0].end, c, 8, &n), SCAN_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(pattern_search(&s, p, label, sizeof label - 1, 1000, c, 8, &n), SCAN_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(pattern_search(&s, p, "", 0, 0, c, 8, &n), SCAN_OK);
    ck_assert_uint_eq(n, 0);
    scanner_clear(&s);
    arena_clear(&arena);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("match_patterns");
    TCase *c = tcase_create("hits");

    tcase_add_test(c, hash_rate);
    tcase_add_test(c, raw_and_partly_folded);
    tcase_add_test(c, whole_characters);
    tcase_add_test(c, tab_for_a_blank);
    tcase_add_test(c, vanishing_edges);
    tcase_add_test(c, invalid_bytes);
    tcase_add_test(c, edges);
    tcase_add_test(c, allowed);
    tcase_add_test(c, beside_loose_terms);
    tcase_add_test(c, numbers_and_terms);
    tcase_add_test(c, captures);
    suite_add_tcase(s, c);
    c = tcase_create("limits");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, steps_are_limited);
    tcase_add_test(c, all_are_limited);
    tcase_add_test(c, reading_is_limited);
    tcase_add_test(c, long_repetitions);
    tcase_add_test(c, stops);
    tcase_add_test(c, hits_are_limited);
    tcase_add_test(c, every_allocation_fails);
    suite_add_tcase(s, c);
    c = tcase_create("differential");
    tcase_set_timeout(c, 100);
    tcase_add_test(c, all_ways_agree);
    tcase_add_test(c, long_texts);
    tcase_add_test(c, runs_of_classes);
    tcase_add_test(c, strict_views);
    suite_add_tcase(s, c);
    return test_run(s);
}
