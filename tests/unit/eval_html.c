/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptions in HTML: rules see what is shown, reports point into the source. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

static struct rls_set *set;
static struct rls_evaluator *ev;

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void set_up(void)
{
    set =
        test_set(NULL, "<rule id=\"text\" severity=\"risk\">" TITLE
                       "<when><text in=\"*\" terms=\"w\"/></when>" REJECT "</rule>"
                       "<rule id=\"is\" severity=\"risk\">" TITLE
                       "<when><field name=\"description\" is=\"白瓷 杯\"/></when>" REJECT "</rule>"
                       "<rule id=\"none\" severity=\"risk\">" TITLE
                       "<when><all><field name=\"description\" present=\"no\"/>"
                       "<field name=\"title\" present=\"yes\"/></all></when>" REJECT "</rule>"
                       "<rule id=\"there\" severity=\"risk\">" TITLE
                       "<when><all><field name=\"description\" present=\"yes\"/>"
                       "<field name=\"brand\" is=\"x\"/></all></when>" REJECT "</rule>"
                       "<rule id=\"price\" severity=\"risk\">" TITLE
                       "<when><field name=\"price\" gt=\"19\"/></when>" REJECT "</rule>");
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
}

static void tear_down(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

static const struct rls_report *check(const char *title, const char *description, const char *type)
{
    const struct rls_listing l = {.size = sizeof l,
                                  .title = test_text(title),
                                  .description = test_text(description),
                                  .description_type =
                                      type ? test_text(type) : (struct rls_text){NULL, 0}};
    const struct rls_report *r;

    ck_assert_int_eq(rls_check_listing(ev, &l, NULL, &r), RLS_OK);
    return r;
}

static const struct rls_finding *find(const struct rls_report *r, const char *rule)
{
    for (size_t i = 0; i < rls_report_finding_count(r); i++) {
        const struct rls_finding *f = rls_report_finding(r, i);

        if (strcmp(strchr(rls_rule_id(rls_finding_rule(f)), '/') + 1, rule) == 0)
            return f;
    }
    return NULL;
}

/* The only evidence of a rule covers source in the description, which is where it says. */
static const struct rls_evidence *evidence_is(const struct rls_report *r, const char *rule,
                                              const char *description, const char *source)
{
    const struct rls_finding *f = find(r, rule);
    const struct rls_evidence *e;

    ck_assert_msg(f != NULL, "%s: %s", rule, description);
    ck_assert_uint_eq(rls_finding_evidence_count(f), 1);
    e = rls_finding_evidence(f, 0);
    ck_assert_str_eq(e->field, "description");
    ck_assert_uint_eq(e->index, 0);
    ck_assert_ptr_eq(strstr(description, source), description + e->begin);
    ck_assert_uint_eq(e->end - e->begin, strlen(source));
    return e;
}

START_TEST(spans_are_of_the_source)
{
    const char *d = "<p>𠀀 出售<b>矿</b>&#26426; &amp; 显卡</p><p>白瓷";
    const struct rls_evidence *e = evidence_is(check("a", d, NULL), "text", d, "矿</b>&#26426;");

    ck_assert_uint_eq(e->utf16_begin, 11);
    ck_assert_uint_eq(e->point_begin, 10);
    ck_assert_uint_eq(e->utf16_end, 24);
    ck_assert_uint_eq(e->point_end, 23);
    ck_assert_str_eq(e->matched, "矿机");
    ck_assert_str_eq(e->folded, "矿机");
    ck_assert_str_eq(e->excerpt, "𠀀 出售矿机 & 显卡\n白瓷");
}
END_TEST

START_TEST(hidden_text_is_not_judged)
{
    ck_assert_ptr_null(find(check("a", "b<i hidden>矿机</i><!-- 矿机 -->", NULL), "text"));
    ck_assert_ptr_null(find(check("a", "<a title=矿机>b</a>", NULL), "text"));
    ck_assert_ptr_null(find(check("a", "<p>矿<p>机", NULL), "text"));
    ck_assert_ptr_nonnull(find(check("a", "矿<i hidden>x</i>机<br>", NULL), "text"));
}
END_TEST

START_TEST(the_type_decides)
{
    ck_assert_ptr_null(find(check("a", "矿<b>机", "text"), "text"));
    ck_assert_ptr_nonnull(find(check("a", "矿<b>机", "html"), "text"));
    ck_assert_ptr_nonnull(find(check("a", "矿<b and c>机", "HTML"), "text"));
    ck_assert_ptr_null(find(check("a", "矿<b and c>机", NULL), "text"));
    ck_assert_ptr_nonnull(find(check("a", "<i hidden>矿机</i>", "text"), "text"));
    ck_assert_uint_eq(rls_report_note_count(check("a", "b", "text")), 0);
    ck_assert_uint_eq(rls_report_note(check("a", "矿<b>机", "rtf"), 0)->code, 605);
    ck_assert_ptr_nonnull(find(check("a", "矿<b>机", "rtf"), "text"));
}
END_TEST

START_TEST(json_members_in_any_order)
{
    ck_assert_ptr_null(find(test_json(ev,
                                      "{\"title\":\"a\",\"description\":\"矿<b>机\","
                                      "\"description_type\":\"text\"}",
                                      NULL),
                            "text"));
    ck_assert_ptr_nonnull(find(test_json(ev,
                                         "{\"description_type\":\"html\",\"title\":\"a\","
                                         "\"description\":\"矿<b>机\"}",
                                         NULL),
                               "text"));
}
END_TEST

START_TEST(comparisons_see_the_text)
{
    const char *d = "<p> 白瓷\n <b>杯</b> </p>";

    evidence_is(check("a", d, NULL), "is", d, "白瓷\n <b>杯");
    ck_assert_ptr_null(find(check("a", d, "text"), "is"));
}
END_TEST

START_TEST(no_text_is_absent)
{
    const char *d = "<img src=a><p hidden>b</p>";
    const struct rls_report *r = check("a", d, NULL);

    ck_assert_ptr_nonnull(find(r, "none"));
    ck_assert_ptr_null(find(check("a", d, "text"), "none"));
    ck_assert_ptr_null(find(check("a", "<p>b", NULL), "none"));
    r = check("", d, NULL);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 610);
}
END_TEST

