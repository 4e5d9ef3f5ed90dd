/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "test_rules.h"
#include "test_suite.h"

static struct rls_set *scoped(void)
{
    return test_set(NULL, "<field name=\"shop.city\"/><rule id=\"r\" severity=\"risk\">" TITLE
                          "<applies><all><field name=\"platform\" in=\"taobao 天猫\"/>"
                          "<field name=\"price\" gt=\"5\"/></all></applies>"
                          "<when><text in=\"title\" terms=\"w\"/></when>" REJECT "</rule>");
}

START_TEST(test_fields)
{
    struct rls_set *set = scoped();
    const char *near = "x";

    ck_assert(rls_set_field_known(set, RLS_LISTING, "title", &near));
    ck_assert_ptr_null(near);
    ck_assert(rls_set_field_known(set, RLS_LISTING, "attributes.材质", NULL));
    ck_assert(rls_set_field_known(set, RLS_LISTING, "shop.city", NULL));
    ck_assert(!rls_set_field_known(set, RLS_MESSAGE, "title", NULL));
    ck_assert(!rls_set_field_known(set, RLS_LISTING, "tilte", &near));
    ck_assert_str_eq(near, "title");
    ck_assert(!rls_set_field_known(set, RLS_LISTING, "zzzz", &near));
    ck_assert_ptr_null(near);
    ck_assert(!rls_set_field_known(set, RLS_LISTING, "", NULL));
    ck_assert(!rls_set_field_known(NULL, RLS_LISTING, "title", &near));
    ck_assert(!rls_set_field_known(set, 99, "title", &near));
    ck_assert(!rls_set_field_known(set, RLS_LISTING, NULL, &near));
    rls_set_unref(set);
}
END_TEST

/* What a word means, or "?" and the word that was probably meant. */
static const char *called(const struct rls_set *set, uint32_t subject, const char *word)
{
    static char path[128];

    path[0] = '?';
    if (rls_set_field_called(set, subject, word, path + 1, sizeof path - 1))
        return path + 1;
    return path;
}

START_TEST(test_called)
{
    static const struct {
        const char *word, *path;
    } samples[] = {
        {"标题", "title"},
        {" 商品名称（必填）", "title"},
        {"*商品標題：", "title"},
        {"Title", "title"},
        {"＊价格(元)", "price"},
        {"类目ID", "category.id"},
        {"ＳＫＵ编码", "skus.id"},
        {"shop.city", "shop.city"},
        {"SHOP.CITY", "shop.city"},
        {"材质", "attributes.材质"},
        {"款号", "attributes.款号"},
        {"宝贝编码", "id"},
        {"净含量（克）", "attributes.净含量"},
        {"SC编号", "attributes.sc编号"},
        {"品牌名字", "?品牌名"},
        {"天气预报", "?"},
        {"**", "?"},
        {"()", "?"},
        {"", "?"},
    };
    struct rls_set *set = scoped();
    char cut[4] = "";

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        ck_assert_str_eq(called(set, RLS_LISTING, samples[i].word), samples[i].path);
    ck_assert_str_eq(called(set, RLS_MERCHANT, "名称"), "name");
    ck_assert_str_eq(called(set, RLS_MERCHANT, "材质"), "?");
    ck_assert_str_eq(called(set, RLS_MESSAGE, "内容"), "text");
    ck_assert_str_eq(called(set, RLS_RULE_CHANGE, "施行日期"), "effective");
    ck_assert(rls_set_field_called(set, RLS_LISTING, "标题", cut, sizeof cut));
    ck_assert_str_eq(cut, "tit");
    ck_assert(rls_set_field_called(set, RLS_LISTING, "标题", NULL, 0));
    ck_assert_str_eq(called(NULL, RLS_LISTING, "标题"), "?");
    ck_assert_str_eq(called(set, RLS_LISTING, NULL), "?");
    ck_assert_str_eq(called(set, 99, "标题"), "?");
    rls_set_unref(set);
}
END_TEST

