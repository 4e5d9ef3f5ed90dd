/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines, graces and milestones of rules, on the fields of documents. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

#define FIELDS                                                                                     \
    "<field name=\"begun\" type=\"instant\" absent=\"unknown\"/>"                                  \
    "<field name=\"end\" type=\"instant\" absent=\"unknown\"/>"                                    \
    "<field name=\"done\" type=\"instant\" absent=\"empty\"/>"                                     \
    "<field name=\"dropped\" type=\"instant\" absent=\"empty\"/>"
#define DEADLINE(due)                                                                              \
    FIELDS "<deadline id=\"d\" warn-before=\"30nd\"><starts at=\"begun\"/>" due                    \
           "<met-by at=\"done\"/><void-by at=\"dropped\"/></deadline>"
#define DAY DEADLINE("<due at=\"end\"/>")
#define HOURS DEADLINE("<due after=\"72h\"/>")
#define ON(condition)                                                                              \
    RULE("<when>" condition                                                                        \
         "</when><outcome verdict=\"reject\" action=\"delist\" points=\"3\">" WORDS "</outcome>")
#define MISSED "<missed deadline=\"d\"/>"

#define DATED(more) "{\"title\":\"杯\",\"begun\":\"2025-07-01\",\"end\":\"2026-07-31\"" more "}"
#define STAMPED(more) "{\"title\":\"杯\",\"begun\":\"2026-07-01T10:00:00+08:00\"" more "}"

#define RULE(inside) "<rule id=\"r\" severity=\"risk\">" TITLE inside "</rule>"

enum { SILENT = 0 };

struct bench {
    struct rls_set *set;
    struct rls_evaluator *ev;
    const struct rls_report *r;
};

static struct bench check(const char *inside, const char *json, const char *as_of)
{
    struct rls_check_options o = {
        .size = sizeof o, .has = RLS_HAS_AS_OF, .as_of = test_instant(as_of)};
    struct bench b = {.set = test_set(NULL, inside)};

    ck_assert_int_eq(rls_evaluator_new(&b.ev, NULL, b.set, NULL), RLS_OK);
    b.r = test_json(b.ev, json, &o);
    return b;
}

static void done(struct bench *b)
{
    rls_evaluator_free(b->ev);
    rls_set_unref(b->set);
}

struct row {
    const char *inside, *json, *as_of;
    uint32_t outcome;
    const char *deadline, *next; /* or NULL */
};

static void check_row(const struct row *row, size_t i)
{
    struct bench b = check(row->inside, row->json, row->as_of);
    const struct rls_finding *f = rls_report_finding(b.r, 0);
    uint32_t outcome = f ? rls_finding_outcome(f) : SILENT;
    int64_t at = 0;

    ck_assert_msg(outcome == row->outcome, "row %zu: %u", i, outcome);
    if (f) {
        ck_assert_msg(rls_finding_deadline(f, &at) == (row->deadline != NULL), "row %zu", i);
        ck_assert_msg(!row->deadline || at == test_instant(row->deadline), "row %zu", i);
    }
    at = 0;
    ck_assert_msg(rls_report_next_instant(b.r, &at) == (row->next != NULL), "row %zu", i);
    ck_assert_msg(!row->next || at == test_instant(row->next), "row %zu: %lld", i, (long long)at);
    done(&b);
}

#define CHECK_ROWS(table)                                                                          \
    for (size_t i = 0; i < sizeof(table) / sizeof(table)[0]; i++)                                  \
    check_row(&(table)[i], i)

START_TEST(the_last_second)
{
    static const struct row table[] = {
        /* a day: thirty natural days before, its last second, and the first after it */
        {DAY ON(MISSED), DATED(""), "2026-06-30T23:59:59", SILENT, NULL, "2026-07-01"},
        {DAY ON(MISSED), DATED(""), "2026-07-01", RLS_AT_RISK, "2026-07-31T23:59:59", "2026-08-01"},
        {DAY ON(MISSED), DATED(""), "2026-07-31T23:59:59.999", RLS_AT_RISK, "2026-07-31T23:59:59",
         "2026-08-01"},
        {DAY ON(MISSED), DATED(""), "2026-08-01", RLS_OVERDUE, "2026-07-31T23:59:59", NULL},
        /* hours from a second on */
        {HOURS ON(MISSED), STAMPED(""), "2026-07-04T10:00:00.999", RLS_AT_RISK,
         "2026-07-04T10:00:00", "2026-07-04T10:00:01"},
        {HOURS ON(MISSED), STAMPED(""), "2026-07-04T10:00:01", RLS_OVERDUE, "2026-07-04T10:00:00",
         NULL},
        {HOURS ON(MISSED), STAMPED(""), "2026-07-01T09:59:59", SILENT, NULL, "2026-07-01T10:00:00"},
        /* by so much */
        {HOURS ON("<missed deadline=\"d\" by=\"24h\"/>"), STAMPED(""), "2026-07-05T10:00:00",
         RLS_AT_RISK, "2026-07-05T10:00:00", "2026-07-05T10:00:01"},
        {HOURS ON("<missed deadline=\"d\" by=\"24h\"/>"), STAMPED(""), "2026-07-05T10:00:01",
         RLS_OVERDUE, "2026-07-05T10:00:00", NULL},
    };

    CHECK_ROWS(table);
}
END_TEST

