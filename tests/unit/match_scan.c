/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "match/dictionary.h"
#include "match/scan.h"
#include "test_bench.h"
#include "test_mem.h"
#include "test_suite.h"
#include "text/reader.h"

static struct term term_of(const char *text, uint32_t tolerate)
{
    return (struct term){
        .text = text, .length = (uint32_t)strlen(text), .tolerate = (uint16_t)tolerate};
}

static void put(struct bench *b, struct term t)
{
    ck_assert_int_eq(dictionary_add(b->builder, &t), TERM_OK);
}

static void put_word(struct bench *b, const char *text)
{
    struct term t = term_of(text, FORM_PLAIN);

    t.word = true;
    put(b, t);
}

static void put_allow(struct bench *b, const char *text, uint32_t set)
{
    struct term t = term_of(text, FORM_PLAIN);

    t.allow = true;
    t.set = set;
    put(b, t);
}

static enum scan_status scan(struct bench *b, const char *text)
{
    return bench_scan(b, text, strlen(text));
}

START_TEST(exact_and_overlapping)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("比特币", 0));
    put(&b, term_of("比特", 0));
    put(&b, term_of("特币", 0));
    put(&b, term_of("币", 0));
    put(&b, term_of("比特币矿机", 0));
    bench_expect(&b, "买比特币矿机", "4:3-18/0 0:3-12/0 1:3-9/0 2:6-12/0 3:9-12/0");
    bench_expect(&b, "比特矿机", "1:0-6/0");
    bench_expect(&b, "", "");
    bench_expect(&b, "币币", "3:0-3/0 3:3-6/0");
    bench_close(&b);
}
END_TEST

START_TEST(disguises)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("比特币", FORM_PLAIN));
    put(&b, term_of("BTC", FORM_PLAIN));
    put(&b, term_of("5kg", FORM_PLAIN));
    put(&b, term_of("café", FORM_PLAIN));
    bench_expect(&b, "比特幣", "0:0-9/8");
    bench_expect(&b, "比\u200b特币", "0:0-12/10");
    bench_expect(&b, "比-特-币", "0:0-11/20");
    bench_expect(&b, "比🪙特 币", "0:0-14/20");
    bench_expect(&b, "比，特币", "");
    bench_expect(&b, "比----特币", "0:0-13/20");
    bench_expect(&b, "比-----特币", "");
    bench_expect(&b, "比--\u200b--特币", "0:0-16/30");
    bench_expect(&b, "BTC btc ＢＴＣ ⒷⓉⒸ", "1:0-3/0 1:4-7/2 1:8-17/3 1:18-27/6");
    bench_expect(&b, "5㎏", "2:0-4/4");
    bench_expect(&b, "cafe\u0301 CAFE\u0301", "3:0-6/4 3:7-13/6");
    bench_expect(&b, "比\u0336特\u0336币\u0336", "0:0-13/20");
    bench_close(&b);
}
END_TEST

START_TEST(only_tolerated_disguises)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("比特币", FORM_SCRIPT));
    put(&b, term_of("比特币", FORM_SQUEEZED));
    put(&b, term_of("比特币", FORM_IGNORABLE));
    put(&b, term_of("比特币", 0));
    bench_expect(&b, "比特幣", "0:0-9/8");
    bench_expect(&b, "比 特 币", "1:0-11/20");
    bench_expect(&b, "比特\u200d币", "2:0-12/10");
    bench_expect(&b, "比特币", "0:0-9/0 1:0-9/0 2:0-9/0 3:0-9/0");
    bench_expect(&b, "比 特幣", "");
    bench_close(&b);
}
END_TEST

START_TEST(separators_of_the_term)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("lucky miner", FORM_WIDTH | FORM_CASE | FORM_COMPAT));
    put(&b, term_of("trc20-usdt", FORM_PLAIN));
    put(&b, term_of("a\u200bb", 0));
    bench_expect(&b, "lucky miner", "0:0-11/0");
    bench_expect(&b, "Lucky   Miner", "0:0-13/6");
    bench_expect(&b, "lucky　miner", "0:0-13/1");
    bench_expect(&b, "luckyminer", "");
    bench_expect(&b, "lucky-miner", "");
    bench_expect(&b, "trc20-usdt trc20－usdt trc20usdt trc20—usdt",
                 "1:0-10/0 1:11-23/1 1:24-33/20 1:34-46/20");
    bench_expect(&b, "a\u200bb", "2:0-5/0");
    bench_expect(&b, "ab a\u200cb", "");
    bench_close(&b);
}
END_TEST

START_TEST(blanks_are_disguises)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("ab cd", 0));
    bench_expect(&b, "ab cd", "0:0-5/0");
    bench_expect(&b, "ab\tcd ab　cd ab\u00a0cd ab\u2003cd ab\u1680cd ab   cd ab \u200bcd", "");
    put(&b, term_of("ab cd", FORM_DEFAULT));
    put(&b, term_of("ab cd", FORM_WIDTH));
    put(&b, term_of("ab cd", FORM_SQUEEZED));
    put(&b, term_of("ab\t cd", 0));
    b.d = NULL;
    bench_expect(&b, "ab cd", "0:0-5/0 1:0-5/0 2:0-5/0 3:0-5/0");
    bench_expect(&b, "ab  cd", "1:0-6/4 3:0-6/20");
    bench_expect(&b, "ab\tcd", "1:0-5/4 3:0-5/20");
    bench_expect(&b, "ab\u00a0cd", "1:0-6/4 3:0-6/20");
    bench_expect(&b, "ab　cd", "1:0-7/1 2:0-7/1 3:0-7/20");
    bench_expect(&b, "ab　 cd", "1:0-8/5 3:0-8/20");
    bench_expect(&b, "ab \u200b cd", "1:0-9/14");
    bench_expect(&b, "ab\t cd", "1:0-6/4 3:0-6/20 4:0-6/0");
    bench_close(&b);
}
END_TEST

