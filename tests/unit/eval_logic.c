/* SPDX-License-Identifier: Apache-2.0 */
/* Kleene's logic, the tests of <field>, scope, exemptions and versions, through the whole path. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

/* Conditions over price (unknown when absent), currency (likewise) and title (empty). */
#define IS_TRUE "<field name=\"title\" present=\"yes\"/>"
#define IS_FALSE "<field name=\"title\" present=\"no\"/>"
#define UNKNOWN "<field name=\"price\" gt=\"1\"/>"

enum { SILENT = 0 };

/* What became of rule t/r over a document: SILENT, an enum rls_outcome, or 9 for undecided. */
static uint32_t outcome_with(const char *rule, const char *json, const char *as_of)
{
    struct rls_check_options o = {.size = sizeof o};
    struct rls_set *set = test_set(NULL, rule);
    struct rls_evaluator *ev;
    const struct rls_report *r;
    uint32_t outcome = SILENT;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    if (as_of) {
        o.has = RLS_HAS_AS_OF;
        o.as_of = test_instant(as_of);
    }
    r = test_json(ev, json, &o);
    if (rls_report_finding_count(r))
        outcome = rls_finding_outcome(rls_report_finding(r, 0));
    else if (rls_report_undecided_count(r))
        outcome = 9;
    rls_evaluator_free(ev);
    rls_set_unref(set);
    return outcome;
}

static uint32_t of_condition(const char *condition)
{
    char rule[2048];

    snprintf(rule, sizeof rule,
             "<rule id=\"r\" severity=\"violation\">" TITLE "<when>%s</when>" REJECT "</rule>",
             condition);
    return outcome_with(rule, "{\"title\":\"杯\"}", NULL);
}

