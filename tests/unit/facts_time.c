/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <inttypes.h>
#include <string.h>

#include <librules/options.h>

#include "base/instant.h"
#include "base/mem.h"
#include "facts/zone.h"
#include "test_suite.h"

static bool parse(const char *text, struct civil *out)
{
    return civil_parse(text, strlen(text), out);
}

START_TEST(good_texts)
{
    struct civil c;

    ck_assert(parse("2026-02-06", &c));
    ck_assert(c.year == 2026 && c.month == 2 && c.day == 6 && !c.has_time && !c.has_offset);
    ck_assert(parse("2026-02-06T08:05", &c));
    ck_assert(c.has_time && c.hour == 8 && c.minute == 5 && c.second == 0 && !c.has_offset);
    ck_assert(parse("2018-07-24 21:55:33", &c));
    ck_assert(c.hour == 21 && c.minute == 55 && c.second == 33 && c.millisecond == 0);
    ck_assert(parse("2026-02-06T08:00:00.5Z", &c));
    ck_assert(c.millisecond == 500 && c.has_offset && c.offset == 0);
    ck_assert(parse("2026-02-06T08:00:00.0015+08:00", &c));
    ck_assert(c.millisecond == 1 && c.offset == 480);
    ck_assert(parse("2026-02-06T23:59:59.999999999-09:30", &c));
    ck_assert(c.millisecond == 999 && c.offset == -570);
    ck_assert(parse("2026-02-06T08:00Z", &c));
    ck_assert(parse("2026-02-06t08:00:00z", &c));
    ck_assert(c.has_time && c.has_offset && c.offset == 0);
    ck_assert(parse("2024-02-29", &c));
    ck_assert(parse("2000-02-29", &c));
    ck_assert(parse("0001-01-01", &c));
    ck_assert(parse("9999-12-31T23:59:59", &c));
}
END_TEST

START_TEST(bad_texts)
{
    static const char *const texts[] = {
        "",
        "2026",
        "2026-02",
        "2026-2-6",
        "26-02-06",
        "02026-02-06",
        "2026/02/06",
        "20260206",
        "2026-02-06T",
        "2026-02-06Z",
        "2026-02-06T08",
        "2026-02-06T8:00",
        "2026-02-06T08:0",
        "2026-02-06T08:00:",
        "2026-02-06T08:00:0",
        "2026-02-06T08:00:00.",
        "2026-02-06T08:00:00.1234567890",
        "2026-02-06T08:00.5",
        "2026-02-06T08:00:00+8:00",
        "2026-02-06T08:00:00+0800",
        "2026-02-06T08:00:00+08",
        "2026-02-06T08:00:00+24:00",
        "2026-02-06T08:00:00+08:60",
        "2026-02-06T08:00:00Z ",
        "2026-02-06T08:00:00ZZ",
        " 2026-02-06",
        "2026-02-06 ",
        "2026-02-06  08:00",
        "2026-02-06T24:00",
        "2026-02-06T23:60",
        "2026-02-06T23:59:60",
        "2016-12-31T23:59:60Z",
        "2016-12-31t23:59:60z",
        "2026-00-06",
        "2026-13-06",
        "2026-02-00",
        "2026-02-29",
        "2026-02-30",
        "1900-02-29",
        "2026-04-31",
        "2026-06-31",
        "2026-09-31",
        "2026-11-31",
        "2026-01-32",
        "0000-01-01",
        "-2026-02-06",
        "2026年02月06日",
        "２０２６-02-06",
    };
    struct civil c;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!parse(texts[i], &c), "%s", texts[i]);
    for (size_t len = 0; len < 10; len++)
        ck_assert(!civil_parse("2026-02-06", len, &c));
    ck_assert(!civil_parse(NULL, 0, &c));
}
END_TEST

START_TEST(days)
{
    int64_t expected = civil_days(1, 1, 1);
    struct civil c = {.year = 1, .month = 1, .day = 1};

    ck_assert_int_eq(civil_days(1970, 1, 1), 0);
    ck_assert_int_eq(civil_days(1969, 12, 31), -1);
    ck_assert_int_eq(civil_days(2000, 3, 1), 11017);
    ck_assert_int_eq(expected, -719162);
    /* Every day up to the end of the calendar follows the one before. */
    for (; c.year < 10000; c = civil_next_day(c), expected++)
        ck_assert_int_eq(civil_days(c.year, c.month, c.day), expected);
    ck_assert(c.year == 10000 && c.month == 1 && c.day == 1);
}
END_TEST

START_TEST(next_day_keeps_the_time)
{
    struct civil c;

    ck_assert(parse("2024-02-28T08:09:10.5+08:00", &c));
    c = civil_next_day(c);
    ck_assert(c.month == 2 && c.day == 29 && c.hour == 8 && c.second == 10 && c.offset == 480);
    c = civil_next_day(c);
    ck_assert(c.month == 3 && c.day == 1 && c.millisecond == 500 && c.has_time && c.has_offset);
}
END_TEST

