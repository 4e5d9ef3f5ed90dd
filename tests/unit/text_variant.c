/* SPDX-License-Identifier: Apache-2.0 */
#include "text/variant.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "test_suite.h"
#include "text/fold.h"
#include "text/variant_tables.h"

static uint32_t code(const char *character)
{
    uint32_t c = 0;

    ck_assert_uint_eq(utf8_decode((const unsigned char *)character, strlen(character), &c),
                      strlen(character));
    return c;
}

START_TEST(classes_by_shape)
{
    static const char *const alike[][2] = {
        {"己", "已"}, {"末", "未"}, {"土", "士"}, {"日", "曰"}, {"戊", "戌"}, {"晴", "睛"},
        {"雨", "两"}, {"钓", "钢"}, {"苦", "苗"}, {"侯", "候"}, {"茶", "荼"}, {"货", "贷"},
    };

    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
        ck_assert_uint_ne(shape_of(code(alike[i][0])), 0);
        ck_assert_msg(shape_of(code(alike[i][0])) == shape_of(code(alike[i][1])), "%s %s",
                      alike[i][0], alike[i][1]);
    }
    ck_assert_uint_ne(shape_of(code("请")), shape_of(code("赌")));
    ck_assert_uint_eq(shape_of('a'), 0);
    ck_assert_uint_eq(shape_of(0x110000), 0);
    ck_assert_uint_eq(shape_of(UINT32_MAX), 0);
}
END_TEST

static bool shares(const char *a, const char *b)
{
    const uint32_t *codes;
    size_t n = component_shared(code(a), &codes);

    for (size_t i = 0; i < n; i++) {
        if (codes[i] == code(b))
            return true;
    }
    return false;
}

START_TEST(shared_components)
{
    const uint32_t *codes;

    ck_assert(shares("㑩", "罗"));
    ck_assert(shares("罗", "㑩"));
    ck_assert(shares("锣", "萝"));
    ck_assert(shares("请", "清"));
    ck_assert(shares("赌", "堵"));
    ck_assert(shares("枪", "仓"));
    ck_assert(!shares("枪", "罗"));
    ck_assert_uint_eq(component_shared('a', &codes), 0);
    ck_assert_ptr_null(codes);
    ck_assert_uint_eq(component_shared(UINT32_MAX, &codes), 0);
}
END_TEST

/* Who shares with whom is mutual, and texts can hold it: they are folded. */
START_TEST(components_mutual)
{
    for (uint32_t c = 0; c < 0x110000; c++) {
        const uint32_t *codes, *back;
        size_t n = component_shared(c, &codes);

        for (size_t i = 0; i < n; i++) {
            size_t m = component_shared(codes[i], &back);
            bool found = false;

            for (size_t j = 0; j < m; j++)
                found = found || back[j] == c;
            ck_assert_msg(found, "U+%04X U+%04X", (unsigned)c, (unsigned)codes[i]);
            ck_assert(!(fold_entry(codes[i]) & FOLD_TARGET));
        }
    }
}
END_TEST

START_TEST(latin_shapes_known)
{
    static const char *const looks[][2] = {
        {"в", "b"}, {"т", "t"}, {"с", "c"}, {"В", "b"}, {"о", "o"}, {"ο", "o"}, {"0", "o"},
        {"1", "i"}, {"l", "i"}, {"5", "s"}, {"8", "b"}, {"2", "z"}, {"ɑ", "a"}, {"é", "e"},
        {"ᴛ", "t"}, {"Ꮯ", "c"}, {"Н", "h"}, {"η", "n"}, {"Η", "h"}, {"ո", "n"},
    };

    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        ck_assert_uint_eq(latin_shape_of(code(looks[i][0])), (unsigned char)looks[i][1][0]);
    ck_assert_uint_eq(latin_shape_of('a'), 0);
    ck_assert_uint_eq(latin_shape_of('3'), 0);
    ck_assert_uint_eq(latin_shape_of(code("币")), 0);
    ck_assert_uint_eq(latin_shape_of(UINT32_MAX), 0);
}
END_TEST

