/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "match/scan.h"
#include "test_bench.h"
#include "test_mem.h"
#include "test_suite.h"
#include "text/reads.h"
#include "text/variant.h"

static void put(struct bench *b, const char *text, uint32_t loose)
{
    struct term t = {.text = text,
                     .length = (uint32_t)strlen(text),
                     .tolerate = (uint16_t)(FORM_DEFAULT | loose),
                     .word = true};

    ck_assert_int_eq(dictionary_add(b->builder, &t), TERM_OK);
}

static void put_allow(struct bench *b, const char *text)
{
    struct term t = {.text = text,
                     .length = (uint32_t)strlen(text),
                     .tolerate = FORM_DEFAULT,
                     .allow = true,
                     .word = true};

    ck_assert_int_eq(dictionary_add(b->builder, &t), TERM_OK);
}

/* What every hit promises. */
static void check_hits(const struct bench *b, const char *text)
{
    for (size_t i = 0; i < b->s.n_hits; i++) {
        const struct hit *h = &b->s.hits[i];
        const struct term *t = dictionary_term(b->d, h->term);
        ck_assert_msg(!(h->forms & ~t->tolerate), "%s in %s: %x", t->text, text, h->forms);
        ck_assert_msg(text_reads(text + h->begin, h->end - h->begin, t->text, t->length, h->forms),
                      "%s in %s at %u-%u does not read as it with %x", t->text, text, h->begin,
                      h->end, h->forms);
    }
}

static void expect(struct bench *b, const char *text, const char *expected)
{
    bench_expect(b, text, expected);
    check_hits(b, text);
}

START_TEST(homophones)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_HOMOPHONE | FORM_SQUEEZED);
    put(&b, "大麻", FORM_HOMOPHONE);
    put(&b, "银行卡", FORM_HOMOPHONE);
    put(&b, "BTC矿机", FORM_HOMOPHONE);
    put(&b, "管制刀具", FORM_HOMOPHONE);
    expect(&b, "比特币", "0:0-9/0");
    expect(&b, "买笔特毕吗", "0:3-12/80");
    expect(&b, "比特毕", "0:0-9/80");
    expect(&b, "笔-特-毕", "0:0-11/a0");
    expect(&b, "笔，特毕", "");
    expect(&b, "筆特毕", "0:0-9/88");
    expect(&b, "荅嘛", "1:0-6/80");
    expect(&b, "荅-嘛", "");          /* two characters, torn apart */
    expect(&b, "大妈们", "");         /* words */
    expect(&b, "垠航咔", "2:0-9/80"); /* 行 has several readings */
    expect(&b, "btc 旷鸡", "");
    expect(&b, "btc旷基", "3:0-9/82");
    expect(&b, "官制刀具", "4:0-12/80"); /* 官制 is a word, but the rest stands unchanged */
    expect(&b, "官制道具", "");          /* two of four, both in words */
    bench_close(&b);
}
END_TEST

START_TEST(pinyin)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_PINYIN);
    put(&b, "迷你", FORM_PINYIN);
    put(&b, "绿卡", FORM_PINYIN | FORM_SQUEEZED);
    expect(&b, "bitebi", "0:0-6/100");
    expect(&b, "买bitebi吗", "0:3-9/100");
    expect(&b, "bi te bi", "0:0-8/100");
    expect(&b, "bi-te-bi", "0:0-8/100");
    expect(&b, "BiTeBi", "0:0-6/102");
    expect(&b, "bǐtèbì", "0:0-9/100");
    expect(&b, "bi3te4bi4", "0:0-9/100");
    expect(&b, "比te币", "0:0-8/100");
    expect(&b, "比 te币", "");
    expect(&b, "bite币", "0:0-7/100");
    expect(&b, "ｂｉｔｅｂｉ", "0:0-18/101");
    expect(&b, "比tebi", "0:0-7/100");
    expect(&b, "bitebix xbitebi maibitebi bitebimai bitebi9", "");
    expect(&b, "lvka lüka lǜka lv-ka", "2:0-4/100 2:5-10/100 2:11-16/100 2:17-22/100");
    expect(&b, "mini mi ni", "1:0-4/100 1:5-10/100");
    expect(&b, "minimal administration mi", "");
    bench_close(&b);
}
END_TEST