START_TEST(kleene)
{
    static const struct {
        const char *condition;
        uint32_t outcome;
    } table[] = {
        {IS_TRUE, RLS_VIOLATED},
        {IS_FALSE, SILENT},
        {UNKNOWN, RLS_INDETERMINATE},
        {"<not>" IS_TRUE "</not>", SILENT},
        {"<not>" IS_FALSE "</not>", RLS_VIOLATED},
        {"<not>" UNKNOWN "</not>", RLS_INDETERMINATE},
        {"<all>" IS_TRUE IS_TRUE "</all>", RLS_VIOLATED},
        {"<all>" IS_TRUE IS_FALSE "</all>", SILENT},
        {"<all>" UNKNOWN IS_FALSE "</all>", SILENT},
        {"<all>" IS_FALSE UNKNOWN "</all>", SILENT},
        {"<all>" UNKNOWN IS_TRUE "</all>", RLS_INDETERMINATE},
        {"<all>" UNKNOWN UNKNOWN "</all>", RLS_INDETERMINATE},
        {"<any>" IS_FALSE IS_FALSE "</any>", SILENT},
        {"<any>" IS_FALSE IS_TRUE "</any>", RLS_VIOLATED},
        {"<any>" UNKNOWN IS_TRUE "</any>", RLS_VIOLATED},
        {"<any>" IS_TRUE UNKNOWN "</any>", RLS_VIOLATED},
        {"<any>" UNKNOWN IS_FALSE "</any>", RLS_INDETERMINATE},
        {"<none>" IS_FALSE IS_FALSE "</none>", RLS_VIOLATED},
        {"<none>" IS_FALSE IS_TRUE "</none>", SILENT},
        {"<none>" UNKNOWN IS_FALSE "</none>", RLS_INDETERMINATE},
        {"<none>" UNKNOWN IS_TRUE "</none>", SILENT},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        ck_assert_msg(of_condition(table[i].condition) == table[i].outcome, "%s",
                      table[i].condition);
}
END_TEST

static uint32_t of_field(const char *test, const char *json)
{
    char rule[1024];

    snprintf(rule, sizeof rule,
             "<rule id=\"r\" severity=\"violation\">" TITLE "<when><field %s/></when>" REJECT
             "</rule>",
             test);
    return outcome_with(rule, json, NULL);
}

START_TEST(field_tests)
{
    static const struct {
        const char *test, *json;
        uint32_t outcome;
    } table[] = {
        {"name=\"price\" lt=\"10\"", "{\"price\":9.99}", RLS_VIOLATED},
        {"name=\"price\" lt=\"10\"", "{\"price\":10}", SILENT},
        {"name=\"price\" le=\"10\"", "{\"price\":\"10.00\"}", RLS_VIOLATED},
        {"name=\"price\" le=\"10\"", "{\"price\":10.01}", SILENT},
        {"name=\"price\" gt=\"0.1\"", "{\"price\":0.1}", SILENT},
        {"name=\"price\" ge=\"0.1\"", "{\"price\":1e-1}", RLS_VIOLATED},
        {"name=\"price\" is=\"849\"", "{\"price\":849.0}", RLS_VIOLATED},
        {"name=\"price\" ge=\"1\"", "{\"price\":\"面议\"}", RLS_INDETERMINATE},
        {"name=\"price\" ge=\"1\"", "{}", RLS_INDETERMINATE},
        {"name=\"price\" ge=\"1\"", "{\"price\":null}", RLS_INDETERMINATE},
        {"name=\"brand\" is=\"Robam\"", "{\"brand\":\"ＲＯＢＡＭ\"}", RLS_VIOLATED},
        {"name=\"brand\" in=\"老板 方太\"", "{\"brand\":\" 方太 \"}", RLS_VIOLATED},
        {"name=\"brand\" in=\"老板 方太\"", "{\"brand\":\"美的\"}", SILENT},
        {"name=\"brand\" present=\"no\"", "{\"brand\":\"\"}", RLS_VIOLATED},
        {"name=\"brand\" present=\"yes\"", "{}", SILENT},
        {"name=\"origin\" present=\"no\"", "{}", RLS_INDETERMINATE},
        {"name=\"label\" present=\"no\"", "{\"complete\":[\"label\"]}", RLS_VIOLATED},
        {"name=\"category\" under=\"厨房电器\"", "{\"category\":\"家电 > 厨房電器 > 烟机\"}",
         RLS_VIOLATED},
        {"name=\"category\" under=\"烟机\"", "{\"category\":\"家电/烟机\"}", RLS_VIOLATED},
        {"name=\"category\" under=\"烟\"", "{\"category\":\"家电>烟机\"}", SILENT},
        {"name=\"category\" under=\"家电\"", "{}", RLS_INDETERMINATE},
        {"name=\"attributes.材质\" is=\"棉\"",
         "{\"attributes\":[{\"name\":\"材质\",\"value\":\"麻\"},"
         "{\"name\":\"材质\",\"value\":\"棉\"}]}",
         RLS_VIOLATED},
        {"name=\"attributes.材质\" is=\"棉\"",
         "{\"attributes\":[{\"name\":\"面料\",\"value\":\"棉\"}]}", SILENT},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        ck_assert_msg(of_field(table[i].test, table[i].json) == table[i].outcome, "%s over %s",
                      table[i].test, table[i].json);
}
END_TEST

START_TEST(text_of_unknown_fields)
{
    static const char rule[] =
        "<rule id=\"r\" severity=\"violation\">" TITLE
        "<when><text in=\"title label\" terms=\"w\"/></when>" REJECT "</rule>";

    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"杯\"}", NULL), RLS_INDETERMINATE);
    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"矿机\"}", NULL), RLS_VIOLATED);
    ck_assert_uint_eq(outcome_with(rule, "{\"label\":\"矿机\"}", NULL), RLS_VIOLATED);
    ck_assert_uint_eq(outcome_with(rule, "{\"label\":\"杯\"}", NULL), SILENT);
    ck_assert_uint_eq(outcome_with(rule, "{\"complete\":[\"label\"]}", NULL), SILENT);
}
END_TEST

START_TEST(text_everywhere)
{
    static const char rule[] = "<rule id=\"r\" severity=\"violation\">" TITLE
                               "<when><text in=\"*\" terms=\"w\"/></when>" REJECT "</rule>";

    ck_assert_uint_eq(outcome_with(rule, "{\"image_texts\":[\"a\",\"矿机\"]}", NULL), RLS_VIOLATED);
    ck_assert_uint_eq(
        outcome_with(rule, "{\"attributes\":[{\"name\":\"型号\",\"value\":\"Antminer\"}]}", NULL),
        RLS_VIOLATED);
    ck_assert_uint_eq(outcome_with(rule, "{\"skus\":[{\"id\":\"1\",\"title\":\"矿 机\"}]}", NULL),
                      RLS_VIOLATED);
    ck_assert_uint_eq(outcome_with(rule, "{\"id\":\"矿机\"}", NULL), SILENT);
    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"振动选矿机\"}", NULL), SILENT);
    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"xantminer\"}", NULL), SILENT);
}
END_TEST

START_TEST(scope)
{
    static const char rule[] = "<rule id=\"r\" severity=\"violation\">" TITLE
                               "<applies><field name=\"category\" under=\"电脑\"/></applies>"
                               "<when><text in=\"title\" terms=\"w\"/></when>" REJECT "</rule>";

    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"矿机\",\"category\":\"电脑>显卡\"}", NULL),
                      RLS_VIOLATED);
    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"矿机\",\"category\":\"食品\"}", NULL),
                      SILENT);
    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"矿机\"}", NULL), 9);
    ck_assert_uint_eq(outcome_with(rule, "{\"title\":\"杯\"}", NULL), SILENT);
}
END_TEST