static uint32_t latin_class(uint32_t c)
{
    uint32_t letter = latin_shape_of(c);

    if (letter)
        return letter;
    return c >= 'A' && c <= 'Z' ? latin_class(c - 'A' + 'a') : c;
}

/* What Unicode calls confusable and readers do not: a floating mark, a bar, a round tet. */
static bool hardly_confusable(uint32_t c)
{
    return c == 0x37a || c == 0x5c0 || c == 0x5d8;
}

/* tests/evasion/data/latin.txt: a letter and what confusables.txt of Unicode has for it. */
START_TEST(latin_shapes_equal_confusables)
{
    FILE *f = fopen(TEST_SOURCE_ROOT "/tests/evasion/data/latin.txt", "r");
    char line[512];
    size_t seen = 0;

    ck_assert_ptr_nonnull(f);
    while (fgets(line, sizeof line, f)) {
        const unsigned char *at = (const unsigned char *)line + 2;
        size_t left = strcspn(line, "\n") - 2;
        uint32_t c, n;

        for (; left; at += n, left -= n, seen++) {
            n = utf8_decode(at, left, &c);
            ck_assert_uint_gt(n, 0);
            if (!hardly_confusable(c))
                ck_assert_msg(latin_class(c) == latin_class((unsigned char)line[0]), "%c U+%04X",
                              line[0], (unsigned)c);
        }
    }
    fclose(f);
    ck_assert_uint_gt(seen, 100);
}
END_TEST

/* A class is named by a letter that is in no other class, so that one step is enough. */
START_TEST(latin_shapes_closed)
{
    for (uint32_t c = 0; c < 0x110000; c++) {
        uint32_t letter = latin_shape_of(c);

        if (!letter)
            continue;
        ck_assert_uint_ge(letter, 'a');
        ck_assert_uint_le(letter, 'z');
        ck_assert_uint_eq(latin_shape_of(letter), 0);
    }
}
END_TEST

START_TEST(joined_parts)
{
    static const char *const joins[][3] = {
        {"木", "仓", "枪"}, {"弓", "单", "弹"}, {"贝", "者", "赌"}, {"氵", "每", "海"},
        {"水", "每", "海"}, {"讠", "舌", "话"}, {"言", "舌", "话"}, {"钅", "戋", "钱"},
        {"金", "戋", "钱"}, {"亻", "言", "信"}, {"人", "言", "信"}, {"冫", "水", "冰"},
        {"辶", "米", "迷"}, {"米", "辶", "迷"}, {"石", "广", "矿"}, {"竹", "官", "管"},
        {"艹", "约", "药"}, {"草", "约", "药"}, {"扌", "丁", "打"}, {"手", "丁", "打"},
        {"囗", "玉", "国"}, {"口", "玉", "国"}, {"攴", "苟", ""},   {"苟", "攵", "敬"},
    };

    for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++) {
        uint32_t whole = joins[i][2][0] ? code(joins[i][2]) : 0;
        ck_assert_msg(split_join(code(joins[i][0]), code(joins[i][1])) == whole, "%s%s",
                      joins[i][0], joins[i][1]);
    }
    ck_assert_uint_eq(split_join3(code("木"), code("木"), code("木")), code("森"));
    ck_assert_uint_eq(split_join3(code("木"), code("木"), code("币")), 0);
    ck_assert_uint_eq(split_join('a', 'b'), 0);
    ck_assert_uint_eq(split_join(UINT32_MAX, UINT32_MAX), 0);
}
END_TEST

START_TEST(split_rows_sorted)
{
    for (uint32_t i = 1; i < split_pairs_count; i++) {
        const uint32_t *a = split_pairs[i - 1], *b = split_pairs[i];
        ck_assert(a[0] < b[0] || (a[0] == b[0] && a[1] < b[1]));
    }
    for (uint32_t i = 0; i < split_pairs_count; i++)
        ck_assert_uint_eq(split_join(split_pairs[i][0], split_pairs[i][1]), split_pairs[i][2]);
    for (uint32_t i = 0; i < split_triples_count; i++)
        ck_assert_uint_eq(
            split_join3(split_triples[i][0], split_triples[i][1], split_triples[i][2]),
            split_triples[i][3]);
}
END_TEST

