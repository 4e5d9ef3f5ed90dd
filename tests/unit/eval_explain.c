/* SPDX-License-Identifier: Apache-2.0 */
/* Why a rule did or did not fire. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_mem.h"
#include "test_rules.h"
#include "test_suite.h"

#define RULE(id, more, inside)                                                                     \
    "<rule id='" id "' severity='violation' " more ">" TITLE inside REJECT "</rule>"
#define RULES                                                                                      \
    "<terms id='not'><term>不是</term></terms><terms id='sale'><term>出售</term></terms>"      \
    "<condition id='cheap'><field name='price' lt='5'/></condition>" RULE(                         \
        "a", "",                                                                                   \
        "<applies><field name='platform' is='1688'/></applies>"                                    \
        "<when><all><text in='title attributes.*' terms='w'/><use "                                \
        "condition='cheap'/></all></when>"                                                         \
        "<unless><field name='brand' is='甲'/></unless>")                                          \
        RULE("b", "", "<when><use condition='cheap'/></when>")                                     \
            RULE("off", "mode='off'", "<when><text in='title' terms='w'/></when>")                 \
                RULE("hits", "",                                                                   \
                     "<when><any><text in='title' terms='w'><guard before='4' terms='not'/>"       \
                     "</text><near in='title' within='4' across='none'><text terms='w'/>"          \
                     "<text terms='sale'/></near></any></when>")                                   \
                    RULE("needs", "",                                                              \
                         "<when><all><text in='title' terms='w'/><none><text in='title' "          \
                         "terms='not'/><field name='brand' is='甲'/></none></all></when>")

static struct rls_set *set;
static struct rls_evaluator *ev;

static void setup(void)
{
    set = test_set(NULL, RULES);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
}

static void teardown(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

static const struct rls_explanation *explain(const char *rule)
{
    const struct rls_explanation *e;

    ck_assert_int_eq(rls_explain(ev, rule, &e), RLS_OK);
    return e;
}

static void same(const char *a, const char *b)
{
    ck_assert_msg(a == b || (a && b && strcmp(a, b) == 0), "%s, not %s", a ? a : "NULL",
                  b ? b : "NULL");
}

START_TEST(every_condition_has_its_value)
{
    static const struct {
        uint32_t truth, depth;
        const char *part, *operation, *operand, *actual, *near_miss;
    } want[] = {
        {RLS_TRUE, 0, "applies", "field", "name=\"platform\" is=\"1688\"", "1688 (assumed)", NULL},
        {RLS_FALSE, 0, "when", "all", "", NULL, NULL},
        {RLS_FALSE, 1, "when", "text", "in=\"title attributes.*\" terms=\"w\"", NULL,
         "description: 矿机"},
        {RLS_UNKNOWN, 1, "when", "use", "condition=\"cheap\"", NULL, NULL},
        {RLS_UNKNOWN, 2, "when", "field", "name=\"price\" lt=\"5\"", "面议 (unparsed)", NULL},
        {RLS_FALSE, 0, "unless", "field", "name=\"brand\" is=\"甲\"", "乙", NULL},
    };
    const struct rls_explanation *e;

    (void)test_json(
        ev, "{\"title\":\"杯\",\"description\":\"矿机\",\"brand\":\"乙\",\"price\":\"面议\"}",
        NULL);
    e = explain("t/a");
    ck_assert_uint_eq(rls_explanation_count(e), sizeof want / sizeof *want);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct rls_explained *x = rls_explanation_at(e, i);

        ck_assert_uint_eq(x->truth, want[i].truth);
        ck_assert_uint_eq(x->depth, want[i].depth);
        same(x->part, want[i].part);
        same(x->operation, want[i].operation);
        same(x->operand, want[i].operand);
        same(x->actual, want[i].actual);
        same(x->near_miss, want[i].near_miss);
        same(x->version, "");
        same(x->owner, NULL);
    }
    ck_assert_ptr_null(rls_explanation_at(e, 6));
}
END_TEST

START_TEST(a_shared_condition_has_one_number)
{
    uint32_t first;

    (void)test_json(ev, "{\"title\":\"杯\"}", NULL);
    first = rls_explanation_at(explain("t/a"), 4)->number;
    ck_assert_uint_eq(rls_explanation_at(explain("t/b"), 1)->number, first);
    ck_assert_uint_ne(rls_explanation_at(explain("t/b"), 0)->number, first);
}
END_TEST

/* What is looked at afterwards does not join the report. */
START_TEST(the_report_stays)
{
    const struct rls_report *r = test_json(ev, "{\"title\":\"杯\",\"price\":9}", NULL);
    char *before = test_written(r, RLS_FORMAT_JSON, "en"), *after;

    (void)explain("t/a");
    after = test_written(r, RLS_FORMAT_JSON, "en");
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
}
END_TEST