static void writes(int64_t instant, const char *expected)
{
    char out[INSTANT_LONGEST];

    ck_assert_uint_eq(instant_format(instant, out, sizeof out), strlen(expected));
    ck_assert_str_eq(out, expected);
}

START_TEST(written)
{
    char small[5];

    writes(0, "1970-01-01T00:00:00Z");
    writes(-1, "1969-12-31T23:59:59.999Z");
    writes(1, "1970-01-01T00:00:00.001Z");
    writes(1770336000000, "2026-02-06T00:00:00Z");
    writes(-62135596800000, "0001-01-01T00:00:00Z");
    writes(253402300799999, "9999-12-31T23:59:59.999Z");
    ck_assert_uint_eq(instant_format(0, small, sizeof small), 20);
    ck_assert_str_eq(small, "1970");
    ck_assert_uint_lt(instant_format(INT64_MIN, (char[INSTANT_LONGEST]){0}, INSTANT_LONGEST),
                      INSTANT_LONGEST);
    ck_assert_uint_lt(instant_format(INT64_MAX, (char[INSTANT_LONGEST]){0}, INSTANT_LONGEST),
                      INSTANT_LONGEST);
}
END_TEST

static struct rls_text text(const char *s)
{
    return (struct rls_text){s, strlen(s)};
}

static void reads(int64_t instant, int32_t minutes, const char *expected)
{
    char out[INSTANT_TEXT];

    ck_assert_uint_eq(instant_text_at(instant, minutes, out), strlen(expected));
    ck_assert_str_eq(out, expected);
}

START_TEST(written_for_people)
{
    reads(1770307200000, 480, "2026-02-06 00:00 +08:00");
    reads(1770307199000, 480, "2026-02-05 23:59:59 +08:00");
    reads(1770307200001, 480, "2026-02-06 00:00:00 +08:00");
    reads(0, 0, "1970-01-01 00:00 +00:00");
    reads(0, -210, "1969-12-31 20:30 -03:30");
    reads(INT64_MAX, 840, "292278994-08-17 07:12:55 +00:00");
    reads(INT64_MIN, -840, "-292275055-05-16 16:47:04 +00:00");
}
END_TEST

START_TEST(offsets)
{
    static const struct {
        const char *zone, *date;
        int32_t minutes;
    } samples[] = {
        {"Asia/Shanghai", "2026-02-06", 480},     {"UTC", "2026-02-06", 0},
        {"America/New_York", "2026-02-06", -300}, {"America/New_York", "2026-07-06", -240},
        {"America/New_York", "2099-07-06", -240}, {"America/New_York", "1969-07-06", -300},
        {"Asia/Kathmandu", "2026-02-06", 345},    {"Asia/Kathmandu", "1980-02-06", 330},
    };
    struct arena arena;

    arena_init(&arena, &mem_libc);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct zone_offsets z;
        int64_t instant;
        uint32_t at;

        ck_assert_int_eq(rls_instant_parse(text(samples[i].date), "UTC", &instant), RLS_OK);
        ck_assert_int_eq(zone_offsets(samples[i].zone, &arena, &z), ZONE_OK);
        ck_assert(z.items[0].from == INT64_MIN);
        for (at = z.n - 1; z.items[at].from > instant; at--)
            ck_assert_int_gt(z.items[at].from, z.items[at - 1].from);
        ck_assert_int_eq(z.items[at].minutes, samples[i].minutes);
    }
    ck_assert_int_eq(zone_offsets("GMT+8", &arena, &(struct zone_offsets){0}), ZONE_UNKNOWN);
    ck_assert_int_eq(zone_offsets("", &arena, &(struct zone_offsets){0}), ZONE_UNKNOWN);
    arena_clear(&arena);
}
END_TEST

