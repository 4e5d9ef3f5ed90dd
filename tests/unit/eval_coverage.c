/* SPDX-License-Identifier: Apache-2.0 */
/* What documents make of conditions, and the conditions without any document. */
#include <string.h>

#include <check.h>

#include "test_failure.h"
#include "test_rules.h"
#include "test_suite.h"

#define RULES                                                                                      \
    "<field name='n' type='number'/>"                                                              \
    "<condition id='cheap'><field name='price' lt='5'/></condition>"                               \
    "<rule id='a' severity='risk'>" TITLE "<applies><field name='platform' is='1688'/></applies>"  \
    "<when><all><text in='title' terms='w'/><use condition='cheap'/></all></when>"                 \
    "<unless><field name='brand' is='甲'/></unless>"                                              \
    "<grace until='2100-01-01'><field name='n' ge='5'/></grace>"                                   \
    "<outcome verdict='review'><grade points='1'><field name='n' gt='1'/></grade>" WORDS           \
    "</outcome><version until='2020-01-01'/>"                                                      \
    "<version from='2020-01-01'><require id='q'><field name='origin' present='yes'/>"              \
    "</require></version>"                                                                         \
    "<case expect='none'><listing><title>杯</title><price>9</price></listing></case></rule>"      \
    "<rule id='b' severity='risk'>" TITLE                                                          \
    "<when><count in='skus' as='s' ge='2'><field name='$s.price' gt='1'/></count></when>" REJECT   \
    "</rule><rule id='c' severity='risk'>" TITLE                                                   \
    "<when><counter name='late' gt='5%'/></when>" REJECT "</rule>"                                 \
    "<rule id='off' severity='risk' mode='off'>" TITLE                                             \
    "<when><text in='title' terms='w'/></when>" REJECT "</rule>"

static struct rls_set *set;
static struct rls_evaluator *ev;
static struct rls_outline *outline;

static void setup(void)
{
    set = test_set(NULL, RULES);
    ck_assert_int_eq(rls_evaluator_new(&ev, NULL, set, NULL), RLS_OK);
    ck_assert_int_eq(rls_outline_new(&outline, NULL, set), RLS_OK);
    ck_assert_int_eq(rls_evaluator_tally(ev, true), RLS_OK);
}

static void teardown(void)
{
    rls_outline_free(outline);
    rls_evaluator_free(ev);
    rls_set_unref(set);
}

/* What the first condition with the operand came to. */
static uint32_t seen(const char *operand)
{
    const struct rls_condition *c;

    for (size_t i = 0; (c = rls_outline_at(outline, i)); i++)
        if (strcmp(c->operand, operand) == 0)
            return rls_evaluator_seen(ev, c->number);
    ck_abort_msg("no condition %s", operand);
}

START_TEST(the_outline_has_every_condition)
{
    static const struct {
        const char *version, *part, *owner, *operation;
        uint32_t depth, bound;
    } want[] = {
        {"", "applies", NULL, "field", 0, 0},
        {"", "when", NULL, "all", 0, 0},
        {"", "when", NULL, "text", 1, 0},
        {"", "when", NULL, "use", 1, 0},
        {"", "when", NULL, "field", 2, 1},
        {"", "unless", NULL, "field", 0, 0},
        {"", "grace", NULL, "field", 0, 1},
        {"", "grade", NULL, "field", 0, 1},
        {"2020-01-01", "applies", NULL, "field", 0, 0},
        {"2020-01-01", "when", NULL, "all", 0, 0},
        {"2020-01-01", "when", NULL, "text", 1, 0},
        {"2020-01-01", "when", NULL, "use", 1, 0},
        {"2020-01-01", "when", NULL, "field", 2, 1},
        {"2020-01-01", "require", "q", "field", 0, 0},
        {"2020-01-01", "unless", NULL, "field", 0, 0},
        {"2020-01-01", "grace", NULL, "field", 0, 1},
        {"2020-01-01", "grade", NULL, "field", 0, 1},
        {"", "when", NULL, "count", 0, 1},
        {"", "when", NULL, "field", 1, 1},
        {"", "when", NULL, "counter", 0, 1},
    };
    size_t n = sizeof want / sizeof *want;

    ck_assert_uint_eq(rls_outline_count(outline), n);
    for (size_t i = 0; i < n; i++) {
        const struct rls_condition *c = rls_outline_at(outline, i);

        ck_assert_str_eq(c->version, want[i].version);
        ck_assert_str_eq(c->part, want[i].part);
        ck_assert_str_eq(c->operation, want[i].operation);
        ck_assert_pstr_eq(c->owner, want[i].owner);
        ck_assert_uint_eq(c->depth, want[i].depth);
        ck_assert_uint_eq(c->bound, want[i].bound);
        ck_assert_uint_gt(c->line, 0);
        ck_assert_ptr_nonnull(c->source);
    }
    ck_assert_uint_eq(rls_outline_at(outline, 4)->number, rls_outline_at(outline, 12)->number);
    ck_assert_ptr_null(rls_outline_at(outline, n));
}
END_TEST

