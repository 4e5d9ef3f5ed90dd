/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "match/pattern.h"
#include "test_mem.h"
#include "test_suite.h"

static struct pattern_source source_of(const char *text, uint32_t forms)
{
    return (struct pattern_source){.text = text, .length = strlen(text), .forms = forms};
}

/* --- what is refused, and where ------------------------------------------------------------- */

static const struct refusal {
    const char *pattern;
    enum message_code message;
    size_t at, length;
    const char *arg;
} refusals[] = {
    {"a(b", MSG_PATTERN_UNCLOSED, 1, 1, "("},
    {"a(b|(c)", MSG_PATTERN_UNCLOSED, 1, 1, "("},
    {"币[ab", MSG_PATTERN_UNCLOSED, 3, 1, "["},
    {"[]", MSG_PATTERN_UNCLOSED, 0, 1, "["},
    {"*a", MSG_PATTERN_REPEATS_NOTHING, 0, 1, "*"},
    {"a|+", MSG_PATTERN_REPEATS_NOTHING, 2, 1, "+"},
    {"^*a", MSG_PATTERN_REPEATS_NOTHING, 1, 1, "*"},
    {"(?=a)?b", MSG_PATTERN_REPEATS_NOTHING, 5, 1, "?"},
    {"a{2}{3}", MSG_PATTERN_REPEATS_NOTHING, 4, 1, "{"},
    {"{2}", MSG_PATTERN_REPEATS_NOTHING, 0, 1, "{"},
    {"ab)c", MSG_PATTERN_STRAY, 2, 1, ")"},
    {"a\\", MSG_PATTERN_ESCAPE, 1, 1, "\\"},
    {"a\\q", MSG_PATTERN_ESCAPE, 1, 2, "\\q"},
    {"\\币", MSG_PATTERN_ESCAPE, 0, 4, "\\币"},
    {"\\x4", MSG_PATTERN_ESCAPE, 0, 3, "\\x4"},
    {"\\x{110000}", MSG_PATTERN_ESCAPE, 0, 10, "\\x{110000}"},
    {"\\x{d800}", MSG_PATTERN_ESCAPE, 0, 8, "\\x{d800}"},
    {"\\x{0}", MSG_PATTERN_ESCAPE, 0, 5, "\\x{0}"},
    {"\\pL", MSG_PATTERN_ESCAPE, 0, 2, "\\p"},
    {"a\\p{Klingon}", MSG_PATTERN_ESCAPE, 1, 11, "\\p{Klingon}"},
    {"[a\\b]", MSG_PATTERN_ESCAPE, 2, 2, "\\b"},
    {"(a)\\1", MSG_PATTERN_NOT_SUPPORTED, 3, 2, "\\1"},
    {"(?<n>a)\\k<n>", MSG_PATTERN_NOT_SUPPORTED, 7, 2, "\\k"},
    {"a\\K", MSG_PATTERN_NOT_SUPPORTED, 1, 2, "\\K"},
    {"a(?R)", MSG_PATTERN_NOT_SUPPORTED, 1, 3, "(?R"},
    {"(?1)", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?1"},
    {"(?P>n)", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?P"},
    {"(*SKIP)a", MSG_PATTERN_NOT_SUPPORTED, 0, 2, "(*"},
    {"(?C1)a", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?C"},
    {"(?(1)a|b)", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?("},
    {"(?>a)", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?>"},
    {"(?i)a", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?i"},
    {"(?i:a)", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?i"},
    {"(?#a)b", MSG_PATTERN_NOT_SUPPORTED, 0, 3, "(?#"},
    {"a++b", MSG_PATTERN_NOT_SUPPORTED, 1, 2, "++"},
    {"[[:alpha:]]", MSG_PATTERN_NOT_SUPPORTED, 1, 2, "[:"},
    {"[z-a]", MSG_PATTERN_ORDER, 1, 3, "z-a"},
    {"[a-\\d]", MSG_PATTERN_ORDER, 1, 4, "a-\\d"},
    {"[\\d-a]", MSG_PATTERN_ORDER, 1, 3, "\\d-"},
    {"a{3,2}", MSG_PATTERN_ORDER, 1, 5, "{3,2}"},
    {"(?<=a*)b", MSG_PATTERN_LOOK_BEHIND, 0, 7, "(?<=a*)"},
    {"(?<!a|(?:b|cd))e", MSG_PATTERN_LOOK_BEHIND, 0, 15, "(?<!a|(?:b|cd))"},
    {"a*", MSG_PATTERN_EMPTY, 0, 2, ""},
    {"a|", MSG_PATTERN_EMPTY, 0, 2, ""},
    {"^$", MSG_PATTERN_EMPTY, 0, 2, ""},
    {"", MSG_PATTERN_EMPTY, 0, 0, ""},
    {"a{1001}", MSG_PATTERN_REPEAT, 1, 6, "1000"},
    {"a{1,99999999999}", MSG_PATTERN_REPEAT, 1, 15, "1000"},
    {"a{,3}", MSG_PATTERN_BOUNDS, 1, 1, ""},
    {"a{b}", MSG_PATTERN_BOUNDS, 1, 1, ""},
    {"a{2", MSG_PATTERN_BOUNDS, 1, 1, ""},
    {"(?<1a>b)", MSG_PATTERN_NAME, 3, 1, "1"},
    {"(?<a'b)", MSG_PATTERN_NAME, 3, 2, "a'"},
    {"(?<>b)", MSG_PATTERN_NAME, 3, 1, ">"},
    {"(?<a>b)(?'a'c)", MSG_PATTERN_NAME_TWICE, 10, 1, "a"},
    {"[a㎏]", MSG_PATTERN_MEMBER, 2, 3, "㎏"},
    {"(?:(?:a{1000}){1000}){1000}", MSG_PATTERN_TOO_LARGE, 0, 27, ""},
};

START_TEST(refused)
{
    const struct refusal *r = &refusals[_i];
    struct pattern_source source = source_of(r->pattern, FORM_DEFAULT);
    struct pattern_fault fault;
    struct arena arena;

    arena_init(&arena, &mem_libc);
    ck_assert_msg(!pattern_compile(&source, &arena, &fault), "%s", r->pattern);
    ck_assert_msg(fault.message == r->message, "%s: %d", r->pattern, fault.message);
    ck_assert_msg(fault.at == r->at && fault.length == r->length, "%s: %zu+%zu", r->pattern,
                  fault.at, fault.length);
    ck_assert_msg(strcmp(fault.arg, r->arg) == 0, "%s: %s", r->pattern, fault.arg);
    arena_clear(&arena);
}
END_TEST

/* --- what is accepted, and what it must contain ---------------------------------------------- */

static const struct acceptance {
    const char *pattern;
    uint32_t least, most;
    const char *factors; /* with blanks between */
    uint32_t before_least, before_most;
} acceptances[] = {
    {"比特币", 3, 3, "比特币", 0, 0},
    {"\\d{2,4}(\\.\\d+)?\\s*T(H/s)?", 3, WIDTH_ENDLESS, "t", 2, WIDTH_ENDLESS},
    {"1[3-5]\\d{9}", 11, 11, "13 14 15", 0, 0},
    {"加?微信", 2, 3, "微信", 0, 1},
    {"(?:返利|返现)[\\d元]", 3, 3, "返利 返现", 0, 0},
    {"a.{2,5}bcd", 6, 9, "bcd", 3, 6},
    {"\\d+", 1, WIDTH_ENDLESS, "", 0, 0},
    {"[aA]{2}", 2, 2, "aa", 0, 0},
    {"(ab){2,}", 4, WIDTH_ENDLESS, "abab", 0, 0},
    {"x(?=矿机)", 1, 1, "x", 0, 0},
    {"(?<=矿机)x", 1, 1, "x", 0, 0},
    {"\\bth/s\\b", 4, 4, "th/s", 0, 0},
    {"ＴＨ", 2, 2, "th", 0, 0},
    {"㎏+", 2, WIDTH_ENDLESS, "kg", 0, 0},
    {"币。机", 3, 3, "币", 0, 0},
    {".{3}。机", 5, 5, "机", 4, 4},
    {"a---b", 5, 5, "a---b", 0, 0},
    {"a-----b", 7, 7, "a", 0, 0},
    {"违[ ._*-]{0,2}禁[-_ ]词", 4, 6, "违禁词", 0, 0},
    {"违[ .]{0,2}[-_]{0,2}禁", 2, 6, "违禁", 0, 0},
    {"违[ .]{0,3}[-_]{0,2}禁", 2, 7, "违", 0, 0},
    {"违[ .]{0,5}禁", 2, 7, "违", 0, 0},
    {"违[ .]*禁", 2, WIDTH_ENDLESS, "违", 0, 0},
    {"违[ ，]?禁", 2, 3, "违", 0, 0},
    {"[0-9]+[ -]{0,2}禁[ -]{0,2}[67]", 3, WIDTH_ENDLESS, "禁6 禁7", 1, WIDTH_ENDLESS},
    {"(?:[ -]{0,2}违禁|词){2}x", 3, 9, "违禁违禁x 违禁词x 词违禁x 词词x", 0, 2},
    {"(矿|[12])机", 2, 2, "矿机 1机 2机", 0, 0},
    {"(?:矿机)?\\d\\d", 2, 4, "", 0, 0},
    {"\\p{Han}币\\P{L}[^a-z]", 4, 4, "币", 1, 1},
    {"[]a]b", 2, 2, "b", 0, 2},
    {"a{3}", 3, 3, "aaa", 0, 0},
    {"a??bc", 2, 3, "bc", 0, 1},
    {"(?<price>\\d+)元", 2, WIDTH_ENDLESS, "元", 1, WIDTH_ENDLESS},
    {"壹貳參肆伍陸柒捌玖", 9, 9, "壹贰参肆伍陆柒捌", 0, 0},
};

START_TEST(accepted)
{
    const struct acceptance *a = &acceptances[_i];
    struct pattern_source source = source_of(a->pattern, FORM_DEFAULT);
    struct pattern_fault fault;
    struct arena arena;
    struct pattern *p;
    char factors[256] = "";

    arena_init(&arena, &mem_libc);
    p = pattern_compile(&source, &arena, &fault);
    ck_assert_msg(p != NULL, "%s: %d at %zu", a->pattern, fault.message, fault.at);
    for (uint32_t i = 0; i < pattern_required(p)->n; i++) {
        strcat(factors, i ? " " : "");
        strcat(factors, pattern_required(p)->texts[i]);
    }
    ck_assert_msg(strcmp(factors, a->factors) == 0, "%s: %s", a->pattern, factors);
    ck_assert_msg(pattern_width(p).min == a->least && pattern_width(p).max == a->most, "%s: %u..%u",
                  a->pattern, pattern_width(p).min, pattern_width(p).max);
    ck_assert_msg(!pattern_required(p)->n || (pattern_required(p)->before.min == a->before_least &&
                                              pattern_required(p)->before.max == a->before_most),
                  "%s: %u..%u", a->pattern, pattern_required(p)->before.min,
                  pattern_required(p)->before.max);
    arena_clear(&arena);
}
END_TEST

/* --- limits ---------------------------------------------------------------------------------- */

static enum message_code refuse(const char *text, size_t len)
{
    struct pattern_source source = {.text = text, .length = len};
    struct pattern_fault fault = {.message = MSG_NONE};
    struct arena arena;
    bool compiled;

    arena_init(&arena, &mem_libc);
    compiled = pattern_compile(&source, &arena, &fault) != NULL;
    arena_clear(&arena);
    ck_assert(compiled == (fault.message == MSG_NONE));
    return fault.message;
}

START_TEST(limit_bytes)
{
    char text[LIMIT_PATTERN_BYTES + 1];

    memset(text, 'a', sizeof text);
    ck_assert_int_eq(refuse(text, sizeof text - 1), MSG_NONE);
    ck_assert_int_eq(refuse(text, sizeof text), MSG_PATTERN_TOO_LONG);
}
END_TEST

START_TEST(limit_depth)
{
    char text[2 * LIMIT_PATTERN_DEPTH + 3];

    memset(text, '(', LIMIT_PATTERN_DEPTH + 1);
    text[LIMIT_PATTERN_DEPTH + 1] = 'a';
    memset(text + LIMIT_PATTERN_DEPTH + 2, ')', LIMIT_PATTERN_DEPTH + 1);
    for (size_t i = 0; i <= LIMIT_PATTERN_DEPTH; i++)
        text[i] = '(';
    ck_assert_int_eq(refuse(text, sizeof text), MSG_PATTERN_CAPTURES);
    for (size_t depth = LIMIT_PATTERN_DEPTH; depth <= LIMIT_PATTERN_DEPTH + 1; depth++) {
        char nested[LIMIT_PATTERN_BYTES] = "";
        for (size_t i = 0; i < depth; i++)
            strcat(nested, "(?:");
        strcat(nested, "a");
        for (size_t i = 0; i < depth; i++)
            strcat(nested, ")");
        ck_assert_int_eq(refuse(nested, strlen(nested)),
                         depth > LIMIT_PATTERN_DEPTH ? MSG_PATTERN_DEPTH : MSG_NONE);
    }
}
END_TEST

START_TEST(limit_repeat)
{
    char text[32];

    snprintf(text, sizeof text, "a{%d}", LIMIT_PATTERN_REPEAT);
    ck_assert_int_eq(refuse(text, strlen(text)), MSG_NONE);
    snprintf(text, sizeof text, "a{1,%d}", LIMIT_PATTERN_REPEAT + 1);
    ck_assert_int_eq(refuse(text, strlen(text)), MSG_PATTERN_REPEAT);
}
END_TEST

START_TEST(limit_captures)
{
    char text[LIMIT_PATTERN_BYTES] = "";

    for (size_t i = 0; i < LIMIT_PATTERN_CAPTURES; i++)
        strcat(text, "(a)");
    ck_assert_int_eq(refuse(text, strlen(text)), MSG_NONE);
    strcat(text, "(a)");
    ck_assert_int_eq(refuse(text, strlen(text)), MSG_PATTERN_CAPTURES);
}
END_TEST

/* No pattern of random bytes does harm. */
START_TEST(random_patterns)
{
    static const char *const pieces[] = {"(", ")",   "[",   "]",    "{", "}",        "2",     ",",
                                         "*", "+",   "?",   "|",    "^", "$",        "\\",    "b",
                                         "d", "(?:", "(?=", "(?<!", "a", "币",       "幣",    "-",
                                         ".", "P",   "x",   "\xff", "e", "\xcc\x81", "(?<n>", "1"};
    uint32_t random = 1;
    size_t fine = 0;

    for (size_t i = 0; i < 20000; i++) {
        char text[128] = "";
        size_t n = 0;
        do {
            random = random * 1664525u + 1013904223u;
            strcat(text, pieces[random >> 27]);
        } while (++n < 1 + (random >> 8) % 12);
        fine += refuse(text, strlen(text)) == MSG_NONE;
    }
    ck_assert_uint_gt(fine, 500);
}
END_TEST

START_TEST(every_allocation_fails)
{
    static const char text[] = "(?<n>\\d{2,4}|[a-f币]+?)(?:ＴＨ/s|T){1,3}(?<=x|T)\\p{Han}";
    struct pattern_source source = source_of(text, FORM_DEFAULT);
    bool done = false;

    for (size_t i = 0; !done; i++) {
        struct test_mem mem;
        struct pattern_fault fault = {.message = MSG_PATTERN_EMPTY};
        struct arena arena;

        test_mem_init(&mem);
        mem.fail_at = i;
        arena_init(&arena, test_mem_get(&mem));
        done = pattern_compile(&source, &arena, &fault) != NULL && mem.calls <= i;
        ck_assert_int_eq(fault.message, MSG_NONE);
        arena_clear(&arena);
        ck_assert_uint_eq(mem.live_blocks, 0);
        ck_assert_uint_lt(i, 10000);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pattern_parse");
    TCase *c = tcase_create("language");

    tcase_add_loop_test(c, refused, 0, sizeof refusals / sizeof *refusals);
    tcase_add_loop_test(c, accepted, 0, sizeof acceptances / sizeof *acceptances);
    suite_add_tcase(s, c);
    c = tcase_create("limits");
    tcase_add_test(c, limit_bytes);
    tcase_add_test(c, limit_depth);
    tcase_add_test(c, limit_repeat);
    tcase_add_test(c, limit_captures);
    tcase_add_test(c, random_patterns);
    tcase_add_test(c, every_allocation_fails);
    suite_add_tcase(s, c);
    return test_run(s);
}
