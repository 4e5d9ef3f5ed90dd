/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

/*
 * Which rules a hit of a terms set must wake. A rule may sleep only if no version of it can be
 * true or unknown without a hit: `when` is then surely false, and what the scope says is no matter.
 */
struct wake_set {
    const uint32_t *lists;
    uint32_t n;
    uint64_t terms; /* in the lists: the fewer, the rarer a hit */
    bool sleeps;    /* false: the condition can hold without any hit */
};

static const struct wake_set always = {NULL, 0, 0, false};

/* Whether a look into the field without any text is false rather than unknown. */
static bool is_false_when_absent(const struct selector *s)
{
    return s->absence == ABSENT_EMPTY;
}

static struct wake_set wake_text(const struct build *b, const struct text_test *t)
{
    struct wake_set w = {t->term_sets, t->n_term_sets, 0, true};

    for (uint32_t i = 0; i < t->n_selectors; i++)
        if (!is_false_when_absent(&t->selectors[i]))
            return always;
    for (uint32_t i = 0; i < t->n_term_sets; i++)
        w.terms += b->list_sizes[t->term_sets[i]];
    return w;
}

/* No part may lack: the rarest will do. */
static struct wake_set wake_near(const struct build *b, const struct near_test *t)
{
    struct wake_set best = wake_text(b, t->parts);

    for (uint32_t i = 1; i < t->n_parts && best.sleeps; i++) {
        struct wake_set w = wake_text(b, &t->parts[i]);

        if (w.terms < best.terms)
            best = w;
    }
    return best;
}

static struct wake_set wake_condition(struct build *b, const struct condition *c);

/* One false child makes all false: the rarest will do. */
static struct wake_set wake_all(struct build *b, const struct condition *c)
{
    struct wake_set best = always;

    for (uint32_t i = 0; i < c->n_children; i++) {
        struct wake_set w = wake_condition(b, &c->children[i]);

        if (w.sleeps && (!best.sleeps || w.terms < best.terms))
            best = w;
    }
    return best;
}

static struct wake_set join(struct build *b, struct wake_set x, struct wake_set y)
{
    uint32_t *lists;

    if (!x.sleeps || !y.sleeps)
        return always;
    lists = need(b, arena_array(b->scratch, (size_t)x.n + y.n, sizeof *lists));
    if (!lists)
        return always;
    if (x.n)
        memcpy(lists, x.lists, x.n * sizeof *lists);
    if (y.n)
        memcpy(lists + x.n, y.lists, y.n * sizeof *lists);
    return (struct wake_set){lists, x.n + y.n, x.terms + y.terms, true};
}

static struct wake_set join_all(struct build *b, struct wake_set *sets, uint32_t n)
{
    /* Pairs of neighbours, so that no list is copied more than log n times. */
    for (; n > 1; n = n / 2 + n % 2)
        for (uint32_t i = 0; i < n; i += 2)
            sets[i / 2] = i + 1 < n ? join(b, sets[i], sets[i + 1]) : sets[i];
    return n ? sets[0] : always;
}

static struct wake_set wake_any(struct build *b, const struct condition *c)
{
    struct wake_set *sets = need(b, arena_array(b->scratch, c->n_children, sizeof *sets));

    if (!sets)
        return always;
    for (uint32_t i = 0; i < c->n_children; i++) {
        sets[i] = wake_condition(b, &c->children[i]);
        if (!sets[i].sleeps)
            return always;
    }
    return join_all(b, sets, c->n_children);
}

/* Of records that are known to be none when they are absent, none can hold without its hit. */
static struct wake_set wake_some(struct build *b, const struct condition *c)
{
    if (b->set->vocabulary.collections[c->records->collection].absence != ABSENT_EMPTY)
        return always;
    return wake_condition(b, c->children);
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static struct wake_set wake_condition(struct build *b, const struct condition *c)
{
    switch ((enum condition_kind)c->kind) {
    case CONDITION_TEXT:
        return wake_text(b, c->text);
    case CONDITION_NEAR:
        return wake_near(b, c->near);
    case CONDITION_ALL:
        return wake_all(b, c);
    case CONDITION_ANY:
        return wake_any(b, c);
    case CONDITION_SOME:
        return wake_some(b, c);
    case CONDITION_USE:
        return wake_condition(b, c->children);
    default:
        return always;
    }
}

static struct wake_set wake_rule(struct build *b, const struct rls_rule *rule)
{
    struct wake_set *sets = need(b, arena_array(b->scratch, rule->n_versions, sizeof *sets));

