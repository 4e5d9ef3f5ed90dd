/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/probe.h"

#include <string.h>

#include <librules/coverage.h>

#include "eval/condition.h"

void probe_reset(struct probe *p)
{
    p->on = p->counting = p->keeping = p->counts = false;
    p->only = NULL;
    p->replaced = NULL;
    p->n_seen = 0;
}

void probe_clear(struct probe *p, const struct mem *mem)
{
    mem_release(mem, p->seen, p->cap_seen);
    mem_release(mem, p->guards, p->cap_guards * sizeof *p->guards);
    mem_release(mem, p->selectors, p->cap_selectors * sizeof *p->selectors);
    mem_release(mem, p->operands, p->cap_operands * sizeof *p->operands);
}

void probe_switch(struct probe *p)
{
    p->on = p->counting || probe_wakes(p);
}

void probe_count(struct probe *p, bool counting)
{
    p->counting = counting;
    probe_switch(p);
}

size_t probe_memory(const struct probe *p)
{
    return p->cap_seen + p->cap_guards * sizeof *p->guards +
           p->cap_selectors * sizeof *p->selectors + p->cap_operands * sizeof *p->operands;
}

void probe_change_test(struct condition *c, uint8_t test, union changed_test *room)
{
    switch (c->kind) {
    case CONDITION_FIELD:
        room->field = *c->field;
        room->field.test = test;
        c->field = &room->field;
        break;
    case CONDITION_COMPARE:
        room->comparison = *c->compare;
        room->comparison.test.test = test;
        c->compare = &room->comparison;
        break;
    case CONDITION_COUNT:
        room->records = *c->records;
        room->records.test = test;
        c->records = &room->records;
        break;
    default:
        room->counter = *c->counter;
        room->counter.test = test;
        c->counter = &room->counter;
    }
}

/* Where values stand to a bound is where a test for that would hold. */
static uint32_t sides_of(struct rls_evaluator *ev, const struct condition *c)
{
    static const struct {
        uint8_t test, side;
    } tests[] = {{TEST_LT, RLS_SEEN_BELOW}, {TEST_IS, RLS_SEEN_ON}, {TEST_GT, RLS_SEEN_ABOVE}};
    uint32_t sides = 0;

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        struct condition other = *c;
        union changed_test room;

        probe_change_test(&other, tests[i].test, &room);
        if (other.kind == CONDITION_FIELD)
            room.field.every = false;
        if (condition_value(ev, &other) == RLS_TRUE)
            sides |= tests[i].side;
    }
    return sides;
}

void probe_see(struct rls_evaluator *ev, const struct condition *c, uint32_t truth)
{
    static const uint8_t seen[] = {
        [RLS_FALSE] = RLS_SEEN_FALSE, [RLS_UNKNOWN] = RLS_SEEN_UNKNOWN, [RLS_TRUE] = RLS_SEEN_TRUE};
    uint32_t sides = 0;

    /* What is asked for the sides is no judgement. */
    ev->probe.counts = false;
    if (condition_bound(c) != TEST_IS)
        sides = sides_of(ev, c);
    ev->probe.counts = true;
    ev->probe.seen[c->number] |= (uint8_t)(seen[truth] | sides);
}

static int tally(struct rls_evaluator *ev, bool on)
{
    struct probe *p = &ev->probe;
    size_t n = ev->set->n_conditions;

    if (on) {
        if (!mem_grow(&ev->mem, &p->seen, &p->cap_seen, n, 1))
            return RLS_ERR_MEMORY;
        if (n)
            memset(p->seen, 0, n);
        p->n_seen = n;
    }
    p->keeping = on;
    probe_switch(p);
    return RLS_OK;
}

int rls_evaluator_tally(struct rls_evaluator *ev, bool on)
{
    int st;

    if (!ev)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    evaluator_follow(ev);
    st = tally(ev, on);
    evaluator_leave(ev);
    return st;
}

uint32_t rls_evaluator_seen(const struct rls_evaluator *ev, uint32_t number)
{
    return ev && number < ev->probe.n_seen ? ev->probe.seen[number] : 0;
}
