/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of building and checking fails once and for good; nothing leaks; a warm
 * evaluator allocates nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/limits.h"
#include "test_dated.h"
#include "test_failure.h"
#include "test_rules.h"
#include "test_suite.h"

static const char rules[] =
    "<terms id=\"p\"><pattern>antm(?:i|j)ner\\b</pattern><pattern>[a-z]{9}</pattern></terms>"
    "<rule id=\"p\" severity=\"risk\">" TITLE "<when><text in=\"title\" terms=\"p\"/></when>" REJECT
    "</rule>"
    "<rule id=\"a\" severity=\"prohibited\">" TITLE
    "<when><any><text in=\"*\" terms=\"w\"/><field name=\"category\" under=\"矿\"/></any></when>"
    "<unless><field name=\"brand\" is=\"ｚ\"/></unless>" REJECT
    "<case expect=\"finding\" verdict=\"review\"><gives evidence=\"x\" "
    "cite=\"law\"/><listing><title>矿机</title></listing></case></rule>"
    "<rule id=\"b\" severity=\"risk\">" TITLE
    "<applies><field name=\"category.id\" is=\"1\"/></applies>"
    "<when><any><field name=\"price\" gt=\"1\"/><field name=\"label.origin\" is=\"a\"/><field "
    "name=\"x\" is=\"b\"/></any></when>" REJECT "</rule>"
    "<rule id=\"g\" severity=\"risk\">" TITLE
    "<when><any><text in=\"title\" terms=\"w\"><guard before=\"1\" after=\"1\" terms=\"w\"/><guard "
    "inside=\"brand attributes.*\"/></text>"
    "<near in=\"title\" within=\"9\"><text terms=\"w\"/><text "
    "terms=\"w\"/></near></any></when>" REJECT "</rule>"
    "<collection name=\"hits\"><field name=\"n\"/></collection>"
    "<rule id=\"h\" severity=\"risk\" for-each=\"skus\" as=\"s\">" TITLE
    "<when><any><field name=\"$s.price\" gt=\"0\"/><some in=\"hits\" as=\"h\"><field name=\"$h.n\" "
    "is=\"1\"/></some>"
    "<counter name=\"c\" gt=\"1%\"/></any></when>" REJECT
    "<case expect=\"none\"><listing complete=\"hits\"><record in=\"skus\"><field "
    "name=\"price\">0</field></record></listing></case></rule>"
    "<param id=\"p\" type=\"text\" default=\"x\"/>"
    "<let id=\"m\" field=\"brand\"/><rule id=\"v\" severity=\"risk\">" TITLE
    "<let id=\"x\"><first><value field=\"attributes.乙\"/><value is=\"$m\"/></first></let>"
    "<let id=\"t\" field=\"attributes.丙\" plus=\"3mo\" minus=\"2wd\"/>"
    "<when><any><compare left=\"$x\" is=\"$p\"/><compare left=\"$t\" lt=\"$now\"/></any></when>"
    "<outcome verdict=\"advise\">" WORDS "</outcome></rule>"
    "<field name=\"x\" aliases=\"甲\"><read in=\"title *\" "
    "pattern=\"(?&lt;value>矿)(?&lt;y>机)\"/></field>"
    "<field name=\"made\" type=\"instant\"/>"
    "<rule id=\"c\" severity=\"risk\" version-by=\"made\">" TITLE
    "<require id=\"a\" verdict=\"advise\"><field name=\"brand\" is=\"甲\"/>"
    "<unless><field name=\"price\" lt=\"1\"/></unless></require>"
    "<require id=\"b\"><not><text in=\"title\" terms=\"w\"/></not></require>"
    "<grace until=\"2100-01-01\"><field name=\"price\" gt=\"1\"/></grace>"
    "<outcome verdict=\"review\"><grade points=\"1\"><field name=\"price\" gt=\"1\"/></grade>" WORDS
    "</outcome><version until=\"2020-01-01\"/>"
    "<version from=\"2020-01-01\" also-from=\"2019-01-01\">"
    "<require id=\"b\"><field name=\"origin\" is=\"x\"/></require></version></rule>";