/* Emoji of several parts are one separator; what is not shown is none. */
START_TEST(no_walls_of_odd_characters)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("比特币", FORM_PLAIN));
    bench_expect(&b, "比\ufdd0特\U0010ffff币", "0:0-16/10");
    bench_expect(&b, "比\ufffd特\u0378币", "0:0-14/20");
    bench_expect(&b, "比\ue000特\U000f0000币", "0:0-16/20");
    bench_expect(&b, "比👍🏽👍🏽👍🏽👍🏽特币", "0:0-41/30");
    bench_expect(&b, "比👍👍👍👍👍特币", "");
    bench_expect(&b, "比👩‍👩‍👧‍👦👩‍👩‍👧‍👦特币", "0:0-59/30");
    bench_expect(&b, "比👩‍👩👩👩👩👩特币", "");
    bench_expect(&b, "比👩‍👩\u0336👩👩特币", "0:0-30/30");
    bench_expect(&b, "比👩‍👩\u0336👩👩👩特币", "");
    bench_close(&b);
}
END_TEST

START_TEST(separators_at_the_edges)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("+v", FORM_PLAIN));
    put(&b, term_of("c++", FORM_PLAIN));
    put(&b, term_of(" 《经》 ", FORM_PLAIN));
    put(&b, term_of("100%", FORM_PLAIN));
    put(&b, term_of("⑴", FORM_PLAIN));
    bench_expect(&b, "加+v", "0:3-5/0");
    bench_expect(&b, "加＋V", "0:3-7/3");
    bench_expect(&b, "v -v + v", "");
    bench_expect(&b, "c c+ c++ c+++", "1:5-8/0 1:9-12/0");
    bench_expect(&b, "《经》 经", "2:0-9/0");
    bench_expect(&b, "100% 100", "3:0-4/0");
    bench_expect(&b, "⑴ (1) 1", "4:0-3/0 4:4-7/4");
    bench_close(&b);
}
END_TEST

/* A match never starts or ends inside what one character folds to. */
START_TEST(whole_characters_only)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("k", FORM_PLAIN));
    put(&b, term_of("g", FORM_PLAIN));
    put(&b, term_of("5k", FORM_PLAIN));
    put(&b, term_of("gx", FORM_PLAIN));
    put(&b, term_of("e", FORM_PLAIN));
    put(&b, term_of("1", FORM_PLAIN));
    put(&b, term_of("㎏", FORM_PLAIN));
    bench_expect(&b, "5㎏x", "6:1-4/0");
    bench_expect(&b, "kg", "6:0-2/4 0:0-1/0 1:1-2/0");
    bench_expect(&b, "e\u0301 é e", "4:7-8/0");
    bench_expect(&b, "⑴", "5:0-3/24");
    bench_close(&b);
}
END_TEST

START_TEST(word_boundaries)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put_word(&b, "btc");
    put_word(&b, "s19矿机");
    put_word(&b, "矿机x");
    bench_expect(&b, "btc BTC买btc-btc", "0:0-3/0 0:4-7/2 0:10-13/0 0:14-17/0");
    bench_expect(&b, "xbtc btcx abtcx 1btc btc2 éb", "");
    bench_expect(&b, "e\u0301btc", "");
    bench_expect(&b, "x\u200bbtc", "");
    bench_expect(&b, "btc\u200bx", "");
    bench_expect(&b, "x-btc-x", "0:2-5/0");
    bench_expect(&b, "s19矿机s19矿机xx 矿机x", "1:0-9/0 1:9-18/0 2:21-28/0");
    bench_expect(&b, "㎏btc", "");
    bench_expect(&b, "btc㎏", "");
    bench_expect(&b, "，btc，", "0:3-6/0");
    bench_expect(&b,
                 "\xff"
                 "btc\xff",
                 "0:1-4/0");
    bench_expect(&b, "------btc", "0:6-9/0");
    bench_close(&b);
}
END_TEST

START_TEST(walls_part)
{
    static const char *const walls[] = {"。", "，", "、", "！", "？", "；", "：",   ",",
                                        ";",  ":",  "!",  "?",  "\n", "\r", "\xff", "\xe6"};
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("比特币", FORM_PLAIN));
    for (size_t i = 0; i < sizeof walls / sizeof walls[0]; i++) {
        char text[64];
        snprintf(text, sizeof text, "比特%s币", walls[i]);
        bench_expect(&b, text, "");
        snprintf(text, sizeof text, "%s比特币%s", walls[i], walls[i]);
        ck_assert_int_eq(scan(&b, text), SCAN_OK);
        ck_assert_uint_eq(b.s.n_hits, 1);
    }
    bench_close(&b);
}
END_TEST

