/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a rule source: a set, or at least one error with a place. */
#include <librules/librules.h>

#include "target.h"

static int drop(void *user, const void *data, size_t len)
{
    (void)user;
    (void)data;
    (void)len;
    return 0;
}

static void check_diagnostics(const struct rls_compiler *c, size_t len)
{
    const struct rls_diagnostic *d;

    for (size_t i = 0; (d = rls_compiler_diagnostic(c, i)) != NULL; i++) {
        REQUIRE(d->code && d->message && d->message_zh);
        REQUIRE(d->line <= len + 1 && (d->line == 0) == (d->column == 0));
        REQUIRE(rls_diagnostic_write(d, "zh-CN", drop, NULL) == RLS_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct rls_compiler_options o = {.size = sizeof o, .flags = RLS_COMPILE_CASES};
    struct rls_compiler *c;
    struct rls_set *set;
    int st;

    REQUIRE(rls_compiler_new(&c, NULL, &o) == RLS_OK);
    st = rls_compiler_add_buffer(c, "f.xml", (const char *)data, len);
    REQUIRE(st == RLS_OK);
    st = rls_compiler_build(c, &set);
    check_diagnostics(c, len);
    if (st == RLS_OK) {
        struct rls_evaluator *ev;
        uint32_t actual;

        REQUIRE(rls_compiler_count(c, RLS_ERROR) == 0);
        REQUIRE(rls_evaluator_new(&ev, NULL, set, NULL) == RLS_OK);
        for (size_t i = 0; i < rls_set_case_count(set); i++)
            REQUIRE(rls_case_run(ev, rls_set_case_at(set, i), &actual, NULL) == RLS_OK);
        rls_evaluator_free(ev);
    } else {
        REQUIRE(st == RLS_ERR_COMPILE && !set && rls_compiler_count(c, RLS_ERROR) > 0);
    }
    rls_set_unref(set);
    rls_compiler_free(c);
    return 0;
}
