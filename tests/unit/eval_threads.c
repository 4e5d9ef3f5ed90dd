/* SPDX-License-Identifier: Apache-2.0 */
/* Threads check, reload and cancel at once; every report is of one set only. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include <check.h>

#include "test_rules.h"
#include "test_suite.h"

enum { THREADS = 4, RELOADS = 200 };

#define ONE(id, verdict)                                                                           \
    "<terms id=\"p" id "\"><pattern>矿.?机</pattern><pattern>[矿][^a]</pattern></terms>"        \
    "<rule id=\"" id "\" severity=\"risk\">" TITLE "<when><all><text in=\"title\" terms=\"w\"/>"   \
    "<text in=\"title\" terms=\"p" id "\"/></all></when>"                                          \
    "<outcome verdict=\"" verdict "\">" WORDS "</outcome></rule>"

static struct rls_holder *holder;
static struct rls_cancel token;
static atomic_bool stop;
static atomic_size_t checks, cancelled, mixed;

static void look(struct rls_evaluator *ev, const struct rls_report *r)
{
    struct rls_set *set = rls_report_set(r);

    /* Set one has one rule and rejects, set two has two and asks for review. */
    if (set != rls_evaluator_set(ev) || rls_report_finding_count(r) != rls_set_rule_count(set) ||
        rls_report_verdict(r) != (rls_set_rule_count(set) == 1 ? RLS_REJECT : RLS_REVIEW))
        atomic_fetch_add(&mixed, 1);
}

static void *work(void *arg)
{
    struct rls_check_options o = {.size = sizeof o, .cancel = &token};
    struct rls_evaluator *ev;

    (void)arg;
    if (rls_evaluator_new_held(&ev, NULL, holder, NULL) != RLS_OK)
        return NULL;
    while (!atomic_load(&stop)) {
        const struct rls_report *r;
        int st = rls_check_json(ev, RLS_LISTING, test_text("{\"title\":\"矿 机\"}"), &o, &r, NULL);

        if (st == RLS_ERR_CANCELLED)
            atomic_fetch_add(&cancelled, 1);
        else if (st == RLS_OK)
            look(ev, r);
        else
            atomic_fetch_add(&mixed, 1);
        atomic_fetch_add(&checks, 1);
    }
    rls_evaluator_free(ev);
    return NULL;
}

START_TEST(check_reload_cancel)
{
    struct rls_set *sets[2] = {test_set(NULL, ONE("a", "reject")),
                               test_set(NULL, ONE("a", "advise") ONE("b", "review"))};
    pthread_t threads[THREADS];

    ck_assert_int_eq(rls_holder_new(&holder, NULL, sets[0]), RLS_OK);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, NULL), 0);
    for (int i = 0; i < RELOADS; i++) {
        size_t seen = atomic_load(&checks);

        ck_assert_int_eq(rls_holder_publish(holder, sets[i % 2]), RLS_OK);
        if (i % 10 == 0)
            rls_cancel_request(&token);
        while (atomic_load(&checks) < seen + THREADS)
            ;
        rls_cancel_reset(&token);
    }
    atomic_store(&stop, true);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_eq(atomic_load(&mixed), 0);
    ck_assert_uint_gt(atomic_load(&cancelled), 0);
    ck_assert_uint_gt(atomic_load(&checks), atomic_load(&cancelled));
    ck_assert_uint_eq(rls_holder_generation(holder), RELOADS + 1);
    rls_holder_free(holder);
    rls_set_unref(sets[0]);
    rls_set_unref(sets[1]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("eval_threads");
    TCase *c = tcase_create("threads");

    tcase_set_timeout(c, 100);
    tcase_add_test(c, check_reload_cancel);
    suite_add_tcase(s, c);
    return test_run(s);
}