static const char json[] =
    "{\"id\":\"7\",\"title\":\"矿-机 矿 機\",\"title\":\"ＡＮＴＭＩＮＥＲ\",\"brand\":\"Y\","
    "\"category\":\"电脑>矿工\",\"attributes\":[{\"name\":\"丙\",\"value\":\"2026-01-31\"},"
    "{\"name\":\"甲\",\"value\":\"矿机\"}],\"other\":3,"
    "\"description\":\"<p>矿<b>机<img alt='矿&#26426;产地：a'>\"}";

static struct test_mem mem;

static int run_case(struct rls_evaluator *ev)
{
    uint32_t actual;
    int st = rls_case_run(ev, rls_set_case_at(rls_evaluator_set(ev), 0), &actual, NULL);

    if (st == RLS_OK)
        ck_assert_uint_eq(rls_case_difference_count(ev), 2);
    return st;
}

static int check(struct rls_evaluator *ev)
{
    const struct rls_report *r;
    struct rls_report *copy;
    int st = rls_check_json(ev, RLS_LISTING, test_text(json), NULL, &r, NULL);

    if (st != RLS_OK)
        return st;
    ck_assert_uint_eq(rls_report_verdict(r), RLS_REJECT);
    ck_assert_uint_eq(rls_report_undecided_count(r), 1);
    st = rls_report_copy(&copy, r);
    rls_report_free(copy);
    return st;
}

/* The whole path; RLS_OK or the first failure. */
static int run(void)
{
    struct rls_context *ctx = NULL;
    struct rls_set *set = NULL;
    struct rls_holder *holder = NULL;
    struct rls_evaluator *ev = NULL;
    const struct rls_param p = {"p", "ｙ"};
    const struct rls_evaluator_options o = {.size = sizeof o, .params = &p, .n_params = 1};
    int st = test_context(&mem, &ctx);

    if (st == RLS_OK)
        st = test_set_try(ctx, rules, &set);
    if (st == RLS_OK)
        st = rls_holder_new(&holder, ctx, set);
    if (st == RLS_OK)
        st = rls_evaluator_new_held(&ev, ctx, holder, &o);
    if (st == RLS_OK)
        st = check(ev);
    if (st == RLS_OK)
        st = run_case(ev);
    rls_evaluator_free(ev);
    rls_holder_free(holder);
    rls_set_unref(set);
    rls_context_unref(ctx);
    return st;
}

/* The same with all that rules look up and ask of dates. */
static int run_dated(void)
{
    static const char *const documents[] = {DATED_DOCUMENTS};
    const struct rls_param p = {"word", "ＸＹ"};
    const struct rls_evaluator_options o = {
        .size = sizeof o, .profile = "t/low", .params = &p, .n_params = 1};
    struct rls_check_options c = {
        .size = sizeof c, .has = RLS_HAS_NOW, .now = test_instant("2026-06-01")};
    struct rls_context *ctx = NULL;
    struct rls_set *set = NULL;
    struct rls_evaluator *ev = NULL;
    const struct rls_report *r;
    int st = test_context(&mem, &ctx);

    if (st == RLS_OK)
        st = test_set_try(ctx, DATED_RULES, &set);
    if (st == RLS_OK)
        st = rls_evaluator_new(&ev, ctx, set, &o);
    for (size_t i = 0; st == RLS_OK && i < sizeof documents / sizeof documents[0]; i++)
        st = rls_check_json(ev, RLS_LISTING, test_text(documents[i]), &c, &r, NULL);
    rls_evaluator_free(ev);
    rls_set_unref(set);
    rls_context_unref(ctx);
    return st;
}

START_TEST(each_allocation_fails_once)
{
    test_fail_each(&mem, _i ? run_dated : run, false);
}
END_TEST

START_TEST(each_allocation_fails_for_good)
{
    test_fail_each(&mem, _i ? run_dated : run, true);
}
END_TEST

START_TEST(an_evaluator_survives_failure)
{
    struct rls_context *ctx;
    struct rls_set *set;
    struct rls_evaluator *ev;

    test_mem_init(&mem);
    ck_assert_int_eq(test_context(&mem, &ctx), RLS_OK);
    set = test_set(ctx, rules);
    for (size_t n = 0;; n++) {
        size_t before;
        int st;

        ck_assert_int_eq(rls_evaluator_new(&ev, ctx, set, NULL), RLS_OK);
        before = mem.calls;
        mem.fail_at = before + n;
        st = check(ev);
        mem.fail_at = SIZE_MAX;
        ck_assert_int_eq(check(ev), RLS_OK);
        rls_evaluator_free(ev);
        if (st == RLS_OK)
            break;
        ck_assert_int_eq(st, RLS_ERR_MEMORY);
    }
    rls_set_unref(set);
    rls_context_unref(ctx);
    ck_assert_uint_eq(mem.live_blocks, 0);
}
END_TEST