START_TEST(truths_are_kept)
{
    const char *price = "name=\"price\" lt=\"5\"", *text = "in=\"title\" terms=\"w\"";

    ck_assert_uint_eq(seen(text), 0);
    (void)test_json(ev, "{\"title\":\"杯\",\"price\":1}", NULL);
    ck_assert_uint_eq(seen(text), RLS_SEEN_FALSE);
    /* Judging did not come so far. */
    ck_assert_uint_eq(seen(price), 0);
    (void)test_json(ev, "{\"title\":\"矿机\",\"price\":1}", NULL);
    ck_assert_uint_eq(seen(text), RLS_SEEN_FALSE | RLS_SEEN_TRUE);
    ck_assert_uint_eq(seen(price), RLS_SEEN_TRUE | RLS_SEEN_BELOW);
    (void)test_json(ev, "{\"title\":\"矿机\",\"price\":5}", NULL);
    ck_assert_uint_eq(seen(price), RLS_SEEN_TRUE | RLS_SEEN_FALSE | RLS_SEEN_BELOW | RLS_SEEN_ON);
    (void)test_json(ev, "{\"title\":\"矿机\",\"price\":\"面议\"}", NULL);
    ck_assert_uint_eq(seen(price), RLS_SEEN_TRUE | RLS_SEEN_FALSE | RLS_SEEN_UNKNOWN |
                                       RLS_SEEN_BELOW | RLS_SEEN_ON);
    (void)test_json(ev, "{\"title\":\"矿机\",\"price\":6}", NULL);
    ck_assert_uint_eq(seen(price), 63);
    ck_assert_int_eq(rls_evaluator_tally(ev, true), RLS_OK);
    ck_assert_uint_eq(seen(price), 0);
}
END_TEST

START_TEST(records_and_counters_stand_to_bounds)
{
    const char *count = "in=\"skus\" as=\"s\" ge=\"2\"", *price = "name=\"$s.price\" gt=\"1\"";
    const char *counter = "name=\"late\" gt=\"5%\"";

    (void)test_json(ev, "{\"skus\":[{\"price\":2}]}", NULL);
    ck_assert_uint_eq(seen(count), RLS_SEEN_FALSE | RLS_SEEN_BELOW);
    ck_assert_uint_eq(seen(price), RLS_SEEN_TRUE | RLS_SEEN_ABOVE);
    (void)test_json(ev, "{\"skus\":[{\"price\":2},{\"price\":1},{\"price\":9}]}", NULL);
    ck_assert_uint_eq(seen(count), RLS_SEEN_FALSE | RLS_SEEN_TRUE | RLS_SEEN_BELOW | RLS_SEEN_ON);
    ck_assert_uint_eq(seen(price), RLS_SEEN_FALSE | RLS_SEEN_TRUE | RLS_SEEN_ON | RLS_SEEN_ABOVE);
    (void)test_json(ev, "{\"counters\":[{\"name\":\"late\",\"numerator\":1,\"denominator\":20}]}",
                    NULL);
    ck_assert_uint_eq(seen(counter) & ~(uint32_t)RLS_SEEN_UNKNOWN, RLS_SEEN_FALSE | RLS_SEEN_ON);
}
END_TEST

/* Of a case, the conditions of its rule alone; afterwards those of all again, and in the end none.
 */
