/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the grammar hold together, and the document about the format names all of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "model/model.h"
#include "test_suite.h"

static bool reached[ELEMENT_KINDS];

static void reach(enum element_kind kind)
{
    const struct element_rule *rule = grammar_element(kind);

    if (reached[kind])
        return;
    reached[kind] = true;
    for (const struct child_rule *c = rule->children; c->kind; c++) {
        ck_assert_uint_lt(c->group, GROUPS);
        ck_assert_int_eq(grammar_child(kind, grammar_element(c->kind)->name), c->kind);
        reach(c->kind);
    }
    if (rule->content == CONTENT_FIELDS)
        reach(grammar_child(kind, "any.name"));
}

START_TEST(every_element_has_a_place)
{
    reach(ELEMENT_RULESET);
    reach(ELEMENT_CALENDAR);
    for (enum element_kind kind = ELEMENT_RULESET; kind < ELEMENT_KINDS; kind++)
        ck_assert_msg(reached[kind], "kind %d", (int)kind);
    ck_assert_int_eq(grammar_child(ELEMENT_RULE, "terms"), ELEMENT_UNKNOWN);
    ck_assert_int_eq(grammar_child(ELEMENT_LISTING, "terms"), ELEMENT_VALUE);
}
END_TEST

START_TEST(choices)
{
    const struct attribute_rule *a = grammar_attribute(ELEMENT_RULESET, "subject");

    ck_assert_uint_eq(grammar_choice(a, "merchant", 8), SUBJECT_MERCHANT);
    ck_assert_uint_eq(grammar_choice(a, "message", 7), SUBJECT_MESSAGE);
    ck_assert_uint_eq(grammar_choice(a, "rule-change", 11), SUBJECT_RULE_CHANGE);
    ck_assert_uint_eq(grammar_choice(a, "listings", 8), CHOICE_NONE);
    ck_assert_uint_eq(grammar_choice(a, "", 0), CHOICE_NONE);
    a = grammar_attribute(ELEMENT_TERM, "tolerate");
    ck_assert_uint_eq(grammar_choice(a, "exact", 5), TOLERATE_EXACT);
    a = grammar_attribute(ELEMENT_CITE, "standing");
    ck_assert_uint_eq(grammar_choice(a, "uncertain", 9), STANDING_UNCERTAIN);
    ck_assert_ptr_null(grammar_attribute(ELEMENT_CITE, "id"));
}
END_TEST

static char *read_document(void)
{
    FILE *f = fopen(TEST_SOURCE_ROOT "/docs/rule-format.md", "rb");
    char *text = calloc(1, 100000);

    ck_assert(f && text);
    ck_assert_uint_gt(fread(text, 1, 99999, f), 1000);
    ck_assert_int_eq(fclose(f), 0);
    return text;
}

START_TEST(documented)
{
    char *text = read_document();

    for (enum element_kind kind = ELEMENT_RULESET; kind < ELEMENT_KINDS; kind++) {
        const struct element_rule *rule = grammar_element(kind);

        if (rule->name)
            ck_assert_msg(strstr(text, rule->name) != NULL, "<%s>", rule->name);
        for (const struct attribute_rule *a = rule->attributes; a->kind; a++) {
            ck_assert_msg(strstr(text, a->name) != NULL, "<%s %s>", rule->name, a->name);
            for (size_t i = 0; a->choices && a->choices[i]; i++)
                ck_assert_msg(strstr(text, a->choices[i]) != NULL, "%s=%s", a->name, a->choices[i]);
        }
    }
    free(text);
}
END_TEST

START_TEST(lists_and_text)
{
    char value[] = "  a  bc\td ";
    struct attribute a = {.value = value, .length = sizeof value - 1};
    struct element e = {.text = " \n 矿 机\t", .text_length = 12};
    static const char *const want[] = {"a", "bc", "d"};
    struct item item;
    size_t at = 0;

    for (size_t i = 0; i < 3; i++) {
        ck_assert(next_item(&a, &at, &item));
        ck_assert_uint_eq(item.len, strlen(want[i]));
        ck_assert_mem_eq(item.text, want[i], item.len);
        ck_assert_ptr_eq(item.text, value + item.offset);
    }
    ck_assert(!next_item(&a, &at, &item));
    e.text_length = (uint32_t)strlen(e.text);
    item = trimmed_text(&e);
    ck_assert_uint_eq(item.len, strlen("矿 机"));
    ck_assert_uint_eq(item.offset, 3);
    e.text_length = 2;
    ck_assert_uint_eq(trimmed_text(&e).len, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("model_grammar");
    TCase *t = tcase_create("grammar");

    tcase_add_test(t, every_element_has_a_place);
    tcase_add_test(t, choices);
    tcase_add_test(t, documented);
    tcase_add_test(t, lists_and_text);
    suite_add_tcase(s, t);
    return test_run(s);
}
