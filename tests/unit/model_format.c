/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/librules.h>

#include <stdlib.h>
#include <string.h>

#include "test_mem.h"
#include "test_suite.h"

static const char untidy[] =
    "<ruleset id='t' xmlns=\"urn:librules:ruleset:1\" subject=\"listing\" version=\"1\">\n"
    "<title>a</title><terms id=\"w\"><term>x</term> <term>y</term>\n\n\n<!-- c "
    "--></terms></ruleset>";
static const char tidy[] =
    "<ruleset xmlns=\"urn:librules:ruleset:1\" id=\"t\" version=\"1\" subject=\"listing\">\n"
    "  <title>a</title>\n"
    "  <terms id=\"w\">\n"
    "    <term>x</term> <term>y</term>\n"
    "\n"
    "    <!-- c -->\n"
    "  </terms>\n"
    "</ruleset>\n";

struct sink {
    char text[4096];
    size_t len;
    size_t calls;
    size_t complaints;
    bool refuse;
};

static int put(void *user, const void *data, size_t len)
{
    struct sink *s = user;

    s->calls++;
    if (s->refuse)
        return -1;
    ck_assert_uint_lt(s->len + len, sizeof s->text);
    memcpy(s->text + s->len, data, len);
    s->len += len;
    s->text[s->len] = '\0';
    return 0;
}

static void complain(void *user, const struct rls_diagnostic *d)
{
    struct sink *s = user;

    ck_assert_str_eq(d->source, "a.xml");
    ck_assert_uint_gt(d->line, 0);
    s->complaints++;
}

static int lay_out(struct rls_context *ctx, const char *xml, size_t len, struct sink *s)
{
    struct rls_format_options o = {
        .size = sizeof o, .on_diagnostic = complain, .diagnostic_user = s};

    return rls_format_rules(ctx, "a.xml", xml, len, &o, put, s);
}

START_TEST(layout_is_a_fixed_point)
{
    struct sink s = {.len = 0}, again = {.len = 0};

    ck_assert_int_eq(lay_out(NULL, untidy, strlen(untidy), &s), RLS_OK);
    ck_assert_str_eq(s.text, tidy);
    ck_assert_uint_eq(s.calls, 1);
    ck_assert_uint_eq(s.complaints, 0);
    ck_assert_int_eq(rls_format_rules(NULL, "b", tidy, strlen(tidy), NULL, put, &again), RLS_OK);
    ck_assert_str_eq(again.text, tidy);
}
END_TEST

START_TEST(nothing_is_put_on_failure)
{
    struct rls_format_options o = {.size = 3};
    struct sink s = {.len = 0};
    char *large = calloc(1, (size_t)64 * 1024 * 1024 + 1);

    ck_assert_int_eq(lay_out(NULL, untidy, strlen(untidy) - 3, &s), RLS_ERR_COMPILE);
    ck_assert_int_eq(lay_out(NULL, "<a/>", 4, &s), RLS_ERR_COMPILE);
    ck_assert_uint_eq(s.complaints, 2);
    ck_assert_int_eq(lay_out(NULL, "", 0, &s), RLS_ERR_COMPILE);
    ck_assert_int_eq(lay_out(NULL, NULL, 0, &s), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_format_rules(NULL, NULL, "", 0, NULL, put, &s), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_format_rules(NULL, "a", "", 0, NULL, NULL, &s), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_format_rules(NULL, "a", "", 0, &o, put, &s), RLS_ERR_ABI);
    ck_assert_int_eq(lay_out(NULL, large, (size_t)64 * 1024 * 1024 + 1, &s), RLS_ERR_LIMIT);
    ck_assert_uint_eq(s.calls, 0);
    s.refuse = true;
    ck_assert_int_eq(lay_out(NULL, tidy, strlen(tidy), &s), RLS_ERR_IO);
    free(large);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    struct test_mem m;
    struct rls_allocator a;
    int st = RLS_ERR_MEMORY;

    for (size_t i = 0; st == RLS_ERR_MEMORY; i++) {
        struct rls_context_options co = {.size = sizeof co};
        struct rls_context *ctx = NULL;
        struct sink s = {.len = 0};

        test_mem_init(&m);
        a = test_allocator(&m);
        co.allocator = &a;
        ck_assert_int_eq(rls_context_new(&ctx, &co), RLS_OK);
        m.fail_at = m.calls + i;
        st = lay_out(ctx, untidy, strlen(untidy), &s);
        m.fail_at = SIZE_MAX;
        ck_assert(st == RLS_OK || st == RLS_ERR_MEMORY);
        ck_assert_uint_eq(s.calls, st == RLS_OK);
        rls_context_unref(ctx);
        ck_assert_uint_eq(m.live_blocks, 0);
        ck_assert(i > 5 || st == RLS_ERR_MEMORY);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("model_format");
    TCase *c = tcase_create("format");

    tcase_add_test(c, layout_is_a_fixed_point);
    tcase_add_test(c, nothing_is_put_on_failure);
    tcase_add_test(c, every_allocation_may_fail);
    suite_add_tcase(s, c);
    return test_run(s);
}
