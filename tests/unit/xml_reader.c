/* SPDX-License-Identifier: Apache-2.0 */
/* The tree that is read has the right places, whatever the bytes look like and however they are
 * cut into chunks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/limits.h"
#include "test_suite.h"
#include "xml/reader.h"

struct reading {
    struct source source;
    struct arena arena;
    struct diagnostics d;
    struct document doc;
};

static void read_text(struct reading *r, const char *text, size_t len, size_t chunk)
{
    *r = (struct reading){.source = {.name = "test"}};
    arena_init(&r->arena, &mem_libc);
    diagnostics_init(&r->d, &mem_libc, 10, NULL, NULL);
    ck_assert(lines_init(&r->source.lines, &mem_libc, text, len));
    ck_assert(xml_read(&r->doc, &r->source, &r->arena, &r->d, chunk));
}

static void end(struct reading *r)
{
    lines_clear(&r->source.lines, &mem_libc);
    arena_clear(&r->arena);
    diagnostics_clear(&r->d);
}

static bool stands_at(const struct reading *r, size_t at, const char *text)
{
    return at + strlen(text) <= r->source.lines.len &&
           memcmp(r->source.lines.text + at, text, strlen(text)) == 0;
}

/* Every place is where the bytes say what the tree says. */
static void check_places(const struct reading *r, const struct element *e)
{
    const char *text = r->source.lines.text;

    ck_assert_int_eq(text[e->at], '<');
    ck_assert(stands_at(r, e->at + (size_t)1, e->name));
    ck_assert_int_eq(text[e->at + e->length - 1], '>');
    for (uint32_t i = 0; i < e->n_attributes; i++) {
        const struct attribute *a = &e->attributes[i];

        ck_assert(stands_at(r, a->name_at, a->name));
        ck_assert(text[a->value_at - 1] == '"' || text[a->value_at - 1] == '\'');
        ck_assert_int_eq(text[a->value_at + a->raw_length], text[a->value_at - 1]);
        ck_assert_uint_gt(a->name_at, e->at);
        ck_assert_uint_lt(a->value_at, e->at + e->length);
        if (a->raw_length == a->length && !strchr(a->value, ' '))
            ck_assert(stands_at(r, a->value_at, a->value));
    }
    if (e->text_at)
        ck_assert(text[e->text_at] > ' ' || text[e->text_at] < 0);
    for (const struct element *child = e->first; child; child = child->next) {
        ck_assert_ptr_eq(child->parent, e);
        check_places(r, child);
    }
}

static const char difficult[] =
    "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n"
    "<?go <ruleset> ?><!-- <a b='c'> -->\r\n"
    "<ruleset xmlns = \"urn:librules:ruleset:1\"\r\n  id='甲>乙' xmlns:o='urn:o' o:x=\"1\"\r\n>"
    "<title>&#x77ff;&#26426;<![CDATA[<b>]]>&amp;<!-- x -->尾</title>"
    "<a/><a b=\"'\" c='\"' d='&lt;&#x3e;/>'/><a></a >\r\n"
    "<x:inner xmlns:x='urn:librules:ruleset:1' x='&quot;'>混<!-- <no> --><?p </no>?> "
    "<b\t/>合</x:inner>"
    "<other xmlns='urn:other'><![CDATA[ ]]> <![CDATA[ 文]]></other>"
    "<last xml:lang='zh-CN'\tv='a\tb\r\nc'\n/>\r\n</ruleset >\r\n<!-- end -->\r\n<?end?>\r\n";

static void check_difficult(const struct reading *r)
{
    const struct element *root = r->doc.root, *e;

    ck_assert(!r->doc.broken);
    ck_assert_uint_eq(diagnostics_count(&r->d, 0), 0);
    check_places(r, root);
    ck_assert_uint_eq(root->n_attributes, 2);
    ck_assert_str_eq(root->attributes[0].value, "甲>乙");
    ck_assert_str_eq(root->attributes[1].name, "o:x");
    ck_assert(root->attributes[1].foreign && !root->attributes[0].foreign);
    ck_assert(!root->foreign && root->complete && !root->text_at);
    e = root->first;
    ck_assert_str_eq(e->text, "矿机<b>&尾");
    ck_assert(stands_at(r, e->text_at, "&#x77ff;"));
    e = e->next->next;
    ck_assert_str_eq(e->attributes[0].value, "'");
    ck_assert_str_eq(e->attributes[1].value, "\"");
    ck_assert_str_eq(e->attributes[2].value, "<>/>");
    ck_assert_uint_ne(e->attributes[2].length, e->attributes[2].raw_length);
    e = e->next->next;
    ck_assert_str_eq(e->name, "x:inner");
    ck_assert(!e->foreign && stands_at(r, e->text_at, "混"));
    ck_assert_str_eq(e->text, "");
    ck_assert_str_eq(e->first->name, "b");
    e = e->next;
    ck_assert(e->foreign && stands_at(r, e->text_at, "文"));
    e = e->next;
    ck_assert_str_eq(e->attributes[0].name, "xml:lang");
    ck_assert(!e->attributes[0].foreign);
    ck_assert_str_eq(e->attributes[1].value, "a b c");
    ck_assert_ptr_null(e->next);
}

