/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/deadline_test.h"

#include "eval/deadline.h"
#include "eval/value.h"

/* A deadline whose instants are fields of the document. */

static struct point point_of(const struct evaluated *v)
{
    switch (v->state) {
    case VALUE_KNOWN:
        return (struct point){POINT_KNOWN, v->value.moment.low, v->value.moment.high};
    case VALUE_NOTHING:
        return (struct point){POINT_NEVER, 0, 0};
    default:
        return (struct point){POINT_UNKNOWN, 0, 0};
    }
}

static struct point point_at(struct rls_evaluator *ev, const struct expression *x)
{
    struct evaluated v = {.state = VALUE_NOTHING};

    if (x)
        expression_evaluate(ev, x, &v);
    return point_of(&v);
}

/* What is due includes its last second: later and earlier are counted from there. */
static void evaluate_due(struct rls_evaluator *ev, const struct deadline_test *t,
                         struct evaluated *out)
{
    expression_evaluate(ev, &t->due, out);
    moment_end(out);
    if (t->by && out->state == VALUE_KNOWN) {
        (void)expression_shift(ev, &t->due, out, t->by, false);
        moment_end(out);
    }
}

static struct timeline lay_out(struct rls_evaluator *ev, const struct deadline_test *t)
{
    struct evaluated due;

    evaluate_due(ev, t, &due);
    return (struct timeline){.now = ev->report.options.clock,
                             .starts = point_at(ev, &t->starts),
                             .due = point_of(&due),
                             .met = point_at(ev, t->met),
                             .voided = point_at(ev, t->voided)};
}

static void expect(struct rls_evaluator *ev, int64_t instant)
{
    if (!ev->explaining)
        report_expect(&ev->report, instant);
}

/* The first second in which people are told; INT64_MAX: that cannot be told. */
static int64_t warned_from(struct rls_evaluator *ev, const struct deadline_test *t)
{
    struct evaluated due;

    evaluate_due(ev, t, &due);
    if (due.state == VALUE_KNOWN)
        (void)expression_shift(ev, &t->due, &due, t->warn, true);
    return due.state == VALUE_KNOWN ? due.value.moment.low : INT64_MAX;
}

/* Open, not due yet, and soon will be. */
static bool is_close(struct rls_evaluator *ev, const struct deadline_test *t,
                     const struct timeline *line)
{
    int64_t from;

    if (!t->warn || timeline_open(line) != RLS_TRUE || timeline_passed(line) != RLS_FALSE)
        return false;
    from = warned_from(ev, t);
    if (from > line->now)
        expect(ev, from);
    return from <= line->now;
}

enum rls_truth missed_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct timeline line = lay_out(ev, c->deadline);
    enum rls_truth missed = timeline_missed(&line);

    expect(ev, timeline_next(&line));
    if (ev->foreseeing && missed == RLS_FALSE && is_close(ev, c->deadline, &line))
        return RLS_TRUE;
    return missed;
}

enum rls_truth open_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct timeline line = lay_out(ev, c->deadline);

    expect(ev, timeline_next(&line));
    return timeline_open(&line);
}

enum rls_truth met_late_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct timeline line = lay_out(ev, c->deadline);

    expect(ev, timeline_next(&line));
    return timeline_met_late(&line);
}

/* --- what it rests on ------------------------------------------------------------------------ */

void deadline_quote_against(struct rls_evaluator *ev, const struct condition *c)
{
    const struct deadline_test *t = c->deadline;

    expression_quote(ev, &t->starts);
    expression_quote(ev, &t->due);
    if (t->met)
        expression_quote(ev, t->met);
    if (t->voided)
        expression_quote(ev, t->voided);
}

static enum deadline_state state_of(const struct timeline *line)
{
    if (timeline_passed(line) != RLS_TRUE)
        return DEADLINE_OPEN;
    if (timeline_open(line) != RLS_FALSE)
        return DEADLINE_OVERDUE;
    return timeline_met_late(line) == RLS_TRUE ? DEADLINE_MET_LATE : DEADLINE_LAPSED;
}

/* Of several the gravest counts, then the one that was due first. */
static void tell(struct rls_evaluator *ev, enum deadline_state state, int64_t due)
{
    struct told *told = &ev->told;

    if (state > told->state || (state == told->state && due < told->due))
        *told = (struct told){(uint8_t)state, due};
}

void deadline_quote(struct rls_evaluator *ev, const struct condition *c)
{
    const struct timeline line = lay_out(ev, c->deadline);

    deadline_quote_against(ev, c);
    if (line.due.state == POINT_KNOWN)
        tell(ev, c->kind == CONDITION_OPEN ? DEADLINE_OPEN : state_of(&line), line.due.high);
}

/* Names what is unknown, or else all: then it is known and too vague. */
static bool miss_all(struct rls_evaluator *ev, const struct deadline_test *t, bool all)
{
    const struct expression *const parts[] = {&t->starts, &t->due, t->met, t->voided, t->by};
    bool any = false;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i])
            any = expression_missing(ev, parts[i], all) || any;
    return any;
}

/* The calendar of a year that counting from the last second on needs. */
static bool miss_calendar(struct rls_evaluator *ev, const struct deadline_test *t)
{
    struct evaluated due;

    expression_evaluate(ev, &t->due, &due);
    moment_end(&due);
    if (!t->by || due.state != VALUE_KNOWN ||
        expression_shift(ev, &t->due, &due, t->by, false) != SHIFT_NO_CALENDAR)
        return false;
    calendar_missing(ev, due.value.moment.low);
    return true;
}

void deadline_missing(struct rls_evaluator *ev, const struct condition *c)
{
    bool calendar = miss_calendar(ev, c->deadline);

    if (!miss_all(ev, c->deadline, false) && !calendar)
        (void)miss_all(ev, c->deadline, true);
}