START_TEST(zones)
{
    static const char *const good[] = {"Asia/Shanghai", "UTC",           "America/New_York",
                                       "Asia/Tokyo",    "Europe/London", "Asia/Hong_Kong"};
    static const char *const bad[] = {"",      "Asia/Beijing", "asia",
                                      "GMT+8", "GMT+08:00",    "Etc/Unknown",
                                      "北京",  "+08:00",       "Asia/Shanghai "};
    char endless[200];

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(zone_known(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!zone_known(bad[i]), "%s", bad[i]);
    memset(endless, 'A', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    ck_assert(!zone_known(endless));
}
END_TEST

static const struct {
    const char *text, *zone, *utc;
} instants[] = {
    {"2026-02-06", "Asia/Shanghai", "2026-02-05T16:00:00Z"},
    {"2026-02-06T08:00:00", "Asia/Shanghai", "2026-02-06T00:00:00Z"},
    {"2026-02-06T08:00:00Z", "Asia/Shanghai", "2026-02-06T08:00:00Z"},
    {"2026-02-06T08:00:00-05:00", "Asia/Shanghai", "2026-02-06T13:00:00Z"},
    {"2026-02-06T08:00", "UTC", "2026-02-06T08:00:00Z"},
    {"2026-07-01", "America/New_York", "2026-07-01T04:00:00Z"},
    /* Summer time in China, 1986 to 1991. */
    {"1986-05-03T12:00", "Asia/Shanghai", "1986-05-03T04:00:00Z"},
    {"1986-07-01T12:00", "Asia/Shanghai", "1986-07-01T03:00:00Z"},
    {"1990-07-01", "Asia/Shanghai", "1990-06-30T15:00:00Z"},
    {"1991-07-01T12:00", "Asia/Shanghai", "1991-07-01T03:00:00Z"},
    {"1991-12-31T12:00", "Asia/Shanghai", "1991-12-31T04:00:00Z"},
    {"1992-01-01", "Asia/Shanghai", "1991-12-31T16:00:00Z"},
    {"1992-07-01T12:00", "Asia/Shanghai", "1992-07-01T04:00:00Z"},
    /* Skipped and repeated: the offset before the change. */
    {"2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00Z"},
    {"2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z"},
    {"2026-03-08T01:59:59", "America/New_York", "2026-03-08T06:59:59Z"},
    {"2026-03-08T03:00", "America/New_York", "2026-03-08T07:00:00Z"},
    /* The Gregorian calendar is used before it was made, too. */
    {"1500-03-01", "UTC", "1500-03-01T00:00:00Z"},
    {"0001-01-01", "UTC", "0001-01-01T00:00:00Z"},
    {"9999-12-31T23:59:59.999", "UTC", "9999-12-31T23:59:59.999Z"},
};

START_TEST(zoned_instants)
{
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        int64_t instant;
        struct civil c;

        ck_assert(parse(instants[i].text, &c));
        ck_assert_int_eq(zone_instant(&c, instants[i].zone, &instant), ZONE_OK);
        writes(instant, instants[i].utc);
    }
}
END_TEST

/* The short way for the home zone and ICU agree. */
START_TEST(home_zone)
{
    for (int32_t year = 1992; year < 2100; year++) {
        struct civil c = {.year = year, .month = 7, .day = 1};
        int64_t home, icu;

        ck_assert_int_eq(zone_instant(&c, ZONE_HOME, &home), ZONE_OK);
        ck_assert_int_eq(zone_instant(&c, "PRC", &icu), ZONE_OK);
        ck_assert_int_eq(home, icu);
    }
}
END_TEST

START_TEST(unknown_zone)
{
    int64_t instant = 7;
    struct civil c;

    ck_assert(parse("2026-02-06", &c));
    ck_assert_int_eq(zone_instant(&c, "Mars/Olympus", &instant), ZONE_UNKNOWN);
    ck_assert_int_eq(zone_instant(&c, "", &instant), ZONE_UNKNOWN);
    ck_assert_int_eq(instant, 7);
}
END_TEST

START_TEST(public_parser)
{
    int64_t instant;

    ck_assert_int_eq(rls_instant_parse(text("2026-02-06"), NULL, &instant), RLS_OK);
    writes(instant, "2026-02-05T16:00:00Z");
    ck_assert_int_eq(rls_instant_parse(text("2026-02-06T00:00:00+08:00"), "UTC", &instant), RLS_OK);
    writes(instant, "2026-02-05T16:00:00Z");
    ck_assert_int_eq(rls_instant_parse(text("1988-07-01"), NULL, &instant), RLS_OK);
    writes(instant, "1988-06-30T15:00:00Z");
    ck_assert_int_eq(rls_instant_parse(text("2026-02-30"), NULL, &instant), RLS_ERR_INPUT);
    ck_assert_int_eq(rls_instant_parse(text(""), NULL, &instant), RLS_ERR_INPUT);
    ck_assert_int_eq(rls_instant_parse(text("2026-02-06"), "Nowhere", &instant), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_instant_parse(text("2026-02-06Z"), "Nowhere", &instant), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_instant_parse((struct rls_text){NULL, 0}, NULL, &instant),
                     RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_instant_parse(text("2026-02-06"), NULL, NULL), RLS_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("facts_time");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, good_texts);
    tcase_add_test(t, bad_texts);
    tcase_add_test(t, days);
    tcase_add_test(t, next_day_keeps_the_time);
    tcase_add_test(t, written);
    tcase_add_test(t, written_for_people);
    tcase_add_test(t, offsets);
    tcase_add_test(t, zones);
    tcase_add_test(t, zoned_instants);
    tcase_add_test(t, home_zone);
    tcase_add_test(t, unknown_zone);
    tcase_add_test(t, public_parser);
    suite_add_tcase(s, t);
    return test_run(s);
}