START_TEST(allow_terms)
{
    struct bench b;
    struct term other = term_of("矿机", FORM_PLAIN);

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("矿机", FORM_PLAIN));
    put_allow(&b, "选矿机", 0);
    put_allow(&b, "矿机", 2);
    other.set = 1;
    put(&b, other);
    put(&b, term_of("选矿机械厂", FORM_PLAIN));
    other.set = 2;
    put(&b, other);
    bench_expect(&b, "矿机", "0:0-6/0 3:0-6/0");
    bench_expect(&b, "选矿机", "3:3-9/0");
    bench_expect(&b, "选-矿-机", "3:4-11/20");
    bench_expect(&b, "选矿机 矿机", "3:3-9/0 0:10-16/0 3:10-16/0");
    bench_expect(&b, "选矿机械厂", "4:0-15/0 3:3-9/0");
    bench_expect(&b, "选，矿机", "0:6-12/0 3:6-12/0");
    /* What one scan excused says nothing about the next. */
    bench_expect(&b, "矿机", "0:0-6/0 3:0-6/0");
    bench_close(&b);
}
END_TEST

START_TEST(late_symbols)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("กำ", FORM_PLAIN));
    put(&b, term_of("\u1161", FORM_PLAIN));
    put(&b, term_of("かﾞ", FORM_PLAIN));
    bench_expect(&b, "กำ", "0:0-6/0");
    bench_expect(&b, "x\u1161", "1:1-4/0");
    bench_expect(&b, "\u1100\u1161", "");
    bench_expect(&b, "が か\u3099", "2:0-3/5 2:4-10/5");
    bench_close(&b);
}
END_TEST

START_TEST(hit_limit)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("a", FORM_PLAIN));
    b.s.max_hits = 3;
    bench_expect(&b, "aaa", "0:0-1/0 0:1-2/0 0:2-3/0");
    ck_assert_int_eq(scan(&b, "aaaa"), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 3);
    bench_expect(&b, "a", "0:0-1/0");
    bench_close(&b);
}
END_TEST

/* What an allow-term excuses fills no list, however often it stands there. */
START_TEST(excused_hits_do_not_count)
{
    static const char unit[] = "选矿机", tail[] = "矿机矿机选矿机";
    char text[50 * (sizeof unit - 1) + sizeof tail];
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("矿机", FORM_PLAIN));
    put_allow(&b, "选矿机", 0);
    b.s.max_hits = 2;
    for (size_t i = 0; i < 50; i++)
        memcpy(text + i * (sizeof unit - 1), unit, sizeof unit - 1);
    memcpy(text + 50 * (sizeof unit - 1), tail, sizeof tail);
    bench_expect(&b, text, "0:450-456/0 0:456-462/0");
    memcpy(text, "矿机-", 7);
    memcpy(text + 7, "--", 2);
    ck_assert_int_eq(scan(&b, text), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 2);
    ck_assert_uint_eq(b.s.hits[0].begin, 0);
    ck_assert_uint_eq(b.s.hits[1].begin, 450);
    bench_close(&b);
}
END_TEST

/* The last place before a limit may hold an allow-term that is longer than the hits. */
START_TEST(a_limit_keeps_no_excused_hit)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("币", FORM_PLAIN));
    put(&b, term_of("币安", FORM_PLAIN));
    put(&b, term_of("币安宝", FORM_PLAIN));
    put_allow(&b, "币安宝贝", 0);
    b.s.max_hits = 1;
    bench_expect(&b, "币安宝贝", "");
    bench_expect(&b, "币安宝贝币安宝贝币", "0:24-27/0");
    ck_assert_int_eq(scan(&b, "币币安宝贝币安"), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 1);
    ck_assert_uint_eq(b.s.hits[0].begin, 0);
    bench_close(&b);
}
END_TEST

START_TEST(allow_at_the_same_place)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("币", FORM_PLAIN));
    put(&b, term_of("币安", FORM_PLAIN));
    put_allow(&b, "币安宝", 0);
    put(&b, term_of("+v", FORM_PLAIN));
    put_allow(&b, "v信", 0);
    bench_expect(&b, "币安宝", "");
    bench_expect(&b, "币安 币安宝 币", "1:0-6/0 0:0-3/0 0:17-20/0");
    bench_expect(&b, "+v信", "3:0-2/0"); /* not contained */
    bench_close(&b);
}
END_TEST

/* Terms a, aa, aaa, ... and texts made of the same character. */
static void put_nested(struct bench *b, const char *unit, const char *last, uint32_t tolerate)
{
    char text[4 * LIMIT_TERM_SYMBOLS + 8] = "";

    for (size_t i = 0; i + 1 < LIMIT_TERM_SYMBOLS; i++) {
        strcat(text, unit);
        if (i) {
            size_t len = strlen(text);
            strcat(text, last);
            put(b, term_of(text, tolerate));
            text[len] = '\0';
        }
    }
}

