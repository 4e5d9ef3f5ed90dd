/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/counter.h"

#include <string.h>

#include "base/limits.h"
#include "eval/witness.h"

/* One counter of the host. */
struct reading {
    const struct fact *name, *window, *value, *numerator, *denominator, *up_to;
};

static void take(const struct fact **to, const struct fact *value)
{
    if (!*to)
        *to = value;
}

static struct reading read_counter(const struct rls_evaluator *ev, const struct counter_test *t,
                                   uint32_t record)
{
    const struct record *r = &ev->facts.records[record];
    struct reading out = {0};

    for (uint32_t i = r->begin; i < r->end; i++) {
        const struct fact *value = &ev->facts.items[i];

        if (value->record != record)
            continue;
        if (value->field == t->fields.name)
            take(&out.name, value);
        else if (value->field == t->fields.window)
            take(&out.window, value);
        else if (value->field == t->fields.value)
            take(&out.value, value);
        else if (value->field == t->fields.numerator)
            take(&out.numerator, value);
        else if (value->field == t->fields.denominator)
            take(&out.denominator, value);
        else if (value->field == t->fields.up_to)
            take(&out.up_to, value);
    }
    return out;
}

static bool is_text(const struct fact *value, const char *text)
{
    return value && value->text && value->text_len == strlen(text) &&
           memcmp(value->text, text, value->text_len) == 0;
}

static bool is_meant(const struct counter_test *t, const struct reading *c)
{
    return is_text(c->name, t->name) && (!t->window || is_text(c->window, t->window));
}

static bool known(const struct fact *value)
{
    return value && value->state == VALUE_KNOWN;
}

#define DAY_MS INT64_C(86400000)
#define CHINA_MS INT64_C(28800000)

static int64_t day_of(int64_t instant)
{
    int64_t at = instant + CHINA_MS;

    return at / DAY_MS - (at % DAY_MS < 0);
}

/* The day on which a natural day count begins is not counted. */
static bool is_fresh(const struct rls_evaluator *ev, const struct counter_test *t,
                     const struct reading *c)
{
    int64_t now = ev->report.options.clock;

    if (t->max_age < 0 && t->max_days < 0)
        return true;
    if (!known(c->up_to) || c->up_to->instant > now + DAY_MS)
        return false;
    if (t->max_days >= 0)
        return day_of(now) - day_of(c->up_to->instant) <= t->max_days;
    return now - c->up_to->instant <= t->max_age;
}

static bool compare(uint8_t test, int order)
{
    switch (test) {
    case TEST_LT:
        return order < 0;
    case TEST_LE:
        return order <= 0;
    case TEST_GT:
        return order > 0;
    case TEST_GE:
        return order >= 0;
    default:
        return order == 0;
    }
}

/* Of one counter: exactly, by the products across. */
static enum rls_truth judge(const struct rls_evaluator *ev, const struct counter_test *t,
                            const struct reading *c)
{
    struct decimal one = {1, 0};
    bool fraction = !c->value && known(c->numerator) && known(c->denominator) &&
                    c->denominator->number.coefficient > 0;
    int order;

    if (!is_fresh(ev, t, c) || (!known(c->value) && !fraction))
        return RLS_UNKNOWN;
    order = fraction ? decimal_compare_products(c->numerator->number, one, t->limit,
                                                c->denominator->number)
                     : decimal_compare(c->value->number, t->limit);
    return compare(t->test, order) ? RLS_TRUE : RLS_FALSE;
}

static uint32_t first_counter(const struct rls_evaluator *ev, const struct counter_test *t)
{
    const struct record_list *list = facts_list(&ev->facts, 0, t->collection);

    return list ? list->first : 0;
}

/* What all counters of the name and window agree on; unknown when there is none. */
enum rls_truth counter_value(struct rls_evaluator *ev, const struct condition *c)
{
    const struct counter_test *t = c->counter;
    bool any = false;
    enum rls_truth agreed = RLS_UNKNOWN;

    for (uint32_t r = first_counter(ev, t); r; r = ev->facts.records[r].next) {
        struct reading one = read_counter(ev, t, r);
        enum rls_truth truth;

        if (!is_meant(t, &one))
            continue;
        truth = judge(ev, t, &one);
        if (any && truth != agreed)
            return RLS_UNKNOWN;
        any = true;
        agreed = truth;
    }
    return agreed;
}

static void quote_number(struct rls_evaluator *ev, const struct fact *value)
{
    if (value)
        witness_quote(ev, &(struct candidate_evidence){.fact = (uint32_t)(value - ev->facts.items),
                                                       .end = (uint32_t)value->text_len,
                                                       .hit = HIT_NONE});
}

void counter_quote(struct rls_evaluator *ev, const struct condition *c)
{
    const struct counter_test *t = c->counter;
    unsigned quoted = 0;

    for (uint32_t r = first_counter(ev, t); r && quoted < LIMIT_EVIDENCE;
         r = ev->facts.records[r].next) {
        struct reading one = read_counter(ev, t, r);

        if (!is_meant(t, &one))
            continue;
        quoted++;
        if (known(one.value)) {
            quote_number(ev, one.value);
            continue;
        }
        quote_number(ev, one.numerator);
        quote_number(ev, one.denominator);
    }
}

void counter_quote_against(struct rls_evaluator *ev, const struct condition *c)
{
    counter_quote(ev, c);
}

void counter_missing(struct rls_evaluator *ev, const struct condition *c)
{
    witness_missing(ev, ev->set->vocabulary.collections[c->counter->collection].name);
}
