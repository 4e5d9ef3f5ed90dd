/* SPDX-License-Identifier: Apache-2.0 */
/* Sets, tables, relations and params of profiles: every allocation fails, missing facts and next
 * instants are told. What they mean is in tests/cases/tables.xml. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_failure.h"
#include "test_rules.h"
#include "test_suite.h"

static const char rules[] =
    "<param id='most' type='number' default='50'/>"
    "<profile id='low'>" TITLE "<param name='most' value='1'/></profile>"
    "<profile id='lower' extends='low'>" TITLE "<param name='most' value='0'/></profile>"
    "<set id='s' type='text'><item>甲</item><item from='2026-05-01'>乙</item>"
    "<item until='2026-03-01'>丙</item></set>"
    "<table id='f' key='text' gives='number'><row in='乙 丙' value='1' until='2026-08-01'/>"
    "<row is='甲' value='2'/></table>"
    "<relation id='l' symmetric='yes'><group>甲 乙</group><pair left='丙' right='丁'/></relation>"
    "<rule id='set' severity='risk'>" TITLE "<when><field name='brand' in='$s'/></when>" REJECT
    "</rule>"
    "<rule id='table' severity='risk'>" TITLE "<let id='n' table='f' key='brand'/>"
    "<when><compare left='$n' gt='$most'/></when>" REJECT "</rule>"
    "<rule id='related' severity='risk'>" TITLE
    "<when><related by='l' left='brand' right='attributes.产地'/></when>" REJECT "</rule>";

static const char json[] =
    "{\"brand\":\"乙\",\"attributes\":[{\"name\":\"产地\",\"value\":\"丁\"}]}";

static struct test_mem mem;

static int run(void)
{
    const struct rls_evaluator_options o = {.size = sizeof o, .profile = "t/lower"};
    struct rls_context *ctx = NULL;
    struct rls_set *set = NULL;
    struct rls_evaluator *ev = NULL;
    const struct rls_report *r;
    int st = test_context(&mem, &ctx);

    if (st == RLS_OK)
        st = test_set_try(ctx, rules, &set);
    if (st == RLS_OK)
        st = rls_evaluator_new(&ev, ctx, set, &o);
    if (st == RLS_OK)
        st = rls_check_json(ev, RLS_LISTING, test_text(json), NULL, &r, NULL);
    rls_evaluator_free(ev);
    rls_set_unref(set);
    rls_context_unref(ctx);
    return st;
}

START_TEST(each_allocation_fails)
{
    test_fail_each(&mem, run, _i);
}
END_TEST

static const struct rls_report *check_at(struct rls_evaluator *ev, const char *text,
                                         const char *as_of)
{
    const struct rls_check_options o = {
        .size = sizeof o, .has = RLS_HAS_AS_OF, .as_of = test_instant(as_of)};

    return test_json(ev, text, &o);
}

static void expect_next(struct rls_evaluator *ev, const char *as_of, const char *next)
{
    int64_t at = 0;

    ck_assert(rls_report_next_instant(check_at(ev, json, as_of), &at) == (next != NULL));
    if (next)
        ck_assert_int_eq(at, test_instant(next));
}

START_TEST(next_instants_are_told)
{
    struct rls_set *set = test_set(NULL, rules);
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    expect_next(ev, "2026-02-01", "2026-05-01");
    expect_next(ev, "2026-04-01", "2026-05-01");
    expect_next(ev, "2026-06-01", "2026-08-01");
    expect_next(ev, "2026-08-01", NULL);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(a_table_without_the_key_is_missing)
{
    struct rls_set *set = test_set(NULL, rules);
    struct rls_evaluator *ev;
    char *text;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    text = test_written(check_at(ev, json, "2026-09-01"), RLS_FORMAT_JSON, "en");
    ck_assert_ptr_nonnull(strstr(text, "\"table.f\""));
    free(text);
    text = test_written(check_at(ev, json, "2026-06-01"), RLS_FORMAT_JSON, "en");
    ck_assert_ptr_null(strstr(text, "\"table.f\""));
    free(text);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_tables");
    TCase *c = tcase_create("tables");

    tcase_add_loop_test(c, each_allocation_fails, 0, 2);
    tcase_add_test(c, next_instants_are_told);
    tcase_add_test(c, a_table_without_the_key_is_missing);
    suite_add_tcase(s, c);
    return test_run(s);
}