START_TEST(nested_terms_stay_bounded)
{
    char *text = repeated("a", 100000);
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put_nested(&b, "a", "b", FORM_PLAIN);
    ck_assert_int_eq(scan(&b, text), SCAN_LIMIT); /* 250 steps a byte */
    ck_assert_uint_eq(b.s.n_hits, 0);
    text[2000] = '\0';
    ck_assert_int_eq(scan(&b, text), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 0);
    free(text);
    bench_close(&b);
    text = repeated("a", 100000);
    bench_open(&b, &mem_libc, &mem_libc);
    put_nested(&b, "a", "", FORM_PLAIN);
    ck_assert_int_eq(scan(&b, text), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, LIMIT_HITS);
    free(text);
    bench_close(&b);
}
END_TEST

struct patience {
    unsigned polls, most;
};

static bool out_of_patience(void *user)
{
    struct patience *p = *(struct patience *const *)user;

    return ++p->polls > p->most;
}

static unsigned polls_of(struct bench *b, const char *text, unsigned most,
                         enum scan_status expected)
{
    struct patience p = {0, most}, *user = &p;

    b->s.stop = out_of_patience;
    b->s.stop_user = &user;
    ck_assert_int_eq(scan(b, text), expected);
    b->s.stop = NULL;
    return p.polls;
}

START_TEST(stops_within_a_text)
{
    enum { BYTES = 1 << 19, STREAM = BYTES / 65536 };
    char *text = repeated("矿", BYTES / 3), *plain = repeated("x", BYTES);
    struct bench b;
    unsigned all;

    bench_open(&b, &mem_libc, &mem_libc);
    put_nested(&b, "矿", "机", FORM_PLAIN);
    put(&b, term_of("矿", FORM_PLAIN));
    b.s.max_hits = BYTES;
    ck_assert_uint_eq(polls_of(&b, text, 0, SCAN_STOPPED), 1);
    ck_assert_uint_eq(b.s.n_hits, 0);
    /* Once more every 16384 steps of the 64 a byte that the text may take. */
    all = polls_of(&b, text, UINT_MAX, SCAN_LIMIT);
    ck_assert_uint_gt(all, STREAM + 64 * (BYTES / 16384) - 100);
    ck_assert_uint_gt(b.s.n_hits, 1000);
    ck_assert_uint_eq(polls_of(&b, text, all / 2, SCAN_STOPPED), all / 2 + 1);
    ck_assert_uint_gt(b.s.n_hits, 1000);
    /* Without a candidate, too: once for streaming, once for looking at what was streamed. */
    ck_assert_uint_gt(polls_of(&b, plain, UINT_MAX, SCAN_OK), 2 * STREAM - 2);
    ck_assert_uint_eq(polls_of(&b, "矿机", 0, SCAN_OK), 0);
    bench_close(&b);
    free(plain);
    free(text);
}
END_TEST

START_TEST(endless_ignorables_stay_bounded)
{
    char *run = repeated("\u200b", 300000), *text = malloc(900000 + 1000);
    struct bench b;

    ck_assert_ptr_nonnull(text);
    snprintf(text, 901000, "aaaaaaaa%saaaaaaaa", run);
    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("aa", FORM_PLAIN));
    ck_assert_int_eq(scan(&b, text), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 15);
    bench_close(&b);
    bench_open(&b, &mem_libc, &mem_libc);
    put_nested(&b, "a", "", FORM_PLAIN);
    b.s.max_hits = SIZE_MAX;
    memset(text, 'a', 500);
    ck_assert_int_eq(scan(&b, text), SCAN_LIMIT);
    bench_close(&b);
    free(run);
    free(text);
}
END_TEST

/* The oracle: all characters in an array, every term tried at every place. */

enum { MOST_CHARS = 512 };

struct chars {
    const char *text;
    size_t n;
    struct text_char c[MOST_CHARS];
    uint32_t part[MOST_CHARS]; /* number among those of the same source */
};

static bool separates(const struct chars *x, size_t i)
{
    return x->c[i].class == CHAR_SEPARATOR;
}

static void read_chars(struct chars *x, const char *text, size_t len)
{
    struct text_reader r;

    x->text = text;
    x->n = 0;
    text_reader_init(&r, text, len, FORM_DEFAULT);
    while (text_read(&r, &x->c[x->n])) {
        bool same = x->n && x->c[x->n].begin == x->c[x->n - 1].begin;
        x->part[x->n] = same ? x->part[x->n - 1] + 1 : 0;
        x->n++;
        if (x->n == MOST_CHARS)
            ck_abort_msg("text of too many characters");
    }
}

/* A term without blanks at its edges. */
static void read_term(struct chars *x, const struct term *t)
{
    size_t from = 0;

    read_chars(x, t->text, t->length);
    while (x->n && x->c[x->n - 1].code == ' ')
        x->n--;
    while (from < x->n && x->c[from].code == ' ')
        from++;
    x->n -= from;
    memmove(x->c, x->c + from, x->n * sizeof x->c[0]);
    memmove(x->part, x->part + from, x->n * sizeof x->part[0]);
}

static bool same_bytes(const struct chars *a, uint32_t a1, uint32_t a2, const struct chars *b,
                       uint32_t b1, uint32_t b2)
{
    return a2 - a1 == b2 - b1 && memcmp(a->text + a1, b->text + b1, a2 - a1) == 0;
}