    if (!sets || rule->n_milestones ||
        (rule->for_each &&
         b->set->vocabulary.collections[rule->for_each->collection].absence != ABSENT_EMPTY))
        return always;
    for (uint32_t i = 0; i < rule->n_versions; i++)
        sets[i] = rule->versions[i].when ? wake_condition(b, rule->versions[i].when) : always;
    return join_all(b, sets, rule->n_versions);
}

struct index {
    uint32_t *begin;  /* by terms set */
    uint32_t *last;   /* by terms set: the rule entered last, plus one */
    uint32_t *rules;  /* NULL while counting */
    uint32_t *always; /* NULL while counting */
    uint32_t n_always;
};

/* Also by a profile. */
static bool is_ever_on(const struct rls_set *set, const struct rls_rule *rule)
{
    bool on = rule->mode != RLS_MODE_OFF;

    for (uint32_t i = 0; i < set->n_profiles && !on; i++)
        on = rls_profile_mode(&set->profiles[i], rule, NULL, NULL) != RLS_MODE_OFF;
    return on;
}

static void enter(struct index *x, const struct rls_set *set, const struct rls_rule *rule,
                  const struct wake_set *w)
{
    if (!is_ever_on(set, rule))
        return;
    if (!w->sleeps) {
        if (x->always)
            x->always[x->n_always] = rule->index;
        x->n_always++;
        return;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t list = w->lists[i];

        if (x->last[list] == rule->index + 1)
            continue;
        x->last[list] = rule->index + 1;
        if (x->rules)
            x->rules[x->begin[list]] = rule->index;
        x->begin[list]++;
    }
}

static void enter_all(struct index *x, const struct rls_set *set, const struct wake_set *sets)
{
    memset(x->last, 0, set->n_term_sets * sizeof *x->last);
    x->n_always = 0;
    for (uint32_t i = 0; i < set->n_rules; i++)
        enter(x, set, &set->rules[i], &sets[i]);
}

/* Turns counts into where each run begins; returns the total. */
static uint32_t sum_up(uint32_t *begin, uint32_t n)
{
    uint32_t total = 0;

    for (uint32_t i = 0; i <= n; i++) {
        uint32_t count = i < n ? begin[i] : 0;

        begin[i] = total;
        total += count;
    }
    return total;
}

static bool index_rules(struct build *b, const struct wake_set *sets)
{
    struct rls_set *set = b->set;
    uint32_t n = set->n_term_sets;
    struct index x = {.begin = keep_array(b, (size_t)n + 1, sizeof(uint32_t)),
                      .last = need(b, arena_array(b->scratch, n, sizeof(uint32_t)))};

    if (b->failed)
        return false;
    enter_all(&x, set, sets);
    x.always = keep_array(b, x.n_always, sizeof *x.always);
    x.rules = keep_array(b, sum_up(x.begin, n), sizeof *x.rules);
    if (b->failed)
        return false;
    enter_all(&x, set, sets);
    /* Each run was filled up to where the next one begins. */
    for (uint32_t i = n; i > 0; i--)
        x.begin[i] = x.begin[i - 1];
    x.begin[0] = 0;
    set->wake_begin = x.begin;
    set->wake_rules = x.rules;
    set->always = x.always;
    set->n_always = x.n_always;
    return true;
}

bool build_wake(struct build *b)
{
    struct wake_set *sets = need(b, arena_array(b->scratch, b->set->n_rules, sizeof *sets));

    for (uint32_t i = 0; i < b->set->n_rules && !b->failed; i++)
        sets[i] = wake_rule(b, &b->set->rules[i]);
    return !b->failed && index_rules(b, sets);
}
