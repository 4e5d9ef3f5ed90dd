/* SPDX-License-Identifier: Apache-2.0 */
/* The tokenizer against tests/data/html-tokens; tests/html/tokens.py says how a case is written. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "test_suite.h"
#include "text/html_token.h"

#define CASES TEST_SOURCE_ROOT "/tests/data/html-tokens/cases.tsv"

struct line {
    char text[1 << 16];
    size_t len;
    bool in_characters;
};

static void put(struct line *l, const char *s, size_t n)
{
    ck_assert_uint_lt(l->len + n, sizeof l->text);
    memcpy(l->text + l->len, s, n);
    l->len += n;
    l->text[l->len] = '\0';
}

static void put_quoted(struct line *l, const char *s, size_t n, bool keep_nul)
{
    char hex[8];

    for (size_t i = 0; i < n; i++) {
        if (!s[i] && !keep_nul)
            put(l, "%EF%BF%BD", 9);
        else if (s[i] > ' ' && s[i] < 127 && !strchr("%|=/", s[i]))
            put(l, s + i, 1);
        else
            put(l, hex, (size_t)snprintf(hex, sizeof hex, "%%%02X", (unsigned char)s[i]));
    }
}

static void put_name(struct line *l, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
        put_quoted(l, &c, 1, false);
    }
}

static void put_reference(struct line *l, const struct html_reference *r)
{
    char bytes[UTF8_LONGEST];

    for (uint32_t i = 0; i < r->count; i++)
        put_quoted(l, bytes, utf8_encode(r->codes[i], bytes), true);
}

static void put_value(struct line *l, const struct html_attribute *a)
{
    for (size_t at = 0; at < a->value_len;) {
        struct html_reference r;
        size_t n =
            a->value[at] == '&' ? html_reference(a->value + at, a->value_len - at, true, &r) : 0;

        if (n)
            put_reference(l, &r);
        else
            put_quoted(l, a->value + at, 1, false);
        at += n ? n : 1;
    }
}

static bool same_name(const struct html_attribute *a, const struct html_attribute *b)
{
    struct line *x = calloc(2, sizeof *x);
    bool same;

    put_name(&x[0], a->name, a->name_len);
    put_name(&x[1], b->name, b->name_len);
    same = strcmp(x[0].text, x[1].text) == 0;
    free(x);
    return same;
}

static bool came_before(struct html_attributes list, const struct html_attribute *a)
{
    struct html_attribute before;

    while (html_next_attribute(&list, &before) && before.name != a->name) {
        if (same_name(&before, a))
            return true;
    }
    return false;
}

static void put_tag(struct line *l, const struct html_tokenizer *z, const struct html_token *t)
{
    struct html_attributes first = {z->text, t->end, t->inner, false}, list = first;
    struct html_attribute a;

    put(l, t->kind == HTML_START ? "S" : "E", 1);
    put_name(l, t->name, t->name_len);
    while (t->kind == HTML_START && html_next_attribute(&list, &a)) {
        if (came_before(first, &a))
            continue;
        put(l, "/", 1);
        put_name(l, a.name, a.name_len);
        put(l, "=", 1);
        put_value(l, &a);
    }
    if (t->kind == HTML_START && t->self_closing)
        put(l, "//", 2);
}

static bool is_characters(const struct html_token *t)
{
    return t->kind == HTML_TEXT || t->kind == HTML_CDATA || t->kind == HTML_REFERENCE;
}

static void put_token(struct line *l, const struct html_tokenizer *z, const struct html_token *t)
{
    if (l->in_characters && !is_characters(t))
        put(l, "|", 1);
    if (is_characters(t) && !l->in_characters)
        put(l, "C", 1);
    l->in_characters = is_characters(t);
    if (t->kind == HTML_REFERENCE) {
        put_reference(l, &t->reference);
    } else if (is_characters(t)) {
        put_quoted(l, z->text + t->begin, t->end - t->begin, !t->raw);
    } else {
        if (t->kind == HTML_COMMENT || t->kind == HTML_DOCTYPE)
            put(l, t->kind == HTML_COMMENT ? "!" : "D", 1);
        else
            put_tag(l, z, t);
        put(l, "|", 1);
    }
}

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

static size_t unquote(char *text)
{
    char *out = text, *p = text;

    while (*p) {
        if (*p == '%') {
            *out++ = (char)(hex_digit(p[1]) << 4 | hex_digit(p[2]));
            p += 3;
        } else {
            *out++ = *p++;
        }
    }
    return (size_t)(out - text);
}

static void begin_in(struct html_tokenizer *z, const char *state, const char *last)
{
    static const char *const states[] = {"data", "rcdata", "rawtext", "script", "plaintext"};

    for (uint8_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(state, states[i]) == 0)
            z->content = i;
    }
    z->in_cdata = strcmp(state, "cdata") == 0;
    z->raw_name = last;
    z->raw_name_len = strlen(last);
}

static void run_case(char *state, char *last, char *input, const char *expected)
{
    static struct line l;
    struct html_tokenizer z;
    struct html_token t;
    size_t end = 0;

    html_tokenizer_init(&z, input, unquote(input), (struct html_stop){0});
    begin_in(&z, state, last);
    l.len = 0;
    l.text[0] = '\0';
    l.in_characters = false;
    while (html_next(&z, &t)) {
        ck_assert_uint_ge(t.begin, end);
        ck_assert_uint_gt(t.end, t.begin);
        end = t.end;
        put_token(&l, &z, &t);
    }
    ck_assert_uint_le(end, z.len);
    if (l.in_characters)
        put(&l, "|", 1);
    if (strcmp(l.text, expected) != 0)
        fprintf(stderr, "%s %s\n  %s\n  %s\n", state, last, l.text, expected);
    ck_assert_str_eq(l.text, expected);
}

START_TEST(html5lib)
{
    static char line[1 << 17];
    FILE *f = fopen(CASES, "rb");
    unsigned cases = 0;

    ck_assert_ptr_nonnull(f);
    for (; fgets(line, sizeof line, f); cases++) {
        char *last, *input, *expected;

        line[strcspn(line, "\n")] = '\0';
        last = strchr(line, '\t');
        *last++ = '\0';
        input = strchr(last, '\t');
        *input++ = '\0';
        expected = strchr(input, '\t');
        *expected++ = '\0';
        run_case(line, last, input, expected);
    }
    fclose(f);
    ck_assert_uint_gt(cases, 6000);
}
END_TEST

/* Every name of the table, and that the longest wins. */
START_TEST(named_references)
{
    ck_assert_uint_eq(html_entity_starts[128], 2231);
    for (uint32_t i = 0; i < html_entity_starts[128]; i++) {
        const struct html_entity *e = &html_entities[i];
        struct html_reference r = {.count = 0};
        char text[64];
        int n = snprintf(text, sizeof text, "&%.*s", e->len, html_entity_names + e->name);

        ck_assert_uint_eq(html_reference(text, (size_t)n, false, &r), (size_t)n);
        ck_assert_uint_eq(r.codes[0], e->first);
        ck_assert_uint_eq(r.count, e->second ? 2 : 1);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("html_tokens");
    TCase *t = tcase_create("tokens");

    tcase_add_test(t, html5lib);
    tcase_add_test(t, named_references);
    suite_add_tcase(s, t);
    return test_run(s);
}