START_TEST(initials)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_INITIALS);
    put(&b, "出售枪支", FORM_INITIALS | FORM_SQUEEZED);
    expect(&b, "btb BTB", "0:0-3/200 0:4-7/202");
    expect(&b, "买btb吗", "0:3-6/200");
    expect(&b, "abtb btbc btb1 b t b", "");
    expect(&b, "c.s.q.z", "1:0-7/220");
    expect(&b, "csqz", "1:0-4/200");
    bench_close(&b);
}
END_TEST

START_TEST(split_characters)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "枪", FORM_SPLIT);
    put(&b, "枪支", FORM_SPLIT | FORM_SQUEEZED | FORM_HOMOPHONE);
    put(&b, "好树", FORM_SPLIT);
    expect(&b, "木仓", "0:0-6/400");
    expect(&b, "木倉", "0:0-6/408");
    expect(&b, "木 仓", "");
    expect(&b, "木\u200b仓", "0:0-9/410");
    expect(&b, "卖木仓支", "1:3-12/400 0:3-9/400");
    expect(&b, "木仓-支", "1:0-10/420 0:0-6/400");
    expect(&b, "女子木对", "2:0-12/400");
    expect(&b, "女子木又寸", "2:0-15/400");
    bench_close(&b);
}
END_TEST

START_TEST(lookalikes)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "BTC", FORM_LOOKALIKE);
    put(&b, "罗技鼠标", FORM_LOOKALIKE);
    put(&b, "lol", FORM_LOOKALIKE);
    expect(&b, "ВТС", "0:0-6/42");
    expect(&b, "8TC", "0:0-3/42");
    expect(&b, "x8TC 8TCx", "");
    expect(&b, "㑩技鼠标", "1:0-12/40");
    expect(&b, "101", "");
    expect(&b, "l0l", "2:0-3/40");
    bench_close(&b);
}
END_TEST

START_TEST(repetitions)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "加微信", FORM_REPEAT);
    put(&b, "宝宝霜", FORM_REPEAT | FORM_SQUEEZED);
    expect(&b, "加加加微信信信", "0:6-15/0");
    expect(&b, "加微微微信", "0:0-15/800");
    expect(&b, "加加微微信", "0:3-15/800");
    expect(&b, "宝霜", "");
    expect(&b, "宝宝霜", "1:0-9/0");
    expect(&b, "宝宝宝宝霜", "1:6-15/0");
    expect(&b, "宝宝宝-霜", "1:3-13/20");
    bench_close(&b);
}
END_TEST

START_TEST(emoji)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_EMOJI | FORM_SQUEEZED);
    put(&b, "手枪", FORM_EMOJI);
    expect(&b, "比特🪙", "0:0-10/1000");
    expect(&b, "比🪙特币", "0:0-13/20");
    expect(&b, "比🪙特🪙", "0:0-14/1020");
    expect(&b, "手🔫", "1:0-7/1000");
    expect(&b, "手-🔫", "");
    bench_close(&b);
}
END_TEST

START_TEST(mixed)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_ALL);
    put(&b, "比特币矿机", FORM_ALL);
    put(&b, "出售枪支", FORM_ALL);
    expect(&b, "笔te毕", "0:0-8/180");
    expect(&b, "出售木仓zhi", "2:0-15/500");
    expect(&b, "岀售木仓支", "2:0-15/480");
    expect(&b, "笔te🪙矿機", "1:0-15/1188 0:0-9/1180");
    bench_close(&b);
}
END_TEST

START_TEST(only_who_asks)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", 0);
    put(&b, "以太坊", FORM_HOMOPHONE);
    put(&b, "莱特币", FORM_PINYIN);
    expect(&b, "bitebi btb 笔特毕 比特🪙 yitaifang 莱特毕", "");
    expect(&b, "laitebi 已太坊", "2:0-7/100 1:8-17/80");
    bench_close(&b);
}
END_TEST

START_TEST(too_short)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "枪", FORM_ALL & ~FORM_DEFAULT);
    ck_assert_uint_eq(dictionary_too_short(b.builder),
                      FORM_HOMOPHONE | FORM_PINYIN | FORM_INITIALS);
    put(&b, "手枪", FORM_ALL & ~FORM_DEFAULT);
    ck_assert_uint_eq(dictionary_too_short(b.builder), FORM_INITIALS);
    put(&b, "BTC", FORM_ALL & ~FORM_DEFAULT);
    ck_assert_uint_eq(dictionary_too_short(b.builder), 0);
    expect(&b, "qiang sq 墙 呛", "");
    bench_close(&b);
}
END_TEST