START_TEST(met_and_void)
{
    static const struct row table[] = {
        {DAY ON(MISSED), DATED(",\"done\":\"2026-07-31\""), "2026-09-01", SILENT, NULL, NULL},
        {DAY ON(MISSED), DATED(",\"done\":\"2026-08-01\""), "2026-09-01", RLS_MET_LATE,
         "2026-07-31T23:59:59", NULL},
        {DAY ON("<met-late deadline=\"d\"/>"), DATED(",\"done\":\"2026-08-01\""), "2026-09-01",
         RLS_MET_LATE, "2026-07-31T23:59:59", NULL},
        {DAY ON("<met-late deadline=\"d\"/>"), DATED(",\"done\":\"2026-07-31\""), "2026-09-01",
         SILENT, NULL, NULL},
        /* met in time, and yet to be met */
        {DAY ON(MISSED), DATED(",\"done\":\"2026-07-10T00:00:00+08:00\""), "2026-07-05",
         RLS_AT_RISK, "2026-07-31T23:59:59", "2026-07-10"},
        {DAY ON(MISSED), DATED(",\"dropped\":\"2026-07-31\""), "2026-09-01", SILENT, NULL, NULL},
        {DAY ON(MISSED), DATED(",\"dropped\":\"2026-08-02\""), "2026-09-01", RLS_VIOLATED,
         "2026-07-31T23:59:59", NULL},
        {DAY ON("<open deadline=\"d\"/>"), DATED(""), "2026-06-01", RLS_VIOLATED,
         "2026-07-31T23:59:59", "2026-08-01"},
        {DAY ON("<open deadline=\"d\"/>"), DATED(",\"done\":\"2026-05-01\""), "2026-06-01", SILENT,
         NULL, NULL},
    };

    CHECK_ROWS(table);
}
END_TEST

START_TEST(unknown_instants)
{
    static const char *const documents[] = {"{\"title\":\"杯\",\"end\":\"2026-07-31\"}",
                                            "{\"title\":\"杯\",\"begun\":\"2025-07-01\"}",
                                            DATED(",\"done\":\"soon\"")};
    static const char *const missing[] = {"begun", "end", "done"};

    for (size_t i = 0; i < 3; i++) {
        struct bench b = check(DAY ON(MISSED), documents[i], "2026-09-01");
        const struct rls_finding *f = rls_report_finding(b.r, 0);

        ck_assert_uint_eq(rls_finding_outcome(f), RLS_INDETERMINATE);
        ck_assert_uint_eq(rls_finding_missing_count(f), 1);
        ck_assert_str_eq(rls_finding_missing(f, 0), missing[i]);
        done(&b);
    }
}
END_TEST

/* Only the calendar of a year without data is missing, and it is named. */
START_TEST(working_days_without_calendar)
{
    struct bench b = check(DAY ON("<missed deadline=\"d\" by=\"3wd\"/>"), DATED(""), "2026-09-01");
    const struct rls_finding *f = rls_report_finding(b.r, 0);

    ck_assert_uint_eq(rls_finding_outcome(f), RLS_INDETERMINATE);
    ck_assert_uint_eq(rls_finding_missing_count(f), 1);
    ck_assert_str_eq(rls_finding_missing(f, 0), "calendar.2026");
    done(&b);
}
END_TEST

#define PARTS(parts)                                                                               \
    RULE(parts "<outcome verdict=\"reject\" action=\"delist\" points=\"3\">" WORDS "</outcome>")
#define YES "<field name=\"title\" present=\"yes\"/>"
#define PERHAPS "<field name=\"price\" gt=\"1\"/>"

