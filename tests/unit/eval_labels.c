/* SPDX-License-Identifier: Apache-2.0 */
/* Fields that are read from labels: from members that sellers call so, and from their texts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/limits.h"
#include "base/messages.h"
#include "eval/evaluator.h"
#include "test_rules.h"
#include "test_suite.h"

#define LOOK(fields)                                                                               \
    "<rule id=\"look\" severity=\"risk\">" TITLE "<when><any>" fields "</any></when>" REJECT       \
    "</rule>"
#define FIELD(field) "<field name=\"label." field "\" present=\"yes\"/>"

static struct rls_set *set;
static struct rls_evaluator *ev;

static void set_up(void)
{
    set = test_set(NULL,
                   LOOK(FIELD("name") FIELD("net_content") FIELD("shelf_life") FIELD("made_on")
                            FIELD("origin") FIELD("maker") FIELD("maker_address") FIELD("licence")
                                FIELD("standard") FIELD("storage") FIELD("ingredients")
                                    FIELD("importer") FIELD("agent") FIELD("warning")
                                        FIELD("registration") FIELD("safety_class")));
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
}

static void tear_down(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

static uint32_t field(const char *name)
{
    const char *key;
    size_t key_len;

    return vocabulary_find(&ev->set->vocabulary, RLS_LISTING, name, strlen(name), &key, &key_len);
}

/* "first|second?": the values of a field; those that cannot be read are marked. */
static const char *values(const char *name)
{
    static char out[1024];
    size_t n = 0;

    out[0] = '\0';
    for (uint32_t i = facts_first(&ev->facts, field(name)); i; i = ev->facts.items[i].next) {
        const struct fact *f = &ev->facts.items[i];

        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s%s", n ? "|" : "", (int)f->text_len,
                              f->text, f->state == VALUE_UNPARSED ? "?" : "");
    }
    return out;
}

static const struct rls_report *check(const char *description)
{
    const struct rls_listing l = {.size = sizeof l,
                                  .title = test_text("x"),
                                  .description = test_text(description),
                                  .description_type = test_text("text")};
    const struct rls_report *r;

    ck_assert_int_eq(rls_check_listing(ev, &l, NULL, &r), RLS_OK);
    return r;
}

START_TEST(texts_that_run_together)
{
    check("产品名称：苏打饼干净含量：500克保质期：12个月产地：浙江省杭州市"
          "生产许可证编号：SC10633010600123执行标准：GB/T 20980贮存条件：阴凉干燥处");
    ck_assert_str_eq(values("label.name"), "苏打饼干");
    ck_assert_str_eq(values("label.net_content"), "500克");
    ck_assert_str_eq(values("label.shelf_life"), "12个月");
    ck_assert_str_eq(values("label.origin"), "浙江省杭州市");
    ck_assert_str_eq(values("label.licence"), "SC10633010600123");
    ck_assert_str_eq(values("label.standard"), "GB/T 20980");
    ck_assert_str_eq(values("label.storage"), "阴凉干燥处");
}
END_TEST

