/* SPDX-License-Identifier: Apache-2.0 */
/* A warm check asks the C library for no memory at all: malloc itself is counted, so what simdjson
 * and ICU allocate shows too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_allocations.h"
#include "test_dated.h"
#include "test_rules.h"
#include "test_suite.h"

static int sink(void *user, const void *data, size_t len)
{
    (void)data;
    *(size_t *)user += len;
    return 0;
}

/* Findings, evidence in every form, undecided rules, notes, several documents in turn. */
static const char *const documents[] = {
    "{\"id\":\"1\",\"title\":\"白瓷杯\",\"price\":12.5}",
    ("{\"id\":\"2\",\"title\":\"ＡＮＴＭＩＮＥＲ 矿-機 e\\u0301\",\"category\":\"电脑>显卡\","
     "\"attributes\":[{\"name\":\"日期\",\"value\":\"2026-01-31\"},{\"name\":\"净重\",\"value\":"
     "\"不满1斤\"},{\"name\":\"型号\",\"value\":\"矿\\u200b机\"}],\"skus\":[{\"id\":1,"
     "\"title\":\"矿机\",\"price\":\"1\"}]}"),
    ("{\"id\":\"3\",\"title\":\"a\",\"title\":\"\\ud83d "
     "矿机\",\"extra\":{\"deep\":[1,2,{\"x\":null}]}}"),
    ("{\"id\":\"4\",\"title\":\"a\",\"description\":\"<p>矿<b>机</b>&amp;<img alt='矿&#26426;'>"
     "<i style=display:none>x</i><table><td>产地<td>b<tr><td>净含量：5g 保质期：1年<td>生产"
     "日期：2026-01-01</table>\"}"),
};

enum { N_DOCUMENTS = sizeof documents / sizeof documents[0] };

/* Of checks and written reports, once the scratch has grown. */
static size_t allocations_of(struct rls_evaluator *ev, const char *const *docs, size_t n,
                             const struct rls_check_options *o)
{
    const struct rls_report *r;
    size_t before = 0, written = 0;

    for (int round = 0; round < 100; round++) {
        if (round == 5)
            before = allocations();
        for (size_t i = 0; i < n; i++) {
            struct rls_text json = test_text(docs[i]);

            if (rls_check_json(ev, RLS_LISTING, json, o, &r, NULL) != RLS_OK ||
                rls_report_write(r, RLS_FORMAT_JSONL, NULL, sink, &written) != RLS_OK)
                ck_abort_msg("check failed");
        }
    }
    before = allocations() - before;
    /* Check allocates, too. */
    ck_assert_uint_gt(written, 10000);
    return before;
}

