/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <string.h>

#include "base/utf8.h"
#include "match/dictionary.h"
#include "match/scan.h"
#include "match/tables.h"
#include "test_mem.h"
#include "test_suite.h"
#include "text/forms.h"

enum { CODES = 0x110000 };

static struct dictionary_builder *builder;
static struct arena arena;
static struct scanner scanner;

static void open_builder(void)
{
    builder = dictionary_builder_new(&mem_libc);
    ck_assert_ptr_nonnull(builder);
    arena_init(&arena, &mem_libc);
    scanner_init(&scanner, &mem_libc, 100);
}

static void close_builder(void)
{
    dictionary_builder_free(builder);
    arena_clear(&arena);
    scanner_clear(&scanner);
}

static void add(const char *text, uint32_t loose)
{
    const struct term t = {.text = text,
                           .length = (uint32_t)strlen(text),
                           .tolerate = (uint16_t)(FORM_DEFAULT | loose)};

    ck_assert_int_eq(dictionary_add(builder, &t), TERM_OK);
}

/* Terms of many kinds of characters, some of which no page can tell, in both spaces or in one. */
static struct dictionary *build(uint32_t loose)
{
    struct dictionary *d;

    add("比特币", loose);
    add("大麻", loose);
    add("BTC矿机é", loose);
    add("𠮷กำ㎏", loose);
    add("银行", 0);
    add("ⅷか゛𝒳", 0);
    add("币", 0);
    d = dictionary_build(builder, &arena);
    ck_assert_ptr_nonnull(d);
    return d;
}

static uint32_t folded(uint32_t code)
{
    const uint32_t entry = fold_entry(code);

    return entry & FOLD_TARGET ? entry & FOLD_TARGET : code;
}

START_TEST(every_character)
{
    const struct dictionary *d = build(FORM_HOMOPHONE | FORM_PINYIN);
    const struct index *plain = &d->index[SPACE_PLAIN], *sound = &d->index[SPACE_SOUND];
    uint32_t translated = 0, known = 0;

    ck_assert_ptr_nonnull(plain->translation);
    for (uint32_t code = 0; code < CODES; code++) {
        const uint16_t here = page_symbol(plain, code), there = page_symbol(sound, code);
        const uint16_t late = code_symbol(plain, code);

        ck_assert_msg(here < SYMBOL_FIRST ? here == there : plain->translation[here] == there,
                      "U+%04X: %u is not %u", code, here, there);
        if (here >= SYMBOL_FIRST && plain->chars[here])
            ck_assert_uint_eq(plain->chars[here], folded(code));
        if (late >= SYMBOL_FIRST)
            ck_assert_msg(plain->translation[late] == code_symbol(sound, code), "U+%04X", code);
        translated += there >= SYMBOL_FIRST;
        known += here >= SYMBOL_FIRST && plain->chars[here];
    }
    ck_assert_uint_gt(known, 15);
    ck_assert_uint_gt(translated, 500);
}
END_TEST

static void expect_same(const struct hit *hits, size_t n)
{
    ck_assert_uint_eq(scanner.n_hits, n);
    for (size_t i = 0; i < n; i++) {
        const struct hit *a = &hits[i], *b = &scanner.hits[i];
        ck_assert_uint_eq(a->term, b->term);
        ck_assert_uint_eq(a->begin, b->begin);
        ck_assert_uint_eq(a->end, b->end);
        ck_assert_uint_eq(a->forms, b->forms);
    }
}

/* A text streamed for the sounds has the hits of one whose symbols were translated. */
static void both_ways(uint32_t loose)
{
    static const char *const texts[] = {"买笔特毕吗", "筆-特​毕 荅嘛", "bi te bi, btc旷基É",
                                        "𠮷กำkg 银航 大.....妈", "\xff笔\xff特毕大码"};
    struct dictionary *d = build(loose);
    const uint16_t *translation = d->index[SPACE_PLAIN].translation;
    size_t found = 0;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct hit hits[16];
        size_t n;

        d->index[SPACE_PLAIN].translation = NULL;
        ck_assert_int_eq(scan_text(&scanner, d, texts[i], strlen(texts[i])), SCAN_OK);
        n = scanner.n_hits;
        ck_assert_uint_le(n, 16);
        if (n)
            memcpy(hits, scanner.hits, n * sizeof *hits);
        d->index[SPACE_PLAIN].translation = translation;
        ck_assert_int_eq(scan_text(&scanner, d, texts[i], strlen(texts[i])), SCAN_OK);
        expect_same(hits, n);
        found += n;
    }
    ck_assert_uint_ge(found, 4);
}

