/* SPDX-License-Identifier: Apache-2.0 */
#include "set/mutations.h"

#include <string.h>

#include "base/context.h"
#include "match/matcher.h"

/* Where the walk is. */
struct walk {
    struct rls_mutations *m;
    bool *done; /* by number of condition */
    const struct rls_rule *rule;
    const char *source;
    const char *owner;
    bool failed; /* memory was short */
};

static void add(struct walk *w, const struct mutation *mutation)
{
    struct rls_mutations *m = w->m;

    if (w->failed || !mem_grow(&m->mem, &m->items, &m->cap, m->n + 1, sizeof *m->items)) {
        w->failed = true;
        return;
    }
    m->items[m->n] = *mutation;
    m->items[m->n].view.size = sizeof m->items->view;
    if (mutation->condition) {
        m->items[m->n].view.source = w->source;
        m->items[m->n].view.rule = w->rule;
        m->items[m->n].view.owner = w->owner;
        m->items[m->n].view.term = SIZE_MAX;
    }
    m->n++;
}

/* --- terms ---------------------------------------------------------------------------------- */

static void add_terms(struct walk *w)
{
    const struct rls_set *set = w->m->set;

    for (size_t i = 0; i < rls_set_term_count(set); i++) {
        const struct term *t = matcher_term(set->matcher, (uint32_t)i);

        add(w,
            &(struct mutation){.view = {.kind = t->allow ? RLS_MUTATION_ALLOW : RLS_MUTATION_TERM,
                                        .line = t->line,
                                        .source = set->term_sets[t->set].source,
                                        .owner = set->term_sets[t->set].id,
                                        .operation = t->allow     ? "allow"
                                                     : t->pattern ? "pattern"
                                                                  : "term",
                                        .operand = t->text,
                                        .term = i}});
    }
}

/* --- conditions ----------------------------------------------------------------------------- */

static void add_change(struct walk *w, const struct condition *c, uint32_t kind, enum change change)
{
    add(w, &(struct mutation){.view = {.kind = kind,
                                       .line = c->line,
                                       .operation = c->operation,
                                       .operand = c->written},
                              .condition = c,
                              .change = (uint8_t)change});
}

static void add_threshold(struct walk *w, const struct condition *c)
{
    static const struct {
        uint8_t test;
        const char *name;
    } across[] = {[TEST_LT] = {TEST_LE, "le"},
                  [TEST_LE] = {TEST_LT, "lt"},
                  [TEST_GT] = {TEST_GE, "ge"},
                  [TEST_GE] = {TEST_GT, "gt"}};
    uint8_t test = condition_bound(c);

    if (test != TEST_IS)
        add(w, &(struct mutation){.view = {.kind = RLS_MUTATION_THRESHOLD,
                                           .line = c->line,
                                           .operation = c->operation,
                                           .operand = c->written,
                                           .change = across[test].name},
                                  .condition = c,
                                  .change = CHANGE_TEST,
                                  .test = across[test].test});
}

static void add_guards(struct walk *w, const struct condition *c, const struct text_test *t,
                       uint8_t part)
{
    for (uint32_t i = 0; i < t->n_guards; i++)
        add(w, &(struct mutation){.view = {.kind = RLS_MUTATION_GUARD,
                                           .line = t->guards[i].line,
                                           .operation = "guard",
                                           .operand = t->guards[i].written},
                                  .condition = c,
                                  .change = CHANGE_GUARD,
                                  .part = part,
                                  .which = i});
}

/* What goes of a list that stays one. */
static void add_item(struct walk *w, const struct condition *c, enum rls_mutation_kind kind,
                     enum change change, uint32_t which, const char *name)
{
    add(w, &(struct mutation){.view = {.kind = kind,
                                       .line = c->line,
                                       .operation = c->operation,
                                       .operand = c->written,
                                       .change = name},
                              .condition = c,
                              .change = (uint8_t)change,
                              .which = which});
}

static void add_items(struct walk *w, const struct condition *c)
{
    uint32_t fields = c->kind == CONDITION_TEXT ? c->text->n_selectors : 0;
    uint32_t values = c->kind == CONDITION_FIELD ? c->field->n_operands : 0;

    for (uint32_t i = 0; fields > 1 && i < fields; i++)
        add_item(w, c, RLS_MUTATION_FIELD, CHANGE_FIELD, i, c->text->selectors[i].name);
    for (uint32_t i = 0; values > 1 && i < values; i++)
        add_item(w, c, RLS_MUTATION_VALUE, CHANGE_VALUE, i, c->field->operands[i].written);
}

static void add_within(struct walk *w, const struct condition *c);