START_TEST(a_failed_rebind_keeps_the_old_set)
{
    struct rls_context *ctx;
    struct rls_set *old, *next;
    struct rls_holder *holder;
    struct rls_evaluator *ev;
    char many[20000] = "";

    test_mem_init(&mem);
    ck_assert_int_eq(test_context(&mem, &ctx), RLS_OK);
    old = test_set(ctx, rules);
    for (int i = 0; i < 60; i++) {
        char one[400];
        snprintf(one, sizeof one,
                 "<rule id=\"m%d\" severity=\"risk\">" TITLE
                 "<when><field name=\"brand\" is=\"q\"/></when>" REJECT "</rule>",
                 i);
        strncat(many, one, sizeof many - strlen(many) - 1);
    }
    next = test_set(ctx, many);
    ck_assert_int_eq(rls_holder_new(&holder, ctx, old), RLS_OK);
    ck_assert_int_eq(rls_evaluator_new_held(&ev, ctx, holder, NULL), RLS_OK);
    ck_assert_int_eq(check(ev), RLS_OK);
    ck_assert_int_eq(rls_holder_publish(holder, next), RLS_OK);
    mem.fail_at = mem.calls; /* room for the stamps of 60 rules */
    ck_assert_int_eq(check(ev), RLS_OK);
    ck_assert_ptr_eq(rls_evaluator_set(ev), old);
    mem.fail_at = SIZE_MAX;
    {
        const struct rls_report *r;
        ck_assert_int_eq(rls_check_json(ev, RLS_LISTING, test_text(json), NULL, &r, NULL), RLS_OK);
        ck_assert_ptr_eq(rls_evaluator_set(ev), next);
        ck_assert_uint_eq(rls_report_verdict(r), RLS_PASS);
    }
    rls_evaluator_free(ev);
    rls_holder_free(holder);
    rls_set_unref(old);
    rls_set_unref(next);
    rls_context_unref(ctx);
    ck_assert_uint_eq(mem.live_blocks, 0);
}
END_TEST

START_TEST(a_warm_evaluator_allocates_nothing)
{
    struct rls_context *ctx;
    struct rls_set *set;
    struct rls_evaluator *ev;
    const struct rls_report *r;
    size_t calls, bytes;

    test_mem_init(&mem);
    ck_assert_int_eq(test_context(&mem, &ctx), RLS_OK);
    set = test_set(ctx, rules);
    ck_assert_int_eq(rls_evaluator_new(&ev, ctx, set, NULL), RLS_OK);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(rls_check_json(ev, RLS_LISTING, test_text(json), NULL, &r, NULL), RLS_OK);
    calls = mem.calls;
    bytes = rls_evaluator_memory(ev);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(rls_check_json(ev, RLS_LISTING, test_text(json), NULL, &r, NULL), RLS_OK);
    ck_assert_uint_eq(mem.calls, calls);
    ck_assert_uint_eq(rls_evaluator_memory(ev), bytes);
    rls_evaluator_free(ev);
    rls_set_unref(set);
    rls_context_unref(ctx);
}
END_TEST

/* What the allocator has given out for an evaluator, and what the evaluator says of itself. */
static void check_reported(struct rls_evaluator *ev, size_t live, size_t outside)
{
    size_t bytes = rls_evaluator_memory(ev), given = mem.live_bytes - live;
    size_t over = bytes - given;

    ck_assert_msg(bytes >= given, "%zu of %zu", bytes, given);
    /* The stack of patterns comes from the system. */
    if (over >= LIMIT_PATTERN_STACK)
        over -= LIMIT_PATTERN_STACK;
    ck_assert_uint_le(over, outside);
}