static const struct sample {
    const char *text, *field, *values;
} samples[] = {
    /* how names and values are divided */
    {"净含量:500g", "net_content", "500g"},
    {"净含量 ：500g", "net_content", "500g"},
    {"净 含 量：500g", "net_content", "500g"},
    {"淨含量：500g", "net_content", "500g"},
    {"净含量∶500g", "net_content", "500g"},
    {"净含量（以包装为准）：500g", "net_content", "500g"},
    {"净含量 500g", "net_content", "500g"},
    {"超值净含量 500g", "net_content", ""},
    {"超值，净含量 500g", "net_content", "500g"},
    {"净含量500g", "net_content", ""},
    {"【净含量】500g【产地】浙江", "net_content", "500g"},
    {"【净含量】：500g", "net_content", "500g"},
    {"[净含量]500g", "net_content", "500g"},
    {"净含量\n500g\n产地\n浙江", "net_content", "500g"},
    {"净含量\n500g\n产地\n浙江", "origin", "浙江"},
    {"净含量：\n\n500g", "net_content", "500g"},
    {"净含量：\n产地：浙江", "net_content", ""},
    {"产地：\n发货说明：48小时内", "origin", ""},
    {"产地：", "origin", ""},
    {"产地：保质期：12个月", "origin", ""},
    {"产地：保质期：12个月", "shelf_life", "12个月"},
    {"产地：浙江。净含量丰富", "origin", "浙江"},
    {"产地：浙江；保质期：1年；", "origin", "浙江"},
    {"产地：浙江;保质期：1年", "origin", "浙江"},
    {"产地：浙江，保质期：1年", "origin", "浙江"},
    {"产地：浙江 | 保质期：1年", "origin", "浙江"},
    {"产地：浙江联系电话：0571-88886666", "origin", "浙江"},
    {"产地：浙江 发货时间：48小时", "origin", "浙江"},
    {"配料：小麦粉、白砂糖、食用盐保质期：6个月", "ingredients", "小麦粉、白砂糖、食用盐"},
    {"配料：面饼：小麦粉，酱包：大豆", "ingredients", "面饼：小麦粉"},
    {"营业 12:00 至 20:00 产地：浙江", "origin", "浙江"},
    {"贮存条件：温度 5:00 后冷藏", "storage", "温度 5:00 后冷藏"},
    {"SC：SC10633010600123", "licence", "SC10633010600123"},
    {"DISC：SC10633010600123", "licence", ""},
    {"食品生产许可证编号：SC10633010600123", "licence", "SC10633010600123"},
    {"保质期限：18个月", "shelf_life", "18个月"},
    {"生产者：杭州甲食品有限公司地址：杭州市余杭区1号", "maker", "杭州甲食品有限公司"},
    {"生产者：杭州甲食品有限公司地址：杭州市余杭区1号", "maker_address", "杭州市余杭区1号"},
    {"厂址：杭州 经销商：乙 地址：上海", "maker_address", "杭州"},
    {"安全类别：GB 18401-2010 B类", "safety_class", "GB 18401-2010 B类"},
    {"注册证编号：国械注准20163640001", "registration", "国械注准20163640001"},
    {"进口商：甲公司 境内代理商：乙公司", "importer", "甲公司"},
    {"进口商：甲公司 境内代理商：乙公司", "agent", "乙公司"},
    {"警示语：内含小零件，不适合3岁以下儿童使用。", "warning", "内含小零件，不适合3岁以下儿童使用"},
    {"生产日期：2026-03-01", "made_on", "2026-03-01"},
    {"生产日期：2026年3月1日保质期：1年", "made_on", "2026年3月1日"},
    {"生产日期：2026年03月01", "made_on", "2026年03月01"},
    {"生产日期：2026/3/1", "made_on", "2026/3/1"},
    {"生产日期：2026.03.01", "made_on", "2026.03.01"},
    {"生产日期：2026-3-1", "made_on", "2026-3-1"},
    {"生产日期：20260301", "made_on", "20260301"},
    {"生产日期：20260231", "made_on", "20260231?"},
    {"生产日期：20260301A", "made_on", "20260301A?"},
    {"生产日期：18000301", "made_on", "18000301?"},
    {"生产日期：2026年13月1日", "made_on", "2026年13月1日?"},
    {"生产日期：2026.03", "made_on", "2026.03?"},
    {"生产日期：2026/03.01", "made_on", "2026/03.01?"},
    /* what cannot be read is there */
    {"净含量：见描述", "net_content", "见描述?"},
    {"保质期：3", "shelf_life", "3?"},
    {"保质期：见包装", "shelf_life", "见包装?"},
    {"生产日期：见喷码", "made_on", "见喷码?"},
    /* a remark may be left away, figures may not */
    {"保质期：12个月（未开封）", "shelf_life", "12个月"},
    {"保质期：12个月，常温", "shelf_life", "12个月"},
    {"保质期：12个月（冷藏），6个月（常温）", "shelf_life", "12个月（冷藏），6个月（常温）?"},
    {"净含量：500克（10包入）", "net_content", "500克（10包入）?"},
    /* names with other uses */
    {"规格：250ml", "net_content", "250ml"},
    {"规格：65*65*43cm", "net_content", ""},
    {"规格：大号", "net_content", ""},
    {"规格：250ml 净含量：200ml", "net_content", "200ml"},
    /* several */
    {"原产国：越南 产地：广西", "origin", "越南|广西"},
    {"产地：广西 商品产地：广西", "origin", "广西"},
};