START_TEST(at_risk)
{
    static const struct row table[] = {
        {DAY ON("<all>" YES MISSED "</all>"), DATED(""), "2026-07-05", RLS_AT_RISK,
         "2026-07-31T23:59:59", "2026-08-01"},
        /* what is not sure is no warning, and hides none that is graver */
        {DAY ON("<all>" PERHAPS MISSED "</all>"), DATED(""), "2026-07-05", SILENT, NULL,
         "2026-08-01"},
        {DAY ON("<any>" PERHAPS MISSED "</any>"), DATED(""), "2026-07-05", RLS_INDETERMINATE, NULL,
         "2026-08-01"},
        {DAY PARTS("<require id=\"a\"><not>" MISSED "</not></require>"), DATED(""), "2026-07-05",
         RLS_AT_RISK, "2026-07-31T23:59:59", "2026-08-01"},
        {DAY PARTS("<require id=\"a\"><not>" MISSED "</not></require>"), DATED(""), "2026-08-05",
         RLS_OVERDUE, "2026-07-31T23:59:59", NULL},
        {DAY PARTS("<when>" MISSED "</when><unless>" YES "</unless>"), DATED(""), "2026-07-05",
         SILENT, NULL, "2026-08-01"},
        {DAY PARTS("<applies><not>" YES "</not></applies><when>" MISSED "</when>"), DATED(""),
         "2026-07-05", SILENT, NULL, NULL},
        {DAY PARTS("<when>" MISSED "</when><unless>" YES "</unless>"), DATED(""), "2026-08-05",
         RLS_EXEMPT, NULL, NULL},
    };
    struct bench b = check(DAY ON(MISSED), DATED(""), "2026-07-05");
    const struct rls_finding *f = rls_report_finding(b.r, 0);

    ck_assert_uint_eq(rls_finding_verdict(f), RLS_ADVISE);
    ck_assert_ptr_null(rls_finding_action(f));
    ck_assert_int_eq(rls_finding_points(f), 0);
    ck_assert_uint_ge(rls_finding_evidence_count(f), 1);
    done(&b);
    CHECK_ROWS(table);
}
END_TEST

#define LICENCES                                                                                   \
    "<deadline id=\"d\" warn-before=\"30nd\"><starts at=\"$q.valid_from\"/>"                       \
    "<due at=\"$q.valid_until\"/></deadline>"
#define LICENCE(until)                                                                             \
    "{\"kind\":\"a\",\"valid_from\":\"2020-01-01\",\"valid_until\":\"" until "\"}"
#define SELLER(licences) "{\"title\":\"杯\",\"seller\":{\"qualifications\":[" licences "]}}"
#define EACH                                                                                       \
    "<rule id=\"r\" severity=\"risk\" for-each=\"seller.qualifications\" as=\"q\">" TITLE          \
    "<when>" MISSED "</when>" REJECT "</rule>"

/* A deadline belongs to the record that is bound where a condition asks about it. */
START_TEST(licences_expire)
{
    static const struct row table[] = {
        {LICENCES EACH, SELLER(LICENCE("2026-07-01")), "2026-07-02", RLS_OVERDUE,
         "2026-07-01T23:59:59", NULL},
        {LICENCES EACH, SELLER(LICENCE("2027-07-01") "," LICENCE("2026-07-01")), "2026-06-20",
         RLS_AT_RISK, "2026-07-01T23:59:59", "2026-07-02"},
        {LICENCES ON("<some in=\"seller.qualifications\" as=\"q\">" MISSED "</some>"),
         SELLER(LICENCE("2027-07-01") "," LICENCE("2026-07-01")), "2026-07-02", RLS_OVERDUE,
         "2026-07-01T23:59:59", "2027-06-01"},
        {LICENCES PARTS(
             "<require id=\"a\"><every in=\"seller.qualifications\" as=\"q\"><not>" MISSED
             "</not></every></require>"),
         SELLER(LICENCE("2026-07-01")), "2026-06-20", RLS_AT_RISK, "2026-07-01T23:59:59",
         "2026-07-02"},
    };

    CHECK_ROWS(table);
}
END_TEST

#define LASTING FIELDS PARTS("<when>" YES "</when><grace for=\"30nd\" from=\"begun\"/>")

START_TEST(grace_from_an_instant)
{
    static const struct row table[] = {
        {LASTING, STAMPED(""), "2026-07-31T23:59:59", RLS_GRACE, "2026-07-31T23:59:59",
         "2026-08-01"},
        {LASTING, STAMPED(""), "2026-08-01", RLS_VIOLATED, NULL, NULL},
        {LASTING, "{\"title\":\"杯\"}", "2026-08-01", RLS_INDETERMINATE, NULL, NULL},
        {FIELDS PARTS("<when>" YES "</when><grace for=\"30nd\" from=\"done\"/>"),
         "{\"title\":\"杯\"}", "2026-08-01", RLS_VIOLATED, NULL, NULL},
    };
    struct bench b = check(LASTING, "{\"title\":\"杯\"}", "2026-08-01");

    ck_assert_str_eq(rls_finding_missing(rls_report_finding(b.r, 0), 0), "begun");
    done(&b);
    CHECK_ROWS(table);
}
END_TEST

