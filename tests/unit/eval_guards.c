/* SPDX-License-Identifier: Apache-2.0 */
/* Guards and <near>, by example and against a simple oracle; values= and if-absent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "test_mem.h"
#include "test_rules.h"
#include "test_suite.h"

#define LISTS                                                                                      \
    "<terms id='a'><term>甲</term><term>甲甲</term></terms>"                                    \
    "<terms id='b'><term>乙</term></terms><terms id='c'><term>丙</term></terms>"

enum { SILENT = 0 };

static struct rls_set *set_of(struct rls_context *ctx, const char *condition)
{
    char rule[4096];
    int n = snprintf(rule, sizeof rule,
                     LISTS "<rule id='r' severity='violation'>" TITLE "<when>%s</when>" REJECT
                           "</rule>",
                     condition);

    ck_assert(n > 0 && (size_t)n < sizeof rule);
    return test_set(ctx, rule);
}

static uint32_t outcome_in(struct rls_set *set, const char *json)
{
    struct rls_evaluator *ev;
    const struct rls_report *r;
    uint32_t outcome = SILENT;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, json, NULL);
    if (rls_report_finding_count(r))
        outcome = rls_finding_outcome(rls_report_finding(r, 0));
    rls_evaluator_free(ev);
    return outcome;
}

static uint32_t outcome_of(const char *condition, const char *json)
{
    struct rls_set *set = set_of(NULL, condition);
    uint32_t outcome = outcome_in(set, json);

    rls_set_unref(set);
    return outcome;
}

struct example {
    const char *condition;
    const char *json;
    uint32_t outcome;
};

static void check_examples(const struct example *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t outcome = outcome_of(e[i].condition, e[i].json);

        ck_assert_msg(outcome == e[i].outcome, "%s over %s: %u", e[i].condition, e[i].json,
                      outcome);
    }
}

#define GUARDED(guard) "<text in='title' terms='a'>" guard "</text>"
#define TITLED(text) "{\"title\":\"" text "\"}"

START_TEST(guards)
{
    static const struct example examples[] = {
        {GUARDED("<guard before='2' terms='b'/>"), TITLED("乙甲"), SILENT},
        {GUARDED("<guard before='2' terms='b'/>"), TITLED("乙一二甲"), SILENT},
        {GUARDED("<guard before='2' terms='b'/>"), TITLED("乙一二三甲"), RLS_VIOLATED},
        {GUARDED("<guard before='2' terms='b'/>"), TITLED("甲乙"), RLS_VIOLATED},
        {GUARDED("<guard before='0' terms='b'/>"), TITLED("乙   甲"), SILENT},
        {GUARDED("<guard before='0' terms='b'/>"), TITLED("乙-甲"), RLS_VIOLATED},
        {GUARDED("<guard after='1' terms='b'/>"), TITLED("甲一乙"), SILENT},
        {GUARDED("<guard after='1' terms='b'/>"), TITLED("乙甲"), RLS_VIOLATED},
        {GUARDED("<guard before='1' after='1' terms='b'/>"), TITLED("乙甲"), SILENT},
        {GUARDED("<guard before='1' after='1' terms='b'/>"), TITLED("甲乙"), SILENT},
        {GUARDED("<guard before='1' after='0' terms='b'/>"), TITLED("甲一乙"), RLS_VIOLATED},
        /* One excused hit never excuses another. */
        {GUARDED("<guard before='0' terms='b'/>"), TITLED("乙甲一一一一甲"), RLS_VIOLATED},
        {GUARDED("<guard before='9' terms='b'/>"), TITLED("乙，甲"), RLS_VIOLATED},
        {GUARDED("<guard before='9' terms='b' across='none'/>"), TITLED("乙、甲"), RLS_VIOLATED},
        {GUARDED("<guard before='9' terms='b' across='none'/>"), TITLED("乙一甲"), SILENT},
        {GUARDED("<guard before='9' terms='b' across='clause'/>"), TITLED("乙，甲"), SILENT},
        {GUARDED("<guard before='9' terms='b' across='clause'/>"), TITLED("乙。甲"), RLS_VIOLATED},
        {GUARDED("<guard before='9' terms='b' across='clause'/>"), TITLED("乙\\n甲"), RLS_VIOLATED},
        {GUARDED("<guard before='9' terms='b' across='clause'/>"), TITLED("乙？甲"), RLS_VIOLATED},
        {GUARDED("<guard before='9' terms='b' across='sentence'/>"), TITLED("乙。甲"), SILENT},
        /* Words of another value guard nothing. */
        {GUARDED("<guard before='9' terms='b' across='sentence'/>"),
         "{\"description\":\"乙\",\"title\":\"甲\"}", RLS_VIOLATED},
        {GUARDED("<guard before='0' terms='b c'/>"), TITLED("丙甲"), SILENT},
        {GUARDED("<guard before='0' terms='b'/><guard after='0' terms='c'/>"), TITLED("甲丙"),
         SILENT},
        {GUARDED("<guard inside='brand'/>"), "{\"title\":\"一甲 二杯\",\"brand\":\"一甲二\"}",
         SILENT},
        {GUARDED("<guard inside='brand'/>"), "{\"title\":\"一甲 二甲\",\"brand\":\"一甲二\"}",
         RLS_VIOLATED},
        {GUARDED("<guard inside='brand'/>"), "{\"title\":\"一甲\",\"brand\":\"甲二\"}",
         RLS_VIOLATED},
        {GUARDED("<guard inside='brand'/>"), TITLED("一甲"), RLS_VIOLATED},
        {GUARDED("<guard inside='brand attributes.型号'/>"),
         "{\"title\":\"甲1\",\"attributes\":{\"型号\":[\"x\",\"甲１\"]}}", SILENT},
        {GUARDED("<guard inside='title'/>"), TITLED("甲"), RLS_VIOLATED},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