static bool holds_ignorable(const struct chars *x, size_t i)
{
    char alone[64], text[64];
    size_t len = x->c[i].end - x->c[i].begin;

    memcpy(text, x->text + x->c[i].begin, len);
    text_fold(text, len, FORM_IGNORABLE, alone, sizeof alone);
    return strlen(alone) != len;
}

static uint32_t symbol_forms(const struct chars *x, size_t i, const struct chars *t, size_t k)
{
    const struct text_char *a = &x->c[i], *b = &t->c[k];
    uint32_t forms = (uint32_t)(a->forms | b->forms) & ~(uint32_t)FORM_IGNORABLE;

    if (x->part[i] == t->part[k] && same_bytes(x, a->begin, a->end, t, b->begin, b->end))
        return 0;
    return forms | (holds_ignorable(x, i) || holds_ignorable(t, k) ? FORM_IGNORABLE : 0);
}

/* The separators in from..to, runs of blanks as one. */
struct gap {
    size_t n;
    size_t at[MOST_CHARS], last[MOST_CHARS];
    uint32_t forms[MOST_CHARS];
    bool ignorables;
};

static struct gap gap_of(const struct chars *x, size_t from, size_t to)
{
    struct gap g = {.n = 0};

    for (size_t i = from; i < to; i++) {
        uint32_t forms = x->c[i].forms & ~(uint32_t)FORM_IGNORABLE;
        if (g.n && x->c[i].code == ' ' && x->c[g.at[g.n - 1]].code == ' ') {
            g.forms[g.n - 1] |= forms | FORM_COMPAT;
        } else {
            g.forms[g.n] = forms;
            g.at[g.n++] = i;
        }
        g.last[g.n - 1] = i;
        g.ignorables |= (i && x->c[i].begin > x->c[i - 1].end) || holds_ignorable(x, i);
    }
    return g;
}

/* Forms of count separators from skip on; false when they are not the term's. */
static bool same_gap(const struct chars *x, const struct gap *a, size_t skip, const struct chars *t,
                     const struct gap *b, uint32_t *forms)
{
    uint32_t found = 0;

    for (size_t i = 0; i < b->n; i++) {
        const struct text_char *p = &x->c[a->at[skip + i]], *q = &t->c[b->at[i]];
        if (p->code != q->code)
            return false;
        if (!same_bytes(x, p->begin, x->c[a->last[skip + i]].end, t, q->begin,
                        t->c[b->last[i]].end))
            found |= a->forms[skip + i] | b->forms[i];
    }
    *forms |= found;
    return true;
}

struct
try {
    const struct chars *x, *t;
    const struct term *term;
    size_t first, last;     /* symbols in the text */
    size_t t_first, t_last; /* and in the term */
    struct hit hit;
};

static size_t skip_separators(const struct chars *x, size_t i)
{
    while (i < x->n && separates(x, i))
        i++;
    return i;
}

static uint32_t max32(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* But for those that a joiner ties to the emoji before. */
static size_t count_run(const struct chars *x, size_t from, size_t to)
{
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        uint32_t at = x->c[i].begin;
        n += at < 3 || memcmp(x->text + at - 3, "\u200d", 3) != 0;
    }
    return n;
}

static bool try_inside(struct try *y)
{
    const struct chars *x = y->x, *t = y->t;
    size_t i = y->first, k = y->t_first;

    for (;;) {
        size_t i2 = skip_separators(x, i + 1), k2 = skip_separators(t, k + 1);
        struct gap a, b;
        uint32_t found = 0;
        if (x->c[i].class == CHAR_WALL || x->c[i].code != t->c[k].code)
            return false;
        y->hit.forms |= symbol_forms(x, i, t, k);
        y->last = i;
        y->t_last = k;
        if (k2 == t->n)
            return true;
        if (i2 == x->n || count_run(x, i + 1, i2) > LIMIT_SEPARATOR_RUN)
            return false;
        a = gap_of(x, i + 1, i2);
        b = gap_of(t, k + 1, k2);
        if (a.n != b.n || !same_gap(x, &a, 0, t, &b, &found) || found & ~y->term->tolerate)
            found = FORM_SQUEEZED;
        y->hit.forms |= found;
        a.ignorables |= x->c[i2].begin > x->c[i2 - 1].end;
        b.ignorables |= t->c[k2].begin > t->c[k2 - 1].end;
        if ((a.ignorables || b.ignorables) &&
            !same_bytes(x, x->c[i].end, max32(x->c[i].end, x->c[i2].begin), t, t->c[k].end,
                        max32(t->c[k].end, t->c[k2].begin)))
            y->hit.forms |= FORM_IGNORABLE;
        i = i2;
        k = k2;
    }
}

/* No symbol but the match's own lies in the span, or shares a source with its edges. */
static bool whole_characters(const struct try *y)
{
    const struct chars *x = y->x;

    for (size_t i = 0; i < x->n; i++) {
        if (separates(x, i) || (i >= y->first && i <= y->last))
            continue;
        if (x->c[i].begin < y->hit.end && x->c[i].end > y->hit.begin)
            return false;
    }
    return true;
}

