/* SPDX-License-Identifier: Apache-2.0 */
/* Versions and what they come to, against an oracle: every way in which what is unknown may be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

enum { SILENT = 0, UNDECIDED = 99 };
enum { FALSE, UNKNOWN, TRUE, VALUES };

/* What a version says of itself: whether it applies, whether it fires, whether it exempts. */
struct claims {
    int applies, fires, exempt;
};

static struct claims claims_of(int n)
{
    return (struct claims){n % VALUES, n / VALUES % VALUES, n / VALUES / VALUES};
}

enum { CLAIMS = VALUES * VALUES * VALUES };

/* Whether it is violated when bit i of `world` says what the i-th unknown claim is. */
static bool is_violated(struct claims c, unsigned world, bool review)
{
    bool exempt = c.exempt == TRUE || (c.exempt == UNKNOWN && review && world & 4);

    return (c.applies == TRUE || (c.applies == UNKNOWN && world & 1)) &&
           (c.fires == TRUE || (c.fires == UNKNOWN && world & 2)) && !exempt;
}

static bool is_exempt(struct claims c)
{
    return c.applies == TRUE && c.fires == TRUE && c.exempt == TRUE;
}

/* What a rule of one version comes to. */
static uint32_t alone(struct claims c, bool review)
{
    unsigned violated = 0;

    for (unsigned world = 0; world < 8; world++)
        violated += is_violated(c, world, review);
    if (violated == 0)
        return is_exempt(c) ? RLS_EXEMPT : SILENT;
    if (c.applies == UNKNOWN)
        return UNDECIDED;
    return violated == 8 ? RLS_VIOLATED : RLS_INDETERMINATE;
}

/* The same where another version may be used early: wrong is who violates both. */
static uint32_t either(struct claims base, struct claims early, bool review)
{
    uint32_t a = alone(base, review), b = alone(early, review);
    unsigned violated = 0;

    for (unsigned world = 0; world < 64; world++)
        violated += is_violated(base, world % 8, review) && is_violated(early, world / 8, review);
    if (violated == 0)
        return a == SILENT || b == SILENT ? SILENT : RLS_EXEMPT;
    if (a == UNDECIDED)
        return UNDECIDED;
    return violated == 64 ? RLS_VIOLATED : RLS_INDETERMINATE;
}

static uint32_t outcome(const struct rls_report *r)
{
    if (rls_report_undecided_count(r))
        return UNDECIDED;
    return rls_report_finding_count(r) ? rls_finding_outcome(rls_report_finding(r, 0)) : SILENT;
}

static int write_claim(char *at, const char *name, int value)
{
    return value == UNKNOWN ? 0 : sprintf(at, ",\"%s\":\"%s\"", name, value == TRUE ? "yes" : "no");
}

static void write_json(char *at, struct claims base, struct claims early)
{
    at += sprintf(at, "{\"title\":\"x\"");
    at += write_claim(at, "a1", base.applies);
    at += write_claim(at, "f1", base.fires);
    at += write_claim(at, "x1", base.exempt);
    at += write_claim(at, "a2", early.applies);
    at += write_claim(at, "f2", early.fires);
    at += write_claim(at, "x2", early.exempt);
    sprintf(at, "}");
}

#define DECLARED                                                                                   \
    "<field name=\"a1\"/><field name=\"f1\"/><field name=\"x1\"/><field name=\"a2\"/>"             \
    "<field name=\"f2\"/><field name=\"x2\"/><field name=\"made\" type=\"instant\"/>"
#define IS(name) "<field name=\"" name "\" is=\"yes\"/>"
#define NOT(name) "<field name=\"" name "\" is=\"no\"/>"
#define FIRES(n) "<when>" IS("f" n) "</when>"
#define REQUIRES(n) "<require id=\"r" n "\">" NOT("f" n) "</require>"
#define PARTS(n, fires, unknown)                                                                   \
    "<applies>" IS("a" n) "</applies>" fires "<unless if-unknown=\"" unknown                       \
                          "\">" IS("x" n) "</unless>"