START_TEST(test_values)
{
    struct rls_set *set = scoped();
    const char *near = "x";
    char long_value[1000];

    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", "taobao", &near));
    ck_assert_ptr_null(near);
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", " ＴaoBao", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", "天猫", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", "1688", NULL));
    ck_assert(!rls_set_value_known(set, RLS_LISTING, "platform", "taoboa", &near));
    ck_assert_str_eq(near, "taobao");
    ck_assert(!rls_set_value_known(set, RLS_LISTING, "platform", "zzzzzz", &near));
    ck_assert_ptr_null(near);

    /* Where the set cannot tell nothing is said against the value. */
    ck_assert(rls_set_value_known(set, RLS_LISTING, "channel", "x", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "price", "4", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "attributes.x", "4", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "nothing", "4", NULL));
    ck_assert(rls_set_value_known(NULL, RLS_LISTING, "platform", "4", NULL));
    memset(long_value, 'a', sizeof long_value - 1);
    long_value[sizeof long_value - 1] = '\0';
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", long_value, NULL));
    rls_set_unref(set);
}
END_TEST

/* What a report notes of a document: its field and message, or "". */
static const char *noted(const struct rls_set *set, const char *json)
{
    static char out[256];
    const struct rls_report *report;
    struct rls_evaluator *ev;
    size_t n = 0;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, (struct rls_set *)set, NULL), RLS_OK);
    report = test_json(ev, json, NULL);
    out[0] = '\0';
    for (size_t i = 0; i < rls_report_note_count(report); i++) {
        const struct rls_note *note = rls_report_note(report, i);

        ck_assert_uint_eq(note->code, 613);
        n += (size_t)snprintf(out + n, sizeof out - n, "%s: %s\n", note->field, note->message);
    }
    rls_evaluator_free(ev);
    return out;
}

START_TEST(test_strange_values)
{
    static const char *const fine[] = {"taobao", " ＴaoBao ", "天猫", "1688", ""};
    struct rls_set *set = scoped();
    char json[400], long_value[300];

    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        snprintf(json, sizeof json, "{\"title\":\"x\",\"platform\":\"%s\"}", fine[i]);
        ck_assert_str_eq(noted(set, json), "");
    }
    ck_assert_str_eq(noted(set, "{\"title\":\"x\",\"platform\":\"taoboa\",\"channel\":\"y\"}"),
                     "platform: no rule names \"taoboa\": it counts as none of those that "
                     "rules name: did you mean taobao?\n");
    ck_assert_str_eq(noted(set, "{\"title\":\"x\",\"platform\":\"拼多多\"}"),
                     "platform: no rule names \"拼多多\": it counts as none of those that "
                     "rules name\n");
    memset(long_value, 'a', sizeof long_value - 1);
    long_value[sizeof long_value - 1] = '\0';
    snprintf(json, sizeof json, "{\"title\":\"x\",\"platform\":\"%s\"}", long_value);
    ck_assert_str_eq(noted(set, json), "");
    rls_set_unref(set);
}
END_TEST

/* A condition that does other than list values may notice any. */
START_TEST(test_values_that_any_rule_may_notice)
{
    static const char *const conditions[] = {"<compare left=\"$where\" is=\"x\"/>",
                                             "<field name=\"platform\" is=\"$own\"/>"};

    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        char source[640];
        struct rls_set *set;

        snprintf(source, sizeof source,
                 "<param id=\"own\" type=\"text\" default=\"x\"/><let id=\"where\"><first><value "
                 "field=\"platform\"/><value is=\"x\"/></first></let><rule id=\"r\" "
                 "severity=\"risk\">" TITLE "<when><any>%s<field name=\"platform\" "
                 "is=\"taobao\"/></any></when>" REJECT "</rule>",
                 conditions[i]);
        set = test_set(NULL, source);
        ck_assert_msg(!*noted(set, "{\"title\":\"x\",\"platform\":\"taoboa\"}"), "%s",
                      conditions[i]);
        rls_set_unref(set);
    }
}
END_TEST