START_TEST(presence_quotes_the_whole)
{
    const char *json = "{\"description\":\"<div><p>a</p>b &amp;</div>\",\"brand\":\"x\"}";
    const char *d = "<div><p>a</p>b &amp;</div>";
    const struct rls_finding *f = find(test_json(ev, json, NULL), "there");
    const struct rls_evidence *e = NULL;

    ck_assert_ptr_nonnull(f);
    for (size_t i = 0; i < rls_finding_evidence_count(f); i++)
        if (strcmp(rls_finding_evidence(f, i)->field, "description") == 0)
            e = rls_finding_evidence(f, i);
    ck_assert_ptr_nonnull(e);
    ck_assert_uint_eq(e->begin, strlen("<div><p>"));
    ck_assert_uint_eq(e->end, strlen(d) - strlen("</div>"));
    ck_assert_uint_eq(e->point_begin, e->begin);
    ck_assert_str_eq(e->matched, "a\nb &");
}
END_TEST

START_TEST(images_point_into_the_page)
{
    const char *d = "<p>𠀀<img alt='图'><img alt=\"卖 矿&#26426;\"></p>";
    const struct rls_evidence *e = evidence_is(check("a", d, NULL), "text", d, "矿&#26426;");

    ck_assert_uint_eq(e->point_begin + 3 + 2 + 2, e->begin);
    ck_assert_str_eq(e->excerpt, "卖 矿机");
}
END_TEST

START_TEST(several_descriptions)
{
    struct rls_builder *b;
    const struct rls_report *r;

    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "description", test_text("<b>")), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "description", test_text("白瓷 杯")), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "description", test_text("<i>")), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "description", test_text("<i>矿机")), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "description", test_text("<p>")), RLS_OK);
    ck_assert_int_eq(rls_builder_check(b, NULL, &r), RLS_OK);
    ck_assert_uint_eq(rls_finding_evidence(find(r, "text"), 0)->index, 3);
    ck_assert_uint_eq(rls_finding_evidence(find(r, "is"), 0)->index, 1);
}
END_TEST

/* More images than facts: a limit, not a pass. */
START_TEST(too_many_images)
{
    struct rls_evaluator_options o = {.size = sizeof o, .max_facts = 10};
    char d[1024] = "";
    const struct rls_listing l = {.size = sizeof l, .description = {d, 11 * 11}};
    const struct rls_report *r;
    struct rls_evaluator *small;

    ck_assert_int_eq(rls_evaluator_new(&small, NULL, set, &o), RLS_OK);
    for (int i = 0; i < 11; i++)
        strcat(d, "<img alt=a>");
    ck_assert_int_eq(rls_check_listing(small, &l, NULL, &r), RLS_ERR_LIMIT);
    ck_assert_ptr_null(r);
    rls_evaluator_free(small);
}
END_TEST