/* Everything counts: without JSON to the byte, with it what simdjson takes for itself besides. */
START_TEST(memory_is_reported)
{
    static const char *const documents[] = {json, DATED_DOCUMENTS};
    static const char *const sources[] = {rules, DATED_RULES};
    const struct rls_listing listing = {.size = sizeof listing,
                                        .title = test_text("矿-机 矿 機 antminer abcdefghij"),
                                        .description = test_text("<p>矿<b>机<img alt='矿机'>"),
                                        .brand = test_text("甲")};

    for (size_t i = 0; i < 2; i++) {
        const struct rls_report *r;
        struct rls_context *ctx;
        struct rls_set *set;
        struct rls_evaluator *ev;
        size_t live;

        test_mem_init(&mem);
        ck_assert_int_eq(test_context(&mem, &ctx), RLS_OK);
        set = test_set(ctx, sources[i]);
        live = mem.live_bytes;
        ck_assert_int_eq(rls_evaluator_new(&ev, ctx, set, NULL), RLS_OK);
        check_reported(ev, live, 0);
        ck_assert_int_eq(rls_check_listing(ev, &listing, NULL, &r), RLS_OK);
        check_reported(ev, live, 0);
        for (size_t k = 0; k < sizeof documents / sizeof documents[0]; k++) {
            ck_assert_int_eq(
                rls_check_json(ev, RLS_LISTING, test_text(documents[k]), NULL, &r, NULL), RLS_OK);
            check_reported(ev, live, 6 * 2048);
        }
        rls_evaluator_free(ev);
        rls_set_unref(set);
        rls_context_unref(ctx);
    }
}
END_TEST

/* Documents that ask for as much as they can: a head, what is repeated, an end, values in each. */
static const struct {
    const char *head, *piece, *end;
    size_t values;
} greedy[] = {
    {"{\"title\":\"", "矿机", "\"}", 0},
    {"{\"title\":\"", "antminer ", "\"}", 0},
    {"{\"title\":\"", "abcdefghij", "\"}", 0},
    {"{\"title\":\"", "产地：a ", "\"}", 0},
    {"{\"description_type\":\"html\",\"description\":\"", "&lt;", "\"}", 0},
    {"{\"description_type\":\"html\",\"description\":\"", "<b>a", "\"}", 0},
    {"{\"description_type\":\"html\",\"description\":\"", "<img alt=a>", "\"}", 1},
    {"{\"tags\":[", "1,", "1]}", 1},
    {"{\"x\":[", "{},", "{}]}", 1},
    {"{\"attributes\":[", "{\"name\":\"a\",\"value\":\"b\"},", "{}]}", 3},
    {"{\"skus\":[", "{\"id\":1,\"price\":2},", "{}]}", 3},
};

/* The bound of docs/errors.md. */
START_TEST(memory_is_bounded)
{
    enum { LENGTH = 256 << 10, BASE = 1 << 20, PER_BYTE = 64, PER_VALUE = 256, PER_HIT = 1024 };
    struct rls_set *set = test_set(NULL, rules);
    char *text = malloc(LENGTH + 200);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < sizeof greedy / sizeof greedy[0]; i++) {
        size_t piece = strlen(greedy[i].piece), n = LENGTH / piece;
        size_t len = strlen(greedy[i].head), most;
        const struct rls_report *r;
        struct rls_evaluator *ev;

        memcpy(text, greedy[i].head, len);
        for (size_t k = 0; k < n; k++, len += piece)
            memcpy(text + len, greedy[i].piece, piece);
        strcpy(text + len, greedy[i].end);
        len += strlen(greedy[i].end);
        ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
        /* Too many values are refused, and have cost what they cost. */
        (void)!rls_check_json(ev, RLS_LISTING, (struct rls_text){text, len}, NULL, &r, NULL);
        most = BASE + PER_BYTE * len + PER_VALUE * n * greedy[i].values +
               PER_HIT * rls_evaluator_hit_count(ev);
        ck_assert_msg(rls_evaluator_memory(ev) <= most, "%s: %zu of %zu", greedy[i].piece,
                      rls_evaluator_memory(ev), most);
        rls_evaluator_free(ev);
    }
    free(text);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_memory");
    TCase *c = tcase_create("memory");

    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, each_allocation_fails_once, 0, 2);
    tcase_add_loop_test(c, each_allocation_fails_for_good, 0, 2);
    tcase_add_test(c, an_evaluator_survives_failure);
    tcase_add_test(c, a_failed_rebind_keeps_the_old_set);
    tcase_add_test(c, a_warm_evaluator_allocates_nothing);
    suite_add_tcase(s, c);
    c = tcase_create("sizes");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, memory_is_reported);
    tcase_add_test(c, memory_is_bounded);
    suite_add_tcase(s, c);
    return test_run(s);
}
