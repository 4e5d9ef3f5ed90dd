/* SPDX-License-Identifier: Apache-2.0 */
/* What evaluating values tells beside truth; tests/cases/values.xml has the rest. */
#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

#define RULE(id, inside) "<rule id='" id "' severity='risk'>" TITLE inside REJECT "</rule>"

static void check_missing(struct rls_evaluator *ev, const char *json, const char *const *names)
{
    const struct rls_report *r = test_json(ev, json, NULL);
    const struct rls_finding *f = rls_report_finding(r, 0);
    size_t n = 0;

    ck_assert_ptr_nonnull(f);
    for (; names[n]; n++) {
        ck_assert_ptr_nonnull(rls_finding_missing(f, n));
        ck_assert_str_eq(rls_finding_missing(f, n), names[n]);
    }
    ck_assert_uint_eq(rls_finding_missing_count(f), n);
}

START_TEST(missing_facts_are_named)
{
    struct rls_set *set =
        test_set(NULL, "<field name='x.t' type='instant'/><field name='x.d' type='duration'/>" RULE(
                           "a", "<let id='d' field='x.d'/><let id='due' field='x.t' plus='$d'/>"
                                "<when><compare left='$due' lt='2026-01-01'/></when>"
                                ""));
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    check_missing(ev, "{\"title\":\"a\"}", (const char *const[]){"x.t", "x.d", NULL});
    check_missing(ev, "{\"x\":{\"t\":\"2025-01-01\",\"d\":\"3\"}}",
                  (const char *const[]){"x.d", NULL});
    check_missing(ev, "{\"x\":{\"t\":\"2025-01-01\",\"d\":\"3wd\"}}",
                  (const char *const[]){"calendar.2025", NULL});
    /* All is known, and too vague: the first of January may be reached or not. */
    check_missing(ev, "{\"x\":{\"t\":\"2025-12-31\",\"d\":\"3h\"}}",
                  (const char *const[]){"x.t", "x.d", NULL});
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

#define PARAMS                                                                                     \
    "<param id='most' type='number' default='50' min='1' max='100'/>"                              \
    "<param id='word' type='text' default='a'/>" RULE(                                             \
        "a", "<when><any><field name='price' gt='$most'/><field name='brand' "                     \
             "is='$word'/></any></when>")

static int with_params(struct rls_set *set, const char *name, const char *value,
                       struct rls_evaluator **ev, struct rls_param_error *error)
{
    struct rls_param param = {name, value};
    struct rls_evaluator_options o = {
        .size = sizeof o, .params = &param, .n_params = 1, .param_error = error};

    return rls_evaluator_new(ev, NULL, set, &o);
}

START_TEST(params_are_bound)
{
    struct rls_set *set = test_set(NULL, PARAMS);
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_AS_OF, .as_of = 0};
    struct rls_evaluator *ev, *other;
    const struct rls_report *r;
    uint8_t first[32], second[32];

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, "{\"title\":\"a\",\"price\":50,\"brand\":\"Ｂ\"}", &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 0);
    rls_report_digest(r, first);
    ck_assert_int_eq(with_params(set, "t/most", "49.9", &other, NULL), RLS_OK);
    r = test_json(other, "{\"title\":\"a\",\"price\":50,\"brand\":\"Ｂ\"}", &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    rls_report_digest(r, second);
    ck_assert_mem_ne(first, second, sizeof first);
    /* What was said is said of the next set as well. */
    ck_assert_int_eq(rls_evaluator_rebind(other, set), RLS_OK);
    r = test_json(other, "{\"title\":\"a\",\"price\":50}", &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    rls_evaluator_free(other);
    ck_assert_int_eq(with_params(set, "word", "b", &other, NULL), RLS_OK);
    r = test_json(other, "{\"title\":\"a\",\"price\":50,\"brand\":\"Ｂ\"}", &o);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    rls_evaluator_free(other);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(params_are_refused)
{
    static const struct rls_param wrong[] = {{"mots", "1"},   {"most", "viel"}, {"most", "0.9"},
                                             {"most", "101"}, {"most", NULL},   {NULL, "1"},
                                             {"u/most", "1"}};
    struct rls_set *set = test_set(NULL, PARAMS),
                   *without =
                       test_set(NULL, RULE("a", "<when><field name='price' gt='1'/></when>"));
    struct rls_evaluator *ev;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct rls_param_error e = {.size = sizeof e};

        ck_assert_int_eq(with_params(set, wrong[i].name, wrong[i].value, &ev, &e),
                         RLS_ERR_ARGUMENT);
        ck_assert_ptr_null(ev);
        ck_assert_ptr_nonnull(e.reason);
        ck_assert_ptr_nonnull(e.reason_zh);
    }
    ck_assert_int_eq(with_params(set, "most", "5", &ev, NULL), RLS_OK);
    ck_assert_int_eq(rls_evaluator_rebind(ev, without), RLS_ERR_ARGUMENT);
    ck_assert_ptr_eq(rls_evaluator_set(ev), set);
    rls_evaluator_free(ev);
    rls_set_unref(without);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_values");
    TCase *c = tcase_create("values");

    tcase_add_test(c, missing_facts_are_named);
    tcase_add_test(c, params_are_bound);
    tcase_add_test(c, params_are_refused);
    suite_add_tcase(s, c);
    return test_run(s);
}
