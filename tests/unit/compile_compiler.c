/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a compiler: options, limits, failures, reuse. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include <librules/compiler.h>
#include <librules/set.h>

#include "test_mem.h"
#include "test_suite.h"

#define GOOD TEST_SOURCE_ROOT "/tests/errors/good.xml"
#define BAD TEST_SOURCE_ROOT "/tests/errors/900-all-in-one-pass.xml"
#define WARNED TEST_SOURCE_ROOT "/tests/errors/406-short.xml"

static struct rls_compiler *make(struct rls_compiler_options o)
{
    struct rls_compiler *c;

    o.size = sizeof o;
    ck_assert_int_eq(rls_compiler_new(&c, NULL, &o), RLS_OK);
    return c;
}

static void expect_build(struct rls_compiler *c, int want)
{
    struct rls_set *set;

    ck_assert_int_eq(rls_compiler_build(c, &set), want);
    ck_assert((set != NULL) == (want == RLS_OK));
    rls_set_unref(set);
}

START_TEST(arguments)
{
    struct rls_compiler_options o = {.size = sizeof o};
    struct rls_compiler *c;
    struct rls_set *set;

    ck_assert_int_eq(rls_compiler_new(NULL, NULL, NULL), RLS_ERR_ARGUMENT);
    o.flags = 1u << 30;
    ck_assert_int_eq(rls_compiler_new(&c, NULL, &o), RLS_ERR_ARGUMENT);
    ck_assert_ptr_null(c);
    o = (struct rls_compiler_options){.size = 1};
    ck_assert_int_eq(rls_compiler_new(&c, NULL, &o), RLS_ERR_ABI);
    ck_assert_int_eq(rls_compiler_new(&c, NULL, NULL), RLS_OK);
    ck_assert_int_eq(rls_compiler_add_file(NULL, GOOD), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_compiler_add_file(c, NULL), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_compiler_add_buffer(c, NULL, "", 0), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_compiler_add_buffer(c, "x", NULL, 1), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_compiler_build(NULL, &set), RLS_ERR_ARGUMENT);
    ck_assert_ptr_null(set);
    ck_assert_int_eq(rls_compiler_build(c, NULL), RLS_ERR_ARGUMENT);
    ck_assert_uint_eq(rls_compiler_count(NULL, 0), 0);
    ck_assert_ptr_null(rls_compiler_diagnostic(NULL, 0));
    ck_assert_ptr_null(rls_compiler_diagnostic(c, 0));
    rls_compiler_free(c);
    rls_compiler_free(NULL);
}
END_TEST

START_TEST(reuse)
{
    struct rls_compiler *c = make((struct rls_compiler_options){0});

    expect_build(c, RLS_ERR_COMPILE);
    ck_assert_uint_eq(rls_compiler_count(c, RLS_ERROR), 1);
    ck_assert_int_eq(rls_compiler_add_file(c, BAD), RLS_OK);
    ck_assert_uint_gt(rls_compiler_count(c, RLS_ERROR), 2);
    expect_build(c, RLS_ERR_COMPILE);
    ck_assert_uint_gt(rls_compiler_count(c, RLS_ERROR), 4);
    ck_assert_ptr_nonnull(rls_compiler_diagnostic(c, 4));
    /* Nothing of it is left. */
    ck_assert_int_eq(rls_compiler_add_file(c, GOOD), RLS_OK);
    ck_assert_uint_eq(rls_compiler_count(c, 0), 0);
    expect_build(c, RLS_OK);
    expect_build(c, RLS_ERR_COMPILE);
    rls_compiler_free(c);
}
END_TEST

START_TEST(set_outlives_all)
{
    struct rls_context *ctx;
    struct rls_compiler *c;
    struct rls_set *set;

    ck_assert_int_eq(rls_context_new(&ctx, NULL), RLS_OK);
    ck_assert_int_eq(rls_compiler_new(&c, ctx, NULL), RLS_OK);
    ck_assert_int_eq(rls_compiler_add_file(c, GOOD), RLS_OK);
    ck_assert_int_eq(rls_compiler_build(c, &set), RLS_OK);
    rls_compiler_free(c);
    rls_context_unref(ctx);
    ck_assert_str_eq(rls_rule_title(rls_set_rule_at(set, 0), "en"),
                     "Mining machines must not be sold");
    ck_assert_str_eq(rls_rule_severity(rls_set_rule_at(set, 1)), "restricted");
    ck_assert_str_eq(rls_rule_source(rls_set_rule_at(set, 2), NULL), GOOD);
    rls_set_unref(set);
}
END_TEST

