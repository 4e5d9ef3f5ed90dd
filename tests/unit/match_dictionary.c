/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/dictionary.h"
#include "match/scan.h"
#include "test_mem.h"
#include "test_suite.h"
#include "text/forms.h"

static struct dictionary_builder *builder;

static void open_builder(void)
{
    builder = dictionary_builder_new(&mem_libc);
    ck_assert_ptr_nonnull(builder);
}

static void close_builder(void)
{
    dictionary_builder_free(builder);
}

static struct term term_of(const char *text, uint32_t tolerate)
{
    return (struct term){
        .text = text, .length = (uint32_t)strlen(text), .set = 0, .tolerate = (uint16_t)tolerate};
}

static enum term_fault add(const char *text, uint32_t tolerate)
{
    struct term t = term_of(text, tolerate);

    return dictionary_add(builder, &t);
}

START_TEST(faults)
{
    ck_assert_int_eq(add("", FORM_PLAIN), TERM_EMPTY);
    ck_assert_int_eq(add(" \t　", FORM_PLAIN), TERM_EMPTY);
    ck_assert_int_eq(add("\u200b\ufe0f", FORM_PLAIN), TERM_EMPTY);
    ck_assert_int_eq(add("---", FORM_PLAIN), TERM_EMPTY);
    ck_assert_int_eq(add("a,b", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("比特，币", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("a\nb", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("a!", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("a\x80", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("a-----b", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("-----b", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("b-----", FORM_PLAIN), TERM_CROSSES);
    ck_assert_int_eq(add("a----b", FORM_PLAIN), TERM_OK);
}
END_TEST

START_TEST(length_limit)
{
    char text[LIMIT_TERM_SYMBOLS + 2];

    memset(text, 'x', sizeof text);
    text[LIMIT_TERM_SYMBOLS + 1] = '\0';
    ck_assert_int_eq(add(text, FORM_PLAIN), TERM_TOO_LONG);
    text[LIMIT_TERM_SYMBOLS] = '\0';
    ck_assert_int_eq(add(text, FORM_PLAIN), TERM_OK);
}
END_TEST

START_TEST(duplicates)
{
    struct term t = term_of("比特币", FORM_PLAIN);

    ck_assert_int_eq(dictionary_add(builder, &t), TERM_OK);
    ck_assert_int_eq(add("x", FORM_PLAIN), TERM_OK);
    ck_assert_int_eq(add("比特幣", FORM_PLAIN), TERM_DUPLICATE);
    ck_assert_uint_eq(dictionary_duplicate_of(builder), 0);
    ck_assert_int_eq(add("Ｘ", FORM_PLAIN), TERM_DUPLICATE);
    ck_assert_uint_eq(dictionary_duplicate_of(builder), 1);
    ck_assert_int_eq(add(" 比-特 币 ", FORM_PLAIN), TERM_DUPLICATE);
    /* Another tolerance, kind, boundary or set is another term. */
    ck_assert_int_eq(add("比特币", FORM_CASE), TERM_OK);
    t.allow = true;
    ck_assert_int_eq(dictionary_add(builder, &t), TERM_OK);
    t.word = true;
    ck_assert_int_eq(dictionary_add(builder, &t), TERM_OK);
    t.set = 1;
    ck_assert_int_eq(dictionary_add(builder, &t), TERM_OK);
    ck_assert_int_eq(dictionary_add(builder, &t), TERM_DUPLICATE);
    ck_assert_uint_eq(dictionary_duplicate_of(builder), 5);
}
END_TEST

START_TEST(what_is_not_tolerated_makes_a_difference)
{
    ck_assert_int_eq(add("BTC", 0), TERM_OK);
    ck_assert_int_eq(add("btc", 0), TERM_OK);
    ck_assert_int_eq(add("b-tc", 0), TERM_OK);
    ck_assert_int_eq(add("+v", FORM_PLAIN), TERM_OK);
    ck_assert_int_eq(add("v", FORM_PLAIN), TERM_OK);
    ck_assert_int_eq(add("#v", FORM_PLAIN), TERM_OK);
    ck_assert_int_eq(add("v+", FORM_PLAIN), TERM_OK);
    ck_assert_int_eq(add("＋V", FORM_PLAIN), TERM_DUPLICATE);
}
END_TEST

START_TEST(terms_are_copies)
{
    char text[] = "矿机";
    struct term t = {
        .text = text, .length = 6, .set = 7, .tolerate = FORM_SCRIPT, .allow = true, .word = true};
    struct arena arena;
    struct dictionary *d;
    const struct term *kept;

    arena_init(&arena, &mem_libc);
    ck_assert_int_eq(dictionary_add(builder, &t), TERM_OK);
    d = dictionary_build(builder, &arena);
    ck_assert_ptr_nonnull(d);
    memset(text, 'x', 6);
    ck_assert_uint_eq(dictionary_count(d), 1);
    kept = dictionary_term(d, 0);
    ck_assert_str_eq(kept->text, "矿机");
    ck_assert_uint_eq(kept->length, 6);
    ck_assert_uint_eq(kept->set, 7);
    ck_assert_uint_eq(kept->tolerate, FORM_SCRIPT);
    ck_assert(kept->allow && kept->word);
    ck_assert_ptr_null(dictionary_term(d, 1));
    arena_clear(&arena);
}
END_TEST

START_TEST(empty)
{
    struct arena arena;
    struct scanner s;
    struct dictionary *d;

    arena_init(&arena, &mem_libc);
    d = dictionary_build(builder, &arena);
    ck_assert_ptr_nonnull(d);
    ck_assert_uint_eq(dictionary_count(d), 0);
    scanner_init(&s, &mem_libc, 10);
    ck_assert_int_eq(scan_text(&s, d, "比特币", 9), SCAN_OK);
    ck_assert_uint_eq(s.n_hits, 0);
    scanner_clear(&s);
    arena_clear(&arena);
}
END_TEST

/* Every pair of ideographs is a term of its own: more characters than there are symbols. */
static uint32_t nth_han(uint32_t n)
{
    static const struct {
        uint32_t first, count;
    } blocks[] = {{0x4e00, 20902}, {0x3400, 6582}, {0x20000, 42711}, {0x30000, 4939}};

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (n < blocks[i].count)
            return blocks[i].first + n;
        n -= blocks[i].count;
    }
    return 0;
}

static size_t han_term(uint32_t n, char *out)
{
    size_t len = 0;

    for (uint32_t i = 0; i < 2; i++)
        len += utf8_encode(nth_han(2 * n + i), out + len);
    out[len] = '\0';
    return len;
}

START_TEST(more_characters_than_symbols)
{
    enum { TERMS = 37500 };
    struct arena arena;
    struct scanner s;
    struct dictionary *d;
    char text[9];
    uint32_t added = 0;

    arena_init(&arena, &mem_libc);
    for (uint32_t i = 0; i < TERMS; i++) {
        han_term(i, text);
        added += add(text, FORM_PLAIN & ~FORM_SCRIPT) == TERM_OK;
    }
    ck_assert_uint_eq(added, TERMS);
    d = dictionary_build(builder, &arena);
    ck_assert_ptr_nonnull(d);
    scanner_init(&s, &mem_libc, 10);
    for (uint32_t i = 0; i < TERMS; i += 7) {
        size_t len = han_term(i, text);
        ck_assert_int_eq(scan_text(&s, d, text, len), SCAN_OK);
        ck_assert_uint_eq(s.n_hits, 1);
        ck_assert_uint_eq(s.hits[0].term, i);
        ck_assert_uint_eq(s.hits[0].end, len);
    }
    scanner_clear(&s);
    arena_clear(&arena);
}
END_TEST

static bool build_all(const struct mem *mem, struct arena *arena)
{
    static const char *const texts[] = {"比特币", "btc", "lucky miner", "币", "กำ", "+v"};
    struct dictionary_builder *b = dictionary_builder_new(mem);
    bool ok = b != NULL;

    for (size_t i = 0; ok && i < 200; i++) {
        char text[64];
        struct term t;
        snprintf(text, sizeof text, "%s%zu", texts[i % 6], i / 6);
        t = term_of(text, FORM_PLAIN);
        t.allow = i % 5 == 0;
        ok = dictionary_add(b, &t) == TERM_OK;
    }
    ok = ok && dictionary_build(b, arena) != NULL;
    dictionary_builder_free(b);
    return ok;
}

static size_t fail_until_built(bool persistent)
{
    for (size_t n = 0;; n++) {
        struct test_mem mem;
        struct arena arena;
        bool ok;
        test_mem_init(&mem);
        mem.fail_at = n;
        mem.persistent = persistent;
        arena_init(&arena, test_mem_get(&mem));
        ok = build_all(test_mem_get(&mem), &arena);
        arena_clear(&arena);
        ck_assert_uint_eq(mem.live_blocks, 0);
        ck_assert_uint_eq(mem.live_bytes, 0);
        if (ok)
            return n;
    }
}

START_TEST(every_allocation_may_fail)
{
    ck_assert_uint_gt(fail_until_built(false), 10);
    ck_assert_uint_gt(fail_until_built(true), 10);
}
END_TEST

/* A failed call adds nothing: numbering goes on as if it had not been made. */
START_TEST(adding_goes_on_after_a_failure)
{
    struct test_mem mem;
    struct dictionary_builder *b;
    struct arena arena;
    struct dictionary *d;
    uint32_t n = 0;

    test_mem_init(&mem);
    b = dictionary_builder_new(test_mem_get(&mem));
    arena_init(&arena, test_mem_get(&mem));
    for (size_t i = 0; i < 500; i++) {
        char text[32];
        struct term t;
        snprintf(text, sizeof text, "term%zu", i);
        t = term_of(text, FORM_PLAIN);
        mem.fail_at = mem.calls;
        if (dictionary_add(b, &t) == TERM_MEMORY) {
            mem.fail_at = SIZE_MAX;
            ck_assert_int_eq(dictionary_add(b, &t), TERM_OK);
        }
        n++;
        ck_assert_int_eq(dictionary_add(b, &t), TERM_DUPLICATE);
        ck_assert_uint_eq(dictionary_duplicate_of(b), i);
    }
    mem.fail_at = SIZE_MAX;
    d = dictionary_build(b, &arena);
    ck_assert_uint_eq(dictionary_count(d), n);
    ck_assert_str_eq(dictionary_term(d, 499)->text, "term499");
    arena_clear(&arena);
    dictionary_builder_free(b);
    ck_assert_uint_eq(mem.live_blocks, 0);
}
END_TEST

static Suite *dictionary_suite(void)
{
    Suite *s = suite_create("match_dictionary");
    TCase *t = tcase_create("dictionary");

    tcase_add_checked_fixture(t, open_builder, close_builder);
    tcase_add_test(t, faults);
    tcase_add_test(t, length_limit);
    tcase_add_test(t, duplicates);
    tcase_add_test(t, what_is_not_tolerated_makes_a_difference);
    tcase_add_test(t, terms_are_copies);
    tcase_add_test(t, empty);
    tcase_add_test(t, more_characters_than_symbols);
    tcase_add_test(t, every_allocation_may_fail);
    tcase_add_test(t, adding_goes_on_after_a_failure);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return test_run(dictionary_suite());
}
