/* SPDX-License-Identifier: Apache-2.0 */
/* When an allocation fails, ours or libxml2's, a source is never read in part without a word. */
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_mem.h"
#include "test_suite.h"
#include "xml/reader.h"

static const char text[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<!-- 注 --><ruleset xmlns='urn:librules:ruleset:1' id='x' xml:lang='en'>\n"
    "<title>A &amp; B &#x4e2d;<![CDATA[ <c> ]]></title>\n"
    "<rule a='1' b='2&lt;' c='长长长长长长长长长长长长长长长长长长长长'/>\n"
    "<x:y xmlns:x='urn:x' x:z='1'><a/><b/><c>text</c></x:y>\n"
    "</ruleset>\n";

struct written {
    char data[4096];
    size_t len;
};

static void write_text(struct written *w, const char *s)
{
    size_t n = strlen(s);

    ck_assert_uint_lt(w->len + n, sizeof w->data);
    memcpy(w->data + w->len, s, n + 1);
    w->len += n;
}

static void write_tree(struct written *w, const struct element *e)
{
    write_text(w, "<");
    write_text(w, e->name);
    for (uint32_t i = 0; i < e->n_attributes; i++) {
        write_text(w, " ");
        write_text(w, e->attributes[i].name);
        write_text(w, "=");
        write_text(w, e->attributes[i].value);
    }
    write_text(w, e->foreign ? "!>" : ">");
    write_text(w, e->text);
    for (const struct element *child = e->first; child; child = child->next)
        write_tree(w, child);
    write_text(w, e->complete ? "/" : "?");
}

enum result { READ, REFUSED, FAILED };

static enum result read_once(const struct mem *mem, struct written *w)
{
    struct source source = {.name = "test"};
    struct arena arena;
    struct diagnostics d;
    struct document doc;
    enum result result = FAILED;

    w->len = 0;
    arena_init(&arena, mem);
    diagnostics_init(&d, mem, 10, NULL, NULL);
    if (lines_init(&source.lines, mem, text, sizeof text - 1) &&
        xml_read(&doc, &source, &arena, &d, 100) && !d.failed) {
        result = doc.broken ? REFUSED : READ;
        ck_assert_uint_eq(diagnostics_count(&d, 0), doc.broken);
        if (!doc.broken)
            write_tree(w, doc.root);
    }
    lines_clear(&source.lines, mem);
    arena_clear(&arena);
    diagnostics_clear(&d);
    return result;
}

START_TEST(our_own)
{
    struct written want, got;
    struct test_mem m;

    ck_assert_int_eq(read_once(&mem_libc, &want), READ);
    for (int persistent = 0; persistent < 2; persistent++) {
        for (size_t n = 0;; n++) {
            enum result result;

            test_mem_init(&m);
            m.fail_at = n;
            m.persistent = persistent;
            result = read_once(test_mem_get(&m), &got);
            ck_assert_uint_eq(m.live_blocks, 0);
            if (m.calls <= n) {
                ck_assert_int_eq(result, READ);
                break;
            }
            ck_assert_int_eq(result, FAILED);
        }
    }
}
END_TEST

static struct {
    size_t calls;
    size_t fail_at;
    bool persistent;
} parser;

static bool fails(void)
{
    size_t call = parser.calls++;

    return call == parser.fail_at || (parser.persistent && call > parser.fail_at);
}

static void *parser_malloc(size_t n)
{
    return fails() ? NULL : malloc(n);
}

static void *parser_realloc(void *p, size_t n)
{
    return fails() ? NULL : realloc(p, n);
}

static char *parser_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *copy = fails() ? NULL : malloc(n);

    return copy ? memcpy(copy, s, n) : NULL;
}

static void ignore(void *user, const char *format, ...)
{
    (void)user;
    (void)format;
}

START_TEST(of_the_parser)
{
    struct written want, got;

    xmlInitParser();
    ck_assert_int_eq(xmlMemSetup(free, parser_malloc, parser_realloc, parser_strdup), 0);
    /* The parser prints some of its own failures where it has no context at hand. */
    xmlSetGenericErrorFunc(NULL, ignore);
    parser.fail_at = SIZE_MAX;
    ck_assert_int_eq(read_once(&mem_libc, &want), READ);
    for (int persistent = 0; persistent < 2; persistent++) {
        size_t n = 0;

        do {
            enum result result;

            parser.calls = 0;
            parser.fail_at = n++;
            parser.persistent = persistent;
            result = read_once(&mem_libc, &got);
            ck_assert_msg(result != REFUSED, "a lost allocation was blamed on the source");
            if (result == READ)
                ck_assert_str_eq(got.data, want.data);
        } while (parser.calls > parser.fail_at);
        ck_assert_uint_gt(n, 10);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("xml_memory");
    TCase *t = tcase_create("memory");
    int failed;

    tcase_add_test(t, our_own);
    tcase_add_test(t, of_the_parser);
    suite_add_tcase(s, t);
    failed = test_run(s);
    xmlCleanupParser();
    return failed;
}
