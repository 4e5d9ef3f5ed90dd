/* SPDX-License-Identifier: Apache-2.0 */
/* Durations, quantities, days and what is known of them when they are compared. */
#include <string.h>

#include <check.h>

#include "facts/value.h"
#include "test_suite.h"

static const char *const relations[] = {"is", "lt", "le", "gt", "ge"};

static enum relation relation_of(const char *name)
{
    for (size_t i = 0; i < 5; i++)
        if (strcmp(relations[i], name) == 0)
            return (enum relation)i;
    ck_abort_msg("%s", name);
}

static struct value read(const char *text, uint8_t type, bool literal)
{
    struct value v;
    bool memory = false;

    ck_assert_msg(value_read(text, strlen(text), type, ZONE_HOME, &v, &memory), "%s", text);
    if (type == TYPE_INSTANT)
        v.moment.named = v.moment.day && literal;
    return v;
}

struct row {
    uint8_t type;
    const char *left, *relation, *right;
    enum rls_truth truth;
};

static const struct row rows[] = {
    /* The boundary itself: lt and le differ everywhere. */
    {TYPE_QUANTITY, "16cm", "lt", "16cm", RLS_FALSE},
    {TYPE_QUANTITY, "16cm", "le", "16cm", RLS_TRUE},
    {TYPE_QUANTITY, "160mm", "is", "0.16米", RLS_TRUE},
    {TYPE_QUANTITY, "16.0001厘米", "le", "16cm", RLS_FALSE},
    {TYPE_QUANTITY, "60°", "gt", "60°", RLS_FALSE},
    {TYPE_QUANTITY, "60°", "ge", "60°", RLS_TRUE},
    {TYPE_QUANTITY, "0.16 J/cm²", "gt", "0.16J/cm2", RLS_FALSE},
    {TYPE_QUANTITY, "0.16J/cm2", "le", "0.16 J/cm²", RLS_TRUE},
    {TYPE_QUANTITY, "1.8J/cm²", "lt", "1.80 J/cm²", RLS_FALSE},
    {TYPE_QUANTITY, "1.7999999 J/cm²", "lt", "1.8J/cm²", RLS_TRUE},
    {TYPE_QUANTITY, "１斤", "is", "500ｇ", RLS_TRUE},
    {TYPE_QUANTITY, "2公斤", "gt", "1999999毫克", RLS_TRUE},
    {TYPE_QUANTITY, "3‰", "is", "0.3%", RLS_TRUE},
    /* What lies on both sides of the bound cannot be told. */
    {TYPE_QUANTITY, "95%以上", "ge", "95%", RLS_TRUE},
    {TYPE_QUANTITY, "95%以上", "gt", "95%", RLS_UNKNOWN},
    {TYPE_QUANTITY, "大于95%", "gt", "95%", RLS_TRUE},
    {TYPE_QUANTITY, "95%以上", "ge", "96%", RLS_UNKNOWN},
    {TYPE_QUANTITY, "95%以上", "lt", "95%", RLS_FALSE},
    {TYPE_QUANTITY, "≥3 kg", "lt", "3kg", RLS_FALSE},
    {TYPE_QUANTITY, "＜3kg", "lt", "3000g", RLS_TRUE},
    {TYPE_QUANTITY, "不满14周岁", "lt", "14岁", RLS_TRUE},
    {TYPE_QUANTITY, "18-24周岁", "ge", "18岁", RLS_TRUE},
    {TYPE_QUANTITY, "18~24周岁", "gt", "18岁", RLS_UNKNOWN},
    {TYPE_QUANTITY, "500g-1kg", "le", "1公斤", RLS_TRUE},
    {TYPE_QUANTITY, "500g-1kg", "is", "700g", RLS_UNKNOWN},
    {TYPE_QUANTITY, "500g-1kg", "is", "2kg", RLS_FALSE},
    {TYPE_QUANTITY, "500g", "lt", "1l", RLS_UNKNOWN},
    {TYPE_QUANTITY, "3.6V", "is", "3.60伏", RLS_TRUE},
    {TYPE_QUANTITY, "20000mAh", "ge", "20Ah", RLS_TRUE},

    {TYPE_DURATION, "72h", "is", "4320min", RLS_TRUE},
    {TYPE_DURATION, "36小时", "gt", "1nd", RLS_TRUE},
    {TYPE_DURATION, "12 个月", "is", "1y", RLS_TRUE},
    {TYPE_DURATION, "540天", "lt", "18个月", RLS_TRUE},
    {TYPE_DURATION, "365天", "le", "12个月", RLS_TRUE},
    {TYPE_DURATION, "366天", "gt", "12个月", RLS_UNKNOWN},
    {TYPE_DURATION, "367天", "gt", "1年", RLS_TRUE},
    {TYPE_DURATION, "30天", "lt", "1mo", RLS_UNKNOWN},
    {TYPE_DURATION, "27天", "lt", "1mo", RLS_TRUE},
    {TYPE_DURATION, "3wd", "lt", "3个工作日", RLS_FALSE},
    {TYPE_DURATION, "3wd", "le", "5nd", RLS_UNKNOWN},

    /* Stamps are compared at seconds. */
    {TYPE_INSTANT, "2026-02-06T23:59:59.999", "is", "2026-02-06T23:59:59", RLS_TRUE},
    {TYPE_INSTANT, "2026-02-06T23:59:59", "lt", "2026-02-06T23:59:59.5", RLS_FALSE},
    {TYPE_INSTANT, "2026-02-06T23:59:59+08:00", "is", "2026-02-06T15:59:59Z", RLS_TRUE},
};

