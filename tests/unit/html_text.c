/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "test_mem.h"
#include "test_suite.h"
#include "text/html.h"

static struct html_page page;

static bool likely(const char *source, size_t len)
{
    return html_is_likely(source, len, (struct html_stop){0});
}

static const char *read_page(const char *source)
{
    static char text[1 << 16];

    ck_assert(html_read(&page, source, strlen(source)));
    ck_assert_uint_lt(page.shown.len, sizeof text);
    if (page.shown.len)
        memcpy(text, page.shown.text, page.shown.len);
    text[page.shown.len] = '\0';
    return text;
}

static void shows(const char *source, const char *expected)
{
    const char *text = read_page(source);

    ck_assert_msg(strcmp(text, expected) == 0, "%s shows \"%s\", not \"%s\"", source, text,
                  expected);
}

START_TEST(lines)
{
    shows("", "");
    shows(" <p> </p>\n", "");
    shows("矿<b>机</b>", "矿机");
    shows("<p>a<p>b", "a\nb");
    shows("a<br><br/>b</br>c", "a\nb\nc");
    shows("<table><tr><td>a<td>b<tr><th>c</table>d", "a\nb\nc\nd");
    shows("a</p>b</div>c<tr><td>d", "abcd");
    shows("<div style='display:inline'>a</div>b", "ab");
    shows("a<span style='DISPLAY: block'>b</span>c", "a\nb\nc");
    shows("  a \t\r\n b&nbsp;&nbsp;c ", "a b  c");
    shows("<pre>a\n b</pre>", "a\nb");
    shows("a\nb", "a b");
    shows("<form>a</form>b", "ab");
    shows("<textarea>a<b>c&amp;</textarea>d", "a\nb>c&\nd");
    shows("<xmp>a&lt;b</xmp>", "a\nlt;b");
}
END_TEST

/* Wherever words of eight bytes begin and end. */
START_TEST(gaps)
{
    for (size_t before = 0; before < 20; before++) {
        for (size_t behind = 0; behind < 20; behind++) {
            char source[64] = "<b>", expected[64];
            size_t n = 3 + before;

            memset(source + 3, 'x', before);
            source[n++] = '\t';
            memset(source + n, '\x7f', behind);
            source[n + behind] = '\0';
            memcpy(expected, source + 3, n + behind - 2);
            expected[before] = behind && before ? ' ' : '\0';
            shows(source, behind && !before ? expected + 1 : expected);
        }
    }
    shows("a\x01"
          "bcdefghijk\vl m",
          "a\x01"
          "bcdefghijk\vl m");
}
END_TEST

/* A name with a zero is none of HTML: browsers read U+FFFD there. */
START_TEST(zero_in_name)
{
    static const char page_source[] = "a<template\0>b</template\0>c<plaintext\0>d<b>e";

    ck_assert(html_read(&page, page_source, sizeof page_source - 1));
    ck_assert_uint_eq(page.shown.len, 5);
    ck_assert_int_eq(memcmp(page.shown.text, "abcde", 5), 0);
}
END_TEST

START_TEST(hidden)
{
    shows("a<b hidden>x</b>c", "ac");
    shows("a<div hidden>x</div>c", "ac");
    shows("<div hidden style=display:block>a</div>", "a");
    shows("a<script>x</script><style>x</style><template>x</template><noscript>x</noscript>b", "ab");
    shows("<title>x</title><textarea hidden>x</textarea>a", "a");
    shows("<script><!--<script></script>x--></script>a", "a");
    shows("<div style=visibility:hidden>x<i style=visibility:visible>a</i>x</div>", "a");
    shows("<div style=font-size:0>x<i style=font-size:.0em>x</i><i style=font-size:2em>x</i>"
          "<i style='font-size:14px'>a</i><font size=2>b</font></div>",
          "a\nb");
    shows("<p hidden>x<p>a", "a");
    shows("<li hidden>x<li>a", "a");
    shows("<i hidden><table><tr hidden>x</table></i>a", "a");
    shows("<tr hidden>a</tr><body hidden>b</body><form hidden>c</form>", "abc");
    shows("<table hidden>a<tr><td>x</table>b", "a\nb");
    shows("<svg><style/>a</svg><svg><style><p>b", "a\nb");
    shows("<svg><![CDATA[a]]></svg><![CDATA[x]]>b", "a\nb");
}
END_TEST

static void hides(const char *style, bool wanted)
{
    struct html_style s = html_style(style, strlen(style));

    ck_assert_msg((s.hides != 0) == wanted, "%s", style);
    if (!wanted)
        ck_assert_msg(s.shows || s.box != BOX_NONE, "%s", style);
}

