/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/costs.h"

#include "base/context.h"
#include "eval/evaluator.h"
#include "match/matcher.h"

/* --- making ------------------------------------------------------------------------------- */

static void clear(struct rls_costs *c)
{
    struct mem mem = c->arena.mem;

    arena_clear(&c->arena);
    rls_set_unref(c->set);
    mem_release(&mem, c, sizeof *c);
}

static void name_pattern(struct rls_costs *c, uint32_t i)
{
    const struct matcher *m = c->set->matcher;
    const struct term *t = matcher_term(m, matcher_terms(m) + i);
    const struct terms_set *list = &c->set->term_sets[t->set];

    c->patterns[i] = (struct rls_pattern_cost){.size = sizeof *c->patterns,
                                               .text = t->text,
                                               .list = list->id,
                                               .source = list->source,
                                               .line = t->line,
                                               .factors = matcher_factors(m, i)};
}

/* Everything is zero but the names. */
static void name_all(struct rls_costs *c)
{
    const struct rls_set *set = c->set;

    for (uint32_t i = 0; i < STAGES; i++)
        c->stages[i].size = sizeof *c->stages;
    for (uint32_t i = 0; i < c->n_rules; i++)
        c->rules[i] = (struct rls_rule_cost){.size = sizeof *c->rules, .rule = &set->rules[i]};
    for (uint32_t i = 0; i < c->n_lists; i++)
        c->lists[i] = (struct rls_list_cost){.size = sizeof *c->lists,
                                             .list = set->term_sets[i].id,
                                             .source = set->term_sets[i].source,
                                             .line = set->term_sets[i].line};
    for (uint32_t i = 0; i < c->n_patterns; i++)
        name_pattern(c, i);
    for (uint32_t i = 0, n = set->matcher ? matcher_terms(set->matcher) : 0; i < n; i++)
        c->lists[matcher_term(set->matcher, i)->set].terms++;
}

static bool allocate(struct rls_costs *c)
{
    const struct matcher *m = c->set->matcher;

    c->n_rules = c->set->n_rules;
    c->n_lists = c->set->n_term_sets;
    c->n_patterns = m ? matcher_count(m) - matcher_terms(m) : 0;
    c->rules = arena_array(&c->arena, c->n_rules, sizeof *c->rules);
    c->lists = arena_array(&c->arena, c->n_lists, sizeof *c->lists);
    c->patterns = arena_array(&c->arena, c->n_patterns, sizeof *c->patterns);
    return c->rules && c->lists && c->patterns;
}

static struct rls_costs *make(const struct mem *mem, struct rls_set *set)
{
    struct rls_costs *c = mem_zero(mem, sizeof *c);

    if (!c)
        return NULL;
    arena_init(&c->arena, mem);
    c->set = rls_set_ref(set);
    if (!allocate(c)) {
        clear(c);
        return NULL;
    }
    costs_init_clock(c);
    name_all(c);
    return c;
}

int rls_costs_new(struct rls_costs **out, struct rls_context *ctx, struct rls_set *set)
{
    if (out)
        *out = NULL;
    if (!out || !set)
        return RLS_ERR_ARGUMENT;
    *out = make(context_mem(ctx), set);
    return *out ? RLS_OK : RLS_ERR_MEMORY;
}

void rls_costs_free(struct rls_costs *costs)
{
    if (costs)
        clear(costs);
}

/* --- adding ------------------------------------------------------------------------------- */

static void add_stage(struct rls_stage_cost *to, const struct rls_stage_cost *more)
{
    to->times += more->times;
    to->bytes += more->bytes;
    to->characters += more->characters;
    to->ns += more->ns;
}

static void add_rule(struct rls_rule_cost *to, const struct rls_rule_cost *more)
{
    to->judged += more->judged;
    to->conditions += more->conditions;
    to->findings += more->findings;
    to->ns += more->ns;
    costs_raise(&to->worst_ns, more->worst_ns);
}

static void add_pattern(struct rls_pattern_cost *to, const struct rls_pattern_cost *more)
{
    to->texts += more->texts;
    to->woken += more->woken;
    to->places += more->places;
    to->runs += more->runs;
    to->bytes += more->bytes;
    to->matches += more->matches;
    to->limits += more->limits;
    to->ns += more->ns;
    costs_raise(&to->worst_ns, more->worst_ns);
}

static void add_list(struct rls_list_cost *to, const struct rls_list_cost *more)
{
    to->candidates += more->candidates;
    to->hits += more->hits;
    to->excused += more->excused;
}

int rls_costs_add(struct rls_costs *to, const struct rls_costs *more)
{
    if (!to || !more || to->set != more->set)
        return RLS_ERR_ARGUMENT;
    for (uint32_t i = 0; i < STAGES; i++)
        add_stage(&to->stages[i], &more->stages[i]);
    for (size_t i = 0; i < to->n_rules; i++)
        add_rule(&to->rules[i], &more->rules[i]);
    for (size_t i = 0; i < to->n_patterns; i++)
        add_pattern(&to->patterns[i], &more->patterns[i]);
    for (size_t i = 0; i < to->n_lists; i++)
        add_list(&to->lists[i], &more->lists[i]);
    return RLS_OK;
}

/* --- looking ------------------------------------------------------------------------------ */

const struct rls_stage_cost *rls_costs_stage(const struct rls_costs *costs, uint32_t stage)
{
    return costs && stage < STAGES ? &costs->stages[stage] : NULL;
}

const struct rls_rule_cost *rls_costs_rule(const struct rls_costs *costs, size_t index)
{
    return costs && index < costs->n_rules ? &costs->rules[index] : NULL;
}

const struct rls_pattern_cost *rls_costs_pattern(const struct rls_costs *costs, size_t index)
{
    return costs && index < costs->n_patterns ? &costs->patterns[index] : NULL;
}

const struct rls_list_cost *rls_costs_list(const struct rls_costs *costs, size_t index)
{
    return costs && index < costs->n_lists ? &costs->lists[index] : NULL;
}

/* --- of an evaluator ---------------------------------------------------------------------- */

static void count_into(struct rls_evaluator *ev, struct rls_costs *costs)
{
    ev->costs = ev->hits.scanner.costs = costs;
    probe_count(&ev->probe, costs != NULL);
}

void costs_stop(struct rls_evaluator *ev)
{
    count_into(ev, NULL);
}

void costs_drop(struct rls_evaluator *ev)
{
    costs_stop(ev);
    rls_costs_free(ev->counted);
    ev->counted = NULL;
}

size_t costs_memory(const struct rls_costs *c)
{
    return c ? sizeof *c + arena_memory(&c->arena) : 0;
}

static int measure(struct rls_evaluator *ev, bool on)
{
    struct rls_costs *fresh = on ? make(&ev->mem, ev->set) : NULL;

    if (on && !fresh)
        return RLS_ERR_MEMORY;
    if (on) {
        costs_drop(ev);
        ev->counted = fresh;
    }
    count_into(ev, fresh);
    return RLS_OK;
}

int rls_evaluator_measure(struct rls_evaluator *ev, bool on)
{
    int st;

    if (!ev)
        return RLS_ERR_ARGUMENT;
    if (!evaluator_enter(ev))
        return RLS_ERR_BUSY;
    evaluator_follow(ev);
    st = measure(ev, on);
    evaluator_leave(ev);
    return st;
}

const struct rls_costs *rls_evaluator_costs(const struct rls_evaluator *ev)
{
    return ev ? ev->counted : NULL;
}
