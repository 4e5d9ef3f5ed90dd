/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "test_rules.h"
#include "test_suite.h"

static struct rls_set *scoped(void)
{
    return test_set(NULL, "<field name=\"shop.city\"/><rule id=\"r\" severity=\"risk\">" TITLE
                          "<applies><all><field name=\"platform\" in=\"taobao 天猫\"/>"
                          "<field name=\"price\" gt=\"5\"/></all></applies>"
                          "<when><text in=\"title\" terms=\"w\"/></when>" REJECT "</rule>");
}

START_TEST(test_fields)
{
    struct rls_set *set = scoped();
    const char *near = "x";

    ck_assert(rls_set_field_known(set, RLS_LISTING, "title", &near));
    ck_assert_ptr_null(near);
    ck_assert(rls_set_field_known(set, RLS_LISTING, "attributes.材质", NULL));
    ck_assert(rls_set_field_known(set, RLS_LISTING, "shop.city", NULL));
    ck_assert(!rls_set_field_known(set, RLS_MESSAGE, "title", NULL));
    ck_assert(!rls_set_field_known(set, RLS_LISTING, "tilte", &near));
    ck_assert_str_eq(near, "title");
    ck_assert(!rls_set_field_known(set, RLS_LISTING, "zzzz", &near));
    ck_assert_ptr_null(near);
    ck_assert(!rls_set_field_known(set, RLS_LISTING, "", NULL));
    ck_assert(!rls_set_field_known(NULL, RLS_LISTING, "title", &near));
    ck_assert(!rls_set_field_known(set, 99, "title", &near));
    ck_assert(!rls_set_field_known(set, RLS_LISTING, NULL, &near));
    rls_set_unref(set);
}
END_TEST

START_TEST(test_values)
{
    struct rls_set *set = scoped();
    const char *near = "x";
    char long_value[1000];

    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", "taobao", &near));
    ck_assert_ptr_null(near);
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", " ＴaoBao", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", "天猫", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", "1688", NULL));
    ck_assert(!rls_set_value_known(set, RLS_LISTING, "platform", "taoboa", &near));
    ck_assert_str_eq(near, "taobao");
    ck_assert(!rls_set_value_known(set, RLS_LISTING, "platform", "zzzzzz", &near));
    ck_assert_ptr_null(near);

    /* Where the set cannot tell nothing is said against the value. */
    ck_assert(rls_set_value_known(set, RLS_LISTING, "channel", "x", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "price", "4", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "attributes.x", "4", NULL));
    ck_assert(rls_set_value_known(set, RLS_LISTING, "nothing", "4", NULL));
    ck_assert(rls_set_value_known(NULL, RLS_LISTING, "platform", "4", NULL));
    memset(long_value, 'a', sizeof long_value - 1);
    long_value[sizeof long_value - 1] = '\0';
    ck_assert(rls_set_value_known(set, RLS_LISTING, "platform", long_value, NULL));
    rls_set_unref(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("set_names");
    TCase *t = tcase_create("names");

    tcase_add_test(t, test_fields);
    tcase_add_test(t, test_values);
    suite_add_tcase(s, t);
    return test_run(s);
}