START_TEST(styles)
{
    static const char *const hiding[] = {"display:none",
                                         " Display : NONE ",
                                         "color:red;display:none;",
                                         "display:none!important",
                                         "display:none ! important;display:block",
                                         "visibility:hidden",
                                         "visibility:collapse",
                                         "font-size:0",
                                         "font-size:0.00px",
                                         "font-size:-0%",
                                         "background:url(a;b);display:none",
                                         "font-family:'a;b';display:none",
                                         "display&colon;none",
                                         "display:block;display:none"};
    static const char *const showing[] = {"",
                                          "display:block",
                                          "display:none;display:block",
                                          "display:none;display:flex!important",
                                          "display:block!important;display:none",
                                          "display:none !x",
                                          "font-family:'a;display:none;",
                                          "content:';display:none;'",
                                          "/*;display:none;*/",
                                          "dis\\play:none",
                                          "{;display:none;}",
                                          "background:url(a;display:none",
                                          "font-size:0;font:12px a",
                                          "font-size:0;all:revert",
                                          "font-size:0.1px",
                                          "font-size:0x",
                                          "display:none;all:initial",
                                          "*display:none",
                                          "content:'a\n;display:none;'",
                                          "display",
                                          "display:",
                                          ";:;"};
    static char long_style[4096];

    for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
        hides(hiding[i], true);
    for (size_t i = 0; i < sizeof showing / sizeof *showing; i++)
        hides(showing[i], false);
    memset(long_style, ' ', sizeof long_style - 1);
    memcpy(long_style, "display:none;", 13);
    hides(long_style, false);
}
END_TEST

static void alt_is(const char *source, const char *expected)
{
    read_page(source);
    ck_assert_uint_eq(page.n_list, expected ? 1 : 0);
    if (expected) {
        ck_assert_uint_eq(page.list[0].text_end - page.list[0].text, strlen(expected));
        ck_assert_int_eq(memcmp(page.images.text + page.list[0].text, expected, strlen(expected)),
                         0);
    }
}

START_TEST(images)
{
    alt_is("<img alt='a&amp;b'>", "a&b");
    alt_is("<img alt=a alt=b>", "a");
    alt_is("<img alt='a\nb<c&lt=d'>", "a b\nc\nlt=d");
    alt_is("<div style=font-size:0><img alt=a></div>", "a");
    alt_is("<img alt=''><img><p alt=b>", NULL);
    alt_is("<img hidden alt=a><div hidden><img alt=b></div><img style=display:none alt=c>", NULL);
}
END_TEST

START_TEST(places)
{
    const char *source = "x<b>矿</b>&#26426;&nGt; \n y<p>z";
    struct html_map m;

    shows(source, "x矿机\u226b\u20d2 y\nz");
    m = (struct html_map){source, strlen(source), page.shown.runs, page.shown.n_runs};
    ck_assert_uint_eq(html_source_begin(&m, 1), 4);
    ck_assert_uint_eq(html_source_end(&m, 4), 7);
    ck_assert_uint_eq(html_source_begin(&m, 4), 11);
    ck_assert_uint_eq(html_source_end(&m, 7), 19);
    ck_assert_uint_eq(html_source_begin(&m, 11), 19); /* the second half of a reference */
    ck_assert_uint_eq(html_source_end(&m, 8), 24);
    ck_assert_uint_eq(html_source_begin(&m, 13), 24);
    ck_assert_uint_eq(html_source_end(&m, page.shown.len), strlen(source));
    ck_assert_uint_eq(html_source_end(&m, 0), 0);
    m.n_runs = 0;
    ck_assert_uint_eq(html_source_begin(&m, 0), 0);
    ck_assert_uint_eq(html_source_end(&m, 0), 0);
}
END_TEST

