/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiler makes of good sources. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include <librules/compiler.h>

#include "match/matcher.h"
#include "set/program.h"
#include "test_suite.h"
#include "text/forms.h"

#define HEAD(id)                                                                                   \
    "<ruleset xmlns='urn:librules:ruleset:1' id='" id "' version='1' subject='listing'>"           \
    "<title>集</title><source id='s' kind='law' number='1号' from='2020-01-01'"                  \
    " through='2099-12-31'>法律\n   第一条</source>"                                          \
    "<field name='x.n' type='number'/><field name='x.t' absent='empty'/>"                          \
    "<field name='x.a' absent='assume:foo'/>"
#define LISTS                                                                                      \
    "<terms id='a'><term>甲甲</term><term>甲乙</term></terms>"                                 \
    "<terms id='b'><term>乙乙</term></terms><terms id='c'><term>丙丙</term></terms>"
#define OUTCOME                                                                                    \
    "<outcome verdict='review'><message>请\n  看</message><message xml:lang='en'>Please\n"       \
    "  look</message><cite source='s' clause='第一条'/></outcome>"
#define RULE(id, rest) "<rule id='" id "' severity='risk'><title>规则</title>" rest "</rule>"
#define TEXT(in, terms) "<text in='" in "' terms='" terms "'/>"
#define FIELD "<field name='brand' is='x'/>"
#define WHEN(condition) "<when>" condition "</when>"

static struct rls_compiler *make(uint32_t flags)
{
    struct rls_compiler_options o = {.size = sizeof o, .flags = flags};
    struct rls_compiler *c;

    ck_assert_int_eq(rls_compiler_new(&c, NULL, &o), RLS_OK);
    return c;
}

static void add(struct rls_compiler *c, const char *name, const char *xml)
{
    ck_assert_int_eq(rls_compiler_add_buffer(c, name, xml, strlen(xml)), RLS_OK);
}

static struct rls_set *build(struct rls_compiler *c)
{
    struct rls_set *set;
    int st = rls_compiler_build(c, &set);
    const struct rls_diagnostic *d = rls_compiler_diagnostic(c, 0);

    ck_assert_msg(st == RLS_OK, "%s: line %u: %s", rls_status_name(st), d ? d->line : 0,
                  d ? d->message : "");
    return set;
}

static struct rls_set *compile(const char *xml)
{
    struct rls_compiler *c = make(RLS_COMPILE_CASES);
    struct rls_set *set;

    add(c, "test.xml", xml);
    set = build(c);
    rls_compiler_free(c);
    return set;
}

static const struct rls_rule *find(const struct rls_set *set, const char *id)
{
    const struct rls_rule *rule = rls_set_rule_find(set, id);

    ck_assert_ptr_nonnull(rule);
    return rule;
}

START_TEST(versions)
{
    struct rls_set *set = compile(HEAD("t") LISTS RULE(
        "r", WHEN(TEXT("title", "a b c")) "<unless>" FIELD "</unless>" OUTCOME
                                          "<version from='2026-02-07T00:00:00+09:00' "
                                          "standing='known'><unless if-unknown="
                                          "'review'>" FIELD "</unless><unless>" FIELD
                                          "</unless></version>"
                                          "<version through='2026-02-05'><applies>" FIELD
                                          "</applies></version>") "</ruleset>");
    const struct rls_rule *rule = find(set, "t/r");
    const struct rule_version *old = &rule->versions[0], *new = &rule->versions[1];

    ck_assert_uint_eq(rule->n_versions, 2);
    ck_assert_str_eq(old->name, "");
    ck_assert(old->from == INT64_MIN);
    /* 2026-02-06T00:00 in Shanghai */
    ck_assert(old->until == INT64_C(1770307200000));
    ck_assert_str_eq(old->standing, "stated");
    ck_assert_ptr_nonnull(old->applies);
    ck_assert_uint_eq(old->n_exemptions, 1);
    ck_assert(!old->exemptions[0].review_if_unknown);
    ck_assert_str_eq(new->name, "2026-02-07T00:00:00+09:00");
    ck_assert(new->from == INT64_C(1770390000000));
    ck_assert(new->until == INT64_MAX);
    ck_assert_str_eq(new->standing, "known");
    ck_assert_ptr_null(new->applies);
    ck_assert_uint_eq(new->n_exemptions, 2);
    ck_assert(new->exemptions[0].review_if_unknown && !new->exemptions[1].review_if_unknown);
    ck_assert_ptr_eq(old->outcome, new->outcome);
    ck_assert_ptr_eq(old->when, new->when);
    rls_set_unref(set);
}
END_TEST