START_TEST(samples_are_read)
{
    const struct sample *s = &samples[_i];
    char name[64];

    check(s->text);
    (void)snprintf(name, sizeof name, "label.%s", s->field);
    ck_assert_msg(strcmp(values(name), s->values) == 0, "%s: %s is \"%s\", not \"%s\"", s->text,
                  name, values(name), s->values);
}
END_TEST

START_TEST(the_host_goes_before_members_and_those_before_texts)
{
    const char *const json[][2] = {
        {"{\"title\":\"x\",\"label\":{\"origin\":\"甲\",\"产地\":\"乙\"},"
         "\"attributes\":{\"产地\":\"丙\"},\"description\":\"产地：丁\"}",
         "甲"},
        {"{\"title\":\"x\",\"label\":{\"产地\":\"乙\"},\"attributes\":{\"产地：\":\"丙\"},"
         "\"description\":\"产地：丁\"}",
         "乙|丙"},
        {"{\"title\":\"x\",\"description\":\"产地：丁\",\"image_texts\":[\"产地：戊\"],"
         "\"label\":\"产地：己\"}",
         "丁|戊|己"},
        {"{\"title\":\"x\",\"label\":{\"背面\":\"产地：乙\"}}", "乙"},
        {"{\"title\":\"x\",\"attributes\":{\"非产地\":\"乙\",\"产地说明\":\"丙\"}}", ""},
        {"{\"title\":\"x\",\"skus\":[{\"id\":\"1\",\"attributes\":{\"产地\":\"乙\"}}]}", ""},
    };

    for (size_t i = 0; i < sizeof json / sizeof *json; i++) {
        test_json(ev, json[i][0], NULL);
        ck_assert_str_eq(values("label.origin"), json[i][1]);
    }
}
END_TEST

START_TEST(members_keep_their_own_fields)
{
    test_json(ev,
              "{\"title\":\"x\",\"label\":{\"net_content\":\"500g\",\"净含量\":\"见包装\","
              "\"shelf_life\":\"3\"}}",
              NULL);
    ck_assert_str_eq(values("label.net_content"), "500g");
    ck_assert_str_eq(values("label.shelf_life"), "3?");
    ck_assert_str_eq(values("label.x"), "见包装");
}
END_TEST

/* The evidence of a value in a page is the page where it stands. */
START_TEST(evidence_is_of_the_original)
{
    static const char page[] = "<p>甲</p><table><tr><td>产<b>地</b>：</td><td>浙<i>江</i>&amp;省"
                               "</td></tr></table><img alt=\"保质期：一年 净含量：7斤\">";
    struct rls_set *is = test_set(
        NULL, "<rule id=\"a\" severity=\"risk\">" TITLE
              "<when><field name=\"label.origin\" present=\"yes\"/></when>" REJECT
              "</rule><rule id=\"b\" severity=\"risk\">" TITLE
              "<when><field name=\"label.net_content\" is=\"3.5kg\"/></when>" REJECT "</rule>");
    const struct rls_report *r;
    const struct rls_evidence *e;
    const struct rls_listing l = {
        .size = sizeof l, .title = test_text("x"), .description = test_text(page)};

    ck_assert_int_eq(rls_evaluator_rebind(ev, is), RLS_OK);
    ck_assert_int_eq(rls_check_listing(ev, &l, NULL, &r), RLS_OK);
    ck_assert_uint_eq(rls_report_finding_count(r), 2);
    e = rls_finding_evidence(rls_report_finding(r, 0), 0);
    ck_assert_str_eq(e->field, "description");
    ck_assert_ptr_eq(strstr(page, "浙<i>江</i>&amp;省"), page + e->begin);
    ck_assert_uint_eq(e->end - e->begin, strlen("浙<i>江</i>&amp;省"));
    e = rls_finding_evidence(rls_report_finding(r, 1), 0);
    ck_assert_str_eq(e->field, "description");
    ck_assert_ptr_eq(strstr(page, "7斤"), page + e->begin);
    ck_assert_uint_eq(e->end - e->begin, strlen("7斤"));
    ck_assert_int_eq(rls_evaluator_rebind(ev, set), RLS_OK);
    rls_set_unref(is);
}
END_TEST