static void price_is(const char *price, int over)
{
    char json[256];
    const struct rls_report *r;

    snprintf(json, sizeof json, "{\"title\":\"a\",\"price\":\"%s\"}", price);
    r = test_json(ev, json, NULL);
    ck_assert_msg((find(r, "price") != NULL) == (over != 0), "%s", price);
    ck_assert_msg(rls_report_note_count(r) == (over < 0), "%s", price);
}

START_TEST(prices_with_a_sign)
{
    static const char *const over[] = {
        "¥19.80",    "￥19.80",      " ¥ 19.8 ",     "19.80元",   "19.80 元",           "RMB 19.80",
        "rmb19.8",   "CNY 20",       "20CNY",        "¥20元",     "人民币20",           "20 人民币",
        "19.80",     "1,999元",      "1,299.00",     "¥1,299.00", "￥１，２９９．００", "１２９９",
        "＋1,299.0", "12,345,678.5", " 999,999 元 ", "ＲＭＢ 20", "１９．８元"};
    static const char *const under[] = {"¥9", "9元", "¥0.1", "-1,299.00", "９"};
    static const char *const unread[] = {
        "19.8-25",     "¥19.8-25",   "19.8元起",  "$20",      "20美元",      "元",
        "¥",           "¥¥20",       "20元元",    "约20元",   "USD 20",      "1,29",
        "1.299,00",    "1,2999",     "12,99,999", "0,299",    ",299",        "1,299,",
        "1299,000",    "1,299.0,0",  "1 299",     "1,,299",   "1,299",       "199,299",
        "199,299,399", "199，299元", "1,299e3",   "¥1,299e3", "1,299-1,399", "1.299.000",
        "二十",        "①",          ","};

    for (size_t i = 0; i < sizeof over / sizeof *over; i++)
        price_is(over[i], 1);
    for (size_t i = 0; i < sizeof under / sizeof *under; i++)
        price_is(under[i], 0);
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        price_is(unread[i], -1);
}
END_TEST

/* The time that one description costs. */
static double cost(const char *text, size_t len, const struct rls_check_options *o,
                   const struct rls_report **r)
{
    const struct rls_listing l = {.size = sizeof l,
                                  .title = test_text("杯"),
                                  .description = {text, len},
                                  .description_type = test_text("html")};
    double begin = seconds();

    ck_assert_int_eq(rls_check_listing(ev, &l, o, r), RLS_OK);
    return seconds() - begin;
}

/* A page is given up soon when time is out, and what was not read of it is no pass. */
START_TEST(deadlines_are_asked)
{
    enum { LENGTH = 4 << 20 };
    struct rls_check_options o = {.size = sizeof o};
    const struct rls_report *r;
    char *text = malloc(LENGTH);
    double whole, part;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < LENGTH; i += 8)
        memcpy(text + i, "<b>a</b>", 8);
    whole = cost(text, LENGTH, &o, &r);
    ck_assert(rls_report_complete(r));
    o.deadline_ns = 1;
    part = cost(text, LENGTH, &o, &r);
    ck_assert(!rls_report_complete(r));
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REVIEW);
    ck_assert_uint_eq(rls_report_note(r, 0)->code, 608);
    ck_assert_msg(part < whole / 4, "%g of %g s", part, whole);
    free(text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_html");
    TCase *t = tcase_create("html");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, spans_are_of_the_source);
    tcase_add_test(t, hidden_text_is_not_judged);
    tcase_add_test(t, the_type_decides);
    tcase_add_test(t, json_members_in_any_order);
    tcase_add_test(t, comparisons_see_the_text);
    tcase_add_test(t, no_text_is_absent);
    tcase_add_test(t, presence_quotes_the_whole);
    tcase_add_test(t, images_point_into_the_page);
    tcase_add_test(t, several_descriptions);
    tcase_add_test(t, too_many_images);
    tcase_add_test(t, prices_with_a_sign);
    tcase_add_test(t, deadlines_are_asked);
    suite_add_tcase(s, t);
    return test_run(s);
}
