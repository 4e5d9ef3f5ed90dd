/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/options.h"

#include <time.h>

#include "base/limits.h"
#include "base/sized.h"
#include "eval/evaluator.h"

static int64_t system_now(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_REALTIME, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

uint64_t monotonic_ns(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
        return 0;
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int options_read(struct rls_check_options *out, const struct rls_check_options *given)
{
    int st = sized_read(out, sizeof *out, sizeof out->size, given);

    if (st != RLS_OK)
        return st;
    if (out->flags & ~(uint32_t)(RLS_CHECK_REDACT | RLS_CHECK_STRICT) ||
        out->has & ~(uint32_t)(RLS_HAS_NOW | RLS_HAS_AS_OF) ||
        (out->n_destinations && !out->destinations))
        return RLS_ERR_ARGUMENT;
    if (out->language && !language_known(out->language))
        return RLS_ERR_ARGUMENT;
    if (out->mapping)
        return RLS_ERR_UNSUPPORTED;
    if (!(out->has & RLS_HAS_NOW))
        out->now = system_now();
    if (!(out->has & RLS_HAS_AS_OF))
        out->as_of = out->now;
    if (!out->max_findings)
        out->max_findings = LIMIT_FINDINGS;
    if (!out->excerpt_bytes)
        out->excerpt_bytes = LIMIT_EXCERPT_BYTES;
    return RLS_OK;
}

bool cancel_requested(const struct rls_cancel *token)
{
    return token && __atomic_load_n(&token->state, __ATOMIC_RELAXED) != 0;
}

bool budget_is_spent(void *budget)
{
    struct budget *b = budget;

    if (b->stop == GO_ON && cancel_requested(b->cancel))
        b->stop = STOP_CANCELLED;
    if (b->stop == GO_ON && b->stop_at && monotonic_ns() >= b->stop_at)
        b->stop = STOP_DEADLINE;
    return b->stop != GO_ON;
}

void rls_cancel_request(struct rls_cancel *token)
{
    if (token)
        __atomic_store_n(&token->state, 1, __ATOMIC_RELAXED);
}

void rls_cancel_reset(struct rls_cancel *token)
{
    if (token)
        __atomic_store_n(&token->state, 0, __ATOMIC_RELAXED);
}