START_TEST(what_counts)
{
    const char *count = "in=\"skus\" as=\"s\" ge=\"2\"";
    uint32_t actual;

    ck_assert_int_eq(rls_case_run(ev, rls_set_case_at(set, 0), &actual, NULL), RLS_OK);
    ck_assert_uint_eq(seen("in=\"title\" terms=\"w\""), RLS_SEEN_FALSE);
    ck_assert_uint_eq(seen(count), 0);
    (void)test_json(ev, "{\"skus\":[]}", NULL);
    ck_assert_uint_ne(seen(count), 0);
    ck_assert_int_eq(rls_evaluator_tally(ev, true), RLS_OK);
    ck_assert_int_eq(rls_evaluator_tally(ev, false), RLS_OK);
    (void)test_json(ev, "{\"skus\":[]}", NULL);
    ck_assert_uint_eq(seen(count), 0);
}
END_TEST

/* Rules that sleep would come to nothing, so findings are the same without them. */
START_TEST(findings_stay_the_same)
{
    static const char *const documents[] = {"{\"title\":\"矿机\",\"price\":1}",
                                            "{\"title\":\"杯\"}",
                                            "{\"skus\":[{\"price\":2},{\"price\":3}]}"};

    for (size_t i = 0; i < 3; i++) {
        struct rls_report *with;
        const struct rls_report *without;

        ck_assert_int_eq(rls_evaluator_tally(ev, true), RLS_OK);
        ck_assert_int_eq(rls_report_copy(&with, test_json(ev, documents[i], NULL)), RLS_OK);
        ck_assert_int_eq(rls_evaluator_tally(ev, false), RLS_OK);
        without = test_json(ev, documents[i], NULL);
        ck_assert_uint_eq(rls_report_verdict(with), rls_report_verdict(without));
        ck_assert_uint_eq(rls_report_finding_count(with), rls_report_finding_count(without));
        for (size_t f = 0; f < rls_report_finding_count(with); f++)
            ck_assert_str_eq(rls_finding_id(rls_report_finding(with, f)),
                             rls_finding_id(rls_report_finding(without, f)));
        rls_report_free(with);
    }
}
END_TEST

START_TEST(misuse)
{
    struct rls_outline *o = outline;

    ck_assert_int_eq(rls_outline_new(NULL, NULL, set), RLS_ERR_ARGUMENT);
    ck_assert_int_eq(rls_outline_new(&o, NULL, NULL), RLS_ERR_ARGUMENT);
    ck_assert_ptr_null(o);
    ck_assert_uint_eq(rls_outline_count(NULL), 0);
    ck_assert_ptr_null(rls_outline_at(NULL, 0));
    rls_outline_free(NULL);
    ck_assert_int_eq(rls_evaluator_tally(NULL, true), RLS_ERR_ARGUMENT);
    ck_assert_uint_eq(rls_evaluator_seen(NULL, 0), 0);
    ck_assert_uint_eq(rls_evaluator_seen(ev, UINT32_MAX), 0);
    (void)test_json(ev, "{\"title\":\"杯\"}", NULL);
    ck_assert_uint_ne(seen("in=\"title\" terms=\"w\""), 0);
    ck_assert_int_eq(rls_evaluator_rebind(ev, set), RLS_OK);
    ck_assert_uint_eq(seen("in=\"title\" terms=\"w\""), 0);
}
END_TEST

START_TEST(version_by)
{
    struct rls_set *dated =
        test_set(NULL, "<field name='made' type='instant'/>"
                       "<rule id='r' severity='risk' version-by='made'>" TITLE
                       "<when><text in='title' terms='w'/></when>" REJECT "</rule>");

    ck_assert_str_eq(rls_rule_version_by(rls_set_rule_at(dated, 0)), "made");
    ck_assert_ptr_null(rls_rule_version_by(rls_set_rule_at(set, 0)));
    rls_set_unref(dated);
}
END_TEST

static int try_all(struct rls_context *ctx, struct rls_evaluator *tight)
{
    struct rls_outline *o;
    int st = rls_outline_new(&o, ctx, set);

    if (st == RLS_OK)
        st = rls_evaluator_tally(tight, true);
    rls_outline_free(o);
    return st;
}

START_TEST(memory_is_short)
{
    test_fail_each_with(set, try_all);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_coverage");
    TCase *t = tcase_create("coverage");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_outline_has_every_condition);
    tcase_add_test(t, truths_are_kept);
    tcase_add_test(t, records_and_counters_stand_to_bounds);
    tcase_add_test(t, what_counts);
    tcase_add_test(t, findings_stay_the_same);
    tcase_add_test(t, misuse);
    tcase_add_test(t, version_by);
    tcase_add_test(t, memory_is_short);
    suite_add_tcase(s, t);
    return test_run(s);
}