START_TEST(every_chunk_size)
{
    struct reading r;

    for (size_t chunk = 1; chunk <= sizeof difficult; chunk += chunk < 40 ? 1 : 37) {
        read_text(&r, difficult, sizeof difficult - 1, chunk);
        check_difficult(&r);
        end(&r);
    }
}
END_TEST

/* What references are written for what bytes, in values and in text alike. */
static const struct {
    const char *written, *read;
} references[] = {
    {"a&amp;b", "a&b"},
    {"&lt;&gt;&apos;&quot;", "<>'\""},
    {"&#38;&#x26;&#x0026;", "&&&"},
    {"&amp;amp;", "&amp;"},
    {"&amp;#38;", "&#38;"},
    {"&#38;lt;", "&lt;"},
    {"&#60;&#62;&#34;&#39;", "<>\"'"},
    {"&#x77ff;&#x1f600;&#233;", "矿😀é"},
    {"x&#10;y&#9;z&#13;", "x\ny\tz\r"},
    {"R&amp;D&amp;&amp;", "R&D&&"},
};

START_TEST(every_reference)
{
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        static const size_t chunks[] = {1, 3, XML_CHUNK};
        char text[256];
        int n = snprintf(text, sizeof text, "<t a=\"%s\" b='%s'>%s</t>", references[i].written,
                         references[i].written, references[i].written);

        for (size_t k = 0; k < 3; k++) {
            struct reading r;

            read_text(&r, text, (size_t)n, chunks[k]);
            ck_assert(!r.doc.broken);
            ck_assert_str_eq(r.doc.root->attributes[0].value, references[i].read);
            ck_assert_uint_eq(r.doc.root->attributes[0].length, strlen(references[i].read));
            ck_assert_str_eq(r.doc.root->attributes[1].value, references[i].read);
            ck_assert_str_eq(r.doc.root->text, references[i].read);
            check_places(&r, r.doc.root);
            end(&r);
        }
    }
}
END_TEST

static void check_place(const struct reading *r, struct place p, const char *want)
{
    ck_assert_msg(p.length == strlen(want) && stands_at(r, p.at, want), "%.*s, not %s",
                  (int)p.length, r->source.lines.text + p.at, want);
}

/* Parts of what was read lead back to what was written. */
START_TEST(places_of_parts)
{
    static const char text[] = "<t a='x&amp;yy &#x77ff;z\r\nend &lt;'> \r\n &#32;矿&amp;<!-- & -->b"
                               "<![CDATA[<&amp;>]]>c</t>";
    static const char value[] = "x&yy 矿z end <", content[] = " \n  矿&b<&amp;>c";
    struct reading r;
    const struct element *e;
    const struct attribute *a;

    read_text(&r, text, sizeof text - 1, XML_CHUNK);
    e = r.doc.root;
    a = &e->attributes[0];
    ck_assert_str_eq(a->value, value);
    ck_assert_str_eq(e->text, content);
    check_place(&r, value_place(&r.doc, a, 0, 1), "x");
    check_place(&r, value_place(&r.doc, a, 0, 2), "x&amp;");
    check_place(&r, value_place(&r.doc, a, 2, 2), "yy");
    check_place(&r, value_place(&r.doc, a, 5, 4), "&#x77ff;z");
    check_place(&r, value_place(&r.doc, a, 10, 3), "end");
    check_place(&r, value_place(&r.doc, a, 14, 1), "&lt;");
    check_place(&r, value_place(&r.doc, a, 0, a->length), "x&amp;yy &#x77ff;z\r\nend &lt;");
    check_place(&r, text_part_place(&r.doc, e, 4, 3), "矿");
    check_place(&r, text_part_place(&r.doc, e, 7, 1), "&amp;");
    check_place(&r, text_part_place(&r.doc, e, 8, 1), "b");
    check_place(&r, text_part_place(&r.doc, e, 9, 2), "<&");
    check_place(&r, text_part_place(&r.doc, e, 10, 5), "&amp;");
    check_place(&r, text_part_place(&r.doc, e, 16, 1), "c");
    end(&r);
}
END_TEST