START_TEST(recognised)
{
    static const char *const pages[] = {
        "<p>a",        "a<br/>b",      "a&nbsp;b",        "&#30719;机",       "</div>",
        "<img src=a>", "a<!-- b -->c", "<!doctype html>", "<INPUT disabled>", "x <b>y"};
    static const char *const texts[] = {"",         "5<6 and a>b", "a<b and c>d", "a & b", "AT&T",
                                        "&nosuch;", "<中文>",      "<unknown>",   "<p",    "a&ltb",
                                        "<3",       "x<y>z",       "&#x;",        "<!-- a"};

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        ck_assert_msg(likely(pages[i], strlen(pages[i])), "%s", pages[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!likely(texts[i], strlen(texts[i])), "%s", texts[i]);
}
END_TEST

/* Deeper than elements are kept: nothing hides any more, but what no browser shows. */
START_TEST(depth)
{
    static char source[HTML_DEPTH * 5 + 100];
    size_t n = 0;

    for (int i = 0; i < HTML_DEPTH; i++)
        n += (size_t)snprintf(source + n, sizeof source - n, "<b>");
    snprintf(source + n, sizeof source - n, "<i hidden>a</i><script>x</script>");
    shows(source, "a");
    ck_assert(page.open.full);
    memcpy(source + 3 * (HTML_DEPTH - 1), "   ", 3);
    shows(source, "");
    ck_assert(!page.open.full);
}
END_TEST

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* 16 MiB of what might cost more than its length; a quadratic reader would need hours. */
START_TEST(linear)
{
    static const char *const pieces[] = {"<",
                                         "&",
                                         "<b>",
                                         "</b>",
                                         "<a ",
                                         "<!--",
                                         "-->",
                                         "&am",
                                         "<x>",
                                         "</y>",
                                         "<p>",
                                         "<table>",
                                         "<tr><td>",
                                         "<b><p>",
                                         "<svg>",
                                         "<a><p></a>",
                                         "<script><!--",
                                         "<style>",
                                         "</script",
                                         "=\"",
                                         "<p style=\"display:none;",
                                         "&#x",
                                         "<li>",
                                         "<h1>",
                                         "]]>",
                                         "<i hidden></b>",
                                         "<td></p>"};
    enum { LENGTH = 16 << 20 };
    char *source = malloc(LENGTH);
    double begin = seconds();

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = strlen(pieces[i]), len = i % 9 ? LENGTH / 16 : LENGTH;

        for (size_t at = 0; at < len; at++)
            source[at] = pieces[i][at % n];
        ck_assert(html_read(&page, source, len));
        (void)likely(source, len);
    }
    ck_assert_msg(seconds() - begin < 60, "%g s", seconds() - begin);
    free(source);
}
END_TEST

/* Says stop when it was asked so often. */
struct patience {
    unsigned asked, stop_at;
};

static bool ask(void *user)
{
    struct patience *p = user;

    return ++p->asked >= p->stop_at;
}

START_TEST(stops)
{
    enum { TAGS = 10000 };
    static char source[4 * TAGS + 1], plain[4 * TAGS + 1];
    struct patience p = {0, 5};
    size_t len;

    for (size_t i = 0; i < TAGS; i++)
        memcpy(source + 4 * i, "a<b>", 4);
    memset(plain, '&', sizeof plain - 1);
    page.stop = (struct html_stop){ask, &p};
    ck_assert(html_read(&page, source, sizeof source - 1));
    ck_assert(page.stopped);
    ck_assert_uint_eq(p.asked, 5);
    len = page.shown.len;
    ck_assert_uint_lt(len, TAGS / 10);
    p = (struct patience){0, 10};
    ck_assert(html_read(&page, source, sizeof source - 1));
    ck_assert(page.stopped && page.shown.len > len);
    p = (struct patience){0, UINT32_MAX};
    ck_assert(html_read(&page, source, sizeof source - 1));
    ck_assert(!page.stopped);
    ck_assert_uint_ge(page.shown.len, TAGS);
    ck_assert_uint_gt(p.asked, TAGS / 100);
    p = (struct patience){0, 3};
    ck_assert(!html_is_likely(plain, sizeof plain - 1, page.stop));
    ck_assert_uint_eq(p.asked, 3);
}
END_TEST

/* A failed allocation fails the reading and leaves the page usable. */
START_TEST(memory)
{
    const char *source = "<p>a<b>b</b>&amp;<img alt='x&lt;y'><img alt=z>c";
    struct html_page p;
    struct test_mem mem;

    test_mem_init(&mem);
    html_page_init(&p, test_mem_get(&mem));
    for (size_t fail = 0;; fail++) {
        mem.fail_at = mem.calls + fail;
        if (html_read(&p, source, strlen(source)))
            break;
        ck_assert_uint_lt(fail, 100);
        html_page_clear(&p);
    }
    mem.fail_at = mem.calls;
    ck_assert(html_read(&p, source, strlen(source)));
    ck_assert_uint_eq(p.shown.len, strlen("ab&c"));
    ck_assert_uint_gt(html_page_memory(&p), 0);
    html_page_clear(&p);
    ck_assert_uint_eq(mem.live_blocks, 0);
}
END_TEST

static void set_up(void)
{
    html_page_init(&page, &mem_libc);
}

static void tear_down(void)
{
    html_page_clear(&page);
}

int main(void)
{
    Suite *s = suite_create("html_text");
    TCase *t = tcase_create("text");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 100);
    tcase_add_test(t, lines);
    tcase_add_test(t, gaps);
    tcase_add_test(t, zero_in_name);
    tcase_add_test(t, hidden);
    tcase_add_test(t, styles);
    tcase_add_test(t, images);
    tcase_add_test(t, places);
    tcase_add_test(t, recognised);
    tcase_add_test(t, depth);
    tcase_add_test(t, linear);
    tcase_add_test(t, memory);
    tcase_add_test(t, stops);
    suite_add_tcase(s, t);
    return test_run(s);
}