START_TEST(comparisons)
{
    const struct row *r = &rows[_i];
    struct value a = read(r->left, r->type, false), b = read(r->right, r->type, false);

    ck_assert_msg(value_compare(&a, relation_of(r->relation), &b) == r->truth, "%s %s %s", r->left,
                  r->relation, r->right);
}
END_TEST

/* Against the date of a rule, which is that day: unlike the date of a document, some time of it. */
static const struct {
    const char *left, *relation;
    enum rls_truth named, unnamed;
} days[] = {
    {"2026-02-05T23:59:59.999", "lt", RLS_TRUE, RLS_TRUE},
    {"2026-02-06T00:00:00", "lt", RLS_FALSE, RLS_UNKNOWN},
    {"2026-02-06T00:00:01", "lt", RLS_FALSE, RLS_UNKNOWN},
    {"2026-02-06T23:59:59.999", "le", RLS_TRUE, RLS_UNKNOWN},
    {"2026-02-07T00:00:00", "le", RLS_FALSE, RLS_FALSE},
    {"2026-02-06T23:59:59", "gt", RLS_FALSE, RLS_UNKNOWN},
    {"2026-02-07T00:00:00", "gt", RLS_TRUE, RLS_TRUE},
    {"2026-02-06T00:00:00", "ge", RLS_TRUE, RLS_UNKNOWN},
    {"2026-02-05T23:59:59", "ge", RLS_FALSE, RLS_FALSE},
    {"2026-02-06T12:00:00", "is", RLS_TRUE, RLS_UNKNOWN},
    {"2026-02-07T00:00:00", "is", RLS_FALSE, RLS_FALSE},
    {"2026-02-06", "is", RLS_TRUE, RLS_TRUE},
    {"2026-02-06", "lt", RLS_FALSE, RLS_FALSE},
    {"2026-02-06", "le", RLS_TRUE, RLS_TRUE},
    {"2026-02-06", "gt", RLS_FALSE, RLS_FALSE},
    {"2026-02-05", "lt", RLS_TRUE, RLS_TRUE},
    {"2026-02-07", "gt", RLS_TRUE, RLS_TRUE},
};

START_TEST(days_are_compared)
{
    struct value a = read(days[_i].left, TYPE_INSTANT, false);
    struct value named = read("2026-02-06", TYPE_INSTANT, true), day = named;
    enum relation r = relation_of(days[_i].relation);
    static const enum relation turned[] = {RELATION_IS, RELATION_GT, RELATION_GE, RELATION_LT,
                                           RELATION_LE};

    day.moment.named = false;
    ck_assert_int_eq(value_compare(&a, r, &named), days[_i].named);
    ck_assert_int_eq(value_compare(&a, r, &day), days[_i].unnamed);
    ck_assert_int_eq(value_compare(&named, turned[r], &a), days[_i].named);
    ck_assert_int_eq(value_compare(&day, turned[r], &a), days[_i].unnamed);
}
END_TEST

START_TEST(not_read)
{
    static const char *const quantities[] = {"500",       "约500克", "500克左右", "~5g", "500g*2",
                                             "3-5kg以上", "5g-3g",   "g",         "",    "1,000g",
                                             "500g-2L",   "见描述",  "1.2.3g",    "5℃",  "9e18kg"};
    static const char *const durations[] = {"3",   "3m",       "半年", "-3nd", "1.5h",
                                            "3个", "18个月起", "nd",   "",     "99999999999年"};
    struct quantity q;
    struct duration d;
    char longest[200];

    for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++)
        ck_assert_msg(!quantity_parse(quantities[i], strlen(quantities[i]), &q), "%s",
                      quantities[i]);
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++)
        ck_assert_msg(!duration_parse(durations[i], strlen(durations[i]), &d), "%s", durations[i]);
    memset(longest, '1', sizeof longest);
    ck_assert(!quantity_parse(longest, sizeof longest, &q));
    ck_assert(!duration_parse(longest, sizeof longest, &d));
}
END_TEST

