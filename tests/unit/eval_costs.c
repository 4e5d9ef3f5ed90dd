/* SPDX-License-Identifier: Apache-2.0 */
/* What checks cost: exact counters, sums, and that counting changes no report. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_failure.h"
#include "test_rules.h"
#include "test_suite.h"

#define RULES                                                                                      \
    "<terms id='p'><pattern>矿\\s*[a-c]x</pattern><pattern>[0-9]+[a-z]</pattern></terms>"         \
    "<terms id='l' tolerate='homophone'><term>加微信</term></terms>"                            \
    "<rule id='woken' severity='risk'>" TITLE "<when><all><text in='title' terms='w'/>"            \
    "<not><field name='brand' is='甲'/></not></all></when>" REJECT "</rule>"                       \
    "<rule id='always' severity='risk'>" TITLE                                                     \
    "<when><field name='price' is-not='5'/></when>" REJECT                                         \
    "</rule><rule id='pattern' severity='risk'>" TITLE                                             \
    "<when><text in='title' terms='p l'/></when>" REJECT "</rule>"                                 \
    "<rule id='asleep' severity='risk' mode='off'>" TITLE                                          \
    "<when><text in='title' terms='w'/></when>" REJECT "</rule>"

static struct rls_set *set;
static struct rls_evaluator *ev;

static void setup(void)
{
    set = test_set(NULL, RULES);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_evaluator_measure(ev, true), RLS_OK);
}

static void teardown(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

static const struct rls_rule_cost *rule(const char *id)
{
    const struct rls_rule_cost *r;

    for (size_t i = 0; (r = rls_costs_rule(rls_evaluator_costs(ev), i)); i++)
        if (strcmp(rls_rule_id(r->rule), id) == 0)
            return r;
    ck_abort_msg("no rule %s", id);
}

static const struct rls_list_cost *list(const char *id)
{
    const struct rls_list_cost *l;

    for (size_t i = 0; (l = rls_costs_list(rls_evaluator_costs(ev), i)); i++)
        if (strcmp(l->list, id) == 0)
            return l;
    ck_abort_msg("no list %s", id);
}

static const struct rls_pattern_cost *pattern(size_t i)
{
    return rls_costs_pattern(rls_evaluator_costs(ev), i);
}

static const struct rls_stage_cost *stage(uint32_t s)
{
    return rls_costs_stage(rls_evaluator_costs(ev), s);
}

START_TEST(rules_are_counted)
{
    uint64_t conditions;

    test_json(ev, "{\"title\":\"矿机\",\"price\":6}", NULL);
    ck_assert_uint_eq(rule("t/always")->judged, 1);
    ck_assert_uint_eq(rule("t/always")->findings, 1);
    conditions = rule("t/always")->conditions;
    ck_assert_uint_ge(conditions, 1);
    /* all, text, not, field; some of them again for the evidence. */
    ck_assert_uint_ge(rule("t/woken")->conditions, 4);
    ck_assert_uint_eq(rule("t/woken")->findings, 1);
    ck_assert_uint_eq(rule("t/pattern")->judged, 0);
    ck_assert_uint_eq(rule("t/asleep")->judged, 0);
    ck_assert_uint_ge(rule("t/woken")->ns, rule("t/woken")->worst_ns);

    test_json(ev, "{\"title\":\"杯\",\"price\":5}", NULL);
    ck_assert_uint_eq(rule("t/always")->judged, 2);
    ck_assert_uint_eq(rule("t/always")->conditions, conditions + 1);
    ck_assert_uint_eq(rule("t/always")->findings, 1);
    ck_assert_uint_eq(rule("t/woken")->judged, 1);
    ck_assert_uint_eq(stage(RLS_STAGE_JUDGE)->times, 3);
    ck_assert_uint_eq(stage(RLS_STAGE_REPORT)->times, 2);
}
END_TEST