#define TWO(fires, unknown)                                                                        \
    DECLARED "<rule id=\"r\" severity=\"violation\">" TITLE REJECT                                 \
             "<version until=\"2027-01-01\">" PARTS(                                               \
                 "1", fires("1"),                                                                  \
                 unknown) "</version>"                                                             \
                          "<version from=\"2027-01-01\" also-from=\"2026-01-01\">" PARTS(          \
                              "2", fires("2"), unknown) "</version></rule>"

static void check_all(const char *rules, bool review)
{
    struct rls_set *set = test_set(NULL, rules);
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_AS_OF};
    struct rls_evaluator *ev;
    char json[256];

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    for (int i = 0; i < CLAIMS * CLAIMS; i++) {
        struct claims base = claims_of(i % CLAIMS), early = claims_of(i / CLAIMS);
        uint32_t got;

        write_json(json, base, early);
        o.as_of = test_instant("2025-06-01");
        got = outcome(test_json(ev, json, &o));
        ck_assert_msg(got == alone(base, review), "alone: %s: %u", json, got);
        o.as_of = test_instant("2026-06-01");
        got = outcome(test_json(ev, json, &o));
        ck_assert_msg(got == either(base, early, review), "either: %s: %u", json, got);
        o.as_of = test_instant("2027-06-01");
        got = outcome(test_json(ev, json, &o));
        ck_assert_msg(got == alone(early, review), "later: %s: %u", json, got);
    }
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

START_TEST(every_combination)
{
    check_all(TWO(FIRES, "stands"), false);
    check_all(TWO(FIRES, "review"), true);
    check_all(TWO(REQUIRES, "stands"), false);
    check_all(TWO(REQUIRES, "review"), true);
}
END_TEST

static bool names(const struct rls_finding *f, const char *missing)
{
    for (size_t i = 0; i < rls_finding_missing_count(f); i++)
        if (strcmp(rls_finding_missing(f, i), missing) == 0)
            return true;
    return false;
}

/* Who may use the early version decides: the finding says so, and which versions it may be. */
START_TEST(what_would_tell)
{
    struct rls_set *set = test_set(NULL, TWO(REQUIRES, "stands"));
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_AS_OF};
    const struct rls_finding *f;
    const struct rls_report *r;
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    o.as_of = test_instant("2026-06-01");
    r = test_json(ev, "{\"title\":\"x\",\"a1\":\"yes\",\"f1\":\"yes\",\"f2\":\"yes\"}", &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    f = rls_report_finding(r, 0);
    ck_assert_uint_eq(rls_finding_outcome(f), RLS_INDETERMINATE);
    ck_assert_str_eq(rls_finding_requirement(f), "r1");
    ck_assert(names(f, "a2") && !names(f, "a1") && !names(f, "made"));
    ck_assert_uint_eq(rls_finding_candidate_count(f), 2);
    ck_assert_str_eq(rls_finding_candidate(f, 1), "2027-01-01");
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

#define MADE(zone_from)                                                                            \
    DECLARED "<rule id=\"r\" severity=\"violation\" version-by=\"made\">" TITLE REJECT             \
             "<version until=\"" zone_from                                                         \
             "\"><when>" IS("f1") "</when></version>"                                              \
                                  "<version from=\"" zone_from                                     \
                                  "\"><when>" IS("f2") "</when></version></rule>"

static uint32_t made(const char *rules, const char *json)
{
    struct rls_set *set = test_set(NULL, rules);
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_AS_OF};
    struct rls_evaluator *ev;
    uint32_t got;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    o.as_of = test_instant("2027-01-01");
    got = outcome(test_json(ev, json, &o));
    rls_evaluator_free(ev);
    rls_set_unref(set);
    return got;
}