#define MILESTONE                                                                                  \
    FIELDS "<rule id=\"r\" severity=\"risk\">" TITLE                                               \
           "<let id=\"paid\" field=\"begun\" plus=\"3nd\"/>"                                       \
           "<milestone id=\"m\" at=\"$paid\"><title>放款</title>"                                \
           "<title xml:lang=\"en\">Paid out</title></milestone>"                                   \
           "<applies>" YES "</applies><when><field name=\"brand\" is=\"x\"/></when>" REJECT        \
           "</rule>"

START_TEST(milestones)
{
    struct bench b = check(MILESTONE, STAMPED(""), "2026-07-02"), none;
    struct rls_report *copy;
    const struct rls_milestone *m;
    char *zh, *json;
    int64_t at = 0;

    ck_assert_int_eq(rls_report_copy(&copy, b.r), RLS_OK);
    done(&b);
    ck_assert_uint_eq(rls_report_milestone_count(copy), 1);
    m = rls_report_milestone_at(copy, 0);
    ck_assert_str_eq(m->id, "m");
    ck_assert_str_eq(rls_rule_id(m->rule), "t/r");
    ck_assert_ptr_null(m->record);
    ck_assert_int_eq(m->instant, test_instant("2026-07-04T23:59:59"));
    ck_assert_str_eq(rls_milestone_title(m, "en"), "Paid out");
    ck_assert_str_eq(rls_milestone_title(m, NULL), "放款");
    ck_assert(rls_report_next_instant(copy, &at));
    ck_assert_int_eq(at, m->instant);
    ck_assert_ptr_null(rls_report_milestone_at(copy, 1));
    zh = test_written(copy, RLS_FORMAT_TEXT, "zh-CN");
    json = test_written(copy, RLS_FORMAT_JSONL, "en");
    ck_assert_ptr_nonnull(strstr(zh, "时间点：放款（t/r）：2026-07-04 23:59:59 +08:00"));
    ck_assert_ptr_nonnull(strstr(json, "\"milestones\":[{\"rule\":\"t/r\",\"id\":\"m\",\"title\":"
                                       "\"Paid out\",\"instant\":\"2026-07-04T15:59:59Z\"}]"));
    free(zh);
    free(json);
    rls_report_free(copy);
    /* unknown, and a rule that does not apply */
    none = check(MILESTONE, "{\"title\":\"杯\"}", "2026-07-02");
    ck_assert_uint_eq(rls_report_milestone_count(none.r), 0);
    done(&none);
    none =
        check(MILESTONE, "{\"brand\":\"y\",\"begun\":\"2026-07-01T10:00:00+08:00\"}", "2026-07-02");
    ck_assert_uint_eq(rls_report_milestone_count(none.r), 0);
    done(&none);
}
END_TEST

/* The instant of the check moves what rules compare with it, whatever the as-of. */
START_TEST(one_clock)
{
    struct rls_check_options o = {.size = sizeof o,
                                  .has = RLS_HAS_AS_OF | RLS_HAS_NOW,
                                  .as_of = test_instant("2026-01-01"),
                                  .now = test_instant("2026-08-01")};
    struct bench b =
        check(DAY ON("<all>" MISSED "<compare left=\"$now\" gt=\"2026-07-31\"/></all>"), DATED(""),
              "2026-01-01");

    ck_assert_uint_eq(rls_report_finding_count(b.r), 0);
    b.r = test_json(b.ev, DATED(""), &o);
    ck_assert_uint_eq(rls_finding_outcome(rls_report_finding(b.r, 0)), RLS_OVERDUE);
    done(&b);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_deadlines");
    TCase *c = tcase_create("deadlines");

    tcase_add_test(c, the_last_second);
    tcase_add_test(c, met_and_void);
    tcase_add_test(c, unknown_instants);
    tcase_add_test(c, working_days_without_calendar);
    tcase_add_test(c, at_risk);
    tcase_add_test(c, licences_expire);
    tcase_add_test(c, grace_from_an_instant);
    tcase_add_test(c, milestones);
    tcase_add_test(c, one_clock);
    suite_add_tcase(s, c);
    return test_run(s);
}