START_TEST(same_hits)
{
    both_ways(FORM_HOMOPHONE);
}
END_TEST

START_TEST(same_hits_beside_other_spaces)
{
    both_ways(FORM_HOMOPHONE | FORM_LOOKALIKE | FORM_PINYIN | FORM_SPLIT | FORM_REPEAT);
}
END_TEST

/* An emoji that means a character has a place of its own, but not among the plain symbols. */
START_TEST(not_with_emoji)
{
    const struct dictionary *d = build(FORM_HOMOPHONE | FORM_EMOJI);

    ck_assert_ptr_null(d->index[SPACE_PLAIN].translation);
    ck_assert_int_eq(scan_text(&scanner, d, "笔特🪙", strlen("笔特🪙")), SCAN_OK);
    ck_assert_uint_eq(scanner.n_hits, 1);
}
END_TEST

/* Behind so many symbols, characters share some that are not alike. */
START_TEST(not_with_shared_symbols)
{
    enum { TERMS = 20900, EXTENSION = 0x20000, HAN = 0x4e00, HANGUL = 0xac00, SYLLABLES = 11172 };
    const struct dictionary *d;
    char text[32];

    add("比特币", FORM_HOMOPHONE);
    for (uint32_t i = 0; i < TERMS; i++) {
        const uint32_t codes[] = {EXTENSION + 2 * i, EXTENSION + 2 * i + 1, HAN + i,
                                  HANGUL + i % SYLLABLES};
        size_t len = 0;
        for (size_t k = 0; k < 4; k++)
            len += utf8_encode(codes[k], text + len);
        text[len] = '\0';
        add(text, 0);
    }
    d = dictionary_build(builder, &arena);
    ck_assert_ptr_nonnull(d);
    ck_assert_ptr_null(d->index[SPACE_PLAIN].translation);
    ck_assert_int_eq(scan_text(&scanner, d, "笔特毕", strlen("笔特毕")), SCAN_OK);
    ck_assert_uint_eq(scanner.n_hits, 1);
    ck_assert_uint_eq(scanner.hits[0].forms, FORM_HOMOPHONE);
}
END_TEST

static bool build_with(const struct mem *mem)
{
    const struct term t = {.text = "比特币", .length = 9, .tolerate = FORM_HOMOPHONE};
    struct dictionary_builder *b = dictionary_builder_new(mem);
    struct arena a;
    bool ok;

    arena_init(&a, mem);
    ok = b && dictionary_add(b, &t) == TERM_OK && dictionary_build(b, &a);
    dictionary_builder_free(b);
    arena_clear(&a);
    return ok;
}

START_TEST(every_allocation_may_fail)
{
    bool built = false;
    size_t n = 0;

    for (; !built; n++) {
        struct test_mem mem;
        test_mem_init(&mem);
        mem.fail_at = n;
        mem.persistent = true;
        built = build_with(test_mem_get(&mem));
        ck_assert_uint_eq(mem.live_blocks, 0);
    }
    ck_assert_uint_gt(n, 10);
}
END_TEST

static Suite *translate_suite(void)
{
    Suite *s = suite_create("match_translate");
    TCase *t = tcase_create("translate");

    tcase_add_checked_fixture(t, open_builder, close_builder);
    tcase_add_test(t, every_character);
    tcase_add_test(t, same_hits);
    tcase_add_test(t, same_hits_beside_other_spaces);
    tcase_add_test(t, not_with_emoji);
    tcase_add_test(t, not_with_shared_symbols);
    tcase_add_test(t, every_allocation_may_fail);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return test_run(translate_suite());
}