/* A day is any of its instants. */
START_TEST(a_version_that_starts_within_the_day)
{
#define OLD_IS_WRONG(at) "{\"title\":\"x\",\"f1\":\"yes\",\"f2\":\"no\",\"made\":\"" at "\"}"
#define NEW_IS_WRONG(at) "{\"title\":\"x\",\"f1\":\"no\",\"f2\":\"yes\",\"made\":\"" at "\"}"
#define NOON MADE("2026-03-01T12:00:00+08:00")
#define DAY MADE("2026-03-01")
    ck_assert_uint_eq(made(NOON, OLD_IS_WRONG("2026-02-28")), RLS_VIOLATED);
    ck_assert_uint_eq(made(NOON, OLD_IS_WRONG("2026-03-01")), RLS_INDETERMINATE);
    ck_assert_uint_eq(made(NOON, NEW_IS_WRONG("2026-03-01")), RLS_INDETERMINATE);
    ck_assert_uint_eq(made(NOON, NEW_IS_WRONG("2026-03-02")), RLS_VIOLATED);
    ck_assert_uint_eq(made(NOON, OLD_IS_WRONG("2026-03-01T11:59:59")), RLS_VIOLATED);
    ck_assert_uint_eq(made(NOON, OLD_IS_WRONG("2026-03-01T12:00:00")), SILENT);
    ck_assert_uint_eq(made(DAY, OLD_IS_WRONG("2026-03-01")), SILENT);
    ck_assert_uint_eq(made(DAY, OLD_IS_WRONG("2026-02-28")), RLS_VIOLATED);
}
END_TEST

#define DATED                                                                                      \
    DECLARED                                                                                       \
    "<set id=\"banned\" type=\"text\"><item until=\"2026-03-01T12:00:00+08:00\">yes</item></set>"  \
    "<table id=\"most\" key=\"text\" gives=\"number\">"                                            \
    "<row is=\"yes\" until=\"2026-03-01T12:00:00+08:00\" value=\"1\"/>"                            \
    "<row is=\"yes\" from=\"2026-03-01T12:00:00+08:00\" value=\"3\"/></table>"                     \
    "<field name=\"n\" type=\"number\"/>"
#define DATED_RULE(condition)                                                                      \
    DATED "<rule id=\"r\" severity=\"violation\" version-by=\"made\">" TITLE                       \
          "<let id=\"limit\" table=\"most\" key=\"a1\"/><when>" condition "</when>" REJECT         \
          "</rule>"
#define IN_SET DATED_RULE("<field name=\"a1\" in=\"$banned\"/>")
#define OVER DATED_RULE("<field name=\"n\" gt=\"$limit\"/>")
#define ON(at, n) "{\"title\":\"x\",\"a1\":\"yes\",\"n\":" n ",\"made\":\"" at "\"}"

/* So are what a set holds and what a table gives. */
START_TEST(what_changes_within_the_day)
{
    struct rls_set *set = test_set(NULL, OVER);
    struct rls_evaluator *ev;
    const struct rls_report *r;

    ck_assert_uint_eq(made(IN_SET, ON("2026-02-28", "2")), RLS_VIOLATED);
    ck_assert_uint_eq(made(IN_SET, ON("2026-03-01", "2")), RLS_INDETERMINATE);
    ck_assert_uint_eq(made(IN_SET, ON("2026-03-02", "2")), SILENT);
    ck_assert_uint_eq(made(OVER, ON("2026-02-28", "2")), RLS_VIOLATED);
    ck_assert_uint_eq(made(OVER, ON("2026-03-01", "2")), RLS_INDETERMINATE);
    ck_assert_uint_eq(made(OVER, ON("2026-03-01T11:00:00", "2")), RLS_VIOLATED);
    ck_assert_uint_eq(made(OVER, ON("2026-03-02", "2")), SILENT);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, ON("2026-03-01", "2"), NULL);
    ck_assert(names(rls_report_finding(r, 0), "made"));
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_versions");
    TCase *t = tcase_create("versions");

    tcase_add_test(t, every_combination);
    tcase_add_test(t, what_would_tell);
    tcase_add_test(t, a_version_that_starts_within_the_day);
    tcase_add_test(t, what_changes_within_the_day);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