START_TEST(words_and_citations)
{
    struct rls_set *set =
        compile(HEAD("t") LISTS RULE("r", WHEN(TEXT("title", "a b c")) OUTCOME) "</ruleset>");
    const struct outcome *o = find(set, "t/r")->versions[0].outcome;
    const struct rls_citation *c = o->statement.citations;

    ck_assert_uint_eq(o->ruling.verdict, RLS_REVIEW);
    ck_assert_str_eq(o->statement.message.zh, "请看");
    ck_assert_str_eq(o->statement.message.en, "Please look");
    ck_assert_ptr_null(o->statement.remedy.zh);
    ck_assert_uint_eq(o->statement.n_citations, 1);
    ck_assert_uint_eq(c->size, sizeof *c);
    ck_assert_str_eq(c->source, "s");
    ck_assert_str_eq(c->title, "法律第一条");
    ck_assert_str_eq(c->number, "1号");
    ck_assert_str_eq(c->clause, "第一条");
    ck_assert_str_eq(c->from, "2020-01-01");
    ck_assert_str_eq(c->until, "2100-01-01");
    ck_assert_ptr_null(c->url);
    ck_assert_str_eq(c->standing, "stated");
    rls_set_unref(set);
}
END_TEST

static const struct condition *when_of(const struct rls_set *set, const char *id)
{
    return find(set, id)->versions[0].when;
}

START_TEST(conditions)
{
    struct rls_set *set = compile(
        HEAD("t") LISTS RULE("text",
                             WHEN(TEXT("title * attributes.* attributes.材质", "c a b a")) OUTCOME)
            RULE("is", WHEN("<field name='attributes.主 材' is='纯 棉'/>") OUTCOME)
                RULE("in", WHEN("<field name='x.n' in='1 2.5 -3'/>") OUTCOME)
                    RULE("no", WHEN("<field name='x.n' present='no'/>") OUTCOME)
                        RULE("lt", WHEN("<field name='price' lt='1e2'/>") OUTCOME) "</ruleset>");
    const struct text_test *t;
    const struct field_test *f;

    ck_assert_uint_eq(when_of(set, "t/text")->kind, CONDITION_TEXT);
    t = when_of(set, "t/text")->text;
    ck_assert_uint_eq(t->n_selectors, 4);
    ck_assert_uint_eq(t->selectors[1].field, FIELD_EVERY);
    ck_assert_ptr_null(t->selectors[2].key);
    ck_assert_uint_eq(t->selectors[3].field, t->selectors[2].field);
    ck_assert_uint_eq(t->selectors[3].key_len, strlen("材质"));
    ck_assert_str_eq(t->selectors[3].name, "attributes.材质");
    ck_assert_uint_eq(t->n_term_sets, 3);
    ck_assert_str_eq(set->term_sets[t->term_sets[0]].id, "t/c");
    f = when_of(set, "t/is")->field;
    ck_assert_uint_eq(f->test, TEST_IS);
    ck_assert_uint_eq(f->n_operands, 1);
    ck_assert_str_eq(f->operands[0].value.text, "纯 棉");
    ck_assert_uint_eq(f->selector->key_len, strlen("主 材"));
    f = when_of(set, "t/in")->field;
    ck_assert_uint_eq(f->type, TYPE_NUMBER);
    ck_assert_uint_eq(f->n_operands, 3);
    ck_assert_str_eq(f->operands[1].written, "2.5");
    ck_assert_int_eq(f->operands[2].value.number.coefficient, -3);
    f = when_of(set, "t/no")->field;
    ck_assert_uint_eq(f->test, TEST_PRESENT);
    ck_assert(!f->operands[0].value.boolean);
    f = when_of(set, "t/lt")->field;
    ck_assert_uint_eq(f->test, TEST_LT);
    ck_assert_int_eq(decimal_compare(f->operands[0].value.number, (struct decimal){100, 0}), 0);
    rls_set_unref(set);
}
END_TEST

static const struct term *find_term(const struct rls_set *set, const char *text)
{
    for (uint32_t i = 0; i < matcher_count(set->matcher); i++)
        if (strcmp(matcher_term(set->matcher, i)->text, text) == 0)
            return matcher_term(set->matcher, i);
    ck_abort_msg("no term %s", text);
    return NULL;
}

START_TEST(terms)
{
    struct rls_set *set = compile(
        HEAD("t") "<terms id='a' tolerate='squeezed'><term>\n 甲甲 </term><term word='no'>abc"
                  "</term><term tolerate='exact'>乙乙</term><term tolerate='exact case'>丙丙"
                  "</term><term tolerate='width'>丁丁</term><allow>选甲甲</allow>"
                  "<allow tolerate='exact squeezed'>戊甲甲</allow></terms>" RULE(
                      "r", WHEN(TEXT("title", "a")) OUTCOME) "</ruleset>");

    ck_assert_uint_eq(rls_set_term_count(set), 7);
    ck_assert_uint_eq(find_term(set, "甲甲")->tolerate, FORM_PLAIN);
    ck_assert(find_term(set, "甲甲")->word && !find_term(set, "甲甲")->allow);
    ck_assert(!find_term(set, "abc")->word);
    ck_assert_uint_eq(find_term(set, "乙乙")->tolerate, 0);
    ck_assert_uint_eq(find_term(set, "丙丙")->tolerate, FORM_CASE);
    ck_assert_uint_eq(find_term(set, "丁丁")->tolerate, FORM_DEFAULT);
    ck_assert_uint_eq(find_term(set, "选甲甲")->tolerate, FORM_DEFAULT);
    ck_assert(find_term(set, "选甲甲")->allow);
    ck_assert_uint_eq(find_term(set, "戊甲甲")->tolerate, FORM_SQUEEZED);
    rls_set_unref(set);
}
END_TEST

