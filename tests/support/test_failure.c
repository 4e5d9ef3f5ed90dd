/* SPDX-License-Identifier: Apache-2.0 */
#include "test_failure.h"

#include <check.h>

enum { MOST_ALLOCATIONS = 100000, FEWEST_ALLOCATIONS = 20 };

int test_context(struct test_mem *mem, struct rls_context **out)
{
    struct rls_allocator a = test_allocator(mem);
    struct rls_context_options o = {.size = sizeof o, .allocator = &a};

    return rls_context_new(out, &o);
}

static void judge(const struct test_mem *mem, size_t n, int st)
{
    ck_assert_msg(st == RLS_OK || st == RLS_ERR_MEMORY, "allocation %zu gives %s", n,
                  rls_status_name(st));
    ck_assert_msg(mem->live_blocks == 0, "allocation %zu leaks", n);
    ck_assert_uint_lt(n, MOST_ALLOCATIONS);
}

void test_fail_each(struct test_mem *mem, int (*run)(void), bool for_good)
{
    size_t n = 0;
    int st;

    do {
        test_mem_init(mem);
        mem->fail_at = n;
        mem->persistent = for_good;
        st = run();
        judge(mem, n++, st);
    } while (mem->calls > mem->fail_at);
    ck_assert_int_eq(st, RLS_OK);
    ck_assert_uint_gt(n, FEWEST_ALLOCATIONS);
}

void test_fail_each_with(struct rls_set *set,
                         int (*run)(struct rls_context *ctx, struct rls_evaluator *ev))
{
    size_t n = 0;
    int st;

    do {
        struct test_mem mem;
        struct rls_context *ctx;
        struct rls_evaluator *ev;

        test_mem_init(&mem);
        ck_assert_int_eq(test_context(&mem, &ctx), RLS_OK);
        ck_assert_int_eq(rls_evaluator_new(&ev, ctx, set, NULL), RLS_OK);
        mem.fail_at = mem.calls + n;
        st = run(ctx, ev);
        rls_evaluator_free(ev);
        rls_context_unref(ctx);
        judge(&mem, n++, st);
    } while (st != RLS_OK);
    /* Something was there to fail. */
    ck_assert_uint_gt(n, 1);
}
