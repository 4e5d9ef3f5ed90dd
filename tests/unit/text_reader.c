/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "test_suite.h"
#include "text/fold.h"
#include "text/reader.h"

static void read_next(struct text_reader *r, uint32_t code, uint32_t begin, uint32_t end,
                      uint32_t forms)
{
    struct text_char c;

    ck_assert(text_read(r, &c));
    ck_assert_uint_eq(c.code, code);
    ck_assert_uint_eq(c.begin, begin);
    ck_assert_uint_eq(c.end, end);
    ck_assert_uint_eq(c.forms, forms);
}

static void read_end(struct text_reader *r)
{
    struct text_char c;

    ck_assert(!text_read(r, &c));
    ck_assert(!text_read(r, &c));
}

static void start(struct text_reader *r, const char *text)
{
    text_reader_init(r, text, strlen(text), FORM_DEFAULT);
}

START_TEST(one_to_many)
{
    struct text_reader r;

    start(&r, "5㎏Ｋ");
    read_next(&r, '5', 0, 1, 0);
    read_next(&r, 'k', 1, 4, FORM_COMPAT);
    read_next(&r, 'g', 1, 4, FORM_COMPAT);
    read_next(&r, 'k', 4, 7, FORM_WIDTH | FORM_CASE);
    read_end(&r);
}
END_TEST

START_TEST(many_to_one)
{
    struct text_reader r;

    start(&r, "xe\u0301ﾊﾞ\u1112\u1161\u11ab.");
    read_next(&r, 'x', 0, 1, 0);
    read_next(&r, 0xe9, 1, 4, FORM_COMPAT);
    read_next(&r, 0x30d0, 4, 10, FORM_COMPAT | FORM_WIDTH);
    read_next(&r, 0xd55c, 10, 19, FORM_COMPAT);
    read_next(&r, '.', 19, 20, 0);
    read_end(&r);
}
END_TEST

START_TEST(marks_that_do_not_compose)
{
    struct text_reader r;

    start(&r, "比\u0336q\u0336\u0301");
    read_next(&r, 0x6bd4, 0, 3, 0);
    read_next(&r, 0x336, 3, 5, 0);
    read_next(&r, 'q', 5, 6, 0);
    read_next(&r, 0x336, 6, 8, 0);
    read_next(&r, 0x301, 8, 10, 0);
    read_end(&r);
}
END_TEST

START_TEST(ignorables)
{
    struct text_reader r;

    start(&r, "\u200ba\u200b\u00adb\ufe0f\u200b");
    read_next(&r, 'a', 3, 4, FORM_IGNORABLE);
    read_next(&r, 'b', 9, 10, FORM_IGNORABLE);
    read_end(&r);
    start(&r, "e\u200d\u0301\u200bㄱ㎏");
    read_next(&r, 0xe9, 0, 6, FORM_COMPAT | FORM_IGNORABLE);
    read_next(&r, 0x1100, 9, 12, FORM_COMPAT | FORM_IGNORABLE);
    read_next(&r, 'k', 12, 15, FORM_COMPAT);
    read_next(&r, 'g', 12, 15, FORM_COMPAT);
    read_end(&r);
}
END_TEST

START_TEST(blanks)
{
    struct text_reader r;

    start(&r, " \t\u00a0\u1680\u2003\u3000x");
    read_next(&r, ' ', 0, 1, 0);
    read_next(&r, ' ', 1, 2, FORM_COMPAT);
    read_next(&r, ' ', 2, 4, FORM_COMPAT);
    read_next(&r, ' ', 4, 7, FORM_COMPAT);
    read_next(&r, ' ', 7, 10, FORM_COMPAT);
    read_next(&r, ' ', 10, 13, FORM_WIDTH);
    read_next(&r, 'x', 13, 14, 0);
    read_end(&r);
}
END_TEST

START_TEST(skin_tones_vanish)
{
    struct text_reader r;

    start(&r, "👍🏽👍🏿x");
    read_next(&r, 0x1f44d, 0, 4, 0);
    read_next(&r, 0x1f44d, 8, 12, FORM_IGNORABLE);
    read_next(&r, 'x', 16, 17, FORM_IGNORABLE);
    read_end(&r);
}
END_TEST

START_TEST(ignorables_before_a_long_fold)
{
    struct text_reader r;

    start(&r, "\u200b㎏");
    read_next(&r, 'k', 3, 6, FORM_COMPAT | FORM_IGNORABLE);
    read_next(&r, 'g', 3, 6, FORM_COMPAT);
    read_end(&r);
}
END_TEST

static void invalid(const char *bytes, size_t n)
{
    struct text_reader r;
    struct text_char c;

    text_reader_init(&r, bytes, n, FORM_DEFAULT);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert(text_read(&r, &c));
        ck_assert_uint_eq(c.code, 0xfffd);
        ck_assert_uint_eq(c.class, CHAR_WALL);
        ck_assert_uint_eq(c.begin, i);
        ck_assert_uint_eq(c.end, i + 1);
        ck_assert_uint_eq(c.forms, 0);
    }
    read_end(&r);
}

