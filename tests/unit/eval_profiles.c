/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles and exceptions, from the source to the report. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_mem.h"
#include "test_rules.h"
#include "test_suite.h"

#define RULE(id, more)                                                                             \
    "<rule id='" id "' severity='violation' " more ">" TITLE                                       \
    "<when><text in='title' terms='w'/></when>" REJECT "</rule>"
#define PROFILE(id, more, selects)                                                                 \
    "<profile id='" id "' " more "><title>配置</title>" selects "</profile>"
#define SELECT(which, mode) "<select " which " mode='" mode "'/>"
#define RULES RULE("a", "tags='coin goods'") RULE("b", "mode='off' tags='goods'") RULE("c", "")
#define MINER "{\"title\":\"矿机\"}"

static struct rls_evaluator *evaluator(struct rls_set *set, const char *profile)
{
    struct rls_evaluator_options o = {.size = sizeof o, .profile = profile};
    struct rls_evaluator *ev;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, &o), RLS_OK);
    return ev;
}

/* The rules that fire under a profile, with a star behind those that do so in shadow. */
static void fired(const char *rules, const char *profile, char out[64])
{
    struct rls_set *set = test_set(NULL, rules);
    struct rls_evaluator *ev = evaluator(set, profile);
    const struct rls_report *r = test_json(ev, MINER, NULL);

    *out = '\0';
    for (size_t i = 0; i < rls_report_finding_count(r); i++) {
        const struct rls_finding *f = rls_report_finding(r, i);

        strcat(out, rls_rule_id(rls_finding_rule(f)) + 2);
        if (rls_finding_mode(f) == RLS_MODE_SHADOW) {
            ck_assert_uint_eq(rls_finding_verdict(f), RLS_PASS);
            strcat(out, "*");
        }
    }
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

START_TEST(a_profile_chooses)
{
    static const struct {
        const char *profile, *fired;
    } table[] = {
        {PROFILE("p", "", ""), "ac"},
        {PROFILE("p", "base='none'", ""), ""},
        {PROFILE("p", "base='none'", SELECT("rules='c'", "enforce")), "c"},
        {PROFILE("p", "", SELECT("rules='t/*'", "shadow")), "a*b*c*"},
        {PROFILE("p", "", SELECT("rules='*'", "off") SELECT("tags='goods'", "enforce")), "ab"},
        {PROFILE("p", "", SELECT("tags='goods'", "enforce") SELECT("rules='*'", "off")), ""},
        {PROFILE("p", "base='none'", SELECT("rules='b c' tags='goods'", "enforce")), "b"},
        {PROFILE("p", "extends='q' base='none'", SELECT("rules='a'", "off"))
             PROFILE("q", "", SELECT("tags='goods'", "shadow")),
         "b*c"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char rules[4096] = RULES, out[64];

        strcat(rules, table[i].profile);
        fired(rules, "p", out);
        ck_assert_msg(strcmp(out, table[i].fired) == 0, "%s: %s", table[i].profile, out);
        fired(rules, "t/p", out);
        ck_assert_str_eq(out, table[i].fired);
        fired(rules, NULL, out);
        ck_assert_str_eq(out, "ac");
    }
}
END_TEST

START_TEST(a_profile_says_where_it_decides)
{
    struct rls_set *set =
        test_set(NULL, RULES "\n\n" PROFILE("p", "", "\n" SELECT("tags='coin'", "shadow")));
    const struct rls_profile *p = rls_set_profile_at(set, 0);
    const struct rls_rule *a = rls_set_rule_find(set, "t/a"), *c = rls_set_rule_find(set, "t/c");
    const char *source;
    uint32_t line, own;

    ck_assert_uint_eq(rls_set_profile_count(set), 1);
    ck_assert_ptr_null(rls_set_profile_at(set, 1));
    ck_assert_ptr_eq(rls_set_profile_find(set, "p"), p);
    ck_assert_ptr_null(rls_set_profile_find(set, "q"));
    ck_assert_str_eq(rls_profile_id(p), "t/p");
    ck_assert_str_eq(rls_profile_title(p, "en"), "配置");
    ck_assert_uint_eq(rls_profile_mode(p, a, &source, &line), RLS_MODE_SHADOW);
    ck_assert_uint_eq(rls_profile_mode(NULL, a, NULL, &own), RLS_MODE_ENFORCE);
    ck_assert_uint_eq(line, own + 3);
    ck_assert_uint_eq(rls_profile_mode(p, c, &source, &line), RLS_MODE_ENFORCE);
    (void)rls_rule_source(c, &own);
    ck_assert_uint_eq(line, own);
    ck_assert_uint_eq(rls_rule_tag_count(a), 2);
    ck_assert_str_eq(rls_rule_tag(a, 1), "goods");
    ck_assert_ptr_null(rls_rule_tag(a, 2));
    rls_set_unref(set);
}
END_TEST

START_TEST(a_set_without_the_profile_is_not_bound)
{
    struct rls_set *with = test_set(NULL, RULES PROFILE("p", "base='none'", ""));
    struct rls_set *without = test_set(NULL, RULES);
    struct rls_evaluator_options o = {.size = sizeof o, .profile = "p"};
    struct rls_evaluator *ev = evaluator(with, "p"), *none;

    ck_assert_int_eq(rls_evaluator_new(&none, NULL, without, &o), RLS_ERR_NOT_FOUND);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(rls_evaluator_rebind(ev, without), RLS_ERR_NOT_FOUND);
    ck_assert_ptr_eq(rls_evaluator_set(ev), with);
    ck_assert_uint_eq(rls_report_verdict(test_json(ev, MINER, NULL)), RLS_PASS);
    rls_evaluator_free(ev);
    rls_set_unref(with);
    rls_set_unref(without);
}
END_TEST

START_TEST(the_digest_knows_the_profile)
{
    struct rls_set *set = test_set(NULL, RULES PROFILE("p", "", "") PROFILE("q", "", ""));
    uint8_t digests[3][32];
    static const char *const profiles[] = {NULL, "p", "q"};
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_NOW, .now = 0};

    for (int i = 0; i < 3; i++) {
        struct rls_evaluator *ev = evaluator(set, profiles[i]);

        rls_report_digest(test_json(ev, MINER, &o), digests[i]);
        rls_evaluator_free(ev);
    }
    ck_assert(memcmp(digests[0], digests[1], 32) != 0);
    ck_assert(memcmp(digests[1], digests[2], 32) != 0);
    rls_set_unref(set);
}
END_TEST

#define EXCEPTION(id, period, scope)                                                               \
    "<exception id='" id "' rule='a' owner='法务' " period "><reason>试点</reason>"              \
    "<reason xml:lang='en'>A pilot</reason><scope>" scope "</scope></exception>"
#define BRAND "<field name='brand' is='甲'/>"
#define SELLER "<field name='seller.id' is='S'/>"

/* What becomes of rule t/a on a day; the name of the exception that bears on it. */
static uint32_t outcome(const char *exception, const char *json, const char *as_of,
                        const char **named, uint64_t *uses)
{
    char day[11];
    static char name[32];
    char rules[4096] = RULE("a", "");
    struct rls_check_options o = {.size = sizeof o, .has = RLS_HAS_AS_OF};
    struct rls_set *set = test_set(NULL, strcat(rules, exception));
    struct rls_evaluator *ev = evaluator(set, NULL);
    const struct rls_exception *x;
    const struct rls_finding *f;
    uint32_t result;

    o.as_of = test_instant(as_of);
    f = rls_report_finding(test_json(ev, json, &o), 0);
    ck_assert_ptr_nonnull(f);
    x = rls_finding_exception(f);
    *name = '\0';
    if (x) {
        strcpy(name, x->id);
        ck_assert_str_eq(x->owner, "法务");
        ck_assert_str_eq(rls_exception_reason(x, "en"), "A pilot");
        ck_assert_ptr_eq(x, rls_set_exception_at(set, 0));
        ck_assert_uint_eq(rls_exception_time(x, 0, NULL, 0), strlen("1970-01-01 08:00 +08:00"));
        ck_assert_uint_eq(rls_rule_time(rls_finding_rule(f), 0, day, sizeof day), 23);
        ck_assert_str_eq(day, "1970-01-01");
    }
    *named = name;
    result = rls_finding_outcome(f);
    *uses = rls_evaluator_exception_uses(ev, 0);
    ck_assert_uint_eq(rls_evaluator_exception_lapses(ev, 0), x && result != RLS_EXEMPT);
    ck_assert_uint_eq(rls_evaluator_exception_lapses(ev, 1), 0);
    rls_evaluator_free(ev);
    rls_set_unref(set);
    return result;
}

START_TEST(an_exception_excuses_for_a_time)
{
    static const char jia[] = "{\"title\":\"矿机\",\"brand\":\"甲\"}";
    static const struct {
        const char *exception, *json, *day;
        uint32_t outcome;
        const char *named;
        uint64_t uses;
    } table[] = {
        {EXCEPTION("x", "through='2026-03-31'", BRAND), jia, "2026-03-31T23:59:59+08:00",
         RLS_EXEMPT, "t/x", 1},
        {EXCEPTION("x", "through='2026-03-31'", BRAND), jia, "2026-04-01T00:00:00+08:00",
         RLS_VIOLATED, "t/x", 0},
        {EXCEPTION("x", "from='2026-03-01' until='2027-01-01'", BRAND), jia, "2026-02-28",
         RLS_VIOLATED, "", 0},
        {EXCEPTION("x", "from='2026-03-01' until='2027-01-01'", BRAND), jia, "2026-03-01",
         RLS_EXEMPT, "t/x", 1},
        {EXCEPTION("x", "until='2027-01-01'", BRAND), MINER, "2026-03-01", RLS_VIOLATED, "", 0},
        {EXCEPTION("x", "until='2027-01-01'", SELLER), MINER, "2026-03-01", RLS_VIOLATED, "", 0},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *named;
        uint64_t uses;

        ck_assert_uint_eq(outcome(table[i].exception, table[i].json, table[i].day, &named, &uses),
                          table[i].outcome);
        ck_assert_str_eq(named, table[i].named);
        ck_assert_uint_eq(uses, table[i].uses);
    }
}
END_TEST

START_TEST(a_scope_that_cannot_be_told_names_what_is_missing)
{
    struct rls_set *set =
        test_set(NULL, RULE("a", "") EXCEPTION("x", "until='9999-01-01'", SELLER));
    struct rls_evaluator *ev = evaluator(set, NULL);
    const struct rls_finding *f = rls_report_finding(test_json(ev, MINER, NULL), 0);

    ck_assert_uint_eq(rls_finding_outcome(f), RLS_VIOLATED);
    ck_assert_uint_eq(rls_finding_missing_count(f), 1);
    ck_assert_str_eq(rls_finding_missing(f, 0), "seller.id");
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

START_TEST(reports_name_the_exception)
{
    struct rls_set *set = test_set(NULL, RULE("a", "") EXCEPTION("x", "until='9999-01-01'", BRAND)
                                             PROFILE("p", "", ""));
    struct rls_evaluator *ev = evaluator(set, "p");
    const struct rls_report *r = test_json(ev, "{\"title\":\"矿机\",\"brand\":\"甲\"}", NULL);
    char *json = test_written(r, RLS_FORMAT_JSON, "en"),
         *text = test_written(r, RLS_FORMAT_TEXT, "en");

    ck_assert_ptr_nonnull(strstr(json, "\"profile\": \"t/p\""));
    ck_assert_ptr_nonnull(strstr(json, "\"exception\": {"));
    ck_assert_ptr_nonnull(strstr(json, "\"reason\": \"A pilot\""));
    ck_assert_ptr_nonnull(
        strstr(text, "excused by t/x (法务, until 9998-12-31 23:59:59 +08:00): A pilot"));
    free(json);
    free(text);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

/* Building and making an evaluator, with each allocation failing in turn. */
START_TEST(memory_is_short)
{
    static const char rules[] = RULES PROFILE("p", "extends='q'", SELECT("tags='goods'", "off"))
        PROFILE("q", "", "") EXCEPTION("x", "until='9999-01-01'", BRAND);

    for (size_t n = 0;; n++) {
        struct test_mem mem;
        struct rls_context *ctx = NULL;
        struct rls_set *set = NULL;
        struct rls_evaluator *ev = NULL;
        struct rls_evaluator_options o = {.size = sizeof o, .profile = "p"};
        struct rls_context_options c = {.size = sizeof c};
        struct rls_allocator a;
        int st;

        test_mem_init(&mem);
        mem.fail_at = n;
        mem.persistent = n % 2;
        a = test_allocator(&mem);
        c.allocator = &a;
        st = rls_context_new(&ctx, &c);
        if (st == RLS_OK)
            st = test_set_try(ctx, rules, &set);
        if (st == RLS_OK)
            st = rls_evaluator_new(&ev, ctx, set, &o);
        rls_evaluator_free(ev);
        rls_set_unref(set);
        rls_context_unref(ctx);
        ck_assert_uint_eq(mem.live_blocks, 0);
        if (st == RLS_OK)
            break;
        ck_assert_int_eq(st, RLS_ERR_MEMORY);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_profiles");
    TCase *t = tcase_create("profiles");

    tcase_add_test(t, a_profile_chooses);
    tcase_add_test(t, a_profile_says_where_it_decides);
    tcase_add_test(t, a_set_without_the_profile_is_not_bound);
    tcase_add_test(t, the_digest_knows_the_profile);
    tcase_add_test(t, an_exception_excuses_for_a_time);
    tcase_add_test(t, a_scope_that_cannot_be_told_names_what_is_missing);
    tcase_add_test(t, reports_name_the_exception);
    tcase_add_test(t, memory_is_short);
    suite_add_tcase(s, t);
    return test_run(s);
}