START_TEST(patterns_are_counted)
{
    const struct rls_pattern_cost *with = pattern(0), *without = pattern(1);

    ck_assert_str_eq(with->text, "矿\\s*[a-c]x");
    ck_assert_str_eq(with->list, "t/p");
    ck_assert_str_eq(with->source, "t.xml");
    ck_assert_uint_eq(with->line, 1);
    ck_assert_uint_gt(with->factors, 0);
    ck_assert_uint_eq(without->factors, 0);
    ck_assert_ptr_null(pattern(2));

    /* Nothing wakes the first one here. The other is tried at a digit that has something behind it
     * that it may go on with: at the 2 not, as the match that begins with the 1 holds it. */
    test_json(ev, "{\"title\":\"杯12a 3\"}", NULL);
    ck_assert_uint_eq(with->texts, 0);
    ck_assert_uint_eq(with->runs, 0);
    ck_assert_uint_eq(without->texts, 1);
    ck_assert_uint_eq(without->places, 1);
    ck_assert_uint_eq(without->runs, 1);
    ck_assert_uint_eq(without->matches, 1);
    ck_assert_uint_eq(without->limits, 0);
    /* PCRE2 was shown "12a 3". */
    ck_assert_uint_eq(without->bytes, 5);
    ck_assert_uint_eq(stage(RLS_STAGE_PATTERNS)->times, 1);
    ck_assert_uint_eq(stage(RLS_STAGE_PATTERNS)->bytes, 5);

    test_json(ev, "{\"title\":\"矿 bx 矿山\"}", NULL);
    ck_assert_uint_eq(with->texts, 1);
    ck_assert_uint_ge(with->woken, 1);
    ck_assert_uint_ge(with->places, 1);
    ck_assert_uint_eq(with->matches, 1);
    ck_assert_uint_eq(rule("t/pattern")->findings, 2);
    ck_assert_uint_ge(with->ns, with->worst_ns);
}
END_TEST

START_TEST(lists_are_counted)
{
    ck_assert_uint_eq(list("t/w")->terms, 3);
    ck_assert_uint_eq(list("t/p")->terms, 0);
    ck_assert_uint_eq(list("t/l")->terms, 1);
    ck_assert_str_eq(list("t/w")->source, "t.xml");
    ck_assert_uint_eq(list("t/w")->line, 1);

    /* The allow-term, the term in it, and antminer as a part of a word, which is none. */
    test_json(ev, "{\"title\":\"选矿机 antminers\"}", NULL);
    ck_assert_uint_eq(list("t/w")->candidates, 3);
    ck_assert_uint_eq(list("t/w")->hits, 0);
    ck_assert_uint_eq(list("t/w")->excused, 1);
    test_json(ev, "{\"title\":\"矿机矿机\"}", NULL);
    ck_assert_uint_eq(list("t/w")->candidates, 5);
    ck_assert_uint_eq(list("t/w")->hits, 2);
    ck_assert_uint_eq(list("t/w")->excused, 1);
    /* As it sounds: a hit of another space. */
    test_json(ev, "{\"title\":\"家薇信\"}", NULL);
    ck_assert_uint_gt(list("t/l")->candidates, 0);
    ck_assert_uint_eq(list("t/l")->hits, 1);
}
END_TEST

START_TEST(texts_are_counted)
{
    test_json(ev, "{\"title\":\"矿机a\",\"brand\":\"乙\",\"extra\":\"xy\"}", NULL);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->times, 1);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->bytes, 7 + 3 + 2);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->characters, 3 + 1 + 2);
    /* Rules look at the title alone. */
    ck_assert_uint_eq(stage(RLS_STAGE_SCAN)->times, 1);
    ck_assert_uint_eq(stage(RLS_STAGE_SCAN)->bytes, 7);
    ck_assert_uint_eq(stage(RLS_STAGE_SCAN)->characters, 3);
    ck_assert_ptr_null(stage(RLS_STAGE_REPORT + 1));
}
END_TEST

static uint64_t all_ns(void)
{
    uint64_t ns = 0;

    for (uint32_t s = 0; stage(s); s++)
        ns += stage(s)->ns;
    return ns;
}

/* Parts are within their wholes, however noisy the clock. */
START_TEST(times_add_up)
{
    uint64_t rules = 0, patterns = 0;

    for (int i = 0; i < 200; i++)
        test_json(ev, "{\"title\":\"矿机 矿bx 12a 家薇信\",\"price\":6}", NULL);
    for (size_t i = 0; i < rls_set_rule_count(set); i++)
        rules += rls_costs_rule(rls_evaluator_costs(ev), i)->ns;
    for (size_t i = 0; i < 2; i++)
        patterns += pattern(i)->ns;
    ck_assert_uint_gt(rules, 0);
    ck_assert_uint_gt(patterns, 0);
    ck_assert_uint_le(rules, stage(RLS_STAGE_JUDGE)->ns + stage(RLS_STAGE_REPORT)->ns);
    ck_assert_uint_le(patterns, stage(RLS_STAGE_PATTERNS)->ns);
    ck_assert_uint_gt(all_ns(), rules + patterns);
}
END_TEST