START_TEST(allowed)
{
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_HOMOPHONE | FORM_PINYIN);
    put_allow(&b, "笔特毕杯");
    put_allow(&b, "bitebi coffee");
    expect(&b, "笔特毕杯", "");
    expect(&b, "笔特毕", "0:0-9/80");
    expect(&b, "bitebi coffee bitebi", "0:14-20/100");
    bench_close(&b);
}
END_TEST

/* Random disguises of random terms. */

static const char *const terms[] = {"比特币", "枪支弹药", "加微信",   "银行卡",     "罗技鼠标",
                                    "以太坊", "仿真枪",   "代开发票", "信用卡套现", "BTC矿机",
                                    "海洛因", "手枪",     "女子",     "明珠港"};
static const char *const noise[] = {"的", "买", "a", " ", "-", "木", "🪙", "ni", "，", "1", "日"};

enum { TERMS = sizeof terms / sizeof terms[0], NOISES = sizeof noise / sizeof noise[0] };

static void append_code(char *out, uint32_t code)
{
    size_t n = strlen(out);

    if (code >= 0x10000) {
        out[n++] = (char)(0xf0 | code >> 18);
        out[n++] = (char)(0x80 | (code >> 12 & 0x3f));
        out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
        out[n++] = (char)(0x80 | (code & 0x3f));
    } else if (code >= 0x800) {
        out[n++] = (char)(0xe0 | code >> 12);
        out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
        out[n++] = (char)(0x80 | (code & 0x3f));
    } else {
        out[n++] = (char)code;
    }
    out[n] = '\0';
}

static bool is_split(uint32_t code, uint32_t *left, uint32_t *right)
{
    static const uint32_t parts[][3] = {{0x67aa, 0x6728, 0x4ed3}, {0x94f6, 0x9485, 0x826e},
                                        {0x4fe1, 0x4ebb, 0x8a00}, {0x673a, 0x6728, 0x51e0},
                                        {0x6d77, 0x6c35, 0x6bcf}, {0x660e, 0x65e5, 0x6708}};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        *left = parts[i][1];
        *right = parts[i][2];
        if (parts[i][0] == code)
            return true;
    }
    return false;
}

static uint32_t any_homophone(uint32_t code)
{
    for (int i = 0; i < 5000; i++) {
        uint32_t other = 0x4e00 + (uint32_t)rand() % 0x5000;
        if (sound_of(other) && sound_may_be(code, sound_of(other)))
            return other;
    }
    return code;
}

/* One character, in one of the ways or as it is. */
static void disguise(char *out, uint32_t code)
{
    const char *name = sound_name(sound_of(code));

    switch (rand() % 8) {
    case 0:
        append_code(out, any_homophone(code));
        break;
    case 1:
        strcat(out, *name ? name : "x");
        break;
    case 2:
        append_code(out, code);
        append_code(out, code);
        break;
    case 3:
        append_code(out, code);
        strcat(out, noise[rand() % NOISES]);
        break;
    default:
        append_code(out, code);
    }
}

static uint32_t next_code(const char **p)
{
    const unsigned char *s = (const unsigned char *)*p;

    if (*s < 0x80) {
        *p += 1;
        return *s;
    }
    *p += 3;
    return (uint32_t)(s[0] & 15) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
}

START_TEST(spans_read_as_their_terms)
{
    struct bench b;
    size_t hits = 0, loose = 0;

    srand(getenv("MATCH_SEED") ? (unsigned)atoi(getenv("MATCH_SEED")) : 50);
    bench_open(&b, &mem_libc, &mem_libc);
    for (size_t i = 0; i < TERMS; i++)
        put(&b, terms[i], i % 4 ? FORM_ALL : (uint32_t)rand() & FORM_ALL);
    for (int round = 0; round < 5000; round++) {
        char text[1024] = "";
        int n = 1 + rand() % 3;
        while (n--) {
            const char *p = terms[rand() % TERMS];
            strcat(text, noise[rand() % NOISES]);
            while (*p)
                disguise(text, next_code(&p));
        }
        ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_OK);
        check_hits(&b, text);
        hits += b.s.n_hits;
        for (size_t i = 0; i < b.s.n_hits; i++)
            loose += (b.s.hits[i].forms & FORM_LOOSE) != 0;
    }
    ck_assert_uint_gt(hits, 3000);
    ck_assert_uint_gt(loose, 1500);
    bench_close(&b);
}
END_TEST