START_TEST(rules_that_are_off_are_explained_too)
{
    (void)test_json(ev, "{\"title\":\"矿机\"}", NULL);
    ck_assert_uint_eq(rls_explanation_at(explain("t/off"), 0)->truth, RLS_TRUE);
    same(rls_explanation_at(explain("t/off"), 0)->actual, "title: 矿机");
}
END_TEST

static void has_hit(const struct rls_explained *x, size_t at, uint32_t state, const char *field,
                    const char *matched, const char *by)
{
    ck_assert_uint_lt(at, x->n_hits);
    ck_assert_uint_eq(x->hits[at].state, state);
    same(x->hits[at].field, field);
    same(x->hits[at].matched, matched);
    same(x->hits[at].by, by);
    same(x->hits[at].term, "矿机");
    same(x->hits[at].list, "t/w");
}

START_TEST(hits_tell_what_became_of_them)
{
    const struct rls_explained *x;

    (void)test_json(ev, "{\"title\":\"矿\u200b机 不是矿机 选矿机\",\"description\":\"矿機\"}",
                    NULL);
    x = rls_explanation_at(explain("t/hits"), 1);
    ck_assert_uint_eq(x->n_hits, 4);
    has_hit(x, 0, RLS_HIT_COUNTS, "title", "矿\u200b机", NULL);
    ck_assert_uint_eq(x->hits[0].forms, RLS_FORM_IGNORABLE);
    has_hit(x, 1, RLS_HIT_GUARDED, "title", "矿机", "不是");
    has_hit(x, 2, RLS_HIT_ALLOWED, "title", "矿机", "选矿机");
    has_hit(x, 3, RLS_HIT_ELSEWHERE, "description", "矿機", NULL);
    ck_assert_uint_eq(x->hits[3].forms, RLS_FORM_SCRIPT);
    ck_assert_uint_eq(x->within, 0);
    ck_assert_uint_eq(rls_explanation_at(explain("t/hits"), 0)->n_hits, 0);
}
END_TEST

START_TEST(hits_are_bounded)
{
    (void)test_json(
        ev, "{\"title\":\"矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机 矿机\"}",
        NULL);
    ck_assert_uint_eq(rls_explanation_at(explain("t/hits"), 1)->n_hits, 12);
}
END_TEST

START_TEST(words_near_each_other_tell_how_near)
{
    static const struct {
        const char *title;
        uint32_t truth, distance;
        bool crosses;
    } samples[] = {
        {"矿机全新出售", RLS_TRUE, 2, false},
        {"出售全新矿机", RLS_TRUE, 2, false},
        {"矿机今天全新出售", RLS_TRUE, 4, false},
        {"矿机今天就全新出售", RLS_FALSE, 5, false},
        {"矿机，出售", RLS_FALSE, 1, true},
        {"矿机，出售！矿机今天就全新出售", RLS_FALSE, 5, false},
        {"矿机", RLS_FALSE, RLS_NO_DISTANCE, false},
    };

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char json[200];
        const struct rls_explained *x;

        snprintf(json, sizeof json, "{\"title\":\"%s\"}", samples[i].title);
        (void)test_json(ev, json, NULL);
        x = rls_explanation_at(explain("t/hits"), 2);
        ck_assert_uint_eq(x->within, 4);
        ck_assert_msg(x->truth == samples[i].truth && x->distance == samples[i].distance &&
                          x->crosses == samples[i].crosses,
                      "%s: %u, %u, %d", samples[i].title, x->truth, x->distance, x->crosses);
    }
}
END_TEST

/* Rows of t/needs: all, text, none, text, field. */
START_TEST(what_decides_is_known)
{
    static const struct {
        const char *json;
        bool decides[5];
    } samples[] = {
        {"{\"title\":\"矿机\"}", {true, true, true, true, true}},
        {"{\"title\":\"杯\"}", {true, true, false, false, false}},
        {"{\"title\":\"不是 矿机\"}", {true, false, true, true, false}},
        {"{\"title\":\"不是 矿机\",\"brand\":\"甲\"}", {true, false, true, false, false}},
        {"{\"title\":\"杯\",\"brand\":\"甲\"}", {true, false, false, false, false}},
    };

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct rls_explanation *e;

        (void)test_json(ev, samples[i].json, NULL);
        e = explain("t/needs");
        ck_assert_uint_eq(rls_explanation_count(e), 5);
        for (size_t row = 0; row < 5; row++)
            ck_assert_msg(rls_explanation_at(e, row)->decides == samples[i].decides[row],
                          "%s, row %zu", samples[i].json, row);
    }
}
END_TEST

