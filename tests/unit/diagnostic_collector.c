/* SPDX-License-Identifier: Apache-2.0 */
/* Diagnostics are counted, kept up to a limit, handed on, sorted and written. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/diagnostic.h"
#include "test_mem.h"
#include "test_suite.h"

static struct source make_source(const char *name, const char *text)
{
    struct source s = {.name = name};

    ck_assert(lines_init(&s.lines, &mem_libc, text, strlen(text)));
    return s;
}

static void add(struct diagnostics *d, enum message_code message, struct source *s, size_t at)
{
    diagnostics_add(d, &(struct complaint){.message = message,
                                           .place = {s, at, 2, false},
                                           .rule = "set/rule",
                                           .args = {"a", "b", "c"},
                                           .hint = HINT_DID_YOU_MEAN,
                                           .hint_args = {"x"}});
}

static void count_calls(void *user, const struct rls_diagnostic *d)
{
    ck_assert_uint_eq(d->size, sizeof *d);
    ck_assert_ptr_nonnull(d->message);
    ++*(size_t *)user;
}

START_TEST(counted_and_bounded)
{
    struct source s = make_source("s", "one\ntwo\nthree\n");
    struct diagnostics d;
    size_t calls = 0;

    diagnostics_init(&d, &mem_libc, 3, count_calls, &calls);
    for (size_t i = 0; i < 10; i++)
        add(&d, MSG_EMPTY_TEXT, &s, i);
    add(&d, MSG_LISTED_TWICE, &s, 0);
    add(&d, MSG_TERMS_UNUSED, &s, 0);
    ck_assert_uint_eq(diagnostics_count(&d, RLS_ERROR), 10);
    ck_assert_uint_eq(diagnostics_count(&d, RLS_WARNING), 1);
    /* One of them says that there are more. */
    ck_assert_uint_eq(diagnostics_count(&d, RLS_NOTE), 2);
    ck_assert_uint_eq(diagnostics_count(&d, 0), 13);
    ck_assert_uint_eq(diagnostics_count(&d, 9), 0);
    ck_assert_uint_eq(d.n_kept, 4);
    ck_assert_uint_eq(calls, 13);
    diagnostics_sort(&d);
    ck_assert_uint_eq(d.kept[3].d->code, MSG_TOO_MANY_MESSAGES);
    diagnostics_reset(&d);
    ck_assert_uint_eq(diagnostics_count(&d, 0), 0);
    add(&d, MSG_EMPTY_TEXT, &s, 0);
    ck_assert_uint_eq(d.n_kept, 1);
    diagnostics_clear(&d);
    lines_clear(&s.lines, &mem_libc);
}
END_TEST

START_TEST(sorted)
{
    struct source a = make_source("a", "12345\n12345\n"), b = make_source("b", "12345\n");
    static const struct {
        const char *source;
        uint32_t line, column, code;
    } want[] = {{"a", 0, 0, MSG_NO_FILE},         {"a", 1, 3, MSG_EMPTY_TEXT},
                {"a", 1, 3, MSG_EMPTY_ATTRIBUTE}, {"a", 2, 1, MSG_EMPTY_TEXT},
                {"b", 1, 1, MSG_EMPTY_TEXT},      {NULL, 0, 0, MSG_NO_SOURCES}};
    struct diagnostics d;

    diagnostics_init(&d, &mem_libc, 100, NULL, NULL);
    diagnostics_add(&d, &(struct complaint){.message = MSG_NO_SOURCES});
    add(&d, MSG_EMPTY_TEXT, &b, 0);
    add(&d, MSG_EMPTY_TEXT, &a, 6);
    add(&d, MSG_EMPTY_TEXT, &a, 2);
    add(&d, MSG_EMPTY_ATTRIBUTE, &a, 2);
    diagnostics_add(
        &d, &(struct complaint){.message = MSG_NO_FILE, .place = {.source = &a, .whole = true}});
    diagnostics_sort(&d);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct rls_diagnostic *got = d.kept[i].d;

        ck_assert_pstr_eq(got->source, want[i].source);
        ck_assert_uint_eq(got->line, want[i].line);
        ck_assert_uint_eq(got->column, want[i].column);
        ck_assert_uint_eq(got->code, want[i].code);
    }
    diagnostics_clear(&d);
    lines_clear(&a.lines, &mem_libc);
    lines_clear(&b.lines, &mem_libc);
}
END_TEST

struct text {
    char data[4096];
    size_t len;
    size_t most;
};

static int collect(void *user, const void *data, size_t len)
{
    struct text *t = user;

    if (t->len + len > t->most)
        return -1;
    memcpy(t->data + t->len, data, len);
    t->len += len;
    t->data[t->len] = '\0';
    return 0;
}