/* Paths of what no rule can look at, a blank behind each. */
static const char *unread(const struct rls_evaluator *ev)
{
    static char out[256];
    struct rls_text path;
    size_t n = 0;

    out[0] = '\0';
    for (size_t at = 0; rls_evaluator_unread(ev, &at, &path);)
        n += (size_t)snprintf(out + n, sizeof out - n, "%.*s ", (int)path.len, path.data);
    return out;
}

START_TEST(test_unread_members)
{
    struct rls_set *set = scoped();
    struct rls_evaluator *ev;
    struct rls_builder *b;
    struct rls_text path;
    size_t at = 99;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_str_eq(unread(ev), "");
    test_json(
        ev,
        "{\"title\":\"x\",\"标题\":\"y\",\"shop\":{\"city\":\"z\",\"tags\":[1,2],\"no\":null},"
        "\"skus\":[{\"id\":1,\"weight\":2}],\"attributes\":{\"a\":\"b\"}}",
        NULL);
    ck_assert_str_eq(unread(ev), "标题 shop.tags shop.tags skus.weight ");
    ck_assert(!rls_evaluator_unread(ev, &at, &path));
    ck_assert(!rls_evaluator_unread(NULL, &at, &path));
    ck_assert(!rls_evaluator_unread(ev, NULL, &path));
    ck_assert(!rls_evaluator_unread(ev, &at, NULL));
    ck_assert_int_eq(rls_check_json(ev, RLS_LISTING, (struct rls_text){"[", 1}, NULL, NULL, NULL),
                     RLS_ERR_INPUT);
    ck_assert_str_eq(unread(ev), "");
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_str_eq(unread(ev), "");
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(test_terms)
{
    struct rls_set *set = scoped();
    size_t n = rls_set_term_count(set);
    struct rls_evaluator *ev;
    struct rls_builder *b;

    ck_assert_uint_eq(n, 3);
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_eq(rls_set_term_list(set, i), "t/w");
        ck_assert_int_eq(rls_set_term_allows(set, i),
                         strcmp(rls_set_term_text(set, i), "选矿机") == 0);
    }
    ck_assert_ptr_null(rls_set_term_text(set, n));
    ck_assert_ptr_null(rls_set_term_list(set, n));
    ck_assert(!rls_set_term_allows(set, n));
    ck_assert_ptr_null(rls_set_term_text(NULL, 0));

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_uint_eq(rls_evaluator_hit_count(ev), 0);
    test_json(ev, "{\"title\":\"矿机 antminer 矿机\",\"brand\":\"矿机\"}", NULL);
    /* The brand is no field that the rules look at. */
    ck_assert_uint_eq(rls_evaluator_hit_count(ev), 3);
    ck_assert_str_eq(rls_set_term_text(set, rls_evaluator_hit_term(ev, 0)), "矿机");
    ck_assert_str_eq(rls_set_term_text(set, rls_evaluator_hit_term(ev, 1)), "antminer");
    ck_assert_uint_eq(rls_evaluator_hit_term(ev, 3), SIZE_MAX);
    test_json(ev, "{\"title\":\"选矿机\"}", NULL);
    ck_assert_uint_eq(rls_evaluator_hit_count(ev), 0);
    test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_uint_eq(rls_evaluator_hit_count(ev), 0);
    ck_assert_uint_eq(rls_evaluator_hit_count(NULL), 0);
    ck_assert_uint_eq(rls_evaluator_hit_term(NULL, 0), SIZE_MAX);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("set_names");
    TCase *t = tcase_create("names");

    tcase_add_test(t, test_fields);
    tcase_add_test(t, test_called);
    tcase_add_test(t, test_values);
    tcase_add_test(t, test_strange_values);
    tcase_add_test(t, test_values_that_any_rule_may_notice);
    tcase_add_test(t, test_unread_members);
    tcase_add_test(t, test_terms);
    suite_add_tcase(s, t);
    return test_run(s);
}