#define CASE                                                                                       \
    "<case expect='none' as-of='2026-01-01' note='甲'><listing> <title> a </title>"               \
    "<attribute name='材质'>棉</attribute><fact name='x.n'>1</fact><brand/></listing></case>"

START_TEST(cases)
{
    static const char xml[] =
        HEAD("t") LISTS RULE("r", WHEN(TEXT("title", "a b c")) OUTCOME CASE) "</ruleset>";
    struct rls_set *set = compile(xml);
    const struct set_case *c = &set->cases[0];
    struct rls_compiler *without = make(0);

    ck_assert_uint_eq(set->n_cases, 1);
    ck_assert_ptr_eq(c->view.rule, find(set, "t/r"));
    ck_assert_uint_eq(c->view.expect, RLS_EXPECT_NONE);
    ck_assert_str_eq(c->view.note, "甲");
    ck_assert_str_eq(c->view.source, "test.xml");
    ck_assert(c->has_as_of && c->as_of == INT64_C(1767196800000));
    ck_assert_uint_eq(c->n_facts, 4);
    ck_assert_str_eq(c->facts[0].path, "title");
    ck_assert_str_eq(c->facts[0].text, "a");
    ck_assert_str_eq(c->facts[1].path, "attributes.材质");
    ck_assert_str_eq(c->facts[2].path, "x.n");
    ck_assert_str_eq(c->facts[3].text, "");
    rls_set_unref(set);
    add(without, "test.xml", xml);
    set = build(without);
    ck_assert_uint_eq(rls_set_case_count(set), 0);
    rls_set_unref(set);
    rls_compiler_free(without);
}
END_TEST

static const char first[] = HEAD("one") LISTS RULE("b", WHEN(TEXT("title", "a b c")) OUTCOME)
    RULE("a", WHEN(TEXT("title", "a")) OUTCOME) "</ruleset>";
static const char second[] =
    HEAD("two") LISTS RULE("c", WHEN(TEXT("title", "a b c")) OUTCOME) "</ruleset>";

START_TEST(order_and_digest)
{
    static const char *const ids[] = {"two/c", "one/b", "one/a"};
    uint8_t digest[32], other[32];
    struct rls_compiler *c = make(0);
    struct rls_set *set;

    add(c, "x/b.xml", first);
    add(c, "x/a.xml", second);
    set = build(c);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_str_eq(rls_rule_id(rls_set_rule_at(set, i)), ids[i]);
        ck_assert_ptr_eq(rls_set_rule_find(set, ids[i]), rls_set_rule_at(set, i));
    }
    rls_set_digest(set, digest);
    rls_set_unref(set);
    add(c, "y/z/a.xml", second);
    add(c, "b.xml", first);
    set = build(c);
    rls_set_digest(set, other);
    ck_assert_mem_eq(digest, other, sizeof digest);
    rls_set_unref(set);
    add(c, "a.xml", first);
    add(c, "b.xml", second);
    set = build(c);
    rls_set_digest(set, other);
    ck_assert_mem_ne(digest, other, sizeof digest);
    rls_set_unref(set);
    rls_compiler_free(c);
}
END_TEST

START_TEST(fields_of_several_sources)
{
    static const char merchant[] =
        "<ruleset xmlns='urn:librules:ruleset:1' id='m' version='1' subject='merchant'>"
        "<title>集</title><source id='s' kind='law'>法</source>"
        "<field name='x.n' type='number'/>" RULE("r", WHEN("<field name='x.n' lt='1'/>")
                                                          OUTCOME) "</ruleset>";
    struct rls_compiler *c = make(0);
    const char *key;
    size_t key_len;
    struct rls_set *set;

    add(c, "1", first);
    add(c, "2", second);
    add(c, "3", merchant);
    set = build(c);
    ck_assert_uint_ne(vocabulary_find(&set->vocabulary, RLS_MERCHANT, "x.n", 3, &key, &key_len),
                      FIELD_UNKNOWN);
    ck_assert_uint_eq(vocabulary_find(&set->vocabulary, RLS_MERCHANT, "x.t", 3, &key, &key_len),
                      FIELD_UNKNOWN);
    ck_assert_uint_ne(vocabulary_find(&set->vocabulary, RLS_LISTING, "x.t", 3, &key, &key_len),
                      FIELD_UNKNOWN);
    rls_set_unref(set);
    rls_compiler_free(c);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("compile_set");
    TCase *t = tcase_create("set");

    tcase_add_test(t, versions);
    tcase_add_test(t, words_and_citations);
    tcase_add_test(t, conditions);
    tcase_add_test(t, terms);
    tcase_add_test(t, cases);
    tcase_add_test(t, order_and_digest);
    tcase_add_test(t, fields_of_several_sources);
    suite_add_tcase(s, t);
    return test_run(s);
}