/* A source of `lines` lines, each with a term of its number, with a mistake in the last. */
static char *tall_source(unsigned lines, size_t *len)
{
    char *text = malloc((size_t)lines * 64 + 256);
    size_t n = 0;

    ck_assert_ptr_nonnull(text);
    n += (size_t)sprintf(text, "<ruleset xmlns='urn:librules:ruleset:1'>\n<terms>\n");
    for (unsigned i = 0; i < lines; i++)
        n += (size_t)sprintf(text + n, "  <term word='no'>矿机 %u</term>\r\n", i);
    n += (size_t)sprintf(text + n, "</terms><x 甲='1' y=\"2\"/>\n&oops;</ruleset>\n");
    *len = n;
    return text;
}

START_TEST(tall_sources)
{
    enum { LINES = 80000 };
    size_t len;
    char *text = tall_source(LINES, &len);
    const struct element *x, *term;
    struct reading r;
    uint32_t n = 0;

    read_text(&r, text, len, XML_CHUNK);
    ck_assert(r.doc.broken);
    check_places(&r, r.doc.root);
    for (term = r.doc.root->first->first; term; term = term->next) {
        char want[32];

        (void)snprintf(want, sizeof want, "矿机 %u", n);
        ck_assert_str_eq(term->text, want);
        n++;
        ck_assert_uint_eq(lines_find(&r.source.lines, term->at), n + 2);
        ck_assert_uint_eq(lines_column(&r.source.lines, n + 2, term->at), 3);
        ck_assert_uint_eq(lines_column(&r.source.lines, n + 2, term->text_at), 19);
    }
    ck_assert_uint_eq(n, LINES);
    x = r.doc.root->first->next;
    ck_assert_uint_eq(lines_find(&r.source.lines, x->at), LINES + 3);
    ck_assert_uint_eq(lines_column(&r.source.lines, LINES + 3, x->attributes[1].value_at), 21);
    ck_assert_uint_eq(r.d.kept[0].d->code, MSG_UNKNOWN_ENTITY);
    ck_assert_uint_eq(r.d.kept[0].d->line, LINES + 4);
    ck_assert_uint_eq(r.d.kept[0].d->column, 1);
    end(&r);
    free(text);
}
END_TEST

/* The end of a source may be anywhere: always exactly one error, and nothing behind it. */
START_TEST(cut_anywhere)
{
    size_t whole = (size_t)(strstr(difficult, "</ruleset >") - difficult) + strlen("</ruleset >");

    for (size_t len = 0; len < whole; len++) {
        static const size_t chunks[] = {1, 7, XML_CHUNK};

        for (size_t i = 0; i < 3; i++) {
            struct reading r;

            read_text(&r, difficult, len, chunks[i]);
            ck_assert_msg(r.doc.broken, "%zu bytes", len);
            ck_assert_uint_eq(diagnostics_count(&r.d, RLS_ERROR), 1);
            if (r.doc.root) {
                ck_assert(!r.doc.root->complete);
                check_places(&r, r.doc.root);
            }
            end(&r);
        }
    }
}
END_TEST

/* Any byte changed to some others: no crash, and a broken tree is always reported. */
START_TEST(changed_bytes)
{
    static const char others[] = "<>&\"/= \0\xff!";
    char text[sizeof difficult];

    for (size_t at = 0; at < sizeof difficult - 1; at++) {
        for (size_t i = 0; i < 3; i++) {
            struct reading r;

            memcpy(text, difficult, sizeof text);
            text[at] = others[(at * 3 + i) % (sizeof others - 1)];
            read_text(&r, text, sizeof text - 1, XML_CHUNK);
            ck_assert_uint_eq(diagnostics_count(&r.d, RLS_ERROR) > 0, r.doc.broken);
            if (r.doc.root)
                check_places(&r, r.doc.root);
            end(&r);
        }
    }
}
END_TEST

static void check_refused(const char *text, size_t len, enum message_code code, bool tree)
{
    struct reading r;

    read_text(&r, text, len, XML_CHUNK);
    ck_assert(r.doc.broken);
    ck_assert_uint_eq(diagnostics_count(&r.d, 0), 1);
    ck_assert_uint_eq(r.d.kept[0].d->code, code);
    ck_assert((r.doc.root != NULL) == tree);
    end(&r);
}

