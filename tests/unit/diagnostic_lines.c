/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and columns of bytes, and the part of a line that is shown. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/excerpt.h"
#include "base/utf8.h"
#include "test_mem.h"
#include "test_suite.h"

static struct lines lines_of(const char *text)
{
    struct lines l;

    ck_assert(lines_init(&l, &mem_libc, text, strlen(text)));
    return l;
}

static void expect(struct lines *l, size_t at, uint32_t line, uint32_t column)
{
    ck_assert_uint_eq(lines_find(l, at), line);
    ck_assert_uint_eq(lines_column(l, line, at), column);
}

START_TEST(line_ends)
{
    struct lines l = lines_of("a\nbc\r\nd\re\n\nf");

    ck_assert_uint_eq(l.count, 6);
    expect(&l, 0, 1, 1);
    expect(&l, 1, 1, 2);
    expect(&l, 2, 2, 1);
    expect(&l, 5, 2, 4);
    expect(&l, 6, 3, 1);
    expect(&l, 8, 4, 1);
    expect(&l, 10, 5, 1);
    expect(&l, 11, 6, 1);
    expect(&l, 12, 6, 2);
    ck_assert_uint_eq(lines_end(&l, 2), 4);
    ck_assert_uint_eq(lines_end(&l, 5), 10);
    lines_clear(&l, &mem_libc);
}
END_TEST

START_TEST(columns_are_characters)
{
    struct lines l = lines_of("矿机<a b='𠮷'/>x");

    expect(&l, 6, 1, 3);
    expect(&l, 12, 1, 9);
    expect(&l, 16, 1, 10);
    /* Backwards too, past what was remembered. */
    expect(&l, 3, 1, 2);
    expect(&l, 20, 1, 14);
    lines_clear(&l, &mem_libc);
}
END_TEST

START_TEST(invalid_bytes_count_one_each)
{
    ck_assert_uint_eq(utf8_count("a\xff\xe7\x9c"
                                 "b",
                                 5),
                      5);
    ck_assert_uint_eq(utf8_valid("\xed\xa0\x80", 3), 0);
    ck_assert_uint_eq(utf8_valid("\xc0\x80", 2), 0);
    ck_assert_uint_eq(utf8_valid("\xf4\x90\x80\x80", 4), 0);
    ck_assert_uint_eq(utf8_valid("ok\xf0\x9f\xaa\x99", 6), 6);
    ck_assert_uint_eq(utf8_valid("ok\xf0\x9f\xaa", 5), 2);
    ck_assert_uint_eq(utf8_cut("矿机", 6, 5), 3);
    ck_assert_uint_eq(utf8_cut("矿机", 6, 6), 6);
}
END_TEST

static void check_excerpt(const char *text, size_t at, const char *want, uint32_t column)
{
    struct lines l = lines_of(text);
    struct arena a;
    uint32_t first = 0;
    const char *got;

    arena_init(&a, &mem_libc);
    got = excerpt_copy(&a, &l, lines_find(&l, at), at, &first);
    ck_assert_ptr_nonnull(got);
    ck_assert_uint_eq(utf8_valid(got, strlen(got)), strlen(got));
    if (want)
        ck_assert_str_eq(got, want);
    ck_assert_uint_le(strlen(got), EXCERPT_BYTES + 3);
    ck_assert_uint_eq(first, column);
    arena_clear(&a);
    lines_clear(&l, &mem_libc);
}

START_TEST(excerpts)
{
    char text[2000];

    check_excerpt("one\ntwo\tthree\r\nfour", 6, "two three", 1);
    check_excerpt("a\xff"
                  "b\x01"
                  "c",
                  0,
                  "a\xef\xbf\xbd"
                  "b c",
                  1);
    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "矿", 3);
    text[1998] = '\0';
    check_excerpt(text, 0, NULL, 1);
    check_excerpt(text, 999, NULL, 314);
    check_excerpt(text, 1995, NULL, 646);
}
END_TEST

START_TEST(short_of_memory)
{
    struct test_mem m;
    struct lines l;
    char text[4096];

    memset(text, '\n', sizeof text);
    for (size_t n = 0;; n++) {
        bool done;

        test_mem_init(&m);
        m.fail_at = n;
        done = lines_init(&l, test_mem_get(&m), text, sizeof text);
        if (done)
            lines_clear(&l, test_mem_get(&m));
        ck_assert_uint_eq(m.live_blocks, 0);
        if (done)
            break;
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("diagnostic_lines");
    TCase *t = tcase_create("lines");

    tcase_add_test(t, line_ends);
    tcase_add_test(t, columns_are_characters);
    tcase_add_test(t, invalid_bytes_count_one_each);
    tcase_add_test(t, excerpts);
    tcase_add_test(t, short_of_memory);
    suite_add_tcase(s, t);
    return test_run(s);
}
