/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/record.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "eval/condition.h"
#include "eval/evidence.h"
#include "eval/options.h"
#include "eval/witness.h"

uint32_t records_first(const struct rls_evaluator *ev, const struct record_test *t)
{
    uint32_t in = t->parent ? ev->bound[t->parent] : 0;
    const struct record_list *list = facts_list(&ev->facts, in, t->collection);

    return list ? list->first : 0;
}

uint32_t records_next(const struct rls_evaluator *ev, uint32_t record)
{
    return ev->facts.records[record].next;
}

bool records_unknown(const struct rls_evaluator *ev, const struct record_test *t)
{
    uint32_t in = t->parent ? ev->bound[t->parent] : 0;
    const struct record_list *list = facts_list(&ev->facts, in, t->collection);

    if (list)
        return list->unclear;
    return ev->set->vocabulary.collections[t->collection].absence == ABSENT_UNKNOWN &&
           !facts_part_is_complete(&ev->facts, t->name);
}

/* Looks between two glances at the clock. */
enum { LOOKS_BETWEEN = 64 };

/* The condition over one record; unknown when the check has looked at too many. */
static enum rls_truth look(struct rls_evaluator *ev, const struct condition *c, uint32_t record)
{
    if (ev->record_looks >= LIMIT_RECORD_LOOKS ||
        (ev->record_looks % LOOKS_BETWEEN == 0 && budget_is_spent(&ev->budget))) {
        ev->records_cut = true;
        return RLS_UNKNOWN;
    }
    ev->record_looks++;
    ev->bound[c->records->bound] = record;
    return condition_value(ev, c->children);
}

enum rls_truth some_value(struct rls_evaluator *ev, const struct condition *c)
{
    enum rls_truth best = records_unknown(ev, c->records) ? RLS_UNKNOWN : RLS_FALSE;

    for (uint32_t r = records_first(ev, c->records); r && best != RLS_TRUE;
         r = records_next(ev, r)) {
        enum rls_truth t = look(ev, c, r);

        if (t > best)
            best = t;
    }
    return best;
}

enum rls_truth every_value(struct rls_evaluator *ev, const struct condition *c)
{
    enum rls_truth worst = records_unknown(ev, c->records) ? RLS_UNKNOWN : RLS_TRUE;

    for (uint32_t r = records_first(ev, c->records); r && worst != RLS_FALSE;
         r = records_next(ev, r)) {
        enum rls_truth t = look(ev, c, r);

        if (t < worst)
            worst = t;
    }
    return worst;
}

static bool counts(const struct record_test *t, uint32_t n)
{
    switch (t->test) {
    case TEST_LT:
        return n < t->number;
    case TEST_LE:
        return n <= t->number;
    case TEST_GT:
        return n > t->number;
    case TEST_GE:
        return n >= t->number;
    default:
        return n == t->number;
    }
}

/* Whether the test comes to the same for every number that it may be. */
static enum rls_truth count_between(const struct record_test *t, uint32_t least, uint32_t most)
{
    bool first = counts(t, least), last = counts(t, most);

    if (first != last ||
        (t->test == TEST_IS && least < most && least <= t->number && t->number <= most))
        return RLS_UNKNOWN;
    return first ? RLS_TRUE : RLS_FALSE;
}

enum rls_truth count_value(struct rls_evaluator *ev, const struct condition *c)
{
    uint32_t sure = 0, perhaps = 0;

    for (uint32_t r = records_first(ev, c->records); r; r = records_next(ev, r)) {
        enum rls_truth t = look(ev, c, r);

        sure += t == RLS_TRUE;
        perhaps += t == RLS_UNKNOWN;
    }
    return count_between(c->records, sure,
                         records_unknown(ev, c->records) ? UINT32_MAX : sure + perhaps);
}

static void quote(struct rls_evaluator *ev, const struct condition *c, enum rls_truth wanted)
{
    unsigned quoted = 0;

    for (uint32_t r = records_first(ev, c->records); r && quoted < LIMIT_EVIDENCE;
         r = records_next(ev, r)) {
        if (look(ev, c, r) != wanted)
            continue;
        quoted++;
        if (wanted == RLS_TRUE)
            condition_quote(ev, c->children);
        else
            condition_quote_against(ev, c->children);
    }
}

void records_quote(struct rls_evaluator *ev, const struct condition *c)
{
    quote(ev, c, RLS_TRUE);
}

void records_quote_against(struct rls_evaluator *ev, const struct condition *c)
{
    quote(ev, c, RLS_FALSE);
}

void records_missing(struct rls_evaluator *ev, const struct condition *c)
{
    unsigned asked = 0;

    if (records_unknown(ev, c->records) || ev->records_cut)
        witness_missing(ev, c->records->name);
    for (uint32_t r = records_first(ev, c->records); r && asked < LIMIT_EVIDENCE;
         r = records_next(ev, r)) {
        if (look(ev, c, r) != RLS_UNKNOWN)
            continue;
        asked++;
        condition_missing(ev, c->children);
    }
}

/* --- names ---------------------------------------------------------------------------------- */

/* What a record adds to the path of the one it stands in. */
static const char *own_name(const struct rls_evaluator *ev, uint32_t record)
{
    const struct record *r = &ev->facts.records[record];
    const char *name = ev->set->vocabulary.collections[r->collection].name;

    if (!r->parent)
        return name;
    return name +
           strlen(ev->set->vocabulary.collections[ev->facts.records[r->parent].collection].name);
}

const char *record_path(struct rls_evaluator *ev, uint32_t record)
{
    enum { NUMBER = 16 };
    size_t room = 1, at = 0, n = 0;
    uint32_t chain[LIMIT_JSON_DEPTH];
    char *out;

    for (uint32_t r = record; r && n < LIMIT_JSON_DEPTH; r = ev->facts.records[r].parent) {
        chain[n++] = r;
        room += strlen(own_name(ev, r)) + NUMBER;
    }
    out = arena_alloc(&ev->report.arena, room);
    while (out && n > 0) {
        uint32_t r = chain[--n];

        at += (size_t)snprintf(out + at, room - at, "%s[%u]", own_name(ev, r),
                               (unsigned)ev->facts.records[r].index);
    }
    return out;
}

/* Whether the fact is the member "id" of its record, declared or not. */
static bool is_id(const struct rls_evaluator *ev, const struct fact *value, const char *collection)
{
    const char *name = value->key;
    size_t n = strlen(collection), len = value->key_len;

    if (value->field != FIELD_UNKNOWN) {
        name = ev->set->vocabulary.fields[value->field].name;
        len = strlen(name);
        /* A key of the collection's family. */
        if (value->key)
            return len == n && memcmp(name, collection, n) == 0 && value->key_len == 2 &&
                   memcmp(value->key, "id", 2) == 0;
    }
    return len == n + 3 && memcmp(name, collection, n) == 0 && memcmp(name + n, ".id", 3) == 0;
}

const char *record_id(struct rls_evaluator *ev, uint32_t record, bool *ok)
{
    const struct record *r = &ev->facts.records[record];
    const char *collection = ev->set->vocabulary.collections[r->collection].name;

    for (uint32_t i = r->begin; i < r->end; i++) {
        const struct fact *value = &ev->facts.items[i];

        if (value->record != record || !value->text || !is_id(ev, value, collection))
            continue;
        {
            const char *id = evidence_text(ev, value->text, value->text_len);

            *ok = *ok && id;
            return id;
        }
    }
    return NULL;
}
