/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines on instants: boundaries at the second, and Kleene's three values. */
#include <check.h>

#include "eval/deadline.h"
#include "test_suite.h"

/* Instants in seconds, for short. */
#define AT(s) ((struct point){POINT_KNOWN, (s)*INT64_C(1000), (s)*INT64_C(1000)})
#define WITHIN(a, b) ((struct point){POINT_KNOWN, (a)*INT64_C(1000), (b)*INT64_C(1000)})
#define NEVER ((struct point){POINT_NEVER, 0, 0})
#define SOMETIME ((struct point){POINT_UNKNOWN, 0, 0})

enum { F = RLS_FALSE, U = RLS_UNKNOWN, T = RLS_TRUE };

START_TEST(three_values)
{
    static const struct {
        struct timeline t;
        int missed, open, met_late, passed;
    } table[] = {
        /* due at 100, not met: the last second of the deadline, and the first after it */
        {{100999, {POINT_KNOWN, 0, 0}, {POINT_KNOWN, 100000, 100000}, {0}, {0}}, F, T, F, F},
        {{101000, {POINT_KNOWN, 0, 0}, {POINT_KNOWN, 100000, 100000}, {0}, {0}}, T, T, F, T},
        /* not yet started */
        {{50000, {POINT_KNOWN, 60000, 60000}, {POINT_KNOWN, 40000, 40000}, {0}, {0}}, F, F, F, T},
        /* met in its last second, and one later */
        {{200000,
          {POINT_KNOWN, 0, 0},
          {POINT_KNOWN, 100000, 100000},
          {POINT_KNOWN, 100999, 100999},
          {0}},
         F,
         F,
         F,
         T},
        {{200000,
          {POINT_KNOWN, 0, 0},
          {POINT_KNOWN, 100000, 100000},
          {POINT_KNOWN, 101000, 101000},
          {0}},
         T,
         F,
         T,
         T},
        /* what is met after now is not met */
        {{200000,
          {POINT_KNOWN, 0, 0},
          {POINT_KNOWN, 100000, 100000},
          {POINT_KNOWN, 300000, 300000},
          {0}},
         T,
         T,
         F,
         T},
        /* whether it was met cannot be told */
        {{200000, {POINT_KNOWN, 0, 0}, {POINT_KNOWN, 100000, 100000}, {POINT_UNKNOWN, 0, 0}, {0}},
         U,
         U,
         U,
         T},
        {{50000, {POINT_KNOWN, 0, 0}, {POINT_KNOWN, 100000, 100000}, {POINT_UNKNOWN, 0, 0}, {0}},
         F,
         U,
         U,
         F},
        /* met on some second of a day in which it was due */
        {{500000,
          {POINT_KNOWN, 0, 0},
          {POINT_KNOWN, 100000, 100000},
          {POINT_KNOWN, 50000, 150000},
          {0}},
         U,
         F,
         U,
         T},
        /* when it is due cannot be told */
        {{200000, {POINT_KNOWN, 0, 0}, {POINT_UNKNOWN, 0, 0}, {0}, {0}}, U, T, F, U},
        {{200000, {POINT_KNOWN, 0, 0}, {POINT_KNOWN, 150000, 250000}, {0}, {0}}, U, T, F, U},
        /* never due */
        {{200000, {POINT_KNOWN, 0, 0}, {POINT_NEVER, 0, 0}, {0}, {0}}, F, T, F, F},
        /* void before it was due, and after */
        {{200000,
          {POINT_KNOWN, 0, 0},
          {POINT_KNOWN, 100000, 100000},
          {0},
          {POINT_KNOWN, 90000, 90000}},
         F,
         F,
         F,
         T},
        {{200000,
          {POINT_KNOWN, 0, 0},
          {POINT_KNOWN, 100000, 100000},
          {0},
          {POINT_KNOWN, 110000, 110000}},
         T,
         F,
         F,
         T},
        /* whether it began cannot be told */
        {{200000, {POINT_UNKNOWN, 0, 0}, {POINT_KNOWN, 100000, 100000}, {0}, {0}}, U, U, F, T},
        {{200000, {POINT_NEVER, 0, 0}, {POINT_KNOWN, 100000, 100000}, {0}, {0}}, F, F, F, T},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct timeline *t = &table[i].t;

        ck_assert_msg((int)timeline_missed(t) == table[i].missed, "missed, row %zu", i);
        ck_assert_msg((int)timeline_open(t) == table[i].open, "open, row %zu", i);
        ck_assert_msg((int)timeline_met_late(t) == table[i].met_late, "met late, row %zu", i);
        ck_assert_msg((int)timeline_passed(t) == table[i].passed, "passed, row %zu", i);
    }
}
END_TEST

START_TEST(the_next_change)
{
    struct timeline t = {0, AT(10), AT(100), NEVER, NEVER};

    ck_assert_int_eq(timeline_next(&t), 10000);
    t.now = 10000;
    ck_assert_int_eq(timeline_next(&t), 101000);
    t.now = 100999;
    ck_assert_int_eq(timeline_next(&t), 101000);
    t.now = 101000;
    ck_assert_int_eq(timeline_next(&t), INT64_MAX);
    t.now = 20000;
    t.met = AT(30);
    ck_assert_int_eq(timeline_next(&t), 30000);
    t.now = 40000;
    ck_assert_int_eq(timeline_next(&t), INT64_MAX);
    t.met = NEVER;
    t.due = WITHIN(50, 60);
    ck_assert_int_eq(timeline_next(&t), 51000);
    t.now = 55000;
    ck_assert_int_eq(timeline_next(&t), 61000);
    t.due = SOMETIME;
    ck_assert_int_eq(timeline_next(&t), INT64_MAX);
}
END_TEST

/* No answer flips: what is decided at one instant may change later only at a next instant. */
START_TEST(nothing_changes_between_next_instants)
{
    static const struct point points[] = {{POINT_NEVER, 0, 0},
                                          {POINT_UNKNOWN, 0, 0},
                                          {POINT_KNOWN, 2000, 2000},
                                          {POINT_KNOWN, 4000, 4000},
                                          {POINT_KNOWN, 2000, 5000}};
    const size_t n = sizeof points / sizeof points[0];

    for (size_t i = 0; i < n * n * n * n; i++) {
        struct timeline t = {0, points[i % n], points[i / n % n], points[i / n / n % n],
                             points[i / n / n / n]};
        int64_t next = 0;
        int seen = -1;

        for (t.now = 0; t.now < 8000; t.now += 500) {
            int all = (int)timeline_missed(&t) * 9 + (int)timeline_open(&t) * 3 +
                      (int)timeline_met_late(&t);

            ck_assert_msg(all == seen || t.now >= next, "%zu at %d", i, (int)t.now);
            if (t.now >= next)
                next = timeline_next(&t);
            seen = all;
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_deadline");
    TCase *c = tcase_create("deadline");

    tcase_add_test(c, three_values);
    tcase_add_test(c, the_next_change);
    tcase_add_test(c, nothing_changes_between_next_instants);
    suite_add_tcase(s, c);
    return test_run(s);
}
