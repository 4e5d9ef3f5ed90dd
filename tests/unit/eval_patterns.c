/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns in terms lists, from the rule source to the report. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/messages.h"
#include "eval/evaluator.h"
#include "test_rules.h"
#include "test_suite.h"

static struct rls_set *set;
static struct rls_evaluator *ev;

static void begin(const char *rules)
{
    set = test_set(NULL, rules);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
}

static void end(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

#define RULE(terms)                                                                                \
    "<rule id=\"r\" severity=\"risk\">" TITLE "<when><text in=\"title\" terms=\"" terms            \
    "\"/></when>" REJECT "</rule>"

static const struct rls_report *check_title(const char *title)
{
    char json[512];

    snprintf(json, sizeof json, "{\"title\":\"%s\"}", title);
    return test_json(ev, json, NULL);
}

/* The example of docs/rule-format.md. */
START_TEST(hash_rate)
{
    const struct rls_report *r;
    const struct rls_evidence *e;

    begin("<terms id=\"hash-rate\"><pattern>\\d{2,4}(\\.\\d+)?\\s*T(H/s)?\\b</pattern>"
          "<allow>100T恤</allow></terms>" RULE("hash-rate"));
    r = check_title("蚂蚁S19 ９５Ｔ 现货");
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_uint_eq(rls_finding_evidence_count(rls_report_finding(r, 0)), 1);
    e = rls_finding_evidence(rls_report_finding(r, 0), 0);
    ck_assert_str_eq(e->term, "\\d{2,4}(\\.\\d+)?\\s*T(H/s)?\\b");
    ck_assert_str_eq(e->matched, "９５Ｔ");
    ck_assert_str_eq(e->folded, "95t");
    ck_assert_uint_eq(e->forms, RLS_FORM_WIDTH | RLS_FORM_CASE);
    ck_assert_uint_eq(e->begin, 10);
    ck_assert_uint_eq(e->end, 19);
    ck_assert_uint_eq(rls_report_finding_count(check_title("纯棉100T恤")), 0);
    ck_assert_uint_eq(rls_report_finding_count(check_title("纯棉90T恤")), 1);
    ck_assert_uint_eq(rls_report_finding_count(check_title("5T")), 0);
    ck_assert_uint_eq(rls_set_term_count(set), 4 + 1);
    end();
}
END_TEST

START_TEST(forms)
{
    begin("<terms id=\"a\" tolerate=\"squeezed\"><pattern>矿機\\d</pattern></terms>"
          "<terms id=\"b\" tolerate=\"exact case\"><pattern>max\\d</pattern></terms>"
          "<terms id=\"c\"><pattern form=\"raw\">Pro\\d</pattern><pattern "
          "word=\"yes\">se\\d?</pattern>"
          "</terms>" RULE("a b c"));
    ck_assert_uint_eq(rls_report_finding_count(check_title("矿机5")), 1);
    ck_assert_uint_eq(rls_report_finding_count(check_title("矿-机5")), 0);
    ck_assert_uint_eq(rls_report_finding_count(check_title("Max5")), 1);
    ck_assert_uint_eq(rls_report_finding_count(check_title("max５")), 0);
    ck_assert_uint_eq(rls_report_finding_count(check_title("Pro5")), 1);
    ck_assert_uint_eq(rls_report_finding_count(check_title("pro5")), 0);
    ck_assert_uint_eq(rls_report_finding_count(check_title("iPhone SE2")), 1);
    ck_assert_uint_eq(rls_report_finding_count(check_title("house 2")), 0);
    end();
}
END_TEST

/* What cannot be told is never "no match". */
START_TEST(limit_is_indeterminate)
{
    char title[200] = "";
    const struct rls_report *r;

    begin("<terms id=\"p\"><pattern>(a+)+$</pattern></terms>" RULE("p"));
    memset(title, 'a', 60);
    r = check_title(title);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert(rls_report_complete(r));
    strcat(title, "b");
    r = check_title(title);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_uint_eq(rls_finding_outcome(rls_report_finding(r, 0)), RLS_INDETERMINATE);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, MSG_LIMIT_HITS);
    end();
}
END_TEST

/* Memory outside the set's arena is counted, and goes with the set. */
START_TEST(memory_is_counted)
{
    size_t without;

    begin(RULE("w"));
    without = rls_set_memory(set);
    end();
    begin("<terms id=\"p\"><pattern>(?:矿机|币){1,1000}\\d</pattern></terms>" RULE("w p"));
    ck_assert_uint_gt(rls_set_memory(set), without + 10000);
    end();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_patterns");
    TCase *c = tcase_create("patterns");

    tcase_add_test(c, hash_rate);
    tcase_add_test(c, forms);
    tcase_add_test(c, limit_is_indeterminate);
    tcase_add_test(c, memory_is_counted);
    suite_add_tcase(s, c);
    return test_run(s);
}
