/* SPDX-License-Identifier: Apache-2.0 */
/* Rule sets that share lists, conditions and sections. */
#include <string.h>

#include <check.h>

#include <librules/compiler.h>

#include "set/program.h"
#include "set/wake.h"
#include "test_suite.h"

#define HEAD(id)                                                                                   \
    "<ruleset xmlns='urn:librules:ruleset:1' id='" id "' version='1' subject='listing'>"           \
    "<title>集</title>"
#define TAIL "</ruleset>"
#define OUTCOME                                                                                    \
    "<outcome verdict='advise'><message>看</message><message xml:lang='en'>Look</message>"
#define RULE(id, condition)                                                                        \
    "<rule id='" id "' severity='risk'><title>规则</title><when>" condition "</when>" OUTCOME      \
    "</outcome></rule>"

static struct rls_set *build(const char *first, const char *second)
{
    struct rls_compiler *c;
    struct rls_set *set;

    ck_assert_int_eq(rls_compiler_new(&c, NULL, NULL), RLS_OK);
    ck_assert_int_eq(rls_compiler_add_buffer(c, "a.xml", first, strlen(first)), RLS_OK);
    if (second)
        ck_assert_int_eq(rls_compiler_add_buffer(c, "b.xml", second, strlen(second)), RLS_OK);
    ck_assert_int_eq(rls_compiler_build(c, &set), RLS_OK);
    rls_compiler_free(c);
    return set;
}

static const struct condition *when(const struct rls_set *set, const char *rule)
{
    const struct rls_rule *r = rls_set_rule_find(set, rule);

    ck_assert_ptr_nonnull(r);
    return r->versions[0].when;
}

START_TEST(one_condition_serves_many_rules)
{
    struct rls_set *set = build(
        HEAD("a") RULE("one", "<use condition='toy'/>")
            RULE("two", "<use condition='toy'/>") "<condition id='toy'><field name='category' "
                                                  "under='玩具'/></condition>" TAIL,
        NULL);

    ck_assert_int_eq(when(set, "a/one")->kind, CONDITION_USE);
    ck_assert_ptr_eq(when(set, "a/one")->children, when(set, "a/two")->children);
    ck_assert_int_eq(when(set, "a/one")->children->kind, CONDITION_FIELD);
    rls_set_unref(set);
}
END_TEST

/* The order of files decides nothing: the user may stand before what it uses. */
START_TEST(other_rule_sets_are_reached_by_prefix)
{
    static const char user[] =
        HEAD("user") "<uses ruleset='common' prefix='c'/>"
                     "<terms id='x'><term>丙丙</term></terms>" RULE(
                         "r", "<all><text in='title' terms='x c:x'/><use condition='c:toy'/></all>")
                         TAIL;
    static const char common[] =
        HEAD("common") "<terms id='x'><term>甲甲</term></terms>"
                       "<condition id='toy'><any><use condition='inner'/></any></condition>"
                       "<condition id='inner'><text in='title' terms='x'/></condition>" TAIL;

    for (int order = 0; order < 2; order++) {
        struct rls_set *set = order ? build(user, common) : build(common, user);
        const struct condition *all = when(set, "user/r");
        const struct text_test *text = all->children[0].text;
        const struct condition *inner = all->children[1].children->children->children;

        ck_assert_uint_eq(text->n_term_sets, 2);
        ck_assert_str_eq(set->term_sets[text->term_sets[0]].id, "user/x");
        ck_assert_str_eq(set->term_sets[text->term_sets[1]].id, "common/x");
        ck_assert_int_eq(inner->kind, CONDITION_TEXT);
        ck_assert_str_eq(set->term_sets[inner->text->term_sets[0]].id, "common/x");
        rls_set_unref(set);
    }
}
END_TEST

START_TEST(a_shared_condition_wakes_its_rules)
{
    struct rls_set *set =
        build(HEAD("a") "<terms id='x'><term>甲甲</term></terms>"
                        "<condition id='c'><text in='title' terms='x'/></condition>" RULE(
                            "r", "<use condition='c'/>") TAIL,
              NULL);

    ck_assert_uint_eq(set->wake->always_begin[WAKE_SUBJECTS], 0);
    ck_assert_uint_eq(
        set->wake->begin[set->wake->lists[0] + 1] - set->wake->begin[set->wake->lists[0]], 1);
    rls_set_unref(set);
}
END_TEST

START_TEST(a_section_speaks_before_its_source)
{
    struct rls_set *set = build(
        HEAD("a") "<source id='s' kind='law' from='2020-01-01' standing='known'>法</source>"
                  "<section source='s' clause='第一条' from='2021-01-01' through='2021-12-31' "
                  "standing='verified'>不得\n  销售。</section><section source='s' "
                  "clause='第二条'>词</section>"
                  "<rule id='r' severity='risk'><title>规则</title><when><field name='category' "
                  "is='a'/>"
                  "</when>" OUTCOME
                  "<cite source='s' clause='第一条'/><cite source='s' clause='第二条'/>"
                  "<cite source='s'/></outcome></rule>" TAIL,
        NULL);
    const struct outcome *o = rls_set_rule_find(set, "a/r")->versions[0].outcome;

    ck_assert_uint_eq(o->statement.n_citations, 3);
    ck_assert_str_eq(o->statement.citations[0].text, "不得销售。");
    ck_assert_str_eq(o->statement.citations[0].from, "2021-01-01");
    ck_assert_str_eq(o->statement.citations[0].until, "2022-01-01");
    ck_assert_str_eq(o->statement.citations[0].standing, "verified");
    ck_assert_str_eq(o->statement.citations[1].from, "2020-01-01");
    ck_assert_str_eq(o->statement.citations[1].standing, "known");
    ck_assert_ptr_null(o->statement.citations[2].text);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("compile_shared");
    TCase *t = tcase_create("shared");

    tcase_add_test(t, one_condition_serves_many_rules);
    tcase_add_test(t, other_rule_sets_are_reached_by_prefix);
    tcase_add_test(t, a_shared_condition_wakes_its_rules);
    tcase_add_test(t, a_section_speaks_before_its_source);
    suite_add_tcase(s, t);
    return test_run(s);
}
