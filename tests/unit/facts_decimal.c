/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "facts/decimal.h"
#include "test_suite.h"

static bool parse(const char *text, struct decimal *out)
{
    /* A copy of exact size lets the sanitizer see every byte read beyond the end. */
    size_t len = strlen(text);
    char *exact = malloc(len ? len : 1);
    bool ok;

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, text, len);
    ok = decimal_parse(exact, len, out);
    free(exact);
    return ok;
}

static void is(const char *text, int64_t coefficient, uint8_t scale)
{
    struct decimal d;

    ck_assert_msg(parse(text, &d), "%s", text);
    ck_assert_msg(d.coefficient == coefficient && d.scale == scale, "%s: %lld / 10^%u", text,
                  (long long)d.coefficient, d.scale);
}

static void is_none(const char *text)
{
    struct decimal d;

    ck_assert_msg(!parse(text, &d), "%s", text);
}

START_TEST(numbers)
{
    is("0", 0, 0);
    is("-0", 0, 0);
    is("0.000", 0, 0);
    is("849.00", 849, 0);
    is("-12.50", -125, 1);
    is("+5", 5, 0);
    is("007", 7, 0);
    is("0.07", 7, 2);
    is(" 1 ", 1, 0);
    is("\t\r\n1", 1, 0);
    is("1e3", 1000, 0);
    is("1E+3", 1000, 0);
    is("1e-3", 1, 3);
    is("12.5e1", 125, 0);
    is("100e-2", 1, 0);
    is("1.10e1", 11, 0);
}
END_TEST

START_TEST(boundaries)
{
    is("9223372036854775807", INT64_MAX, 0);
    is("-9223372036854775808", INT64_MIN, 0);
    is("9.223372036854775807", INT64_MAX, 18);
    is("-9.223372036854775808", INT64_MIN, 18);
    is("0.000000000000000001", 1, 18);
    is("0.0000000000000000010000", 1, 18);
    is("1.0000000000000000000000000000", 1, 0);
    is("1000000000000000000", INT64_C(1000000000000000000), 0);
    is("10000000000000000000000e-4", INT64_C(1000000000000000000), 0);
    is("0.000000000000000000000000000001e12", 1, 18);
    is("0e99999999999999999999", 0, 0);
    is("0e-99999999999999999999", 0, 0);
    is("9223372036854775807e-18", INT64_MAX, 18);
    is_none("9223372036854775808");
    is_none("-9223372036854775809");
    is_none("18446744073709551616");
    is_none("18446744073709551617");
    is_none("99999999999999999999999999");
    is_none("0.0000000000000000001");
    is_none("1e-19");
    is_none("1.0000000000000000001");
    is_none("10000000000000000000");
    is_none("1e19");
    is_none("1e400");
    is_none("1e99999999999999999999999999999");
    is_none("1e-99999999999999999999999999999");
    is_none("10000000000000000000000000000000001");
}
END_TEST

START_TEST(not_numbers)
{
    static const char *const texts[] = {
        "",   " ",   "-",   "+",    ".",   "1.",   ".5",  "1.2.3", "--1",      "+-1",
        "1e", "1e+", "e3",  "1 2",  "1,5", "1_0",  "0x1", "NaN",   "inf",      "1a",
        "a1", "¥1",  "1元", "１２", "1-2", "1e.5", "- 1", "1e 3",  "1,234.00",
    };
    struct decimal d;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is_none(texts[i]);
    ck_assert(!decimal_parse("1\0", 2, &d));
    ck_assert(!decimal_parse(NULL, 0, &d));
}
END_TEST

START_TEST(long_texts)
{
    enum { LEN = 100000 };
    char *text = malloc(LEN);
    struct decimal d;

    ck_assert_ptr_nonnull(text);
    memset(text, '0', LEN);
    text[LEN - 1] = '5';
    ck_assert(decimal_parse(text, LEN, &d));
    ck_assert_int_eq(d.coefficient, 5);
    text[1] = '.';
    ck_assert(!decimal_parse(text, LEN, &d));
    memset(text, '9', LEN);
    ck_assert(!decimal_parse(text, LEN, &d));
    free(text);
}
END_TEST

START_TEST(order)
{
    /* In ascending order. */
    static const char *const texts[] = {
        "-9223372036854775808",
        "-9223372036854775807",
        "-9.223372036854775808",
        "-9.223372036854775807",
        "-1.5",
        "-1",
        "-0.5",
        "-0.000000000000000001",
        "0",
        "0.000000000000000001",
        "0.03",
        "0.16",
        "1.8",
        "16",
        "849",
        "849.000000000000001",
        "9223372036854775806",
        "9223372036854775807",
    };
    size_t n = sizeof texts / sizeof *texts;
    struct decimal a, b;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            ck_assert(parse(texts[i], &a) && parse(texts[j], &b));
            ck_assert_msg(decimal_compare(a, b) == (i > j) - (i < j), "%s %s", texts[i], texts[j]);
        }
    }
    ck_assert_int_eq(decimal_compare((struct decimal){100, 2}, (struct decimal){1, 0}), 0);
    ck_assert_int_eq(decimal_compare((struct decimal){0, 18}, (struct decimal){0, 0}), 0);
    ck_assert_int_eq(
        decimal_compare((struct decimal){1000000000000000000, 18}, (struct decimal){1, 0}), 0);
    ck_assert_int_gt(decimal_compare((struct decimal){INT64_MAX, 0}, (struct decimal){1, 18}), 0);
    ck_assert_int_lt(decimal_compare((struct decimal){INT64_MIN, 0}, (struct decimal){-1, 18}), 0);
}
END_TEST

START_TEST(written)
{
    static const struct {
        struct decimal d;
        const char *text;
    } cases[] = {
        {{0, 0}, "0"},
        {{0, 2}, "0.00"},
        {{5, 0}, "5"},
        {{-125, 1}, "-12.5"},
        {{7, 2}, "0.07"},
        {{INT64_MAX, 0}, "9223372036854775807"},
        {{INT64_MIN, 18}, "-9.223372036854775808"},
        {{-1, 18}, "-0.000000000000000001"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[DECIMAL_LONGEST];
        struct decimal back;

        ck_assert_uint_eq(decimal_format(cases[i].d, out), strlen(cases[i].text));
        ck_assert_str_eq(out, cases[i].text);
        ck_assert(parse(out, &back));
        ck_assert_int_eq(decimal_compare(back, cases[i].d), 0);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("facts_decimal");
    TCase *t = tcase_create("all");

    tcase_add_test(t, numbers);
    tcase_add_test(t, boundaries);
    tcase_add_test(t, not_numbers);
    tcase_add_test(t, long_texts);
    tcase_add_test(t, order);
    tcase_add_test(t, written);
    suite_add_tcase(s, t);
    return test_run(s);
}