static uint32_t of_unless(const char *attribute, const char *json)
{
    char rule[1024];

    snprintf(rule, sizeof rule,
             "<rule id=\"r\" severity=\"violation\">" TITLE
             "<when><text in=\"title\" terms=\"w\"/></when>"
             "<unless%s><field name=\"category\" under=\"玩具\"/></unless>" REJECT "</rule>",
             attribute);
    return outcome_with(rule, json, NULL);
}

START_TEST(exemptions)
{
    ck_assert_uint_eq(of_unless("", "{\"title\":\"矿机\",\"category\":\"玩具\"}"), RLS_EXEMPT);
    ck_assert_uint_eq(of_unless("", "{\"title\":\"矿机\",\"category\":\"电脑\"}"), RLS_VIOLATED);
    ck_assert_uint_eq(of_unless("", "{\"title\":\"矿机\"}"), RLS_VIOLATED);
    ck_assert_uint_eq(of_unless(" if-unknown=\"stands\"", "{\"title\":\"矿机\"}"), RLS_VIOLATED);
    ck_assert_uint_eq(of_unless(" if-unknown=\"review\"", "{\"title\":\"矿机\"}"),
                      RLS_INDETERMINATE);
    ck_assert_uint_eq(of_unless("", "{\"title\":\"杯\",\"category\":\"玩具\"}"), SILENT);
}
END_TEST

START_TEST(version_boundaries)
{
    static const char rule[] = "<rule id=\"r\" severity=\"violation\">" TITLE
                               "<when><text in=\"title\" terms=\"w\"/></when>" REJECT
                               "<version from=\"2021-09-24\" through=\"2026-02-05\"/>"
                               "<version from=\"2026-02-06\" until=\"2027-01-01\">"
                               "<outcome verdict=\"review\">" WORDS "</outcome></version></rule>";
    static const struct {
        const char *as_of;
        uint32_t verdict;
        const char *version;
    } table[] = {
        {"2021-09-23T23:59:59.999", RLS_PASS, NULL},
        {"2021-09-24T00:00:00", RLS_REJECT, "2021-09-24"},
        {"2026-02-05T23:59:59.999", RLS_REJECT, "2021-09-24"},
        {"2026-02-06T00:00:00", RLS_REVIEW, "2026-02-06"},
        {"2026-12-31T23:59:59.999", RLS_REVIEW, "2026-02-06"},
        {"2027-01-01", RLS_PASS, NULL},
    };
    struct rls_set *set = test_set(NULL, rule);
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct rls_check_options o = {
            .size = sizeof o, .has = RLS_HAS_AS_OF, .as_of = test_instant(table[i].as_of)};
        const struct rls_report *r = test_json(ev, "{\"title\":\"矿机\"}", &o);

        ck_assert_msg(rls_report_verdict(r) == table[i].verdict, "as of %s", table[i].as_of);
        if (table[i].version)
            ck_assert_str_eq(rls_finding_version(rls_report_finding(r, 0)), table[i].version);
        else
            ck_assert_uint_eq(rls_report_finding_count(r), 0);
    }
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(missing_facts_are_named)
{
    static const char rule[] =
        "<rule id=\"r\" severity=\"violation\">" TITLE
        "<when><all><text in=\"title\" terms=\"w\"/><field name=\"price\" gt=\"1\"/>"
        "<any><field name=\"currency\" is=\"CNY\"/><field name=\"origin\" is=\"中国\"/></any></all>"
        "</when>" REJECT "</rule>";
    struct rls_set *set = test_set(NULL, rule);
    struct rls_evaluator *ev;
    const struct rls_finding *f;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    f = rls_report_finding(test_json(ev, "{\"title\":\"矿机\",\"origin\":\"日本\"}", NULL), 0);
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(rls_finding_outcome(f), RLS_INDETERMINATE);
    ck_assert_uint_eq(rls_finding_verdict(f), RLS_REVIEW);
    ck_assert_uint_eq(rls_finding_missing_count(f), 2);
    ck_assert_str_eq(rls_finding_missing(f, 0), "price");
    ck_assert_str_eq(rls_finding_missing(f, 1), "currency");
    ck_assert_ptr_null(rls_finding_missing(f, 2));
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_logic");
    TCase *c = tcase_create("logic");

    tcase_add_test(c, kleene);
    tcase_add_test(c, field_tests);
    tcase_add_test(c, text_of_unknown_fields);
    tcase_add_test(c, text_everywhere);
    tcase_add_test(c, scope);
    tcase_add_test(c, exemptions);
    tcase_add_test(c, version_boundaries);
    tcase_add_test(c, missing_facts_are_named);
    suite_add_tcase(s, c);
    return test_run(s);
}