/* Texts are folded before they are looked up: a whole that folds away would never be found. */
START_TEST(wholes_are_folded)
{
    for (uint32_t i = 0; i < split_pairs_count; i++)
        ck_assert_msg(!(fold_entry(split_pairs[i][2]) & FOLD_TARGET), "U+%04X",
                      (unsigned)split_pairs[i][2]);
    for (uint32_t i = 0; i < split_triples_count; i++)
        ck_assert_msg(!(fold_entry(split_triples[i][3]) & FOLD_TARGET), "U+%04X",
                      (unsigned)split_triples[i][3]);
}
END_TEST

START_TEST(pictures)
{
    const uint32_t *codes;
    size_t n = emoji_means(code("🪙"), &codes);

    ck_assert_uint_ge(n, 1);
    ck_assert_uint_eq(codes[0], code("币"));
    ck_assert_uint_eq(emoji_means(0x1f171, &codes), 1); /* negative squared b */
    ck_assert_uint_eq(codes[0], 'b');
    ck_assert_uint_eq(emoji_means('a', &codes), 0);
    ck_assert_ptr_null(codes);
    ck_assert_uint_eq(emoji_means(UINT32_MAX, &codes), 0);
}
END_TEST

START_TEST(pictures_mean_folded_letters)
{
    for (uint32_t c = 0; c < 0x110000; c++) {
        const uint32_t *codes;
        size_t n = emoji_means(c, &codes);

        for (size_t i = 0; i < n; i++) {
            ck_assert_msg(!(fold_entry(codes[i]) & FOLD_TARGET), "U+%04X", (unsigned)c);
            ck_assert(!fold_ignorable(fold_entry(c)));
        }
    }
}
END_TEST

START_TEST(pairs_of_words)
{
    static const char *const common[][2] = {
        {"手", "机"}, {"苹", "果"}, {"电", "话"}, {"毕", "业"},
        {"特", "别"}, {"虚", "拟"}, {"大", "码"},
    };

    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        ck_assert(pair_is_common(code(common[i][0]), code(common[i][1])));
    ck_assert(!pair_is_common(code("笔"), code("特")));
    ck_assert(!pair_is_common('a', 'b'));
    ck_assert(!pair_is_common(0, 0));
    ck_assert(!pair_is_common(UINT32_MAX, UINT32_MAX));
    ck_assert(!pair_is_common(PAIR_LAST, PAIR_LAST));
}
END_TEST

/* A look-up goes through one row, so rows must be short, and a second character tell the pair. */
START_TEST(pair_rows_short)
{
    for (uint32_t row = 0; row < PAIR_ROWS; row++) {
        ck_assert_uint_le(pair_rows[row], pair_rows[row + 1]);
        ck_assert_uint_le(pair_rows[row + 1] - pair_rows[row], 32);
        for (uint32_t i = pair_rows[row]; i < pair_rows[row + 1]; i++)
            for (uint32_t k = pair_rows[row]; k < i; k++)
                ck_assert_uint_ne(pair_seconds[k], pair_seconds[i]);
    }
    for (uint32_t b = PAIR_FIRST; b <= PAIR_LAST; b += 101) {
        bool taken[PAIR_ROWS] = {false};
        for (uint32_t a = PAIR_FIRST; a <= PAIR_LAST; a++) {
            const uint32_t row = pair_row(a, b);
            ck_assert_uint_lt(row, PAIR_ROWS);
            ck_assert(!taken[row]);
            taken[row] = true;
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("variant");
    TCase *t = tcase_create("tables");

    tcase_add_test(t, classes_by_shape);
    tcase_add_test(t, shared_components);
    tcase_add_test(t, components_mutual);
    tcase_add_test(t, latin_shapes_known);
    tcase_add_test(t, latin_shapes_equal_confusables);
    tcase_add_test(t, latin_shapes_closed);
    tcase_add_test(t, joined_parts);
    tcase_add_test(t, split_rows_sorted);
    tcase_add_test(t, wholes_are_folded);
    tcase_add_test(t, pictures);
    tcase_add_test(t, pictures_mean_folded_letters);
    tcase_add_test(t, pairs_of_words);
    tcase_add_test(t, pair_rows_short);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
