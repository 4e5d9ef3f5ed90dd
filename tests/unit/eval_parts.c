/* SPDX-License-Identifier: Apache-2.0 */
/* Requirements, grades and the choice of versions, in Kleene's three values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

/* Conditions over a document that has a title, and neither price nor currency. */
#define IS_TRUE "<field name=\"title\" present=\"yes\"/>"
#define IS_FALSE "<field name=\"title\" present=\"no\"/>"
#define UNKNOWN "<field name=\"price\" gt=\"1\"/>"
#define UNKNOWN_TOO "<field name=\"currency\" is=\"CNY\"/>"
#define DOCUMENT "{\"title\":\"杯\"}"
#define MADE "<field name=\"made\" type=\"instant\"/>"

enum { SILENT = 0, UNDECIDED = 99 };

struct bench {
    struct rls_set *set;
    struct rls_evaluator *ev;
    const struct rls_report *r;
};

static struct bench check(const char *inside, const char *json, const char *as_of)
{
    struct rls_check_options o = {.size = sizeof o};
    struct bench b = {.set = test_set(NULL, inside)};

    ck_assert_int_eq(rls_evaluator_new(&b.ev, NULL, b.set, NULL), RLS_OK);
    if (as_of) {
        o.has = RLS_HAS_AS_OF;
        o.as_of = test_instant(as_of);
    }
    b.r = test_json(b.ev, json, &o);
    return b;
}

static void done(struct bench *b)
{
    rls_evaluator_free(b->ev);
    rls_set_unref(b->set);
}

static uint32_t outcome_of(const struct bench *b)
{
    if (rls_report_finding_count(b->r))
        return rls_finding_outcome(rls_report_finding(b->r, 0));
    return rls_report_undecided_count(b->r) ? UNDECIDED : SILENT;
}

static uint32_t outcome_with(const char *inside, const char *json, const char *as_of)
{
    struct bench b = check(inside, json, as_of);
    uint32_t outcome = outcome_of(&b);

    done(&b);
    return outcome;
}

#define RULE(inside) "<rule id=\"r\" severity=\"violation\">" TITLE inside "</rule>"

static uint32_t of_require(const char *applies, const char *when, const char *require,
                           const char *unless)
{
    char rule[4096];

    snprintf(rule, sizeof rule,
             RULE("<applies>%s</applies><when>%s</when>"
                  "<require id=\"a\">%s<unless>%s</unless></require>" REJECT),
             applies, when, require, unless);
    return outcome_with(rule, DOCUMENT, NULL);
}

