/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of mutation is noticed by a case that depends on what is changed, and by no other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_failure.h"
#include "test_rules.h"
#include "test_suite.h"

#define RULE(inside, cases)                                                                        \
    "<terms id='p'><pattern>hash\\d+</pattern></terms><field name='n' type='number'/><field "      \
    "name='made' type='instant'/><rule id='r' "                                                    \
    "severity='violation'>" TITLE inside cases "</rule>"
#define CASE(expect, inside) "<case expect='" expect "'><listing>" inside "</listing></case>"
#define NAMED(title) "<title>" title "</title>"
#define FACT(name, value) "<fact name='" name "'>" value "</fact>"
#define WHEN "<when><text in='title' terms='w'/></when>"
#define OUTCOME(inside) "<outcome verdict='review'>" inside WORDS "</outcome>"
#define LATE(n)                                                                                    \
    "<record in='counters'><field name='name'>late</field><field name='numerator'>" n              \
    "</field><field name='denominator'>20</field></record>"
#define SKU "<record in='skus'><field name='price'>1</field></record>"

static const struct sample {
    const char *name;
    uint32_t kind;
    const char *operand; /* of the mutation that is meant; of a field or value what goes */
    const char *rule;    /* up to its cases */
    const char *noticing, *other;
} samples[] = {
    {"term", RLS_MUTATION_TERM, "矿机", WHEN REJECT, CASE("finding", NAMED("矿机")),
     CASE("finding", NAMED("antminer"))},
    {"pattern", RLS_MUTATION_TERM, "hash\\d+", "<when><text in='title' terms='p'/></when>" REJECT,
     CASE("finding", NAMED("hash99")), CASE("none", NAMED("hash"))},
    {"term of two", RLS_MUTATION_TERM, "矿机", WHEN REJECT,
     "<case expect='finding'><gives evidence='矿机'/><listing>" NAMED(
         "antminer 矿机") "</listing></case>",
     CASE("finding", NAMED("antminer 矿机"))},
    {"allow", RLS_MUTATION_ALLOW, "选矿机", WHEN REJECT, CASE("none", NAMED("选矿机")),
     CASE("none", NAMED("杯"))},
    {"lt", RLS_MUTATION_THRESHOLD, "name=\"n\" lt=\"5\"",
     "<when><field name='n' lt='5'/></when>" REJECT, CASE("none", FACT("n", "5")),
     CASE("none", FACT("n", "6"))},
    {"le", RLS_MUTATION_THRESHOLD, "name=\"n\" le=\"5\"",
     "<when><field name='n' le='5'/></when>" REJECT, CASE("finding", FACT("n", "5.0")),
     CASE("finding", FACT("n", "4.9"))},
    {"gt", RLS_MUTATION_THRESHOLD, "name=\"made\" gt=\"2026-01-01\"",
     "<when><field name='made' gt='2026-01-01'/></when>" REJECT,
     CASE("none", FACT("made", "2026-01-01")), CASE("finding", FACT("made", "2026-01-02"))},
    {"ge", RLS_MUTATION_THRESHOLD, "name=\"n\" ge=\"5\"",
     "<when><field name='n' ge='5'/></when>" REJECT, CASE("finding", FACT("n", "5")),
     CASE("none", FACT("n", "4"))},
    {"count", RLS_MUTATION_THRESHOLD, "in=\"skus\" as=\"s\" gt=\"1\"",
     "<when><count in='skus' as='s' gt='1'><field name='$s.price' ge='0'/></count></when>" REJECT,
     CASE("none", SKU), CASE("finding", SKU SKU)},
    {"counter", RLS_MUTATION_THRESHOLD, "name=\"late\" gt=\"5%\"",
     "<when><counter name='late' gt='5%'/></when>" REJECT, CASE("none", LATE("1")),
     CASE("finding", LATE("2"))},
    {"compare", RLS_MUTATION_THRESHOLD, "left=\"n\" le=\"5\"",
     "<when><compare left='n' le='5'/></when>" REJECT, CASE("finding", FACT("n", "5")),
     CASE("finding", FACT("n", "4"))},
    {"exemption", RLS_MUTATION_EXEMPTION, "name=\"brand\" is=\"甲\"",
     WHEN "<unless><field name='brand' is='甲'/></unless>" REJECT,
     CASE("exempt", NAMED("矿机") "<brand>甲</brand>"),
     CASE("finding", NAMED("矿机") "<brand>乙</brand>")},
    {"field", RLS_MUTATION_FIELD, "title", "<when><text in='title brand' terms='w'/></when>" REJECT,
     CASE("finding", NAMED("矿机")), CASE("finding", NAMED("杯") "<brand>矿机</brand>")},
    {"value", RLS_MUTATION_VALUE, "甲", "<when><field name='brand' in='甲 乙 丙'/></when>" REJECT,
     CASE("finding", NAMED("x") "<brand>甲</brand>"),
     CASE("finding", NAMED("x") "<brand>乙</brand>")},
    {"value of not-in", RLS_MUTATION_VALUE, "甲",
     "<when><field name='brand' not-in='甲 乙'/></when>" REJECT,
     CASE("none", NAMED("x") "<brand>甲</brand>"), CASE("none", NAMED("x") "<brand>乙</brand>")},
    {"guard", RLS_MUTATION_GUARD, "inside=\"brand\"",
     "<when><text in='title' terms='w'><guard before='2' terms='w'/><guard inside='brand'/></text>"
     "</when>" REJECT,
     CASE("none", NAMED("矿机") "<brand>矿机</brand>"), CASE("none", NAMED("杯"))},
    {"first guard", RLS_MUTATION_GUARD, "before=\"2\" terms=\"w\"",
     "<when><text in='title' terms='w'><guard before='2' terms='w'/><guard inside='brand'/></text>"
     "</when>" REJECT,
     CASE("none", NAMED("antminer矿机") "<brand>antminer</brand>"),
     CASE("none", NAMED("矿机") "<brand>矿机</brand>")},
    {"guard of near", RLS_MUTATION_GUARD, "inside=\"brand\"",
     "<when><near in='title' within='9'><text terms='w'/><text terms='w'><guard "
     "inside='brand'/></text></near></when>" REJECT,
     CASE("none", NAMED("矿机矿机") "<brand>矿机</brand>"), CASE("finding", NAMED("矿机矿机"))},
    {"requirement", RLS_MUTATION_REQUIREMENT, "name=\"brand\" present=\"yes\"",
     "<require id='a'><field name='brand' present='yes'/></require>" REJECT,
     CASE("finding", NAMED("杯")), CASE("none", "<brand>甲</brand>")},
    {"scope", RLS_MUTATION_SCOPE, "name=\"brand\" is=\"甲\"",
     "<applies><field name='brand' is='甲'/></applies>" WHEN REJECT,
     CASE("none", NAMED("矿机") "<brand>乙</brand>"),
     CASE("finding", NAMED("矿机") "<brand>甲</brand>")},
    {"one of all", RLS_MUTATION_CONDITION, "name=\"brand\" is=\"甲\"",
     "<when><all><text in='title' terms='w'/><field name='brand' is='甲'/></all></when>" REJECT,
     CASE("none", NAMED("矿机") "<brand>乙</brand>"),
     CASE("finding", NAMED("矿机") "<brand>甲</brand>")},
    {"what wakes", RLS_MUTATION_CONDITION, "in=\"title\" terms=\"w\"",
     "<when><all><text in='title' terms='w'/><field name='brand' is='甲'/></all></when>" REJECT,
     CASE("none", NAMED("杯") "<brand>甲</brand>"), CASE("none", NAMED("杯") "<brand>乙</brand>")},
    {"one of any", RLS_MUTATION_CONDITION, "name=\"brand\" is=\"甲\"",
     "<when><any><text in='title' terms='w'/><field name='brand' is='甲'/></any></when>" REJECT,
     CASE("finding", NAMED("杯") "<brand>甲</brand>"),
     CASE("finding", NAMED("矿机") "<brand>甲</brand>")},
    {"grade", RLS_MUTATION_GRADE, "name=\"n\" ge=\"5\"",
     WHEN OUTCOME("<grade verdict='reject'><field name='n' ge='5'/></grade>"),
     "<case expect='finding' verdict='reject'><listing>" NAMED("矿机")
         FACT("n", "6") "</listing></case>",
     CASE("finding", NAMED("矿机") FACT("n", "6"))},
    {"grace", RLS_MUTATION_GRACE, "name=\"n\" ge=\"5\"",
     WHEN "<grace until='2100-01-01'><field name='n' ge='5'/></grace>" REJECT,
     CASE("grace", NAMED("矿机") FACT("n", "6")), CASE("finding", NAMED("矿机") FACT("n", "1"))},
};