START_TEST(hostile)
{
    static const char laughs[] = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><a>&b;</a>";
    static const char hidden[] = "<!-- --><?x ?>\n<!doctype a><a/>";
    static const char late[] = "<a><!DOCTYPE a SYSTEM 'file:///etc/passwd'></a>";
    static const char wide[] = "\xff\xfe<\0a\0/\0>\0";
    static const char narrow[] = "\0<\0a\0/\0>";
    static const char gbk[] = "<?xml version='1.0'\n encoding = 'gb18030' ?><a/>";
    static const char bytes[] = "<a><b/>\xff</a>";
    static const char nul[] = "<a><b/>\0</a>";

    check_refused(laughs, sizeof laughs - 1, MSG_DOCTYPE, false);
    check_refused(hidden, sizeof hidden - 1, MSG_DOCTYPE, false);
    check_refused(late, sizeof late - 1, MSG_DOCTYPE, false);
    check_refused(wide, sizeof wide - 1, MSG_ENCODING, false);
    check_refused(narrow, sizeof narrow - 1, MSG_ENCODING, false);
    check_refused(gbk, sizeof gbk - 1, MSG_ENCODING, false);
    check_refused(bytes, sizeof bytes - 1, MSG_BAD_UTF8, true);
    check_refused(nul, sizeof nul - 1, MSG_BAD_CHARACTER, true);
    check_refused("", 0, MSG_EMPTY_SOURCE, false);
}
END_TEST

/* Work must not grow with the square of what one tag, text or nest holds. */
START_TEST(huge_parts)
{
    enum { MANY = 800000 };
    char *text = malloc((size_t)MANY * 8);
    size_t n;
    struct reading r;

    ck_assert_ptr_nonnull(text);
    n = (size_t)sprintf(text, "<a");
    for (unsigned i = 0; i < MANY / 8; i++)
        n += (size_t)sprintf(text + n, " a%u='1'", i);
    n += (size_t)sprintf(text + n, "/>");
    check_refused(text, n, MSG_XML_ATTRIBUTES, false);

    n = 0;
    for (unsigned i = 0; i < MANY; i++)
        n += (size_t)sprintf(text + n, "<a>");
    check_refused(text, n, MSG_XML_DEPTH, true);

    n = (size_t)sprintf(text, "<a b='");
    memset(text + n, '>', MANY);
    n += MANY;
    n += (size_t)sprintf(text + n, "'>");
    memset(text + n, 'x', MANY);
    n += MANY;
    n += (size_t)sprintf(text + n, "</a>");
    read_text(&r, text, n, XML_CHUNK);
    ck_assert(!r.doc.broken);
    ck_assert_uint_eq(r.doc.root->text_length, MANY);
    ck_assert_uint_eq(r.doc.root->attributes[0].length, MANY);
    end(&r);
    free(text);
}
END_TEST

/* The parser's own ceilings are ten million bytes. */
START_TEST(past_the_ceilings)
{
    static const char *const around[][2] = {{"<a><!--", "--></a>"},
                                            {"<a><?x ", "?></a>"},
                                            {"<a><![CDATA[", "]]></a>"},
                                            {"<a b='", "'/>"},
                                            {"<a>", "</a>"}};
    enum { MANY = 11000000 };
    char *text = malloc(MANY + 64);
    struct reading r;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        size_t n = (size_t)sprintf(text, "%s", around[i][0]);

        memset(text + n, ' ', MANY);
        n += MANY;
        n += (size_t)sprintf(text + n, "%s", around[i][1]);
        read_text(&r, text, n, MANY / XML_CHUNKS);
        ck_assert(!r.doc.broken);
        ck_assert_uint_eq(diagnostics_count(&r.d, 0), 0);
        end(&r);
    }
    memset(text, 'n', MANY);
    text[0] = '<';
    memcpy(text + LIMIT_XML_NAME + 1, "/>", 2);
    read_text(&r, text, LIMIT_XML_NAME + 3, XML_CHUNK);
    ck_assert(!r.doc.broken);
    end(&r);
    memcpy(text + LIMIT_XML_NAME + 1, "n/>", 3);
    check_refused(text, LIMIT_XML_NAME + 4, MSG_XML_NAME, false);
    free(text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("xml_reader");
    TCase *t = tcase_create("reader");

    tcase_set_timeout(t, 100);
    tcase_add_test(t, every_chunk_size);
    tcase_add_test(t, every_reference);
    tcase_add_test(t, places_of_parts);
    tcase_add_test(t, tall_sources);
    tcase_add_test(t, cut_anywhere);
    tcase_add_test(t, changed_bytes);
    tcase_add_test(t, hostile);
    tcase_add_test(t, huge_parts);
    tcase_add_test(t, past_the_ceilings);
    suite_add_tcase(s, t);
    return test_run(s);
}