START_TEST(requirements_in_three_values)
{
    static const struct {
        const char *applies, *when, *require, *unless;
        uint32_t outcome;
    } table[] = {
        {IS_TRUE, IS_TRUE, IS_TRUE, IS_FALSE, SILENT},
        {IS_TRUE, IS_TRUE, IS_FALSE, IS_FALSE, RLS_VIOLATED},
        {IS_TRUE, IS_TRUE, UNKNOWN, IS_FALSE, RLS_INDETERMINATE},
        {IS_TRUE, IS_FALSE, IS_FALSE, IS_FALSE, SILENT},
        {IS_TRUE, IS_FALSE, UNKNOWN, IS_FALSE, SILENT},
        {IS_TRUE, UNKNOWN, IS_TRUE, IS_FALSE, SILENT},
        {IS_TRUE, UNKNOWN, IS_FALSE, IS_FALSE, RLS_INDETERMINATE},
        {IS_TRUE, UNKNOWN, UNKNOWN_TOO, IS_FALSE, RLS_INDETERMINATE},
        {IS_FALSE, IS_TRUE, IS_FALSE, IS_FALSE, SILENT},
        {UNKNOWN, IS_TRUE, IS_FALSE, IS_FALSE, UNDECIDED},
        {UNKNOWN, IS_TRUE, IS_TRUE, IS_FALSE, SILENT},
        {UNKNOWN, UNKNOWN_TOO, IS_FALSE, IS_FALSE, UNDECIDED},
        {IS_TRUE, IS_TRUE, IS_FALSE, IS_TRUE, RLS_EXEMPT},
        {IS_TRUE, IS_TRUE, IS_FALSE, UNKNOWN, RLS_VIOLATED},
        {IS_TRUE, IS_TRUE, UNKNOWN, IS_TRUE, SILENT},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        ck_assert_msg(of_require(table[i].applies, table[i].when, table[i].require,
                                 table[i].unless) == table[i].outcome,
                      "row %zu", i);
}
END_TEST

START_TEST(each_requirement_has_its_own_finding)
{
    struct bench b = check(
        "<rule id=\"r\" severity=\"violation\">" TITLE
        "<require id=\"a\" severity=\"advice\" verdict=\"advise\" action=\"warn\" points=\"1\">"
        "<field name=\"brand\" present=\"yes\"/><message>品牌</message>"
        "<message xml:lang=\"en\">brand</message></require>"
        "<require id=\"b\"><not><text in=\"title\" terms=\"w\"/></not></require>"
        "<require id=\"c\"><field name=\"title\" is=\"矿机\"/></require>"
        "<unless><field name=\"category\" is=\"x\"/></unless>" REJECT "</rule>",
        "{\"title\":\"矿机\",\"category\":\"y\"}", NULL);
    const struct rls_finding *first, *second;

    ck_assert_uint_eq(rls_report_finding_count(b.r), 2);
    first = rls_report_finding(b.r, 0);
    second = rls_report_finding(b.r, 1);
    ck_assert_str_eq(rls_finding_requirement(first), "a");
    ck_assert_str_eq(rls_finding_severity(first), "advice");
    ck_assert_uint_eq(rls_finding_verdict(first), RLS_ADVISE);
    ck_assert_str_eq(rls_finding_action(first), "warn");
    ck_assert_int_eq(rls_finding_points(first), 1000);
    ck_assert_str_eq(rls_finding_message(first, "en"), "brand");
    ck_assert_str_eq(rls_finding_remedy(first, "en"), "mend");
    ck_assert_uint_eq(rls_finding_citation_count(first), 1);
    ck_assert_uint_eq(rls_finding_evidence_count(first), 0);
    ck_assert_str_eq(rls_finding_requirement(second), "b");
    ck_assert_str_eq(rls_finding_severity(second), "violation");
    ck_assert_uint_eq(rls_finding_verdict(second), RLS_REJECT);
    ck_assert_str_eq(rls_finding_message(second, "en"), "no");
    ck_assert_str_eq(rls_finding_evidence(second, 0)->matched, "矿机");
    ck_assert_str_ne(rls_finding_id(first), rls_finding_id(second));
    done(&b);
}
END_TEST

/* What makes a requirement false is the evidence: values that are there and do not pass. */
START_TEST(evidence_against)
{
    struct bench b = check(
        "<rule id=\"r\" severity=\"violation\">" TITLE
        "<require id=\"a\"><any><field name=\"brand\" is=\"甲\"/>"
        "<all><field name=\"origin\" is=\"中国\"/><field name=\"title\" present=\"yes\"/></all>"
        "</any></require>" REJECT "</rule>",
        "{\"title\":\"杯\",\"brand\":\"乙\",\"origin\":\"日本\"}", NULL);
    const struct rls_finding *f = rls_report_finding(b.r, 0);

    ck_assert_uint_eq(rls_finding_evidence_count(f), 2);
    ck_assert_str_eq(rls_finding_evidence(f, 0)->matched, "乙");
    ck_assert_str_eq(rls_finding_evidence(f, 1)->matched, "日本");
    done(&b);
}
END_TEST

START_TEST(a_version_replaces_requirements)
{
    static const char rule[] =
        RULE("<require id=\"a\">" IS_FALSE "</require>" REJECT "<version until=\"2026-01-01\"/>"
             "<version from=\"2026-01-01\"><require id=\"b\">" IS_FALSE "</require></version>");
    struct bench b = check(rule, DOCUMENT, "2025-12-31");

    ck_assert_uint_eq(rls_report_finding_count(b.r), 1);
    ck_assert_str_eq(rls_finding_requirement(rls_report_finding(b.r, 0)), "a");
    done(&b);
    b = check(rule, DOCUMENT, "2026-01-01");
    ck_assert_uint_eq(rls_report_finding_count(b.r), 1);
    ck_assert_str_eq(rls_finding_requirement(rls_report_finding(b.r, 0)), "b");
    done(&b);
}
END_TEST

/* --- grades --------------------------------------------------------------------------------- */

#define GRADED(first, second)                                                                      \
    RULE("<when>" IS_TRUE "</when><outcome verdict=\"review\" action=\"hold\" points=\"3\">"       \
         "<grade severity=\"prohibited\" verdict=\"reject\" action=\"block\">" first "</grade>"    \
         "<grade severity=\"advice\" verdict=\"advise\" points=\"1\">" second "</grade>" WORDS     \
         "</outcome>")

START_TEST(grades_in_three_values)
{
    static const struct {
        const char *rule;
        uint32_t verdict;
        const char *severity, *action;
        int64_t points;
        size_t missing;
    } table[] = {
        {GRADED(IS_FALSE, IS_FALSE), RLS_REVIEW, "violation", "hold", 3000, 0},
        {GRADED(IS_TRUE, IS_FALSE), RLS_REJECT, "prohibited", "block", 3000, 0},
        {GRADED(IS_TRUE, IS_TRUE), RLS_REJECT, "prohibited", "block", 3000, 0},
        {GRADED(IS_TRUE, UNKNOWN), RLS_REJECT, "prohibited", "block", 3000, 0},
        {GRADED(IS_FALSE, IS_TRUE), RLS_ADVISE, "advice", "hold", 1000, 0},
        {GRADED(UNKNOWN, IS_TRUE), RLS_ADVISE, "advice", "hold", 1000, 1},
        {GRADED(UNKNOWN, IS_FALSE), RLS_REVIEW, "violation", "hold", 3000, 1},
        {GRADED(IS_FALSE, UNKNOWN), RLS_ADVISE, "advice", "hold", 1000, 1},
        {GRADED(UNKNOWN, UNKNOWN_TOO), RLS_ADVISE, "advice", "hold", 1000, 2},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench b = check(table[i].rule, DOCUMENT, NULL);
        const struct rls_finding *f = rls_report_finding(b.r, 0);

        ck_assert_ptr_nonnull(f);
        ck_assert_msg(rls_finding_verdict(f) == table[i].verdict, "row %zu", i);
        ck_assert_uint_eq(rls_report_verdict(b.r), table[i].verdict);
        ck_assert_uint_eq(rls_finding_outcome(f), RLS_VIOLATED);
        ck_assert_str_eq(rls_finding_severity(f), table[i].severity);
        ck_assert_str_eq(rls_finding_action(f), table[i].action);
        ck_assert_int_eq(rls_finding_points(f), table[i].points);
        ck_assert_msg(rls_finding_missing_count(f) == table[i].missing, "row %zu", i);
        done(&b);
    }
}
END_TEST

START_TEST(a_requirement_keeps_what_it_says)
{
    struct bench b =
        check(RULE("<require id=\"a\" verdict=\"advise\">" IS_FALSE "</require>"
                   "<outcome verdict=\"review\"><grade verdict=\"reject\" points=\"9\">" IS_TRUE
                   "</grade>" WORDS "</outcome>"),
              DOCUMENT, NULL);
    const struct rls_finding *f = rls_report_finding(b.r, 0);

    ck_assert_uint_eq(rls_finding_verdict(f), RLS_ADVISE);
    ck_assert_int_eq(rls_finding_points(f), 9000);
    done(&b);
}
END_TEST

/* --- versions ------------------------------------------------------------------------------- */

#define VERSIONS(old, new)                                                                         \
    MADE "<rule id=\"r\" severity=\"violation\" version-by=\"made\">" TITLE REJECT                 \
         "<version until=\"2026-01-01\"><when>" old "</when></version>"                            \
         "<version from=\"2026-01-01\"><when>" new "</when></version></rule>"

/* The selecting instant is unknown, and both versions have begun. */
START_TEST(agreement_in_three_values)
{
    static const struct {
        const char *rule;
        uint32_t outcome;
        size_t candidates;
    } table[] = {
        {VERSIONS(IS_TRUE, IS_TRUE), RLS_VIOLATED, 0},
        {VERSIONS(IS_FALSE, IS_FALSE), SILENT, 0},
        {VERSIONS(UNKNOWN, UNKNOWN), RLS_INDETERMINATE, 0},
        {VERSIONS(IS_TRUE, IS_FALSE), RLS_INDETERMINATE, 2},
        {VERSIONS(IS_FALSE, IS_TRUE), RLS_INDETERMINATE, 2},
        {VERSIONS(IS_TRUE, UNKNOWN), RLS_INDETERMINATE, 2},
        {VERSIONS(IS_FALSE, UNKNOWN), RLS_INDETERMINATE, 2},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench b = check(table[i].rule, DOCUMENT, "2026-06-01");
        const struct rls_finding *f = rls_report_finding(b.r, 0);

        ck_assert_msg(outcome_of(&b) == table[i].outcome, "row %zu", i);
        if (f) {
            ck_assert_uint_eq(rls_finding_candidate_count(f), table[i].candidates);
            ck_assert_ptr_null(rls_finding_candidate(f, table[i].candidates));
        }
        if (table[i].candidates) {
            ck_assert_str_eq(rls_finding_candidate(f, 0), "");
            ck_assert_str_eq(rls_finding_candidate(f, 1), "2026-01-01");
            ck_assert_str_eq(rls_finding_missing(f, 0), "made");
            ck_assert_uint_eq(rls_finding_verdict(f), RLS_REVIEW);
        }
        done(&b);
    }
}
END_TEST

START_TEST(the_field_selects)
{
    static const char rule[] = VERSIONS(IS_TRUE, IS_FALSE);
    static const struct {
        const char *json;
        uint32_t outcome;
    } table[] = {
        {"{\"title\":\"杯\",\"made\":\"2025-12-31\"}", RLS_VIOLATED},
        {"{\"title\":\"杯\",\"made\":\"2026-01-01\"}", SILENT},
        {"{\"title\":\"杯\",\"made\":\"去年\"}", RLS_INDETERMINATE},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        ck_assert_msg(outcome_with(rule, table[i].json, "2026-06-01") == table[i].outcome,
                      "row %zu", i);
    /* The newer version has not begun: what was made was made under the older. */
    ck_assert_uint_eq(outcome_with(rule, DOCUMENT, "2025-06-01"), RLS_VIOLATED);
}
END_TEST

START_TEST(requirements_agree_one_by_one)
{
    struct bench b =
        check(MADE "<rule id=\"r\" severity=\"violation\" version-by=\"made\">" TITLE REJECT
                   "<version until=\"2026-01-01\"><require id=\"a\">" IS_FALSE
                   "</require><require id=\"b\">" IS_FALSE "</require></version>"
                   "<version from=\"2026-01-01\"><require id=\"b\" verdict=\"advise\">" IS_FALSE
                   "</require><require id=\"c\">" IS_TRUE "</require></version></rule>",
              DOCUMENT, "2026-06-01");
    const struct rls_finding *a = rls_report_finding(b.r, 0), *both = rls_report_finding(b.r, 1);

    ck_assert_uint_eq(rls_report_finding_count(b.r), 2);
    ck_assert_str_eq(rls_finding_requirement(a), "a");
    ck_assert_uint_eq(rls_finding_outcome(a), RLS_INDETERMINATE);
    ck_assert_str_eq(rls_finding_requirement(both), "b");
    ck_assert_uint_eq(rls_finding_outcome(both), RLS_VIOLATED);
    ck_assert_uint_eq(rls_finding_verdict(both), RLS_ADVISE);
    done(&b);
}
END_TEST

static const char early[] =
    RULE(REJECT "<version until=\"2027-03-16\"><when><field name=\"brand\" "
                "is=\"old\"/></when></version>"
                "<version from=\"2027-03-16\" also-from=\"2025-03-16\"><when>"
                "<field name=\"origin\" is=\"new\"/></when></version>");

START_TEST(either_version_is_enough)
{
    static const struct {
        const char *json, *as_of;
        uint32_t outcome;
    } table[] = {
        {"{\"brand\":\"old\",\"origin\":\"x\"}", "2025-03-15T23:59:59.999", RLS_VIOLATED},
        {"{\"brand\":\"old\",\"origin\":\"x\"}", "2025-03-16", SILENT},
        {"{\"brand\":\"x\",\"origin\":\"new\"}", "2025-03-16", SILENT},
        {"{\"brand\":\"old\",\"origin\":\"new\"}", "2025-03-16", RLS_VIOLATED},
        {"{\"brand\":\"old\"}", "2025-03-16", RLS_INDETERMINATE},
        {"{\"brand\":\"x\"}", "2025-03-16", SILENT},
        {"{\"brand\":\"x\",\"origin\":\"new\"}", "2027-03-15T23:59:59.999", SILENT},
        {"{\"brand\":\"x\",\"origin\":\"new\"}", "2027-03-16", RLS_VIOLATED},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        ck_assert_msg(outcome_with(early, table[i].json, table[i].as_of) == table[i].outcome,
                      "row %zu", i);
}
END_TEST

START_TEST(written)
{
    struct bench b = check(VERSIONS(IS_TRUE, IS_FALSE), DOCUMENT, "2026-06-01");
    char *text = test_written(b.r, RLS_FORMAT_TEXT, "en");
    char *json = test_written(b.r, RLS_FORMAT_JSONL, "zh-CN");
    struct rls_report *copy;

    ck_assert_ptr_nonnull(strstr(text, "versions that may apply differ: -, 2026-01-01"));
    ck_assert_ptr_nonnull(strstr(json, "\"candidates\":[\"\",\"2026-01-01\"]"));
    free(text);
    free(json);
    ck_assert_int_eq(rls_report_copy(&copy, b.r), RLS_OK);
    done(&b);
    ck_assert_str_eq(rls_finding_candidate(rls_report_finding(copy, 0), 1), "2026-01-01");
    rls_report_free(copy);
    b = check(RULE("<require id=\"maker\">" IS_FALSE "</require><outcome verdict=\"advise\">"
                   "<grade verdict=\"reject\">" UNKNOWN "</grade>" WORDS "</outcome>"),
              DOCUMENT, NULL);
    text = test_written(b.r, RLS_FORMAT_TEXT, "zh-CN");
    json = test_written(b.r, RLS_FORMAT_JSONL, "en");
    ck_assert_ptr_nonnull(strstr(text, "t/r，要求 maker"));
    ck_assert_ptr_nonnull(strstr(text, "轻重未定，缺少：价格"));
    ck_assert_ptr_null(strstr(text, "或可豁免"));
    ck_assert_ptr_nonnull(strstr(json, "\"requirement\":\"maker\""));
    free(text);
    free(json);
    done(&b);
}
END_TEST

static int note_change(void *user, uint32_t change, const struct rls_finding *f)
{
    (void)f;
    *(uint32_t *)user = *(uint32_t *)user * 10 + change;
    return 0;
}

/* A finding whose grade changed is the same finding, amended. */
START_TEST(a_new_grade_amends)
{
    static const char rule[] =
        RULE("<when>" IS_TRUE "</when><outcome verdict=\"review\">"
             "<grade action=\"block\"><field name=\"price\" gt=\"9\"/></grade>" WORDS "</outcome>");
    struct bench before = check(rule, "{\"title\":\"杯\",\"price\":1}", NULL);
    struct bench after = check(rule, "{\"title\":\"杯\",\"price\":10}", NULL);
    uint32_t changes = 0;

    ck_assert_int_eq(rls_report_diff(before.r, after.r, note_change, &changes), RLS_OK);
    ck_assert_uint_eq(changes, RLS_AMENDED);
    done(&before);
    done(&after);
}
END_TEST

/* --- grace and the next instant ------------------------------------------------------------- */

#define GRACED(condition)                                                                          \
    RULE("<when>" IS_TRUE "</when><grace until=\"2026-07-01\">" condition "</grace>" REJECT)

START_TEST(grace_in_three_values)
{
    static const struct {
        const char *rule, *as_of;
        uint32_t outcome, verdict;
    } table[] = {
        {GRACED(""), "2026-06-30T23:59:59.999", RLS_GRACE, RLS_ADVISE},
        {GRACED(""), "2026-07-01", RLS_VIOLATED, RLS_REJECT},
        {GRACED(IS_TRUE), "2026-06-30", RLS_GRACE, RLS_ADVISE},
        {GRACED(IS_FALSE), "2026-06-30", RLS_VIOLATED, RLS_REJECT},
        {GRACED(UNKNOWN), "2026-06-30", RLS_INDETERMINATE, RLS_REVIEW},
        {GRACED(UNKNOWN), "2026-07-01", RLS_VIOLATED, RLS_REJECT},
        {RULE("<when>" UNKNOWN "</when><grace until=\"2026-07-01\"/>" REJECT), "2026-06-30",
         RLS_INDETERMINATE, RLS_ADVISE},
        {RULE("<when>" IS_FALSE "</when><grace until=\"2026-07-01\"/>" REJECT), "2026-06-30",
         SILENT, RLS_PASS},
        {RULE("<when>" IS_TRUE "</when><unless>" IS_TRUE
              "</unless><grace until=\"2026-07-01\"/>" REJECT),
         "2026-06-30", RLS_EXEMPT, RLS_PASS},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench b = check(table[i].rule, DOCUMENT, table[i].as_of);
        int64_t at = 0;

        ck_assert_msg(outcome_of(&b) == table[i].outcome, "row %zu", i);
        ck_assert_msg(rls_report_verdict(b.r) == table[i].verdict, "row %zu", i);
        if (outcome_of(&b) == RLS_GRACE) {
            ck_assert(rls_finding_deadline(rls_report_finding(b.r, 0), &at));
            ck_assert_int_eq(at, test_instant("2026-06-30T23:59:59"));
            ck_assert(rls_report_next_instant(b.r, &at));
            ck_assert_int_eq(at, test_instant("2026-07-01"));
        } else if (rls_report_finding_count(b.r)) {
            ck_assert(!rls_finding_deadline(rls_report_finding(b.r, 0), &at));
        }
        done(&b);
    }
}
END_TEST

/* The words of a grace, its name in both languages, and what a reader of JSON gets. */
START_TEST(grace_is_written)
{
    struct bench b =
        check(RULE("<when>" IS_TRUE "</when><grace until=\"2026-07-01\"><message>宽限</message>"
                   "<message xml:lang=\"en\">soon</message></grace>" REJECT),
              DOCUMENT, "2026-06-01");
    char *zh = test_written(b.r, RLS_FORMAT_TEXT, "zh-CN");
    char *en = test_written(b.r, RLS_FORMAT_TEXT, "en");
    char *json = test_written(b.r, RLS_FORMAT_JSONL, "en");

    ck_assert_ptr_nonnull(strstr(zh, "[宽限期内]"));
    ck_assert_ptr_nonnull(strstr(zh, "期限：2026-06-30 23:59:59 +08:00"));
    ck_assert_ptr_nonnull(strstr(en, "[in grace]"));
    ck_assert_ptr_nonnull(strstr(en, "soon"));
    ck_assert_ptr_nonnull(strstr(en, "remedy: mend"));
    ck_assert_ptr_nonnull(strstr(json, "\"outcome\":\"grace\""));
    ck_assert_ptr_nonnull(strstr(json, "\"deadline\":\"2026-06-30T15:59:59Z\""));
    ck_assert_ptr_nonnull(strstr(json, "\"next_instant\":\"2026-06-30T16:00:00Z\""));
    free(zh);
    free(en);
    free(json);
    done(&b);
}
END_TEST

START_TEST(another_version_is_the_next_instant)
{
    static const char rule[] = RULE("<when><field name=\"title\" is-not=\"杯\"/></when>" REJECT
                                    "<version from=\"2026-01-01\" until=\"2027-01-01\"/>");
    static const struct {
        const char *as_of, *next;
    } table[] = {{"2025-01-01", "2026-01-01"}, {"2026-01-01", "2027-01-01"}, {"2027-01-01", NULL}};

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench b = check(rule, DOCUMENT, table[i].as_of);
        struct rls_report *copy;
        int64_t at = 0;

        ck_assert_int_eq(rls_report_copy(&copy, b.r), RLS_OK);
        ck_assert(rls_report_next_instant(copy, &at) == (table[i].next != NULL));
        if (table[i].next)
            ck_assert_int_eq(at, test_instant(table[i].next));
        rls_report_free(copy);
        done(&b);
    }
}
END_TEST

/* --- cases ---------------------------------------------------------------------------------- */

#define CASE(attributes, gives)                                                                    \
    "<case " attributes ">" gives "<listing><title>矿 机</title></listing></case>"

static const char cased[] = RULE(
    "<require id=\"a\" severity=\"risk\" verdict=\"review\">" IS_FALSE "</require>"
    "<require id=\"b\"><not><text in=\"title\" terms=\"w\"/></not></require>" REJECT
    "<version from=\"2020-01-01\"/>" CASE("expect=\"finding\"", "") CASE(
        "expect=\"finding\" requirement=\"a\" verdict=\"review\" severity=\"risk\" "
        "version=\"2020-01-01\"",
        "<gives cite=\"law\"/>")
        CASE("expect=\"finding\" verdict=\"reject\"",
             "<gives evidence=\"矿 机\" disguise=\"squeezed\"/><gives evidence=\"矿机\"/>")
            CASE("expect=\"none\" requirement=\"a\"", "") CASE(
                "expect=\"finding\" requirement=\"a\" verdict=\"reject\" severity=\"violation\"",
                "") CASE("expect=\"finding\"", "<gives evidence=\"显卡\" disguise=\"width\"/>")
                CASE("expect=\"exempt\" verdict=\"advise\"", "<gives deadline=\"2026-01-01\"/>"));

START_TEST(cases_differ_point_by_point)
{
    static const struct {
        size_t n;
        const char *point, *expected, *actual; /* the first */
    } table[] = {
        {0, NULL, NULL, NULL},
        {0, NULL, NULL, NULL},
        {0, NULL, NULL, NULL},
        {1, "expect", "none", "finding"},
        {2, "verdict", "reject", "review"},
        /* No entry of requirement a's finding, none of the words of b's. */
        {2, "evidence", "显卡", "矿 机"},
        {3, "expect", "exempt", "finding"},
    };
    struct rls_set *set = test_set(NULL, cased);
    struct rls_evaluator *ev;
    const struct rls_report *r;
    struct rls_builder *builder;
    uint32_t actual;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_uint_eq(rls_set_case_count(set), sizeof table / sizeof table[0]);
    ck_assert_uint_eq(rls_case_difference_count(NULL), 0);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct rls_difference *d;

        ck_assert_int_eq(rls_case_run(ev, rls_set_case_at(set, i), &actual, &r), RLS_OK);
        ck_assert_msg(rls_case_difference_count(ev) == table[i].n, "case %zu: %zu", i,
                      rls_case_difference_count(ev));
        d = rls_case_difference(ev, 0);
        ck_assert((d != NULL) == (table[i].n > 0));
        ck_assert_ptr_null(rls_case_difference(ev, table[i].n));
        if (!d)
            continue;
        ck_assert_str_eq(d->point, table[i].point);
        ck_assert_str_eq(d->expected, table[i].expected);
        ck_assert_msg(strcmp(d->actual, table[i].actual) == 0 || strcmp(d->actual, "-") == 0,
                      "case %zu: %s", i, d->actual);
    }
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &builder), RLS_OK);
    ck_assert_uint_eq(rls_case_difference_count(ev), 0);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_parts");
    TCase *c = tcase_create("parts");

    tcase_add_test(c, requirements_in_three_values);
    tcase_add_test(c, each_requirement_has_its_own_finding);
    tcase_add_test(c, evidence_against);
    tcase_add_test(c, a_version_replaces_requirements);
    tcase_add_test(c, grades_in_three_values);
    tcase_add_test(c, a_requirement_keeps_what_it_says);
    tcase_add_test(c, agreement_in_three_values);
    tcase_add_test(c, the_field_selects);
    tcase_add_test(c, requirements_agree_one_by_one);
    tcase_add_test(c, either_version_is_enough);
    tcase_add_test(c, written);
    tcase_add_test(c, a_new_grade_amends);
    tcase_add_test(c, grace_in_three_values);
    tcase_add_test(c, grace_is_written);
    tcase_add_test(c, another_version_is_the_next_instant);
    tcase_add_test(c, cases_differ_point_by_point);
    suite_add_tcase(s, c);
    return test_run(s);
}
