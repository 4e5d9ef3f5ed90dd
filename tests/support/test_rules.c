/* SPDX-License-Identifier: Apache-2.0 */
#include "test_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

static const char head[] =
    "<ruleset xmlns=\"urn:librules:ruleset:1\" id=\"t\" version=\"1\" subject=\"listing\">"
    "<title>测试</title><title xml:lang=\"en\">Test</title>"
    "<source id=\"law\" kind=\"law\" number=\"1号\" published=\"2020-01-01\" from=\"2020-01-01\">"
    "法</source>"
    "<terms id=\"w\" tolerate=\"squeezed\"><term>矿机</term><term>antminer</term>"
    "<allow>选矿机</allow></terms>";

int test_set_try(struct rls_context *ctx, const char *inside, struct rls_set **out)
{
    size_t size = sizeof head + strlen(inside) + 16;
    char *xml = malloc(size);
    struct rls_compiler_options o = {.size = sizeof o, .flags = RLS_COMPILE_CASES};
    struct rls_compiler *c;
    int st;

    ck_assert_ptr_nonnull(xml);
    snprintf(xml, size, "%s%s</ruleset>", head, inside);
    *out = NULL;
    st = rls_compiler_new(&c, ctx, &o);
    if (st == RLS_OK)
        st = rls_compiler_add_buffer(c, "t.xml", xml, strlen(xml));
    if (st == RLS_OK)
        st = rls_compiler_build(c, out);
    for (size_t i = 0; st == RLS_ERR_COMPILE && rls_compiler_diagnostic(c, i); i++)
        fprintf(stderr, "RLS-%u %s\n", rls_compiler_diagnostic(c, i)->code,
                rls_compiler_diagnostic(c, i)->message);
    rls_compiler_free(c);
    free(xml);
    return st;
}

struct rls_set *test_set(struct rls_context *ctx, const char *inside)
{
    struct rls_set *set;

    ck_assert_int_eq(test_set_try(ctx, inside, &set), RLS_OK);
    return set;
}

struct rls_text test_text(const char *s)
{
    return (struct rls_text){s, strlen(s)};
}

const struct rls_report *test_json(struct rls_evaluator *ev, const char *json,
                                   const struct rls_check_options *options)
{
    const struct rls_report *r = NULL;
    struct rls_json_error e = {.size = sizeof e};
    int st = rls_check_json(ev, RLS_LISTING, test_text(json), options, &r, &e);

    ck_assert_msg(st == RLS_OK, "%s: %s at %u:%u of %s", rls_status_name(st),
                  e.reason ? e.reason : "", e.line, e.column, json);
    return r;
}

struct growing {
    char *data;
    size_t len;
};

static int append(void *user, const void *data, size_t len)
{
    struct growing *g = user;
    char *grown = realloc(g->data, g->len + len + 1);

    if (!grown)
        return 1;
    g->data = grown;
    memcpy(grown + g->len, data, len);
    g->len += len;
    grown[g->len] = '\0';
    return 0;
}

char *test_written(const struct rls_report *r, uint32_t format, const char *lang)
{
    struct growing g = {0};

    ck_assert_int_eq(rls_report_write(r, format, lang, append, &g), RLS_OK);
    return g.data;
}

int64_t test_instant(const char *text)
{
    int64_t t;

    ck_assert_int_eq(rls_instant_parse(test_text(text), NULL, &t), RLS_OK);
    return t;
}
