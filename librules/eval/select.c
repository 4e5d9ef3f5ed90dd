/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/select.h"

#include <string.h>

static bool has_key(const struct selector *s, const struct fact *value)
{
    return !s->key || (value->key_len == s->key_len && memcmp(value->key, s->key, s->key_len) == 0);
}

/* A condition that says what absence means wants no assumed value. */
static bool counts(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact)
{
    return fact < ev->assumed_from || s->absence == ABSENT_ASSUMED || s->field == FIELD_EVERY;
}

/* The value that is assumed of a bound record that has none: one for all of them. */
static uint32_t assumed_member(const struct rls_evaluator *ev, const struct selector *s)
{
    uint32_t last = s->absence == ABSENT_ASSUMED ? ev->facts.last[s->field] : 0;

    return last >= ev->assumed_from ? last : 0;
}

static bool is_of_record(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact)
{
    if (fact >= ev->assumed_from)
        return select_first(ev, s) == fact;
    return ev->facts.items[fact].record == ev->bound[s->record];
}

bool selects(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact)
{
    const struct fact *value = &ev->facts.items[fact];

    if (value->field == FIELD_UNKNOWN)
        return false;
    if (s->field == FIELD_EVERY)
        return ev->set->vocabulary.fields[value->field].shown && !value->read;
    return value->field == s->field && has_key(s, value) && counts(ev, s, fact) &&
           (!s->record || is_of_record(ev, s, fact));
}

static uint32_t take(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact)
{
    while (fact && !(has_key(s, &ev->facts.items[fact]) && counts(ev, s, fact)))
        fact = ev->facts.items[fact].next;
    return fact;
}

static uint32_t take_member(const struct rls_evaluator *ev, const struct selector *s, uint32_t from)
{
    uint32_t record = ev->bound[s->record];
    uint32_t fact = facts_member_from(&ev->facts, s->field, record, from);

    while (fact && !(has_key(s, &ev->facts.items[fact]) && counts(ev, s, fact)))
        fact = facts_member_from(&ev->facts, s->field, record, fact + 1);
    return fact;
}

uint32_t select_first(const struct rls_evaluator *ev, const struct selector *s)
{
    if (s->record) {
        uint32_t own = take_member(ev, s, ev->facts.records[ev->bound[s->record]].begin);

        return own ? own : assumed_member(ev, s);
    }
    return take(ev, s, facts_first(&ev->facts, s->field));
}

uint32_t select_next(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact)
{
    if (s->record)
        return take_member(ev, s, fact + 1);
    return take(ev, s, ev->facts.items[fact].next);
}

bool absence_is_unknown(const struct rls_evaluator *ev, const struct selector *s)
{
    if (!s->record && facts_records_odd(&ev->facts, s->field))
        return true;
    if (!s->record && s->absence == ABSENT_ASSUMED)
        return facts_records_unknown(&ev->facts, s->field);
    return s->absence == ABSENT_UNKNOWN && !facts_is_complete(&ev->facts, s->field);
}

bool selector_is_missing(const struct rls_evaluator *ev, const struct selector *s)
{
    return absence_is_unknown(ev, s) && !select_first(ev, s);
}

void note_assumed(struct rls_evaluator *ev, uint32_t fact)
{
    const struct fact *value = &ev->facts.items[fact];

    if (fact >= ev->assumed_from && !ev->explaining) {
        const struct field *f = &ev->set->vocabulary.fields[value->field];
        if (!report_add_assumption(&ev->report, f->name, f->assumed))
            ev->out_of_memory = true;
    }
}