/* Disguises that no gate judges are found wherever they stand, whole. */
START_TEST(every_disguise_is_found)
{
    struct bench b;

    srand(51);
    bench_open(&b, &mem_libc, &mem_libc);
    for (size_t i = 0; i < TERMS; i++)
        put(&b, terms[i], FORM_PINYIN | FORM_SPLIT);
    for (int round = 0; round < 400; round++) {
        const size_t k = (size_t)rand() % TERMS;
        const char *p = terms[k];
        char text[256] = "的，";
        const size_t begin = strlen(text);
        bool found = false, latin = false;
        while (*p) {
            const uint32_t code = next_code(&p);
            uint32_t left, right;
            const int way = rand() % 3;
            if (way == 0 && code > 0x7f && !latin) {
                strcat(text, sound_name(sound_of(code)));
                latin = true;
            } else if (way == 1 && is_split(code, &left, &right)) {
                append_code(text, left);
                append_code(text, right);
                latin = false;
            } else {
                append_code(text, code);
                latin = code < 0x80;
            }
        }
        ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_OK);
        for (size_t i = 0; i < b.s.n_hits; i++)
            found |= b.s.hits[i].term == k && b.s.hits[i].begin == begin &&
                     b.s.hits[i].end == strlen(text);
        ck_assert_msg(found || strchr(terms[k], 'B'), "%s in %s", terms[k], text);
        check_hits(&b, text);
    }
    bench_close(&b);
}
END_TEST

/* Texts that can be read in very many ways end in time, with an answer or a limit. */
START_TEST(hostile_texts_stay_bounded)
{
    static const char *const units[] = {"nana ", "nan",   "木木",    "🪙",      "币",
                                        "女子",  "ni na", "比🪙", "bi te bi ", "b t b "};
    struct bench b;
    char term[4 * LIMIT_TERM_SYMBOLS] = "";

    bench_open(&b, &mem_libc, &mem_libc);
    for (size_t i = 0; i < 60; i++) {
        strcat(term, i % 2 ? "拿" : "南");
        if (i > 1)
            put(&b, term, FORM_ALL);
    }
    put(&b, "比特币", FORM_ALL);
    put(&b, "币币币币币币币", FORM_ALL);
    put(&b, "林林林林", FORM_ALL);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        char *text = repeated(units[i], 20000);
        enum scan_status st = bench_scan(&b, text, strlen(text));
        ck_assert(st == SCAN_OK || st == SCAN_LIMIT);
        for (size_t k = 1; k < b.s.n_hits; k++)
            ck_assert_uint_ge(b.s.hits[k].begin, b.s.hits[k - 1].begin);
        free(text);
    }
    bench_close(&b);
}
END_TEST

START_TEST(limits)
{
    struct bench b;
    char *text = repeated("笔特毕，", 3000);

    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, "比特币", FORM_HOMOPHONE);
    b.s.max_hits = 3;
    expect(&b, "笔特毕，笔特毕，笔特毕", "0:0-9/80 0:12-21/80 0:24-33/80");
    ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_LIMIT);
    ck_assert_uint_eq(b.s.n_hits, 3);
    ck_assert_uint_eq(b.s.hits[2].begin, 24);
    expect(&b, "笔特毕", "0:0-9/80");
    free(text);
    bench_close(&b);
}
END_TEST

/* A word of more letters than LIMIT_LATIN_RUN is not pinyin. */
START_TEST(long_words)
{
    char term[4 * LIMIT_TERM_SYMBOLS] = "", text[4 * LIMIT_TERM_SYMBOLS] = "";
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    for (size_t i = 0; i < LIMIT_LATIN_RUN / 2; i++) {
        strcat(term, "拿");
        strcat(text, "na");
    }
    put(&b, term, FORM_PINYIN);
    put(&b, strcat(term, "币"), FORM_PINYIN);
    ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 1);
    strcat(text, "bi");
    ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 0);
    bench_close(&b);
}
END_TEST