/* Ignorables at an edge: those behind its first character. */
static void edge_ignorables(struct try *y, uint32_t a1, uint32_t a2, uint32_t b1, uint32_t b2)
{
    char text[256], term[256];
    size_t n = text_fold(y->x->text + a1, a2 - a1, FORM_IGNORABLE, text, sizeof text);
    size_t m = text_fold(y->t->text + b1, b2 - b1, FORM_IGNORABLE, term, sizeof term);

    if ((n != a2 - a1 || m != b2 - b1) && !same_bytes(y->x, a1, a2, y->t, b1, b2))
        y->hit.forms |= FORM_IGNORABLE;
}

static bool try_start(struct try *y)
{
    const struct chars *x = y->x, *t = y->t;
    struct gap b = gap_of(t, 0, y->t_first), a;
    size_t from = y->first;

    y->hit.begin = x->c[y->first].begin;
    while (from && separates(x, from - 1))
        from--;
    a = gap_of(x, from, y->first);
    if (a.n < b.n || !same_gap(x, &a, a.n - b.n, t, &b, &y->hit.forms))
        return false;
    if (b.n)
        y->hit.begin = x->c[a.at[a.n - b.n]].begin;
    while (from < y->first && x->c[from].begin < y->hit.begin)
        from++;
    a = gap_of(x, from, y->first);
    if (a.n > b.n)
        y->hit.forms |= FORM_SQUEEZED;
    edge_ignorables(y, y->hit.begin, max32(y->hit.begin, x->c[y->first].begin), t->c[0].begin,
                    max32(t->c[0].begin, t->c[y->t_first].begin));
    return true;
}

static bool try_end(struct try *y)
{
    const struct chars *x = y->x, *t = y->t;
    struct gap b = gap_of(t, y->t_last + 1, t->n), a;
    size_t to = skip_separators(x, y->last + 1);
    uint32_t last_end = x->c[y->last].end, t_end = t->c[y->t_last].end;

    y->hit.end = last_end;
    a = gap_of(x, y->last + 1, to);
    if (a.n < b.n || !same_gap(x, &a, 0, t, &b, &y->hit.forms))
        return false;
    if (b.n)
        y->hit.end = x->c[a.at[b.n - 1]].end;
    while (to > y->last + 1 && x->c[to - 1].begin >= y->hit.end)
        to--;
    if (gap_of(x, y->last + 1, to).n > b.n)
        y->hit.forms |= FORM_SQUEEZED;
    edge_ignorables(y, last_end, y->hit.end, t_end, t->c[t->n - 1].end);
    return true;
}

static bool word_edges(const struct try *y)
{
    const struct chars *x = y->x, *t = y->t;

    if (!y->term->word)
        return true;
    if (!y->t_first && t->c[0].class == CHAR_WORD && y->first &&
        x->c[y->first - 1].class == CHAR_WORD)
        return false;
    return !(y->t_last == t->n - 1 && t->c[y->t_last].class == CHAR_WORD && y->last + 1 < x->n &&
             x->c[y->last + 1].class == CHAR_WORD);
}

static bool oracle_try(struct try *y)
{
    y->hit.forms = 0;
    y->t_first = skip_separators(y->t, 0);
    if (separates(y->x, y->first) || !try_inside(y) || !try_start(y) || !try_end(y) ||
        !whole_characters(y) || !word_edges(y))
        return false;
    return !(y->hit.forms & ~y->term->tolerate);
}

static int by_place(const void *p, const void *q)
{
    const struct hit *a = p, *b = q;

    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->term < b->term ? -1 : a->term > b->term;
}

enum { MOST_HITS = 20000, MOST_TERMS = 64 };

struct oracle {
    size_t n_terms;
    struct chars terms[MOST_TERMS];
    struct hit raw[MOST_HITS], hits[MOST_HITS];
    size_t n_raw, n_hits;
};

static bool oracle_excused(const struct oracle *o, const struct dictionary *d, const struct hit *h)
{
    for (size_t i = 0; i < o->n_raw; i++) {
        const struct hit *a = &o->raw[i];
        const struct term *t = dictionary_term(d, a->term);
        if (t->allow && t->set == dictionary_term(d, h->term)->set && a->begin <= h->begin &&
            a->end >= h->end)
            return true;
    }
    return false;
}

static void oracle_scan(struct oracle *o, const struct dictionary *d, const struct chars *x)
{
    o->n_raw = o->n_hits = 0;
    for (uint32_t k = 0; k < o->n_terms; k++) {
        for (size_t i = 0; i < x->n; i++) {
            struct try y = {.x = x,
                            .t = &o->terms[k],
                            .term = dictionary_term(d, k),
                            .first = i,
                            .hit = {.term = k}};
            if (oracle_try(&y))
                o->raw[o->n_raw++] = y.hit;
            if (o->n_raw == MOST_HITS)
                ck_abort_msg("too many hits");
        }
    }
    for (size_t i = 0; i < o->n_raw; i++) {
        if (!oracle_excused(o, d, &o->raw[i]))
            o->hits[o->n_hits++] = o->raw[i];
    }
    qsort(o->hits, o->n_hits, sizeof o->hits[0], by_place);
}

/* Random terms and texts of characters that meet in many ways. */