static struct rls_set *set_of(const struct sample *s, const char *of_case)
{
    char text[4096];
    int n = snprintf(text, sizeof text, RULE("%s", "%s"), s->rule, of_case);

    ck_assert_int_lt(n, (int)sizeof text);
    return test_set(NULL, text);
}

static bool passes(struct rls_evaluator *ev)
{
    uint32_t actual;

    ck_assert_int_eq(rls_case_run(ev, rls_set_case_at(rls_evaluator_set(ev), 0), &actual, NULL),
                     RLS_OK);
    return rls_case_difference_count(ev) == 0;
}

static size_t find(const struct rls_mutations *m, uint32_t kind, const char *operand)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < rls_mutation_count(m); i++) {
        const struct rls_mutation *one = rls_mutation_at(m, i);

        bool item = kind == RLS_MUTATION_FIELD || kind == RLS_MUTATION_VALUE;

        if (one->kind != kind || strcmp(item ? one->change : one->operand, operand) != 0)
            continue;
        ck_assert_uint_eq(found, SIZE_MAX);
        found = i;
    }
    ck_assert_uint_ne(found, SIZE_MAX);
    return found;
}

/* Whether the only case of a sample notices. */
static bool notices(const struct sample *s, const char *of_case)
{
    struct rls_set *set = set_of(s, of_case);
    struct rls_mutations *m;
    struct rls_evaluator *ev;
    size_t at;
    bool noticed;

    ck_assert_int_eq(rls_mutations_new(&m, NULL, set), RLS_OK);
    at = find(m, s->kind, s->operand);
    ck_assert(rls_mutation_affects(m, at, rls_set_rule_at(set, 0)));
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_msg(passes(ev), "%s: %s", s->name, of_case);
    ck_assert_int_eq(rls_evaluator_mutate(ev, m, at), RLS_OK);
    noticed = !passes(ev);
    ck_assert_int_eq(rls_evaluator_mutate(ev, NULL, 0), RLS_OK);
    ck_assert_msg(passes(ev), "%s stays changed", s->name);
    rls_evaluator_free(ev);
    rls_mutations_free(m);
    rls_set_unref(set);
    return noticed;
}