START_TEST(nothing_is_allocated)
{
    struct rls_set *set = test_set(
        NULL,
        "<terms id=\"p\"><pattern>矿\\s*机(?:[^x]*y)?</pattern><pattern>[a-z]{2}</pattern>"
        "<pattern form=\"raw\">ＡＮＴ.+</pattern></terms>"
        "<rule id=\"p\" severity=\"risk\">" TITLE "<when><text in=\"*\" terms=\"p\"/></when>" REJECT
        "</rule>"
        "<rule id=\"a\" severity=\"risk\">" TITLE
        "<when><any><text in=\"*\" terms=\"w\"/><field name=\"brand\" is=\"Ｘ\"/></any></when>"
        "<unless><field name=\"category\" under=\"玩具\"/></unless>" REJECT "</rule>"
        "<rule id=\"b\" severity=\"risk\">" TITLE
        "<applies><field name=\"origin\" is=\"x\"/></applies>"
        "<when><field name=\"title\" present=\"yes\"/></when>" REJECT "</rule>"
        "<rule id=\"g\" severity=\"risk\">" TITLE
        "<when><any><text in=\"title\" terms=\"w\"><guard before=\"1\" after=\"1\" "
        "terms=\"w\"/><guard inside=\"brand attributes.*\"/></text>"
        "<near in=\"title\" within=\"9\"><text terms=\"w\"/><text "
        "terms=\"w\"/></near></any></when>" REJECT "</rule>"
        "<collection name=\"hits\"><field name=\"n\"/></collection>"
        "<rule id=\"h\" severity=\"risk\" for-each=\"skus\" as=\"s\">" TITLE
        "<when><any><field name=\"$s.price\" gt=\"0\"/><some in=\"hits\" as=\"h\"><field "
        "name=\"$h.n\" is=\"1\"/></some>"
        "<counter name=\"c\" gt=\"1%\"/></any></when>" REJECT
        "<case expect=\"none\"><listing complete=\"hits\"><record in=\"skus\"><field "
        "name=\"price\">0</field></record></listing></case></rule>"
        "<rule id=\"v\" severity=\"risk\">" TITLE
        "<let id=\"x\"><first><value field=\"label.x\"/><value field=\"title\"/></first></let>"
        "<let id=\"t\" field=\"attributes.日期\" plus=\"3mo\" minus=\"2wd\"/>"
        "<when><any><compare left=\"$x\" is=\"白瓷杯\"/><compare left=\"$t\" lt=\"$now\"/>"
        "<compare left=\"attributes.净重\" type=\"quantity\" lt=\"500g\"/><field "
        "name=\"label.origin\" is=\"a\"/><field name=\"label.made_on\" lt=\"2020-01-01\"/>"
        "<field name=\"read\" is=\"a\"/></any></when>" REJECT "</rule>"
        "<field name=\"made\" type=\"instant\"/>"
        "<field name=\"read\"><read in=\"description label.origin\" "
        "pattern=\"(?&lt;value&gt;净含量)\"/>"
        "</field>"
        "<rule id=\"c\" severity=\"risk\" version-by=\"made\">" TITLE
        "<require id=\"a\"><field name=\"brand\" is=\"甲\"/></require>"
        "<grace until=\"2100-01-01\"><field name=\"price\" gt=\"1\"/></grace>"
        "<outcome verdict=\"review\"><grade points=\"1\"><field name=\"price\" "
        "gt=\"1\"/></grade>" WORDS
        "</outcome><version until=\"2020-01-01\"/><version from=\"2020-01-01\">"
        "<require id=\"b\"><field name=\"origin\" is=\"x\"/></require></version></rule>");
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_uint_eq(allocations_of(ev, documents, N_DOCUMENTS, NULL), 0);
    /* Nor while costs are counted. */
    ck_assert_int_eq(rls_evaluator_measure(ev, true), RLS_OK);
    ck_assert_uint_eq(allocations_of(ev, documents, N_DOCUMENTS, NULL), 0);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(dates_and_tables_allocate_nothing)
{
    static const struct rls_text there[] = {{"DE", 2}, {"FR", 2}};
    const struct rls_param p = {"word", "ＸＹ"};
    const struct rls_evaluator_options o = {
        .size = sizeof o, .profile = "t/low", .params = &p, .n_params = 1};
    struct rls_check_options c = {.size = sizeof c,
                                  .has = RLS_HAS_NOW,
                                  .now = test_instant("2026-06-01"),
                                  .deadline_ns = UINT64_MAX,
                                  .platform = "tmall",
                                  .destinations = there,
                                  .n_destinations = 2};
    static const char *const dated[] = {DATED_DOCUMENTS};
    struct rls_set *set = test_set(NULL, DATED_RULES);
    const struct rls_report *r;
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, &o), RLS_OK);
    r = test_json(ev, dated[0], &c);
    ck_assert_uint_eq(rls_report_milestone_count(r), 1);
    ck_assert_uint_ge(rls_report_finding_count(r), 5);
    ck_assert_uint_eq(allocations_of(ev, dated, sizeof dated / sizeof dated[0], &c), 0);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(the_counter_counts)
{
    size_t before = allocations();
    void *volatile p = malloc(1);

    ck_assert_uint_eq(allocations(), before + 1);
    free(p);
}
END_TEST

int main(void)
{
    Suite *s;
    TCase *c;

    if (!allocations_are_counted()) {
        puts("skipped: malloc belongs to a sanitizer or to another C library");
        return 77;
    }
    s = suite_create("steady_state");
    c = tcase_create("allocations");
    tcase_add_test(c, the_counter_counts);
    tcase_add_test(c, nothing_is_allocated);
    tcase_add_test(c, dates_and_tables_allocate_nothing);
    suite_add_tcase(s, c);
    return test_run(s);
}