static const char *const solid[] = {
    "a",      "A",      "Ａ", "b",  "B",  "ⓑ",  "k",  "g", "㎏", "e",  "é",  "É",  "e\u0301",
    "比",     "特",     "币", "幣", "里", "裏", "1",  "⑴", "①",  "㈱", "株", "가", "\u1100",
    "\u1161", "\u11a8", "ﾊ",  "ハ", "バ", "ﾊﾞ", "กำ", "ǆ", "ß",  "s",  "人", "⼈", "e\u200b\u0301"};
static const char *const airy[] = {" ",      "　",      "-",        "－",       "🪙",   "\t",
                                   "\u0336", "·",       "+",        "．",       "  ",     "\u00a0",
                                   "\u2003", " \u3000", "👩🏽", "👩\u200d👩", "\ufffd", "\u0378"};
static const char *const vanishing[] = {"\u200b", "\ufe0f", "\u00ad", "\x01", "\u200d", "\ufdd0"};
static const char *const hard[] = {"，", ",", "\n", "。", "\xff", "\xe6\xaf", "\u0301", "ﾞ"};

#define PICK(list) (list)[(size_t)rand() % (sizeof(list) / sizeof(list)[0])]

static const char *random_part(bool in_text)
{
    int r = rand() % 100;

    if (r < 72)
        return PICK(solid);
    if (r < 84)
        return PICK(airy);
    if (r < 92)
        return PICK(vanishing);
    return in_text ? PICK(hard) : PICK(solid);
}

static void random_term(char *out)
{
    int n = 1 + rand() % 4;

    out[0] = '\0';
    if (rand() % 12 == 0)
        strcat(out, PICK(airy));
    strcat(out, PICK(solid));
    for (int i = 1; i < n; i++)
        strcat(out, random_part(false));
    if (n > 1)
        strcat(out, PICK(solid));
    if (rand() % 12 == 0)
        strcat(out, PICK(airy));
}

static void random_text(char *out, const struct dictionary *d)
{
    int n = rand() % 24;

    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        if (rand() % 6 == 0)
            strcat(out, dictionary_term(d, (uint32_t)((size_t)rand() % dictionary_count(d)))->text);
        else
            strcat(out, random_part(true));
    }
}

static uint32_t random_tolerance(void)
{
    return rand() % 3 ? FORM_PLAIN : rand() % 3 ? (uint32_t)rand() & FORM_PLAIN : 0;
}

static void fill_random(struct bench *b)
{
    size_t n = 1 + (size_t)rand() % (MOST_TERMS - 1), added = 0;

    while (added < n) {
        char text[128];
        struct term t;
        enum term_fault fault;
        random_term(text);
        t = term_of(text, random_tolerance());
        t.set = (uint32_t)rand() % 3;
        t.allow = rand() % 8 == 0;
        t.word = rand() % 4 == 0;
        fault = dictionary_add(b->builder, &t);
        ck_assert(fault == TERM_OK || fault == TERM_DUPLICATE || fault == TERM_CROSSES);
        added += fault == TERM_OK;
    }
    b->d = dictionary_build(b->builder, &b->arena);
    ck_assert_ptr_nonnull(b->d);
}

/*
 * The span, folded by what the hit names, is the term folded alike; blanks and ignorables at a
 * term's edges are no part of it.
 */
static bool span_is_term(const struct bench *b, const char *text, const struct hit *h)
{
    const struct term *t = dictionary_term(b->d, h->term);
    char span[1024], term[1024];
    struct chars x;
    uint32_t from;

    read_term(&x, t);
    from = x.c[0].begin;
    text_fold(text + h->begin, h->end - h->begin, h->forms, span, sizeof span);
    text_fold(t->text + from, x.c[x.n - 1].end - from, h->forms, term, sizeof term);
    return strcmp(span, term) == 0 && !(h->forms & ~t->tolerate);
}

static void show(const char *what, const struct dictionary *d, const struct hit *hits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct term *t = dictionary_term(d, hits[i].term);
        fprintf(stderr, "%s: [%s] %u %u-%u forms %u tolerate %u%s%s set %u\n", what, t->text,
                (unsigned)hits[i].term, (unsigned)hits[i].begin, (unsigned)hits[i].end,
                (unsigned)hits[i].forms, (unsigned)t->tolerate, t->word ? " word" : "",
                t->allow ? " allow" : "", (unsigned)t->set);
    }
}

static bool same_hits(const struct oracle *o, const struct scanner *s)
{
    if (o->n_hits != s->n_hits)
        return false;
    for (size_t i = 0; i < o->n_hits; i++) {
        const struct hit *a = &o->hits[i], *b = &s->hits[i];
        if (a->term != b->term || a->begin != b->begin || a->end != b->end || a->forms != b->forms)
            return false;
    }
    return true;
}

static size_t compare_once(struct bench *b, struct oracle *o)
{
    char text[4096];
    struct chars x;
    bool good;

    random_text(text, b->d);
    read_chars(&x, text, strlen(text));
    oracle_scan(o, b->d, &x);
    good = scan_text(&b->s, b->d, text, strlen(text)) == SCAN_OK && same_hits(o, &b->s);
    for (size_t i = 0; good && i < b->s.n_hits; i++)
        good = span_is_term(b, text, &b->s.hits[i]);
    if (!good) {
        show("expected", b->d, o->hits, o->n_hits);
        show("got", b->d, b->s.hits, b->s.n_hits);
        ck_abort_msg("in [%s]", text);
    }
    return b->s.n_hits;
}