static const char *const documents[] = {
    "{\"title\":\"矿机 矿bx 12a\",\"price\":6}",
    "{\"title\":\"选矿机 3b4c\",\"brand\":\"甲\"}",
    "{\"title\":\"家薇信 矿  cx\",\"price\":\"x\"}",
};

/* All counters of costs, without the times. */
static void put_counters(const struct rls_costs *c, uint64_t *out)
{
    const struct rls_pattern_cost *p;
    const struct rls_stage_cost *s;
    const struct rls_rule_cost *r;
    const struct rls_list_cost *l;

    for (uint32_t i = 0; (s = rls_costs_stage(c, i)); i++) {
        *out++ = s->times;
        *out++ = s->bytes;
        *out++ = s->characters;
    }
    for (size_t i = 0; (r = rls_costs_rule(c, i)); i++) {
        *out++ = r->judged;
        *out++ = r->conditions;
        *out++ = r->findings;
    }
    for (size_t i = 0; (p = rls_costs_pattern(c, i)); i++) {
        *out++ = p->texts;
        *out++ = p->woken;
        *out++ = p->places;
        *out++ = p->runs;
        *out++ = p->bytes;
        *out++ = p->matches;
    }
    for (size_t i = 0; (l = rls_costs_list(c, i)); i++) {
        *out++ = l->candidates;
        *out++ = l->hits;
        *out++ = l->excused;
    }
}

enum { COUNTERS = 5 * 3 + 4 * 3 + 2 * 6 + 3 * 3 };

START_TEST(counters_repeat_and_add_up)
{
    uint64_t first[COUNTERS], again[COUNTERS], sum[COUNTERS];
    struct rls_evaluator *other;
    struct rls_costs *total;

    for (int round = 0; round < 3; round++) {
        ck_assert_int_eq(rls_evaluator_measure(ev, true), RLS_OK);
        for (size_t i = 0; i < 3; i++)
            test_json(ev, documents[i], NULL);
        put_counters(rls_evaluator_costs(ev), round ? again : first);
        ck_assert(!round || memcmp(first, again, sizeof first) == 0);
    }
    /* The same documents by two evaluators, in another order. */
    ck_assert_int_eq(rls_evaluator_new(&other, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_evaluator_measure(other, true), RLS_OK);
    ck_assert_int_eq(rls_evaluator_measure(ev, true), RLS_OK);
    test_json(other, documents[2], NULL);
    test_json(ev, documents[1], NULL);
    test_json(other, documents[0], NULL);
    ck_assert_int_eq(rls_costs_new(&total, NULL, set), RLS_OK);
    ck_assert_int_eq(rls_costs_add(total, rls_evaluator_costs(ev)), RLS_OK);
    ck_assert_int_eq(rls_costs_add(total, rls_evaluator_costs(other)), RLS_OK);
    put_counters(total, sum);
    ck_assert_int_eq(memcmp(first, sum, sizeof first), 0);
    ck_assert_uint_eq(rls_costs_rule(total, 1)->ns,
                      rls_costs_rule(rls_evaluator_costs(ev), 1)->ns +
                          rls_costs_rule(rls_evaluator_costs(other), 1)->ns);
    ck_assert_uint_le(rls_costs_rule(total, 1)->worst_ns, rls_costs_rule(total, 1)->ns);
    rls_costs_free(total);
    rls_evaluator_free(other);
}
END_TEST

START_TEST(reports_are_the_same)
{
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_NOW, .now = 1};

    for (size_t i = 0; i < 3; i++) {
        char *on, *off;

        ck_assert_int_eq(rls_evaluator_measure(ev, true), RLS_OK);
        on = test_written(test_json(ev, documents[i], &o), RLS_FORMAT_JSON, "en");
        ck_assert_int_eq(rls_evaluator_measure(ev, false), RLS_OK);
        off = test_written(test_json(ev, documents[i], &o), RLS_FORMAT_JSON, "en");
        ck_assert_str_eq(on, off);
        free(on);
        free(off);
    }
}
END_TEST