/* What is the same as nothing to its parent stands for a condition that is not there. */
static void add_children(struct walk *w, const struct condition *c)
{
    const char *source = w->source;
    bool several = c->kind <= CONDITION_NONE && c->n_children > 1;

    if (c->kind == CONDITION_USE)
        w->source = c->shared_in;
    for (uint32_t i = 0; i < c->n_children; i++) {
        if (several && !w->done[c->children[i].number])
            add_change(w, &c->children[i], RLS_MUTATION_CONDITION,
                       c->kind == CONDITION_ALL ? CHANGE_TO_TRUE : CHANGE_TO_FALSE);
        add_within(w, &c->children[i]);
    }
    w->source = source;
}

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void add_within(struct walk *w, const struct condition *c)
{
    if (w->done[c->number])
        return;
    w->done[c->number] = true;
    add_threshold(w, c);
    add_items(w, c);
    if (c->kind == CONDITION_TEXT)
        add_guards(w, c, c->text, 0);
    for (uint32_t i = 0; c->kind == CONDITION_NEAR && i < c->near->n_parts; i++)
        add_guards(w, c, &c->near->parts[i], (uint8_t)i);
    add_children(w, c);
}

static void add_part(const struct condition *c, const struct condition_place *at, void *context)
{
    static const struct {
        const char *part;
        enum rls_mutation_kind kind;
        enum change change;
    } parts[] = {{"applies", RLS_MUTATION_SCOPE, CHANGE_TO_TRUE},
                 {"require", RLS_MUTATION_REQUIREMENT, CHANGE_TO_TRUE},
                 {"unless", RLS_MUTATION_EXEMPTION, CHANGE_TO_FALSE},
                 {"grade", RLS_MUTATION_GRADE, CHANGE_TO_FALSE},
                 {"grace", RLS_MUTATION_GRACE, CHANGE_TO_FALSE}};
    struct walk *w = context;

    if (w->done[c->number])
        return;
    w->owner = at->owner;
    w->source = w->rule->source;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(at->part, parts[i].part) == 0)
            add_change(w, c, parts[i].kind, parts[i].change);
    add_within(w, c);
}

static void add_rules(struct walk *w)
{
    const struct rls_set *set = w->m->set;

    for (uint32_t i = 0; i < set->n_rules; i++) {
        w->rule = &set->rules[i];
        for (uint32_t k = 0; w->rule->mode != RLS_MODE_OFF && k < w->rule->n_versions; k++)
            version_conditions(&w->rule->versions[k], add_part, w);
    }
}

static bool fill(struct rls_mutations *m)
{
    struct walk w = {.m = m};

    w.done = mem_zero(&m->mem, m->set->n_conditions);
    w.failed = !w.done;
    if (!w.failed) {
        add_terms(&w);
        add_rules(&w);
    }
    mem_release(&m->mem, w.done, m->set->n_conditions);
    return !w.failed;
}

int rls_mutations_new(struct rls_mutations **out, struct rls_context *ctx, struct rls_set *set)
{
    const struct mem *mem = context_mem(ctx);
    struct rls_mutations *m;

    if (out)
        *out = NULL;
    if (!out || !set)
        return RLS_ERR_ARGUMENT;
    m = mem_zero(mem, sizeof *m);
    if (!m)
        return RLS_ERR_MEMORY;
    m->mem = *mem;
    m->set = rls_set_ref(set);
    if (!fill(m)) {
        rls_mutations_free(m);
        return RLS_ERR_MEMORY;
    }
    *out = m;
    return RLS_OK;
}

void rls_mutations_free(struct rls_mutations *m)
{
    struct mem mem;

    if (!m)
        return;
    mem = m->mem;
    mem_release(&mem, m->items, m->cap * sizeof *m->items);
    rls_set_unref(m->set);
    mem_release(&mem, m, sizeof *m);
}

size_t rls_mutation_count(const struct rls_mutations *m)
{
    return m ? m->n : 0;
}

const struct rls_mutation *rls_mutation_at(const struct rls_mutations *m, size_t index)
{
    return m && index < m->n ? &m->items[index].view : NULL;
}

/* --- what it can reach ---------------------------------------------------------------------- */

struct reach {
    const struct condition *wanted; /* or NULL: the list is */
    uint32_t list;
    bool found;
};

/* Depth is bounded by LIMIT_XML_DEPTH. */
static void look(const struct condition *c, struct reach *r)
{
    r->found = r->found || (r->wanted ? c == r->wanted : condition_names_list(c, r->list));
    for (uint32_t i = 0; i < c->n_children && !r->found; i++)
        look(&c->children[i], r);
}

static void look_part(const struct condition *c, const struct condition_place *at, void *reach)
{
    (void)at;
    look(c, reach);
}

bool rls_mutation_affects(const struct rls_mutations *m, size_t index, const struct rls_rule *rule)
{
    struct reach r = {NULL, 0, false};

    if (!m || !rule || index >= m->n)
        return false;
    r.wanted = m->items[index].condition;
    if (!r.wanted)
        r.list = matcher_term(m->set->matcher, (uint32_t)m->items[index].view.term)->set;
    for (uint32_t i = 0; i < rule->n_versions && !r.found; i++)
        version_conditions(&rule->versions[i], look_part, &r);
    /* Exceptions are no part of a rule, but what they use may be shared with one. */
    for (uint32_t i = 0; i < rule->n_exceptions && !r.found; i++)
        look(m->set->exceptions[rule->exceptions[i]].scope, &r);
    return r.found;
}