START_TEST(equals_the_oracle)
{
    struct oracle *o = malloc(sizeof *o);
    size_t hits = 0;

    ck_assert_ptr_nonnull(o);
    srand(getenv("MATCH_SEED") ? (unsigned)atoi(getenv("MATCH_SEED")) : 50);
    for (int i = 0; i < 150; i++) {
        struct bench b;
        bench_open(&b, &mem_libc, &mem_libc);
        fill_random(&b);
        o->n_terms = dictionary_count(b.d);
        for (uint32_t k = 0; k < o->n_terms; k++)
            read_term(&o->terms[k], dictionary_term(b.d, k));
        for (int k = 0; k < 200; k++)
            hits += compare_once(&b, o);
        bench_close(&b);
    }
    ck_assert_uint_gt(hits, 10000);
    free(o);
}
END_TEST

static bool scan_once(struct bench *b, size_t n, const struct mem *mem)
{
    static const char text[] = "买比-特-幣 ＢＴＣ㎏ 比特币 e\u0301\u0301 选矿机 \ufdfa";

    b->builder = dictionary_builder_new(&mem_libc);
    arena_init(&b->arena, &mem_libc);
    scanner_init(&b->s, mem, LIMIT_HITS);
    put(b, term_of("比特币", FORM_PLAIN));
    put(b, term_of("btc", FORM_PLAIN));
    put_allow(b, "选矿机", 0);
    b->d = dictionary_build(b->builder, &b->arena);
    for (size_t i = 0; i < n; i++) {
        enum scan_status status = scan_text(&b->s, b->d, text, sizeof text - 1);
        if (status != SCAN_OK) {
            ck_assert_int_eq(status, SCAN_MEMORY);
            return false;
        }
        ck_assert_uint_eq(b->s.n_hits, 3);
    }
    return true;
}

START_TEST(every_allocation_may_fail)
{
    for (size_t n = 0;; n++) {
        struct test_mem mem;
        struct bench b;
        bool ok;
        test_mem_init(&mem);
        mem.fail_at = n;
        ok = scan_once(&b, 1, test_mem_get(&mem));
        bench_close(&b);
        ck_assert_uint_eq(mem.live_blocks, 0);
        ck_assert_uint_eq(mem.live_bytes, 0);
        if (ok) {
            ck_assert_uint_ge(n, 3);
            return;
        }
    }
}
END_TEST

START_TEST(works_after_a_failure)
{
    struct test_mem mem;
    struct bench b;

    test_mem_init(&mem);
    mem.fail_at = 1;
    ck_assert(!scan_once(&b, 1, test_mem_get(&mem)));
    bench_expect(&b, "比特币", "0:0-9/0");
    bench_close(&b);
    ck_assert_uint_eq(mem.live_blocks, 0);
}
END_TEST

START_TEST(steady_state_allocates_nothing)
{
    struct test_mem mem;
    struct bench b;
    size_t calls;

    test_mem_init(&mem);
    ck_assert(scan_once(&b, 1, test_mem_get(&mem)));
    calls = mem.calls;
    for (size_t i = 0; i < 100; i++)
        bench_expect(&b, "比-特币 选矿机 btc", "0:0-10/20 1:21-24/0");
    ck_assert_uint_eq(mem.calls, calls);
    bench_close(&b);
}
END_TEST

/* Folds that outgrow one symbol a byte. */
START_TEST(long_folds)
{
    char *text = repeated("\ufdfa", 2000);
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, term_of("\ufdfa", FORM_PLAIN));
    ck_assert_int_eq(scan(&b, text), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 2000);
    ck_assert_uint_eq(b.s.hits[1999].end, 6000);
    free(text);
    bench_close(&b);
}
END_TEST

static Suite *scan_suite(void)
{
    Suite *s = suite_create("match_scan");
    TCase *t = tcase_create("scan");

    tcase_add_test(t, exact_and_overlapping);
    tcase_add_test(t, disguises);
    tcase_add_test(t, only_tolerated_disguises);
    tcase_add_test(t, separators_of_the_term);
    tcase_add_test(t, blanks_are_disguises);
    tcase_add_test(t, no_walls_of_odd_characters);
    tcase_add_test(t, separators_at_the_edges);
    tcase_add_test(t, whole_characters_only);
    tcase_add_test(t, word_boundaries);
    tcase_add_test(t, walls_part);
    tcase_add_test(t, allow_terms);
    tcase_add_test(t, excused_hits_do_not_count);
    tcase_add_test(t, a_limit_keeps_no_excused_hit);
    tcase_add_test(t, allow_at_the_same_place);
    tcase_add_test(t, stops_within_a_text);
    tcase_add_test(t, late_symbols);
    tcase_add_test(t, hit_limit);
    tcase_add_test(t, nested_terms_stay_bounded);
    tcase_add_test(t, endless_ignorables_stay_bounded);
    tcase_add_test(t, equals_the_oracle);
    tcase_add_test(t, every_allocation_may_fail);
    tcase_add_test(t, works_after_a_failure);
    tcase_add_test(t, steady_state_allocates_nothing);
    tcase_add_test(t, long_folds);
    tcase_set_timeout(t, 100);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return test_run(scan_suite());
}