START_TEST(warnings_as_errors)
{
    struct rls_compiler *c =
        make((struct rls_compiler_options){.flags = RLS_COMPILE_WARNINGS_AS_ERRORS});

    ck_assert_int_eq(rls_compiler_add_file(c, WARNED), RLS_OK);
    expect_build(c, RLS_ERR_COMPILE);
    ck_assert_uint_eq(rls_compiler_count(c, RLS_ERROR), 0);
    ck_assert_uint_eq(rls_compiler_count(c, RLS_WARNING), 1);
    rls_compiler_free(c);
    c = make((struct rls_compiler_options){0});
    ck_assert_int_eq(rls_compiler_add_file(c, WARNED), RLS_OK);
    expect_build(c, RLS_OK);
    rls_compiler_free(c);
}
END_TEST

START_TEST(limits)
{
    struct rls_compiler *c = make((struct rls_compiler_options){0});
    struct rls_set *set;
    uint32_t n;

    ck_assert_int_eq(rls_compiler_add_file(c, GOOD), RLS_OK);
    ck_assert_int_eq(rls_compiler_build(c, &set), RLS_OK);
    n = (uint32_t)rls_set_rule_count(set);
    rls_set_unref(set);
    rls_compiler_free(c);
    c = make((struct rls_compiler_options){.max_rules = n});
    ck_assert_int_eq(rls_compiler_add_file(c, GOOD), RLS_OK);
    expect_build(c, RLS_OK);
    rls_compiler_free(c);
    c = make((struct rls_compiler_options){.max_rules = n - 1});
    ck_assert_int_eq(rls_compiler_add_file(c, GOOD), RLS_OK);
    expect_build(c, RLS_ERR_LIMIT);
    rls_compiler_free(c);
    c = make((struct rls_compiler_options){.max_source_bytes = 10});
    ck_assert_int_eq(rls_compiler_add_buffer(c, "x", "12345678901", 11), RLS_ERR_LIMIT);
    ck_assert_int_eq(rls_compiler_add_buffer(c, "x", "1234567890", 10), RLS_OK);
    ck_assert_int_eq(rls_compiler_add_file(c, GOOD), RLS_ERR_LIMIT);
    ck_assert_uint_eq(rls_compiler_count(c, RLS_ERROR), 3);
    expect_build(c, RLS_ERR_COMPILE);
    rls_compiler_free(c);
}
END_TEST

START_TEST(files)
{
    struct rls_compiler *c = make((struct rls_compiler_options){0});

    ck_assert_int_eq(rls_compiler_add_file(c, TEST_SOURCE_ROOT), RLS_ERR_IO);
    ck_assert_int_eq(rls_compiler_add_file(c, TEST_SOURCE_ROOT "/no/such"), RLS_ERR_IO);
    ck_assert_int_eq(rls_compiler_add_file(c, GOOD "/x"), RLS_ERR_IO);
    ck_assert_int_eq(rls_compiler_add_file(c, ""), RLS_ERR_IO);
    ck_assert_uint_eq(rls_compiler_count(c, RLS_ERROR), 4);
    expect_build(c, RLS_ERR_COMPILE);
    rls_compiler_free(c);
}
END_TEST

/* The first status that is not what it would be with memory enough. */
static int compile_short(struct rls_context *ctx, const char *path, int want)
{
    struct rls_compiler_options o = {.size = sizeof o, .flags = RLS_COMPILE_CASES};
    struct rls_compiler *c = NULL;
    struct rls_set *set = NULL;
    int st = rls_compiler_new(&c, ctx, &o), built;

    if (st != RLS_OK)
        return st;
    st = rls_compiler_add_file(c, path);
    built = rls_compiler_build(c, &set);
    ck_assert(st == RLS_OK || (st == RLS_ERR_MEMORY && built == RLS_ERR_MEMORY));
    ck_assert(built == want || built == RLS_ERR_MEMORY);
    ck_assert((set != NULL) == (built == RLS_OK));
    rls_set_unref(set);
    rls_compiler_free(c);
    return built;
}

static void run_short(const char *path, int want, bool persistent)
{
    struct test_mem m;

    for (size_t n = 0;; n++) {
        struct rls_allocator a;
        struct rls_context_options o = {.size = sizeof o, .allocator = &a};
        struct rls_context *ctx = NULL;
        int st;

        test_mem_init(&m);
        a = test_allocator(&m);
        m.fail_at = n;
        m.persistent = persistent;
        st = rls_context_new(&ctx, &o);
        if (st == RLS_OK)
            st = compile_short(ctx, path, want);
        rls_context_unref(ctx);
        ck_assert_uint_eq(m.live_blocks, 0);
        if (m.calls <= n) {
            ck_assert_int_eq(st, want);
            break;
        }
        /* One failure may go unnoticed where memory is only kept for later use. */
        ck_assert(st == RLS_ERR_MEMORY || (!persistent && st == want));
    }
}

