/* SPDX-License-Identifier: Apache-2.0 */
/* What comes before rules are judged is given up, too, when a check is to stop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "eval/assumed.h"
#include "eval/evaluator.h"
#include "eval/label.h"
#include "test_rules.h"
#include "test_suite.h"

enum { MANY = 20000, MEMBERS = 60 };

#define RULE(id, condition)                                                                        \
    "<rule id='" id "' severity='risk'>" TITLE "<when>" condition "</when>" REJECT "</rule>"

static struct rls_set *set;
static struct rls_evaluator *ev;
static struct rls_cancel token;

static void open(const char *inside)
{
    set = test_set(NULL, inside);
    ck_assert_int_eq(
        rls_evaluator_new(&ev, NULL, set,
                          &(struct rls_evaluator_options){
                              .size = sizeof(struct rls_evaluator_options), .max_facts = 4 * MANY}),
        RLS_OK);
}

static void close(void)
{
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

/* The budget of a check that was told to stop, and has not asked yet. */
static void spend(void)
{
    rls_cancel_request(&token);
    ev->budget = (struct budget){.cancel = &token};
}

/* {"title":"x","HEAD":[ITEM,ITEM,...]} */
static void check_list(const char *head, const char *item, size_t n)
{
    const size_t room = strlen(head) + 64 + n * (strlen(item) + 1);
    char *json = malloc(room);
    size_t len;

    ck_assert_ptr_nonnull(json);
    len = (size_t)snprintf(json, room, "{\"title\":\"x\",\"%s\":[", head);
    for (size_t i = 0; i < n; i++)
        len += (size_t)snprintf(json + len, room - len, "%s%s", i ? "," : "", item);
    (void)snprintf(json + len, room - len, "]}");
    (void)test_json(ev, json, NULL);
    free(json);
}

START_TEST(records_without_a_member)
{
    static char rules[1 << 16];
    size_t len = 0;

    len += (size_t)sprintf(rules, "<collection name='v' absent='empty'>");
    for (int i = 0; i < MEMBERS; i++)
        len += (size_t)sprintf(rules + len, "<field name='m%d'/>", i);
    len += (size_t)sprintf(rules + len, "</collection>");
    for (int i = 0; i < MEMBERS; i++)
        len += (size_t)sprintf(rules + len,
                               RULE("r%d", "<some in='v' as='r'><field name='$r.m%d' "
                                           "is='甲'/></some>"),
                               i, i);
    open(rules);
    ck_assert_uint_eq(set->wake->n_lacks, MEMBERS);

    check_list("v", "{\"m1\":\"a\"}", 3);
    ck_assert_uint_eq(ev->n_candidates, MEMBERS - 1);
    spend();
    ck_assert(wake_rules(ev));
    ck_assert_uint_eq(ev->n_candidates, MEMBERS - 1);
    ck_assert_int_eq(ev->budget.stop, GO_ON); /* little work asks nobody */

    check_list("v", "{\"m1\":\"a\"}", MANY);
    ck_assert_uint_eq(ev->n_candidates, MEMBERS - 1);
    spend();
    ck_assert(wake_rules(ev));
    ck_assert_int_eq(ev->budget.stop, STOP_CANCELLED);
    ck_assert_uint_lt(ev->n_candidates, MEMBERS - 1);
    close();
}
END_TEST

START_TEST(values_that_are_long)
{
    static char json[MANY + 32];

    open(RULE("a", "<field name='title' is='甲'/>"));
    strcpy(json, "{\"title\":\"");
    memset(json + strlen(json), 'a', MANY);
    strcat(json, "\"}");
    (void)test_json(ev, json, NULL);
    spend();
    ck_assert(wake_rules(ev));
    ck_assert_int_eq(ev->budget.stop, STOP_CANCELLED);
    close();
}
END_TEST

START_TEST(labels)
{
    open(RULE("a", "<field name='label.origin' present='yes'/>"));
    check_list("attributes", "{\"name\":\"产地\",\"value\":\"浙江\"}", 4);
    ck_assert_uint_gt(ev->n_label_values, 0);
    spend();
    ck_assert_int_eq(label_read(ev), RLS_OK);
    ck_assert_uint_eq(ev->n_label_values, 0);
    ck_assert_int_eq(ev->budget.stop, STOP_CANCELLED);
    close();
}
END_TEST

START_TEST(assumed_members)
{
    uint32_t n;

    open("<collection name='v' absent='empty'><field name='a' absent='assume:甲'/>"
         "<field name='k'/></collection>" RULE(
             "a", "<some in='v' as='r'><field name='$r.a' is='甲'/></some>"));
    check_list("v", "{\"k\":\"b\"}", 2);
    ck_assert_uint_gt(ev->facts.n_items, ev->assumed_from);
    n = ev->facts.n_items;
    spend();
    ck_assert_int_eq(add_assumed_facts(ev), RLS_OK);
    ck_assert_uint_eq(ev->facts.n_items, n);
    ck_assert_int_eq(ev->budget.stop, STOP_CANCELLED);
    close();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_budget");
    TCase *t = tcase_create("budget");

    tcase_add_test(t, records_without_a_member);
    tcase_add_test(t, values_that_are_long);
    tcase_add_test(t, labels);
    tcase_add_test(t, assumed_members);
    suite_add_tcase(s, t);
    return test_run(s);
}
