/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/deadline.h"

enum { SECOND = 1000 };

static enum rls_truth negate(enum rls_truth t)
{
    return (enum rls_truth)(RLS_TRUE - t);
}

enum rls_truth truth_and(enum rls_truth a, enum rls_truth b)
{
    return a < b ? a : b;
}

static enum rls_truth between(bool surely, bool surely_not)
{
    return surely ? RLS_TRUE : surely_not ? RLS_FALSE : RLS_UNKNOWN;
}

static enum rls_truth happened(const struct point *p, int64_t now)
{
    if (p->state != POINT_KNOWN)
        return p->state == POINT_NEVER ? RLS_FALSE : RLS_UNKNOWN;
    return between(p->high <= now, p->low > now);
}

/* Whether p, if it happened at all, did so after q. */
static enum rls_truth is_after(const struct point *p, const struct point *q)
{
    if (p->state != POINT_KNOWN || q->state == POINT_UNKNOWN)
        return RLS_UNKNOWN;
    if (q->state == POINT_NEVER)
        return RLS_FALSE;
    return between(p->low >= q->high + SECOND, p->high < q->low + SECOND);
}

enum rls_truth timeline_passed(const struct timeline *t)
{
    const struct point now = {POINT_KNOWN, t->now, t->now};

    return is_after(&now, &t->due);
}

/* Happened by now, and no later than it was due. */
static enum rls_truth in_time(const struct timeline *t, const struct point *p)
{
    enum rls_truth by_now = happened(p, t->now);

    return by_now == RLS_FALSE ? RLS_FALSE : truth_and(by_now, negate(is_after(p, &t->due)));
}

static enum rls_truth counts(const struct timeline *t)
{
    return truth_and(happened(&t->starts, t->now), negate(in_time(t, &t->voided)));
}

enum rls_truth timeline_missed(const struct timeline *t)
{
    return truth_and(counts(t), truth_and(timeline_passed(t), negate(in_time(t, &t->met))));
}

enum rls_truth timeline_open(const struct timeline *t)
{
    enum rls_truth ended = happened(&t->met, t->now), voided = happened(&t->voided, t->now);

    return truth_and(happened(&t->starts, t->now), negate(ended > voided ? ended : voided));
}

enum rls_truth timeline_met_late(const struct timeline *t)
{
    enum rls_truth met = happened(&t->met, t->now);

    if (met == RLS_FALSE)
        return RLS_FALSE;
    return truth_and(counts(t), truth_and(met, is_after(&t->met, &t->due)));
}

static int64_t sooner(int64_t next, int64_t at, int64_t now)
{
    return at > now && at < next ? at : next;
}

static int64_t sooner_point(int64_t next, const struct point *p, int64_t now)
{
    if (p->state != POINT_KNOWN)
        return next;
    return sooner(sooner(next, p->low, now), p->high, now);
}

int64_t timeline_next(const struct timeline *t)
{
    int64_t next = sooner_point(INT64_MAX, &t->starts, t->now);

    next = sooner_point(next, &t->met, t->now);
    next = sooner_point(next, &t->voided, t->now);
    /* What is due is over with its last second. */
    if (t->due.state == POINT_KNOWN && timeline_open(t) != RLS_FALSE)
        next = sooner(sooner(next, t->due.low + SECOND, t->now), t->due.high + SECOND, t->now);
    return next;
}