START_TEST(ended_it_stays_readable)
{
    struct rls_set *other = test_set(NULL, RULES);

    test_json(ev, documents[0], NULL);
    ck_assert_int_eq(rls_evaluator_measure(ev, false), RLS_OK);
    test_json(ev, documents[0], NULL);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->times, 1);
    /* Another set ends it; what was counted is still of the old one. */
    ck_assert_int_eq(rls_evaluator_measure(ev, true), RLS_OK);
    test_json(ev, documents[0], NULL);
    ck_assert_int_eq(rls_evaluator_rebind(ev, other), RLS_OK);
    test_json(ev, documents[0], NULL);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->times, 1);
    ck_assert_ptr_eq(rule("t/always")->rule, rls_set_rule_find(set, "t/always"));
    rls_set_unref(other);
}
END_TEST

/* Facts that were collected slowly are no part of the check. */
START_TEST(a_builder_is_measured_from_its_check_on)
{
    struct rls_builder *b;
    const struct rls_report *r;
    volatile uint64_t spun = 0;

    ck_assert_int_eq(rls_evaluator_begin(ev, RLS_LISTING, &b), RLS_OK);
    ck_assert_int_eq(rls_builder_text(b, "title", test_text("矿机")), RLS_OK);
    for (int i = 0; i < 50 * 1000 * 1000; i++)
        spun += (uint64_t)i;
    ck_assert_uint_gt(spun, 0);
    ck_assert_int_eq(rls_builder_check(b, NULL, &r), RLS_OK);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->times, 1);
    ck_assert_uint_eq(stage(RLS_STAGE_READ)->bytes, 6);
    ck_assert_uint_lt(all_ns(), 10 * 1000 * 1000);
}
END_TEST

START_TEST(mistakes_are_refused)
{
    struct rls_set *other = test_set(NULL, "");
    struct rls_evaluator *plain;
    struct rls_costs *c = NULL;

    ck_assert_int_eq(rls_evaluator_measure(NULL, true), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_costs_new(NULL, NULL, set), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_costs_new(&c, NULL, NULL), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_costs_new(&c, NULL, other), RLS_OK);
    ck_assert_int_eq(rls_costs_add(c, rls_evaluator_costs(ev)), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_costs_add(c, NULL), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_costs_add(NULL, c), RLS_ERR_ARGUMENT);
    ck_assert_ptr_null(rls_costs_rule(c, 0));
    ck_assert_ptr_null(rls_costs_rule(NULL, 0));
    ck_assert_ptr_null(rls_costs_pattern(c, 0));
    ck_assert_ptr_null(rls_costs_list(NULL, 0));
    ck_assert_ptr_null(rls_costs_stage(NULL, 0));
    ck_assert_ptr_null(rls_evaluator_costs(NULL));
    rls_costs_free(c);
    rls_costs_free(NULL);
    ck_assert_int_eq(rls_evaluator_new(&plain, NULL, set, NULL), RLS_OK);
    ck_assert_ptr_null(rls_evaluator_costs(plain));
    rls_evaluator_free(plain);
    rls_set_unref(other);
}
END_TEST

static int measure_and_sum(struct rls_context *ctx, struct rls_evaluator *e)
{
    const size_t before = rls_evaluator_memory(e);
    struct rls_costs *sum = NULL;
    int st = rls_costs_new(&sum, ctx, set);

    if (st == RLS_OK) {
        st = rls_evaluator_measure(e, true);
        /* Nothing changed, or there is what it says. */
        ck_assert_int_eq(st == RLS_OK, rls_evaluator_costs(e) != NULL);
        ck_assert_int_eq(st == RLS_OK, rls_evaluator_memory(e) > before);
    }
    if (st == RLS_OK)
        st = rls_costs_add(sum, rls_evaluator_costs(e));
    rls_costs_free(sum);
    return st;
}

START_TEST(memory_may_be_short)
{
    test_fail_each_with(set, measure_and_sum);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_costs");
    TCase *c = tcase_create("eval_costs");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, rules_are_counted);
    tcase_add_test(c, patterns_are_counted);
    tcase_add_test(c, lists_are_counted);
    tcase_add_test(c, texts_are_counted);
    tcase_add_test(c, times_add_up);
    tcase_add_test(c, counters_repeat_and_add_up);
    tcase_add_test(c, reports_are_the_same);
    tcase_add_test(c, ended_it_stays_readable);
    tcase_add_test(c, a_builder_is_measured_from_its_check_on);
    tcase_add_test(c, mistakes_are_refused);
    tcase_add_test(c, memory_may_be_short);
    suite_add_tcase(s, c);
    return test_run(s);
}
