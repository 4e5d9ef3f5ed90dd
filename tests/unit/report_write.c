/* SPDX-License-Identifier: Apache-2.0 */
/* How a report becomes bytes: strings, instants, and the digest that is remembered. */
#include <stdio.h>
#include <string.h>

#include <check.h>

#include "base/instant.h"
#include "finding/finding.h"
#include "report/out.h"
#include "test_rules.h"
#include "test_suite.h"

struct sink {
    char data[16384];
    size_t n;
};

static int collect(void *user, const void *data, size_t len)
{
    struct sink *s = user;

    ck_assert_uint_le(s->n + len, sizeof s->data);
    memcpy(s->data + s->n, data, len);
    s->n += len;
    return 0;
}

/* Character for character, as the writer of eight bytes at a time must have it. */
static size_t escape(const char *text, char *out)
{
    static const char *const named[] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\b'] = "\\b", ['\f'] = "\\f",
        ['\n'] = "\\n", ['\r'] = "\\r",  ['\t'] = "\\t", [0x7f] = "\\u007f"};
    size_t n = 0;

    out[n++] = '"';
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < sizeof named / sizeof *named && named[c])
            n += (size_t)sprintf(out + n, "%s", named[c]);
        else if (c < 0x20)
            n += (size_t)sprintf(out + n, "\\u%04x", c);
        else
            out[n++] = (char)c;
    }
    out[n++] = '"';
    return n;
}

START_TEST(strings_are_escaped)
{
    /* Each control, quotation mark and backslash at each place of a word of eight. */
    for (unsigned c = 1; c < 256; c++) {
        for (size_t at = 0; at < 17; at++) {
            char text[18] = "abcdefghijklmnopq", expected[64];
            struct sink s = {.n = 0};
            struct out o;
            size_t n;

            text[at] = (char)c;
            n = escape(text, expected);
            out_init(&o, collect, &s);
            out_json_string(&o, text);
            ck_assert_int_eq(out_end(&o), RLS_OK);
            ck_assert_uint_eq(s.n, n);
            ck_assert_mem_eq(s.data, expected, n);
        }
    }
}
END_TEST

/* What is longer than the buffer goes through it in order. */
START_TEST(long_strings_are_whole)
{
    struct sink s = {.n = 0};
    struct out o;
    char text[9001];

    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = (char)('a' + i % 26);
    text[sizeof text - 1] = '\0';
    out_init(&o, collect, &s);
    out_json_string(&o, text);
    ck_assert_int_eq(out_end(&o), RLS_OK);
    ck_assert_uint_eq(s.n, sizeof text + 1);
    ck_assert_mem_eq(s.data + 1, text, sizeof text - 1);
}
END_TEST

static const struct {
    int64_t instant;
    const char *text;
} instants[] = {
    {0, "1970-01-01T00:00:00Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {1770307200007, "2026-02-05T16:00:00.007Z"},
    {951782399000, "2000-02-28T23:59:59Z"},
    {-62167219200000, "0000-01-01T00:00:00Z"},
    {-62167219200001, "-001-12-31T23:59:59.999Z"},
    {253402300800000, "10000-01-01T00:00:00Z"},
    {INT64_MIN, "-292275055-05-16T16:47:04.192Z"},
    {INT64_MAX, "292278994-08-17T07:12:55.807Z"},
};

START_TEST(instants_are_written)
{
    char text[INSTANT_TEXT];
    size_t n = instant_text(instants[_i].instant, text);

    ck_assert_str_eq(text, instants[_i].text);
    ck_assert_uint_eq(n, strlen(text));
}
END_TEST

/* The remembered digest is that of these options, and a copy, which remembers none, has the same.
 */
static void check_digest(struct rls_evaluator *ev, const struct rls_check_options *o,
                         uint8_t out[32])
{
    const struct rls_report *r = test_json(ev, "{\"title\":\"矿机\"}", o);
    struct rls_report *copy;
    uint8_t again[32];

    rls_report_digest(r, out);
    rls_report_digest(r, again);
    ck_assert_mem_eq(out, again, 32);
    ck_assert_int_eq(rls_report_copy(&copy, r), RLS_OK);
    rls_report_digest(copy, again);
    ck_assert_mem_eq(out, again, 32);
    rls_report_free(copy);
}

START_TEST(digests_are_remembered)
{
    static char long_name[600];
    const struct rls_text there[] = {{"DE", 2}, {"FR", 2}};
    const struct rls_check_options options[] = {
        {.size = sizeof options[0], .has = RLS_HAS_NOW, .now = 1},
        {.size = sizeof options[0], .has = RLS_HAS_NOW, .now = 2},
        {.size = sizeof options[0], .has = RLS_HAS_NOW, .now = 1, .platform = "taobao"},
        {.size = sizeof options[0], .has = RLS_HAS_NOW, .now = 1, .channel = "taobao"},
        {.size = sizeof options[0], .has = RLS_HAS_NOW, .now = 1, .platform = long_name},
        {.size = sizeof options[0],
         .has = RLS_HAS_NOW,
         .now = 1,
         .destinations = there,
         .n_destinations = 2},
    };
    enum { N = sizeof options / sizeof options[0] };
    struct rls_set *set = test_set(NULL, "");
    struct rls_evaluator *ev;
    uint8_t digests[N][32], again[32];

    memset(long_name, 'x', sizeof long_name - 1);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    for (size_t i = 0; i < N; i++) {
        check_digest(ev, &options[i], digests[i]);
        for (size_t k = 0; k < i; k++)
            ck_assert_mem_ne(digests[i], digests[k], 32);
    }
    for (size_t i = 0; i < N; i++) {
        check_digest(ev, &options[i], again);
        ck_assert_mem_eq(again, digests[i], 32);
    }
    rls_evaluator_free(ev);
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("report_write");
    TCase *c = tcase_create("bytes");

    tcase_add_test(c, strings_are_escaped);
    tcase_add_test(c, long_strings_are_whole);
    tcase_add_loop_test(c, instants_are_written, 0, sizeof instants / sizeof instants[0]);
    tcase_add_test(c, digests_are_remembered);
    suite_add_tcase(s, c);
    return test_run(s);
}