START_TEST(who_depends_on_it_notices)
{
    const struct sample *s = &samples[_i];

    ck_assert_msg(notices(s, s->noticing), "%s survives", s->name);
}
END_TEST

START_TEST(others_do_not)
{
    const struct sample *s = &samples[_i];

    ck_assert_msg(!notices(s, s->other), "%s is noticed", s->name);
}
END_TEST

#define SHARED                                                                                     \
    "<condition id='cheap'><field name='price' lt='5'/></condition>"                               \
    "<rule id='a' severity='risk'>" TITLE "<when><use condition='cheap'/></when>" REJECT           \
    "<version until='2020-01-01'/><version from='2020-01-01'/></rule>"                             \
    "<rule id='b' severity='risk'>" TITLE                                                          \
    "<when><all><use condition='cheap'/><text in='title' terms='w'/></all></when>" REJECT          \
    "</rule><rule id='off' severity='risk' mode='off'>" TITLE                                      \
    "<when><field name='price' gt='5'/></when>" REJECT "</rule>"

/* What versions inherit and rules share is changed once; rules that are off are not. */
START_TEST(what_is_shared_is_listed_once)
{
    struct rls_set *set = test_set(NULL, SHARED);
    struct rls_mutations *m;
    size_t at, thresholds = 0;

    ck_assert_int_eq(rls_mutations_new(&m, NULL, set), RLS_OK);
    for (size_t i = 0; i < rls_mutation_count(m); i++)
        thresholds += rls_mutation_at(m, i)->kind == RLS_MUTATION_THRESHOLD;
    ck_assert_uint_eq(thresholds, 1);
    at = find(m, RLS_MUTATION_THRESHOLD, "name=\"price\" lt=\"5\"");
    ck_assert_str_eq(rls_mutation_at(m, at)->change, "le");
    ck_assert_str_eq(rls_mutation_at(m, at)->operation, "field");
    ck_assert_uint_eq(rls_mutation_at(m, at)->term, SIZE_MAX);
    ck_assert_uint_gt(rls_mutation_at(m, at)->line, 0);
    ck_assert(rls_mutation_affects(m, at, rls_set_rule_find(set, "t/a")));
    ck_assert(rls_mutation_affects(m, at, rls_set_rule_find(set, "t/b")));
    ck_assert(!rls_mutation_affects(m, at, rls_set_rule_find(set, "t/off")));
    at = find(m, RLS_MUTATION_TERM, "矿机");
    ck_assert_str_eq(rls_mutation_at(m, at)->owner, "t/w");
    ck_assert_ptr_null(rls_mutation_at(m, at)->rule);
    ck_assert_str_eq(rls_set_term_text(set, rls_mutation_at(m, at)->term), "矿机");
    ck_assert(!rls_mutation_affects(m, at, rls_set_rule_find(set, "t/a")));
    ck_assert(rls_mutation_affects(m, at, rls_set_rule_find(set, "t/b")));
    rls_mutations_free(m);
    rls_set_unref(set);
}
END_TEST