START_TEST(invalid_bytes)
{
    static const char *const kinds[] = {
        "\x80",             /* a lone tail */
        "\xc0\xaf",         /* overlong of two */
        "\xc1\xbf",         /* overlong of two, the last */
        "\xe0\x80\xaf",     /* overlong of three */
        "\xe0\x9f\xbf",     /* overlong of three, the last */
        "\xf0\x80\x80\xaf", /* overlong of four */
        "\xf0\x8f\xbf\xbf", /* overlong of four, the last */
        "\xed\xa0\x80",     /* first surrogate */
        "\xed\xbf\xbf",     /* last surrogate */
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xfc\x84\x80\x80\x80\x80",
        "\xfe",
        "\xff",
        "\xe6", /* cut short */
        "\xe6\xaf",
        "\xf0\x9f",
        "\xf0\x9f\xaa",
        "\xc3",
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        invalid(kinds[i], strlen(kinds[i]));
}
END_TEST

START_TEST(invalid_among_valid)
{
    struct text_reader r;

    start(&r, "\xe6\xaf"
              "比\xe6"
              "e\xcc"
              "\u0301");
    read_next(&r, 0xfffd, 0, 1, 0);
    read_next(&r, 0xfffd, 1, 2, 0);
    read_next(&r, 0x6bd4, 2, 5, 0);
    read_next(&r, 0xfffd, 5, 6, 0);
    read_next(&r, 'e', 6, 7, 0);
    read_next(&r, 0xfffd, 7, 8, 0);
    read_next(&r, 0x301, 8, 10, 0);
    read_end(&r);
}
END_TEST

START_TEST(extremes_of_utf8)
{
    struct text_reader r;

    start(&r, "\x7f\xc2\x80\u07ff\u0800\ud7ff\ue000\ufffd\U00010000\U0010fffd");
    read_next(&r, 0x7ff, 3, 5, FORM_IGNORABLE); /* two controls vanish */
    read_next(&r, 0x800, 5, 8, 0);
    read_next(&r, 0xd7ff, 8, 11, 0);
    read_next(&r, 0xe000, 11, 14, 0);
    read_next(&r, 0xfffd, 14, 17, 0);
    read_next(&r, 0x10000, 17, 21, 0);
    read_next(&r, 0x10fffd, 21, 25, 0);
    read_end(&r);
    start(&r, "\ufdcf\ufdd0\ufdef\ufdf0\ufffe\uffff\U0001fffe\U0010ffff."); /* noncharacters */
    read_next(&r, 0xfdcf, 0, 3, 0);
    read_next(&r, 0x635, 9, 12, FORM_COMPAT | FORM_IGNORABLE);
    read_next(&r, 0x644, 9, 12, FORM_COMPAT);
    read_next(&r, 0x6d2, 9, 12, FORM_COMPAT);
    read_next(&r, '.', 26, 27, FORM_IGNORABLE);
    read_end(&r);
}
END_TEST

static enum char_class class_of(const char *text)
{
    struct text_reader r;
    struct text_char c;

    start(&r, text);
    ck_assert(text_read(&r, &c));
    return (enum char_class)c.class;
}

START_TEST(classes)
{
    static const char *const words[] = {"a", "Z", "é", "９", "ж", "Ω", "ß", "5", "ﬁ", "٣"};
    static const char *const others[] = {"比", "あ", "ー", "ｶ",  "한",         "㍿", "〇",
                                         "ไ",  "%",  "⺡", "㐀", "\U00020000", "🅱"};
    static const char *const separators[] = {
        " ",      "\t",     "　",   "\u00a0", "-",      "－",         "—",      "_",
        "·",      "•",      "・",   "(",      "）",     "【",         "「",     "'",
        "”",      "★",      "🪙", "+",      "=",      "￥",         "$",      ".",
        "/",      "*",      "~",    "|",      "#",      "@",          "&",      "^",
        "`",      "\\",     "…",    "\ufffd", "\u0378", "\U0003fffd", "\u1680", "\u2003",
        "\u0336", "\ue000", "😀",    "\u20e3", "🇨",      "\U0001faff"};
    static const char *const walls[] = {"。", "，", "、", "！", "？", "；", "：",     ",",
                                        ";",  ":",  "!",  "?",  "\n", "\r", "\u2028", "｡"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        ck_assert_msg(class_of(words[i]) == CHAR_WORD, "%s", words[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_msg(class_of(others[i]) == CHAR_OTHER, "%s", others[i]);
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        ck_assert_msg(class_of(separators[i]) == CHAR_SEPARATOR, "%s", separators[i]);
    for (size_t i = 0; i < sizeof walls / sizeof walls[0]; i++)
        ck_assert_msg(class_of(walls[i]) == CHAR_WALL, "%s", walls[i]);
}
END_TEST

/* A segment longer than any buffer is cut, always at the same place. */
START_TEST(endless_segment)
{
    enum { MARKS = 5000 };
    static char text[2 * MARKS + 1];
    struct text_reader r;
    struct text_char c;
    uint32_t first_end = 0, last_end = 0, n = 0;

    text[0] = 'e';
    for (size_t i = 0; i < MARKS; i++)
        memcpy(text + 1 + 2 * i, "\u0301", 2);
    text_reader_init(&r, text, sizeof text, FORM_DEFAULT);
    while (text_read(&r, &c)) {
        if (!n++) {
            ck_assert_uint_eq(c.code, 0xe9);
            first_end = c.end;
        }
        ck_assert_uint_ge(c.end, last_end);
        last_end = c.end;
    }
    ck_assert_uint_eq(first_end, 1 + 2 * 29);
    ck_assert_uint_eq(n, MARKS); /* one of them composed */
    ck_assert_uint_eq(last_end, sizeof text);
}
END_TEST

START_TEST(long_folds_with_marks)
{
    char text[3 + 2 * 40];
    struct text_reader r;
    struct text_char c;
    size_t n = 0;

    memcpy(text, "\ufdfa", 3);
    for (size_t i = 0; i < 40; i++)
        memcpy(text + 3 + 2 * i, i % 2 ? "\u0344" : "\u0323", 2);
    text_reader_init(&r, text, sizeof text, FORM_DEFAULT);
    while (text_read(&r, &c))
        n++;
    ck_assert_uint_eq(n, 18 + 20 + 40);
}
END_TEST

static bool only_ignorables(const char *text, size_t from, size_t to)
{
    while (from < to) {
        uint32_t code, n = utf8_decode((const unsigned char *)text + from, to - from, &code);
        if (!n || !fold_ignorable(fold_entry(code)))
            return false;
        from += n;
    }
    return true;
}

/* One character after another: nothing overlaps, and what lies between is ignorable. */
static bool follows(const char *text, const struct text_char *last, const struct text_char *c)
{
    bool gap = c->begin > last->end;

    if (c->begin == last->begin && c->end == last->end)
        return true;
    if (c->begin < last->end || c->begin >= c->end)
        return false;
    /* A composed character may hold ignorables inside. */
    if (gap != ((c->forms & FORM_IGNORABLE) != 0) && c->end - c->begin < 4)
        return false;
    return only_ignorables(text, last->end, c->begin);
}

static void check_cover(const char *text, size_t len, uint32_t forms)
{
    struct text_reader r;
    struct text_char c, last = {.begin = 0};
    bool good = true;

    text_reader_init(&r, text, len, forms);
    for (; good && text_read(&r, &c); last = c)
        good = c.end <= len && !(c.forms & ~forms) && follows(text, &last, &c);
    ck_assert(good);
}

static size_t random_text(char *out, size_t cap)
{
    static const char *const parts[] = {
        "e",      "\u0301", "\u200b", "㎏", "比",     "\x80", "\xe6\xaf", "ﾊ",  "ﾞ",    "-",
        "\u1112", "\u1161", "\u11ab", "幣", "\ufe0f", "\x01", "Ａ",       "。", "🪙", "\ufdfa"};
    size_t n = (size_t)rand() % cap, len = 0;

    while (len < n) {
        const char *part = parts[(size_t)rand() % (sizeof parts / sizeof parts[0])];
        if (rand() % 10 == 0) {
            out[len++] = (char)rand();
        } else if (len + strlen(part) <= n) {
            memcpy(out + len, part, strlen(part));
            len += strlen(part);
        } else {
            out[len++] = 'x';
        }
    }
    return len;
}

START_TEST(random_cover)
{
    char text[100];

    srand(7);
    for (int i = 0; i < 50000; i++) {
        size_t len = random_text(text, sizeof text);
        check_cover(text, len, (uint32_t)rand() & FORM_DEFAULT);
        check_cover(text, len, FORM_DEFAULT);
    }
}
END_TEST

static Suite *reader_suite(void)
{
    Suite *s = suite_create("text_reader");
    TCase *t = tcase_create("reader");

    tcase_add_test(t, one_to_many);
    tcase_add_test(t, many_to_one);
    tcase_add_test(t, marks_that_do_not_compose);
    tcase_add_test(t, ignorables);
    tcase_add_test(t, blanks);
    tcase_add_test(t, skin_tones_vanish);
    tcase_add_test(t, ignorables_before_a_long_fold);
    tcase_add_test(t, invalid_bytes);
    tcase_add_test(t, invalid_among_valid);
    tcase_add_test(t, extremes_of_utf8);
    tcase_add_test(t, classes);
    tcase_add_test(t, endless_segment);
    tcase_add_test(t, long_folds_with_marks);
    tcase_add_test(t, random_cover);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return test_run(reader_suite());
}