/* More than LIMIT_READ_OTHERWISE places that can be read otherwise are too many to follow. */
START_TEST(many_ways_to_read)
{
    char term[4 * LIMIT_TERM_SYMBOLS] = "", text[8 * LIMIT_TERM_SYMBOLS] = "";
    struct bench b;

    bench_open(&b, &mem_libc, &mem_libc);
    for (size_t i = 0; i < LIMIT_READ_OTHERWISE - 1; i++) {
        strcat(term, "枪");
        strcat(text, "木仓");
    }
    put(&b, term, FORM_SPLIT);
    ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_OK);
    ck_assert_uint_eq(b.s.n_hits, 1);
    bench_close(&b);
    bench_open(&b, &mem_libc, &mem_libc);
    put(&b, strcat(strcat(term, "枪"), "枪"), FORM_SPLIT);
    strcat(text, "木仓木仓");
    ck_assert_int_eq(bench_scan(&b, text, strlen(text)), SCAN_LIMIT);
    bench_close(&b);
}
END_TEST

static const char busy[] = "买笔-特-毕 bitebi btb 木仓支 比特🪙 加微微信 ВТС";

static bool scan_busy(struct bench *b)
{
    return bench_scan(b, busy, sizeof busy - 1) == SCAN_OK;
}

static void put_all(struct bench *b)
{
    put(b, "比特币", FORM_ALL);
    put(b, "枪支", FORM_ALL);
    put(b, "加微信", FORM_ALL);
    put(b, "BTC", FORM_ALL);
}

START_TEST(every_allocation_may_fail)
{
    for (size_t n = 0;; n++) {
        struct test_mem mem;
        struct bench b;
        bool ok;
        test_mem_init(&mem);
        mem.fail_at = n;
        bench_open(&b, &mem_libc, test_mem_get(&mem));
        put_all(&b);
        ok = scan_busy(&b);
        if (!ok) {
            ck_assert(scan_busy(&b));
            ck_assert_uint_eq(b.s.n_hits, 7);
        }
        bench_close(&b);
        ck_assert_uint_eq(mem.live_blocks, 0);
        if (ok) {
            ck_assert_uint_ge(n, 5);
            return;
        }
    }
}
END_TEST

START_TEST(every_allocation_of_a_build_may_fail)
{
    for (size_t n = 0;; n++) {
        struct test_mem mem;
        struct dictionary_builder *builder;
        struct dictionary *d = NULL;
        struct term t = {.text = "银行卡", .length = 9, .tolerate = FORM_ALL};
        struct arena arena;
        test_mem_init(&mem);
        mem.fail_at = n;
        arena_init(&arena, test_mem_get(&mem));
        builder = dictionary_builder_new(test_mem_get(&mem));
        if (builder && dictionary_add(builder, &t) == TERM_OK)
            d = dictionary_build(builder, &arena);
        dictionary_builder_free(builder);
        arena_clear(&arena);
        ck_assert_uint_eq(mem.live_blocks, 0);
        if (d) {
            ck_assert_uint_ge(n, 20);
            return;
        }
    }
}
END_TEST

START_TEST(steady_state_allocates_nothing)
{
    struct test_mem mem;
    struct bench b;
    size_t calls;

    test_mem_init(&mem);
    bench_open(&b, &mem_libc, test_mem_get(&mem));
    put_all(&b);
    ck_assert(scan_busy(&b));
    calls = mem.calls;
    for (size_t i = 0; i < 100; i++)
        ck_assert(scan_busy(&b));
    ck_assert_uint_eq(mem.calls, calls);
    bench_close(&b);
}
END_TEST

static Suite *forms_suite(void)
{
    Suite *s = suite_create("match_forms");
    TCase *t = tcase_create("forms");

    tcase_add_test(t, homophones);
    tcase_add_test(t, pinyin);
    tcase_add_test(t, initials);
    tcase_add_test(t, split_characters);
    tcase_add_test(t, lookalikes);
    tcase_add_test(t, repetitions);
    tcase_add_test(t, emoji);
    tcase_add_test(t, mixed);
    tcase_add_test(t, only_who_asks);
    tcase_add_test(t, too_short);
    tcase_add_test(t, allowed);
    tcase_add_test(t, spans_read_as_their_terms);
    tcase_add_test(t, every_disguise_is_found);
    tcase_add_test(t, hostile_texts_stay_bounded);
    tcase_add_test(t, limits);
    tcase_add_test(t, long_words);
    tcase_add_test(t, many_ways_to_read);
    tcase_add_test(t, every_allocation_may_fail);
    tcase_add_test(t, every_allocation_of_a_build_may_fail);
    tcase_add_test(t, steady_state_allocates_nothing);
    tcase_set_timeout(t, 100);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return test_run(forms_suite());
}