START_TEST(misuse)
{
    struct rls_set *set = test_set(NULL, SHARED), *other = test_set(NULL, SHARED);
    struct rls_mutations *m = NULL;
    struct rls_evaluator *ev;
    const struct rls_report *r;
    size_t last;

    ck_assert_int_eq(rls_mutations_new(NULL, NULL, set), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_mutations_new(&m, NULL, NULL), RLS_ERR_ARGUMENT);
    ck_assert_ptr_null(m);
    ck_assert_uint_eq(rls_mutation_count(NULL), 0);
    ck_assert_ptr_null(rls_mutation_at(NULL, 0));
    rls_mutations_free(NULL);
    ck_assert_int_eq(rls_mutations_new(&m, NULL, set), RLS_OK);
    last = rls_mutation_count(m);
    ck_assert_ptr_null(rls_mutation_at(m, last));
    ck_assert(!rls_mutation_affects(m, last, rls_set_rule_at(set, 0)));
    ck_assert(!rls_mutation_affects(NULL, 0, rls_set_rule_at(set, 0)));
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_evaluator_mutate(NULL, m, 0), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_evaluator_mutate(ev, m, last), RLS_ERR_ARGUMENT);
    /* Another set takes it back, and the list is of the old one. */
    ck_assert_int_eq(
        rls_evaluator_mutate(ev, m, find(m, RLS_MUTATION_THRESHOLD, "name=\"price\" lt=\"5\"")),
        RLS_OK);
    r = test_json(ev, "{\"price\":5}", NULL);
    ck_assert_uint_eq(rls_report_finding_count(r), 1);
    ck_assert_int_eq(rls_evaluator_rebind(ev, other), RLS_OK);
    ck_assert_uint_eq(rls_report_finding_count(test_json(ev, "{\"price\":5}", NULL)), 0);
    ck_assert_int_eq(rls_evaluator_mutate(ev, m, 0), RLS_ERR_ARGUMENT);
    rls_evaluator_free(ev);
    rls_mutations_free(m);
    rls_set_unref(set);
    rls_set_unref(other);
}
END_TEST

static int mutate_all(struct rls_context *ctx, struct rls_evaluator *ev)
{
    struct rls_mutations *m;
    int st = rls_mutations_new(&m, ctx, rls_evaluator_set(ev));

    for (size_t i = 0; st == RLS_OK && i < rls_mutation_count(m); i++)
        st = rls_evaluator_mutate(ev, m, i);
    rls_mutations_free(m);
    return st;
}

/* A mutation of guards needs room. */
START_TEST(memory_is_short)
{
    const struct sample *guarded = samples;
    struct rls_set *set;

    while (guarded->kind != RLS_MUTATION_GUARD)
        guarded++;
    set = set_of(guarded, guarded->noticing);
    test_fail_each_with(set, mutate_all);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_mutation");
    TCase *t = tcase_create("mutation");
    int n = (int)(sizeof samples / sizeof *samples);

    tcase_add_loop_test(t, who_depends_on_it_notices, 0, n);
    tcase_add_loop_test(t, others_do_not, 0, n);
    tcase_add_test(t, what_is_shared_is_listed_once);
    tcase_add_test(t, misuse);
    tcase_add_test(t, memory_is_short);
    suite_add_tcase(s, t);
    return test_run(s);
}