START_TEST(values_are_bounded)
{
    static char json[4000] = "{\"title\":\"矿机\",\"brand\":\"";
    const struct rls_explanation *e;
    size_t n;

    for (n = strlen(json); n < 3000; n += 3)
        memcpy(json + n, "长", 4);
    strcpy(json + n, "\"}");
    (void)test_json(ev, json, NULL);
    e = explain("t/a");
    ck_assert_uint_lt(strlen(rls_explanation_at(e, rls_explanation_count(e) - 1)->actual), 90);
}
END_TEST

START_TEST(misuse)
{
    const struct rls_explanation *e;

    ck_assert_int_eq(rls_explain(ev, "t/a", &e), RLS_ERR_ARGUMENT);
    (void)test_json(ev, "{\"title\":\"杯\"}", NULL);
    ck_assert_int_eq(rls_explain(ev, "t/z", &e), RLS_ERR_NOT_FOUND);
    ck_assert_ptr_null(e);
    ck_assert_int_eq(rls_explain(NULL, "t/a", &e), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_explain(ev, NULL, &e), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_explain(ev, "t/a", NULL), RLS_ERR_ARGUMENT);
    ck_assert_uint_eq(rls_explanation_count(NULL), 0);
    ck_assert_int_eq(rls_evaluator_rebind(ev, set), RLS_OK);
    ck_assert_int_eq(rls_explain(ev, "t/a", &e), RLS_ERR_ARGUMENT);
}
END_TEST

static void is_explained_without_memory(const char *rule, const char *json)
{
    for (size_t n = 0;; n++) {
        struct test_mem mem;
        struct rls_context *ctx;
        struct rls_evaluator *tight;
        struct rls_context_options c = {.size = sizeof c};
        struct rls_allocator a;
        const struct rls_explanation *e;
        int st;

        test_mem_init(&mem);
        a = test_allocator(&mem);
        c.allocator = &a;
        ck_assert_int_eq(rls_context_new(&ctx, &c), RLS_OK);
        ck_assert_int_eq(rls_evaluator_new(&tight, ctx, set, NULL), RLS_OK);
        (void)test_json(tight, json, NULL);
        mem.fail_at = mem.calls + n;
        st = rls_explain(tight, rule, &e);
        ck_assert_uint_eq(rls_explanation_count(e) > 0, st == RLS_OK);
        mem.fail_at = SIZE_MAX;
        ck_assert_int_eq(rls_explain(tight, rule, &e), RLS_OK);
        rls_evaluator_free(tight);
        rls_context_unref(ctx);
        ck_assert_uint_eq(mem.live_blocks, 0);
        if (st == RLS_OK)
            break;
        ck_assert_int_eq(st, RLS_ERR_MEMORY);
    }
}

START_TEST(memory_is_short)
{
    is_explained_without_memory("t/a",
                                "{\"title\":\"杯\",\"description\":\"矿机\",\"brand\":\"乙\"}");
    is_explained_without_memory("t/hits", "{\"title\":\"不是矿机 选矿机 矿机今天就全新出售\"}");
}
END_TEST

START_TEST(forms_have_names)
{
    same(rls_form_name(RLS_FORM_SPLIT, "zh-CN"), "拆字");
    same(rls_form_name(RLS_FORM_SPLIT, "en"), "split character");
    same(rls_form_name(RLS_FORM_EMOJI, NULL), "emoji");
    same(rls_form_name(RLS_FORM_EMOJI << 1, NULL), NULL);
    same(rls_form_name(0, NULL), NULL);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_explain");
    TCase *t = tcase_create("explain");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, every_condition_has_its_value);
    tcase_add_test(t, a_shared_condition_has_one_number);
    tcase_add_test(t, the_report_stays);
    tcase_add_test(t, rules_that_are_off_are_explained_too);
    tcase_add_test(t, hits_tell_what_became_of_them);
    tcase_add_test(t, hits_are_bounded);
    tcase_add_test(t, words_near_each_other_tell_how_near);
    tcase_add_test(t, what_decides_is_known);
    tcase_add_test(t, values_are_bounded);
    tcase_add_test(t, misuse);
    tcase_add_test(t, memory_is_short);
    tcase_add_test(t, forms_have_names);
    suite_add_tcase(s, t);
    return test_run(s);
}