START_TEST(terms_are_found_once)
{
    struct rls_set *terms = test_set(NULL, "<rule id=\"a\" severity=\"risk\">" TITLE
                                           "<when><text in=\"*\" terms=\"w\"/></when>" REJECT
                                           "</rule>" LOOK(FIELD("origin")));
    const struct rls_report *r;
    const struct rls_evidence *e;

    ck_assert_int_eq(rls_evaluator_rebind(ev, terms), RLS_OK);
    r = check("好产地：矿机之乡");
    ck_assert_uint_eq(rls_report_finding_count(r), 2);
    ck_assert_uint_eq(rls_finding_evidence_count(rls_report_finding(r, 0)), 1);
    e = rls_finding_evidence(rls_report_finding(r, 0), 0);
    ck_assert_str_eq(e->field, "description");
    ck_assert_uint_eq(e->begin, strlen("好产地："));
    ck_assert_int_eq(rls_evaluator_rebind(ev, set), RLS_OK);
    rls_set_unref(terms);
}
END_TEST

START_TEST(nothing_is_read_that_no_rule_looks_at)
{
    struct rls_set *other = test_set(NULL, LOOK(FIELD("origin")));
    struct rls_set *none =
        test_set(NULL, "<rule id=\"a\" severity=\"risk\">" TITLE
                       "<when><text in=\"*\" terms=\"w\"/></when>" REJECT "</rule>");

    ck_assert_ptr_null(none->labels);
    ck_assert_int_eq(rls_evaluator_rebind(ev, other), RLS_OK);
    check("产地：浙江净含量：500克");
    ck_assert_str_eq(values("label.origin"), "浙江");
    ck_assert_str_eq(values("label.net_content"), "");
    ck_assert_int_eq(rls_evaluator_rebind(ev, set), RLS_OK);
    rls_set_unref(other);
    rls_set_unref(none);
}
END_TEST

static bool has_note(const struct rls_report *r, uint32_t code)
{
    for (size_t i = 0; i < rls_report_note_count(r); i++)
        if (rls_report_note(r, i)->code == code)
            return true;
    return false;
}

static char *repeat(const char *text, size_t n)
{
    size_t len = strlen(text);
    char *out = malloc(n * len + 1);

    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < n; i++)
        memcpy(out + i * len, text, len);
    out[n * len] = '\0';
    return out;
}

START_TEST(limits_are_reported)
{
    static const struct {
        const char *text;
        size_t n;
        bool cut;
    } cases[] = {
        {"产地：甲。", LIMIT_LABEL_VALUES, false},
        {"产地：甲。", LIMIT_LABEL_VALUES + 1, true},
        {"产地", LIMIT_LABEL_NAMES, false},
        {"产地", LIMIT_LABEL_NAMES + 1, true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = repeat(cases[i].text, cases[i].n);
        const struct rls_report *r = check(text);

        ck_assert_msg(has_note(r, MSG_LIMIT_LABELS) == cases[i].cut, "%zu", i);
        ck_assert_msg(rls_report_complete(r) == !cases[i].cut, "%zu", i);
        free(text);
    }
}
END_TEST

/* Blanks, brackets, marks, broken characters and names without values, all in abundance. */
START_TEST(hostile_texts_are_bounded)
{
    static const char *const texts[] = {
        "产地 ",    "产地（", "产地：", "：", "产地\n", "【产地】", "\xe4\xba",
        "产地\xff", "（",     " ",      "、", "\n",     "甲：",     "产地：甲 ",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *text = repeat(texts[i], 9000);

        check(text);
        free(text);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_labels");
    TCase *c = tcase_create("labels");

    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, texts_that_run_together);
    tcase_add_loop_test(c, samples_are_read, 0, (int)(sizeof samples / sizeof *samples));
    tcase_add_test(c, the_host_goes_before_members_and_those_before_texts);
    tcase_add_test(c, members_keep_their_own_fields);
    tcase_add_test(c, evidence_is_of_the_original);
    tcase_add_test(c, terms_are_found_once);
    tcase_add_test(c, nothing_is_read_that_no_rule_looks_at);
    tcase_add_test(c, limits_are_reported);
    tcase_add_test(c, hostile_texts_are_bounded);
    suite_add_tcase(s, c);
    return test_run(s);
}