static const struct {
    const char *from, *duration;
    bool back;
    const char *low, *high;
} shifts[] = {
    {"2026-01-31", "1mo", false, "2026-02-28T00:00:00", "2026-02-28T23:59:59"},
    {"2024-01-31", "1mo", false, "2024-02-29T00:00:00", "2024-02-29T23:59:59"},
    {"2026-03-31T10:20:30", "1mo", true, "2026-02-28T10:20:30", "2026-02-28T10:20:30"},
    {"2024-02-29", "1y", false, "2025-02-28T00:00:00", "2025-02-28T23:59:59"},
    {"2026-12-15", "1mo", false, "2027-01-15T00:00:00", "2027-01-15T23:59:59"},
    {"2026-01-15", "13mo", true, "2024-12-15T00:00:00", "2024-12-15T23:59:59"},
    {"2026-02-06T00:00:00", "3nd", false, "2026-02-09T00:00:00", "2026-02-09T23:59:59"},
    {"2026-02-06T23:59:59", "3nd", false, "2026-02-09T00:00:00", "2026-02-09T23:59:59"},
    {"2026-02-06", "3nd", true, "2026-02-03T00:00:00", "2026-02-03T23:59:59"},
    {"2026-02-06T12:00:00", "72h", false, "2026-02-09T12:00:00", "2026-02-09T12:00:00"},
    {"2026-02-06", "90min", false, "2026-02-06T01:30:00", "2026-02-07T01:29:59"},
};

START_TEST(durations_are_added)
{
    struct value from = read(shifts[_i].from, TYPE_INSTANT, false);
    struct value by = read(shifts[_i].duration, TYPE_DURATION, false);
    struct value low = read(shifts[_i].low, TYPE_INSTANT, false);
    struct value high = read(shifts[_i].high, TYPE_INSTANT, false);
    struct moment to;

    ck_assert_int_eq(moment_shift(&from.moment, by.duration, shifts[_i].back, ZONE_HOME, NULL, &to),
                     SHIFT_OK);
    ck_assert_int_eq(to.low, low.moment.low);
    ck_assert_int_eq(to.high, high.moment.low);
}
END_TEST

START_TEST(shifts_that_cannot_be)
{
    struct value first = read("0001-01-01", TYPE_INSTANT, false);
    struct value last = read("9999-12-31T23:59:59Z", TYPE_INSTANT, false);
    struct value zone = read("2026-03-08", TYPE_INSTANT, false);
    struct moment to, two = {first.moment.low, last.moment.low, false, false};
    struct duration hour = {60, DURATION_MINUTES}, day = {1, DURATION_DAYS},
                    month = {1, DURATION_MONTHS}, work = {1, DURATION_WORKING_DAYS};

    ck_assert_int_eq(moment_shift(&first.moment, hour, true, ZONE_HOME, NULL, &to), SHIFT_RANGE);
    ck_assert_int_eq(moment_shift(&first.moment, month, true, ZONE_HOME, NULL, &to), SHIFT_RANGE);
    ck_assert_int_eq(moment_shift(&last.moment, hour, false, ZONE_HOME, NULL, &to), SHIFT_RANGE);
    ck_assert_int_eq(moment_shift(&last.moment, day, false, ZONE_HOME, NULL, &to), SHIFT_RANGE);
    ck_assert_int_eq(moment_shift(&last.moment, month, false, ZONE_HOME, NULL, &to), SHIFT_RANGE);
    ck_assert_int_eq(moment_shift(&two, day, false, ZONE_HOME, NULL, &to), SHIFT_UNCERTAIN);
    ck_assert_int_eq(moment_shift(&zone.moment, work, false, ZONE_HOME, NULL, &to),
                     SHIFT_NO_CALENDAR);
    ck_assert_int_eq(to.low, 2026);
}
END_TEST

/* A day on which a clock is put forward has 23 hours. */
START_TEST(another_zone)
{
    struct civil before = {.year = 2026, .month = 3, .day = 7},
                 day = {.year = 2026, .month = 3, .day = 8};
    struct duration one = {1, DURATION_DAYS};
    struct moment from, to, expected;

    ck_assert_int_eq(moment_of_civil(&before, "America/Los_Angeles", &from), ZONE_OK);
    ck_assert_int_eq(moment_of_civil(&day, "America/Los_Angeles", &expected), ZONE_OK);
    ck_assert_int_eq(expected.high - expected.low, 23 * 3600000 - 1000);
    ck_assert_int_eq(moment_shift(&from, one, false, "America/Los_Angeles", NULL, &to), SHIFT_OK);
    ck_assert_int_eq(to.low, expected.low);
    ck_assert_int_eq(to.high, expected.high);
    ck_assert_int_eq(moment_shift(&to, one, true, "America/Los_Angeles", NULL, &to), SHIFT_OK);
    ck_assert_int_eq(to.low, from.low);
}
END_TEST

START_TEST(days_of_the_calendar)
{
    for (int64_t day = -719162; day < 2932896; day += 17) {
        struct civil c = civil_of_days(day);
        ck_assert_int_eq(civil_days(c.year, c.month, c.day), day);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("facts_values");
    TCase *c = tcase_create("values");

    tcase_add_loop_test(c, comparisons, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(c, days_are_compared, 0, sizeof days / sizeof *days);
    tcase_add_test(c, not_read);
    tcase_add_loop_test(c, durations_are_added, 0, sizeof shifts / sizeof *shifts);
    tcase_add_test(c, shifts_that_cannot_be);
    tcase_add_test(c, another_zone);
    tcase_add_test(c, days_of_the_calendar);
    suite_add_tcase(s, c);
    return test_run(s);
}