START_TEST(written)
{
    static const char zh[] = "规则.xml:1:9: 错误 RLS-214: <a> 为空 [set/rule]\n"
                             "  <title>矿机</title>\n"
                             "           ^~~~\n"
                             "  建议：是否想写 x？\n";
    static const char en[] = "规则.xml:1:9: error RLS-214: <a> is empty [set/rule]\n"
                             "  <title>矿机</title>\n"
                             "           ^~~~\n"
                             "  hint: did you mean x?\n";
    struct source s = make_source("规则.xml", "<title>矿机</title>\n");
    struct text out = {.most = sizeof out.data - 1};
    struct diagnostics d;

    diagnostics_init(&d, &mem_libc, 10, NULL, NULL);
    diagnostics_add(&d, &(struct complaint){.message = MSG_EMPTY_TEXT,
                                            .place = {&s, 10, 5, false},
                                            .rule = "set/rule",
                                            .args = {"a"},
                                            .hint = HINT_DID_YOU_MEAN,
                                            .hint_args = {"x"}});
    ck_assert_int_eq(rls_diagnostic_write(d.kept[0].d, "zh-CN", collect, &out), RLS_OK);
    ck_assert_str_eq(out.data, zh);
    out.len = 0;
    ck_assert_int_eq(rls_diagnostic_write(d.kept[0].d, NULL, collect, &out), RLS_OK);
    ck_assert_str_eq(out.data, en);
    for (out.most = 0; out.most < strlen(en); out.most++) {
        out.len = 0;
        ck_assert_int_eq(rls_diagnostic_write(d.kept[0].d, "en", collect, &out), RLS_ERR_IO);
    }
    ck_assert_int_eq(rls_diagnostic_write(NULL, "en", collect, &out), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_diagnostic_write(d.kept[0].d, "en", NULL, &out), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_diagnostic_write(d.kept[0].d, "zh", collect, &out), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_diagnostic_write(d.kept[0].d, "", collect, &out), RLS_ERR_ARGUMENT);
    diagnostics_clear(&d);
    lines_clear(&s.lines, &mem_libc);
}
END_TEST

START_TEST(arguments_are_made_presentable)
{
    char longer[1000], out[64];
    const char *args[] = {"a\nb\x7f"
                          "c",
                          longer};

    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    ck_assert_uint_eq(message_fill("<%s>", args, "en", out, sizeof out), 7);
    ck_assert_str_eq(out, "<a b c>");
    ck_assert_uint_lt(message_fill("%s%s", args, "en", NULL, 0), 300);
    ck_assert_uint_gt(message_fill("%s%s", args, NULL, out, sizeof out), sizeof out);
    ck_assert_uint_eq(strlen(out), sizeof out - 1);
    ck_assert_uint_eq(message_fill("矿机", NULL, "zh-CN", out, 6), 6);
    ck_assert_str_eq(out, "矿");
    ck_assert_str_eq(message_number(UINT64_MAX, out), "18446744073709551615");
}
END_TEST

START_TEST(explanations)
{
    const struct message *m;

    for (size_t i = 0; (m = message_at(i)) != NULL; i++) {
        ck_assert_ptr_eq(message_find(m->code), m);
        ck_assert_str_eq(rls_message_explain(m->code, NULL), m->explain_en);
        ck_assert_str_eq(rls_message_explain(m->code, "zh-CN"), m->explain_zh);
    }
    ck_assert_ptr_null(rls_message_explain(0, "en"));
    ck_assert_ptr_null(rls_message_explain(999, "en"));
}
END_TEST

START_TEST(short_of_memory)
{
    struct source s = make_source("s", "one\ntwo\n");
    struct test_mem m;
    struct diagnostics d;
    bool failed;
    size_t n = 0;

    do {
        test_mem_init(&m);
        m.fail_at = n++;
        diagnostics_init(&d, test_mem_get(&m), 20, NULL, NULL);
        for (size_t i = 0; i < 40; i++)
            add(&d, MSG_EMPTY_TEXT, &s, i % 8);
        failed = d.failed;
        ck_assert_uint_eq(diagnostics_count(&d, RLS_ERROR), 40);
        ck_assert(failed == (m.calls > m.fail_at));
        diagnostics_clear(&d);
        ck_assert_uint_eq(m.live_blocks, 0);
    } while (failed);
    ck_assert_uint_gt(n, 2);
    lines_clear(&s.lines, &mem_libc);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("diagnostic_collector");
    TCase *t = tcase_create("collector");

    tcase_add_test(t, counted_and_bounded);
    tcase_add_test(t, sorted);
    tcase_add_test(t, written);
    tcase_add_test(t, arguments_are_made_presentable);
    tcase_add_test(t, explanations);
    tcase_add_test(t, short_of_memory);
    suite_add_tcase(s, t);
    return test_run(s);
}