#define NEAR(attributes) "<near in='title' " attributes "><text terms='a'/><text terms='b'/></near>"
#define NEAR_THREE(attributes)                                                                     \
    "<near in='title' " attributes "><text terms='a'/><text terms='b'/><text terms='c'/></near>"

START_TEST(near)
{
    static const struct example examples[] = {
        {NEAR("within='1'"), TITLED("甲一乙"), RLS_VIOLATED},
        {NEAR("within='1'"), TITLED("乙一甲"), RLS_VIOLATED},
        {NEAR("within='1' order='as-written'"), TITLED("乙一甲"), SILENT},
        {NEAR("within='1' order='as-written'"), TITLED("甲 一 乙"), RLS_VIOLATED},
        {NEAR("within='1'"), TITLED("甲一二乙"), SILENT},
        {NEAR("within='9' across='none'"), TITLED("甲，乙"), SILENT},
        {NEAR("within='9'"), TITLED("甲，乙"), RLS_VIOLATED},
        {NEAR("within='9'"), TITLED("甲。乙"), SILENT},
        {NEAR("within='9' across='sentence'"), TITLED("甲。乙"), RLS_VIOLATED},
        {NEAR("within='9'"), "{\"title\":\"甲\",\"description\":\"乙\"}", SILENT},
        {"<near in='title' within='9'><text terms='a'/><text terms='a'/></near>", TITLED("甲"),
         SILENT},
        {"<near in='title' within='9'><text terms='a'/><text terms='a'/></near>", TITLED("甲一甲"),
         RLS_VIOLATED},
        {NEAR_THREE("within='0'"), TITLED("乙丙甲"), RLS_VIOLATED},
        {NEAR_THREE("within='0'"), TITLED("丙乙甲"), RLS_VIOLATED},
        {NEAR_THREE("within='0' order='as-written'"), TITLED("甲丙乙"), SILENT},
        {NEAR_THREE("within='0' order='as-written'"), TITLED("甲乙一甲乙丙"), RLS_VIOLATED},
        {NEAR_THREE("within='0'"), TITLED("甲乙一丙"), SILENT},
        {"<near in='title' within='3'><text terms='a'/><text terms='b'><guard after='0' terms='c'/>"
         "</text></near>",
         TITLED("甲乙丙"), SILENT},
        {"<near in='title' within='3'><text terms='a'/><text terms='b'><guard after='0' terms='c'/>"
         "</text></near>",
         TITLED("甲乙丙乙"), RLS_VIOLATED},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

#define STUFF(test) "<field name='attributes.材质' " test "/>"
#define OF(values) "{\"title\":\"x\",\"attributes\":{\"材质\":[" values "]}}"

START_TEST(several_values)
{
    static const struct example examples[] = {
        {STUFF("is-not='棉' values='any'"), OF("\"棉\",\"麻\""), RLS_VIOLATED},
        {STUFF("is-not='棉' values='all'"), OF("\"棉\",\"麻\""), SILENT},
        {STUFF("is-not='棉' values='all'"), OF("\"丝\",\"麻\""), RLS_VIOLATED},
        {STUFF("is-not='棉' values='any'"), OF("\"棉\""), SILENT},
        {STUFF("is='棉' values='all'"), OF("\"棉\",\"麻\""), SILENT},
        {STUFF("is='棉' values='all'"), OF("\"棉\",\" 棉\""), RLS_VIOLATED},
        {STUFF("is='棉'"), OF("\"麻\",\"棉\""), RLS_VIOLATED},
        {STUFF("not-in='棉 麻' values='any'"), OF("\"麻\",\"丝\""), RLS_VIOLATED},
        {STUFF("not-in='棉 麻' values='all'"), OF("\"麻\",\"丝\""), SILENT},
        /* Known to have none. */
        {STUFF("is-not='棉' values='any'"), OF(""), RLS_VIOLATED},
        {STUFF("is-not='棉' values='all'"), OF(""), RLS_VIOLATED},
        {STUFF("is='棉' values='all'"), OF(""), SILENT},
        {STUFF("is-not='棉' values='all' if-absent='unknown'"), OF(""), RLS_INDETERMINATE},
        {"<field name='category' not-under='玩具'/>", "{\"title\":\"x\",\"category\":\"玩具>球\"}",
         SILENT},
        {"<field name='category' not-under='玩具'/>", "{\"title\":\"x\",\"category\":\"家居\"}",
         RLS_VIOLATED},
        {"<field name='category' not-under='玩具'/>", TITLED("x"), RLS_INDETERMINATE},
        {"<field name='category' not-under='玩具' if-absent='empty'/>", TITLED("x"), RLS_VIOLATED},
        {"<field name='price' is-not='5'/>", "{\"title\":\"x\",\"price\":\"见\"}",
         RLS_INDETERMINATE},
        {"<field name='platform' is='1688'/>", TITLED("x"), RLS_VIOLATED},
        {"<field name='platform' is='1688' if-absent='empty'/>", TITLED("x"), SILENT},
        {"<field name='platform' is='1688' if-absent='unknown'/>", TITLED("x"), RLS_INDETERMINATE},
        {"<text in='brand' terms='a' if-absent='unknown'/>", TITLED("x"), RLS_INDETERMINATE},
        {"<text in='label' terms='a' if-absent='empty'/>", TITLED("x"), SILENT},
        {"<text in='label' terms='a' if-absent='unknown'/>",
         "{\"title\":\"x\",\"complete\":\"label\"}", SILENT},
    };

    check_examples(examples, sizeof examples / sizeof *examples);
}
END_TEST

START_TEST(excused)
{
    struct rls_set *set =
        set_of(NULL, GUARDED("<guard before='0' terms='b'/><guard inside='brand'/>"));
    struct rls_evaluator *ev;
    const struct rls_report *r;
    struct rls_report *copy;

    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    r = test_json(ev, "{\"title\":\"乙甲，一甲一，甲\",\"brand\":\"一甲一\"}", NULL);
    ck_assert_int_eq(rls_report_copy(&copy, r), RLS_OK);
    rls_evaluator_free(ev);
    for (int i = 0; i < 1; i++) {
        const struct rls_finding *f = rls_report_finding(copy, 0);

        ck_assert_uint_eq(rls_finding_evidence_count(f), 1);
        ck_assert_uint_eq(rls_finding_evidence(f, 0)->point_begin, 7);
        ck_assert_ptr_null(rls_finding_evidence(f, 0)->guard);
        ck_assert_uint_eq(rls_finding_excused_count(f), 2);
        ck_assert_str_eq(rls_finding_excused(f, 0)->guard, "乙");
        ck_assert_uint_eq(rls_finding_excused(f, 0)->point_begin, 1);
        ck_assert_str_eq(rls_finding_excused(f, 1)->guard, "brand");
        ck_assert_uint_eq(rls_finding_excused(f, 1)->point_begin, 4);
        ck_assert_ptr_null(rls_finding_excused(f, 2));
    }
    rls_report_free(copy);
    rls_set_unref(set);
}
END_TEST

/* --- against an oracle ----------------------------------------------------------------------- */

enum { LETTERS = 14 };

/* A text of one letter a place: a b c are terms, x is none, the rest as in write_letter. */
static uint32_t state = 1;

static uint32_t draw(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % n;
}

static const char *letter(char c)
{
    switch (c) {
    case 'a':
        return "甲";
    case 'b':
        return "乙";
    case 'c':
        return "丙";
    case ',':
        return "，";
    case '.':
        return "。";
    case ' ':
        return " ";
    default:
        return "一";
    }
}

static void draw_text(char out[LETTERS + 1], char json[256])
{
    strcpy(json, "{\"title\":\"一");
    for (int i = 0; i < LETTERS; i++) {
        out[i] = "aaabbcxx,. "[draw(11)];
        strcat(json, letter(out[i]));
    }
    out[LETTERS] = '\0';
    strcat(json, "\"}");
}

/* Whether the letters strictly between two places allow it. */
static bool joined(const char *text, int left, int right, int within, int across)
{
    int n = 0;

    for (int i = left + 1; i < right; i++) {
        n += text[i] != ' ';
        if ((text[i] == ',' && across < 1) || (text[i] == '.' && across < 2))
            return false;
    }
    return n <= within;
}

static bool oracle_guarded(const char *text, int hit, int before, int after, int across)
{
    for (int i = 0; i < LETTERS; i++) {
        if (text[i] == 'b' && i < hit && before >= 0 && joined(text, i, hit, before, across))
            return true;
        if (text[i] == 'b' && i > hit && after >= 0 && joined(text, hit, i, after, across))
            return true;
    }
    return false;
}

static bool oracle_near(const char *text, const char *parts, int within, int across)
{
    for (int i = 0; i < LETTERS; i++)
        for (int k = i + 1; text[i] == parts[0] && k < LETTERS; k++)
            if (text[k] == parts[1] && joined(text, i, k, within, across)) {
                if (!parts[2])
                    return true;
                for (int m = k + 1; m < LETTERS; m++)
                    if (text[m] == parts[2] && joined(text, k, m, within, across))
                        return true;
            }
    return false;
}

static const char *const across_names[] = {"none", "clause", "sentence"};

START_TEST(guards_like_oracle)
{
    for (int before = -1; before < 4; before++) {
        int after = before < 0 ? (int)draw(4) : (int)draw(5) - 1, across = (int)draw(3);
        char condition[256] = "", json[256], text[LETTERS + 1], side[2][32] = {"", ""};
        struct rls_set *set;

        if (before >= 0)
            snprintf(side[0], sizeof side[0], "before='%d'", before);
        if (after >= 0)
            snprintf(side[1], sizeof side[1], "after='%d'", after);
        snprintf(condition, sizeof condition,
                 "<text in='title' terms='a'><guard %s %s terms='b' across='%s'/></text>", side[0],
                 side[1], across_names[across]);
        set = set_of(NULL, condition);
        for (int i = 0; i < 300; i++) {
            bool want = false;

            draw_text(text, json);
            for (int k = 0; k < LETTERS; k++)
                want = want || (text[k] == 'a' && !oracle_guarded(text, k, before, after, across));
            /* Two a side by side are a term of their own, which may stand when they do not. */
            if (!want && strstr(text, "aa"))
                continue;
            ck_assert_msg((outcome_in(set, json) == RLS_VIOLATED) == want, "%s over %s", condition,
                          text);
        }
        rls_set_unref(set);
    }
}
END_TEST

START_TEST(near_like_oracle)
{
    static const char *const orders[] = {"abc", "acb", "bac", "bca", "cab", "cba"};

    for (int variant = 0; variant < 8; variant++) {
        int within = (int)draw(5), across = (int)draw(3);
        bool three = variant & 1, written = variant & 2;
        char condition[512], json[256], text[LETTERS + 1];
        struct rls_set *set;

        snprintf(condition, sizeof condition,
                 "<near in='title' within='%d' across='%s' order='%s'><text terms='b'/>"
                 "<text terms='c'/>%s</near>",
                 within, across_names[across], written ? "as-written" : "any",
                 three ? "<text terms='a'/>" : "");
        set = set_of(NULL, condition);
        for (int i = 0; i < 300; i++) {
            bool want;

            draw_text(text, json);
            /* Two a side by side are a term of their own. */
            if (strstr(text, "aa"))
                continue;
            if (written)
                want = oracle_near(text, three ? "bca" : "bc", within, across);
            else if (!three)
                want = oracle_near(text, "bc", within, across) ||
                       oracle_near(text, "cb", within, across);
            else
                want = false;
            for (size_t k = 0; three && !written && k < 6; k++)
                want = want || oracle_near(text, orders[k], within, across);
            ck_assert_msg((outcome_in(set, json) == RLS_VIOLATED) == want, "%s over %s", condition,
                          text);
        }
        rls_set_unref(set);
    }
}
END_TEST

/* --- limits and memory ---------------------------------------------------------------------- */

static char *repeated(const char *head, const char *unit, size_t n, const char *tail)
{
    size_t len = strlen(unit);
    char *json = malloc(strlen(head) + n * len + strlen(tail) + 1), *at = json;

    ck_assert(json);
    at += sprintf(at, "%s", head);
    for (size_t i = 0; i < n; i++, at += len)
        memcpy(at, unit, len);
    strcpy(at, tail);
    return json;
}

/* Twenty thousand hits that guards drop or parts that stand too far apart: no square of them. */
START_TEST(hostile)
{
    char *json = repeated("{\"brand\":\"一甲\",\"title\":\"", "乙一甲一一一一一", 3000, "\"}");

    ck_assert_uint_eq(outcome_of(GUARDED("<guard before='1' terms='b'/>"), json), SILENT);
    ck_assert_uint_eq(outcome_of(GUARDED("<guard inside='brand'/>"), json), SILENT);
    ck_assert_uint_eq(outcome_of(NEAR("within='0'"), json), SILENT);
    ck_assert_uint_eq(outcome_of(NEAR("within='1'"), json), RLS_VIOLATED);
    free(json);
}
END_TEST

/* What stands behind the end of a scan might guard the hits before it. */
START_TEST(cut)
{
    char *json = repeated("{\"title\":\"", "甲", 11000, "\"}");

    ck_assert_uint_eq(outcome_of(GUARDED("<guard before='1' terms='b'/>"), json), RLS_VIOLATED);
    ck_assert_uint_eq(outcome_of(GUARDED("<guard after='1' terms='b'/>"), json), RLS_INDETERMINATE);
    ck_assert_uint_eq(outcome_of(NEAR("within='1'"), json), RLS_INDETERMINATE);
    free(json);
}
END_TEST

START_TEST(inside_limits)
{
    char *values =
        repeated("{\"title\":\"一甲\",\"attributes\":{\"型号\":[", "\"二\",", 15, "\"一甲\"]}}");
    char *more =
        repeated("{\"title\":\"一甲\",\"attributes\":{\"型号\":[", "\"二\",", 16, "\"一甲\"]}}");
    char *longest = repeated("{\"title\":\"一甲", "一", 253, "\",\"brand\":\"一甲");
    char *brand = repeated(longest, "一", 253, "\"}"), *longer, *too_long;

    ck_assert_uint_eq(outcome_of(GUARDED("<guard inside='attributes.型号'/>"), values), SILENT);
    ck_assert_uint_eq(outcome_of(GUARDED("<guard inside='attributes.型号'/>"), more), RLS_VIOLATED);
    ck_assert_uint_eq(outcome_of(GUARDED("<guard inside='brand'/>"), brand), SILENT);
    longer = repeated("{\"title\":\"一甲", "一", 254, "\",\"brand\":\"一甲");
    too_long = repeated(longer, "一", 254, "\"}");
    ck_assert_uint_eq(outcome_of(GUARDED("<guard inside='brand'/>"), too_long), RLS_VIOLATED);
    free(values);
    free(more);
    free(longest);
    free(brand);
    free(longer);
    free(too_long);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_guards");
    TCase *t = tcase_create("guards");

    tcase_add_test(t, guards);
    tcase_add_test(t, near);
    tcase_add_test(t, several_values);
    tcase_add_test(t, excused);
    tcase_add_test(t, guards_like_oracle);
    tcase_add_test(t, near_like_oracle);
    tcase_add_test(t, hostile);
    tcase_add_test(t, cut);
    tcase_add_test(t, inside_limits);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return test_run(s);
}