START_TEST(short_of_memory)
{
    run_short(GOOD, RLS_OK, true);
    run_short(GOOD, RLS_OK, false);
    run_short(BAD, RLS_ERR_COMPILE, true);
    run_short(BAD, RLS_ERR_COMPILE, false);
}
END_TEST

static char *read_good(size_t *len)
{
    FILE *f = fopen(GOOD, "rb");
    char *text = malloc(100000);

    ck_assert(f && text);
    *len = fread(text, 1, 100000, f);
    ck_assert_int_eq(fclose(f), 0);
    return text;
}

/* No part of a good source is a good source, and the part that is lost gives one message. */
START_TEST(cut_anywhere)
{
    size_t len;
    char *text = read_good(&len);
    struct rls_compiler *c = make((struct rls_compiler_options){0});

    while (text[len - 1] != '>')
        len--;
    for (size_t n = 0; n < len; n++) {
        ck_assert_int_eq(rls_compiler_add_buffer(c, "cut", text, n), RLS_OK);
        expect_build(c, RLS_ERR_COMPILE);
        ck_assert_msg(rls_compiler_count(c, 0) == 1, "%zu bytes: %s; %s", n,
                      rls_compiler_diagnostic(c, 0)->message,
                      rls_compiler_diagnostic(c, 1)->message);
    }
    rls_compiler_free(c);
    free(text);
}
END_TEST

/* Bytes lost anywhere: no crash, and either a set or an error. */
START_TEST(lost_bytes)
{
    static const size_t lost[] = {1, 5, 100};
    size_t len;
    char *text = read_good(&len), *copy = malloc(len);
    struct rls_compiler *c = make((struct rls_compiler_options){0});

    ck_assert_ptr_nonnull(copy);
    for (size_t at = 0; at < len; at += 11) {
        size_t n = lost[at % 3];
        struct rls_set *set;
        int st;

        if (at + n > len)
            break;
        memcpy(copy, text, at);
        memcpy(copy + at, text + at + n, len - at - n);
        ck_assert_int_eq(rls_compiler_add_buffer(c, "lost", copy, len - n), RLS_OK);
        st = rls_compiler_build(c, &set);
        ck_assert(st == RLS_OK || st == RLS_ERR_COMPILE);
        ck_assert((st == RLS_OK) == (rls_compiler_count(c, RLS_ERROR) == 0));
        rls_set_unref(set);
    }
    rls_compiler_free(c);
    free(copy);
    free(text);
}
END_TEST

/* The work on a mistake grows neither with the length of its line nor with the names there are. */
START_TEST(many_mistakes_in_one_line)
{
    enum { MANY = 20000 };
    struct rls_compiler *c = make((struct rls_compiler_options){.max_diagnostics = UINT32_MAX});
    char *text = malloc(MANY * 200);
    size_t n;

    ck_assert_ptr_nonnull(text);
    n = (size_t)sprintf(text, "<ruleset xmlns='urn:librules:ruleset:1' id='x' version='1' "
                              "subject='listing'><title>x</title>");
    for (unsigned i = 0; i < MANY; i++)
        n += (size_t)sprintf(text + n,
                             "<terms id='list%u'><term>矿机</term></terms><rule id='r'><when>"
                             "<text in='titel x' terms='lisst%u'/></when></rule>",
                             i, i);
    n += (size_t)sprintf(text + n, "</ruleset>");
    ck_assert_int_eq(rls_compiler_add_buffer(c, "line", text, n), RLS_OK);
    expect_build(c, RLS_ERR_COMPILE);
    ck_assert_uint_gt(rls_compiler_count(c, RLS_ERROR), MANY * 6);
    ck_assert_uint_eq(rls_compiler_diagnostic(c, MANY)->line, 1);
    rls_compiler_free(c);
    free(text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("compile_compiler");
    TCase *t = tcase_create("compiler");

    tcase_set_timeout(t, 100);
    tcase_add_test(t, arguments);
    tcase_add_test(t, reuse);
    tcase_add_test(t, set_outlives_all);
    tcase_add_test(t, warnings_as_errors);
    tcase_add_test(t, limits);
    tcase_add_test(t, files);
    tcase_add_test(t, short_of_memory);
    tcase_add_test(t, cut_anywhere);
    tcase_add_test(t, lost_bytes);
    tcase_add_test(t, many_mistakes_in_one_line);
    suite_add_tcase(s, t);
    return test_run(s);
}
