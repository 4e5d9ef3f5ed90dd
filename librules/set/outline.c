/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/coverage.h>

#include "base/context.h"
#include "set/program.h"

struct rls_outline {
    struct mem mem;
    struct rls_set *set; /* a reference */
    struct rls_condition *rows;
    size_t n, cap;
    bool failed; /* memory was short */
};

/* Where the walk is. */
struct walk {
    struct rls_outline *o;
    const struct rls_rule *rule;
    const struct rule_version *version;
};

/* Depth is bounded by LIMIT_XML_DEPTH: conditions nest no deeper than the elements they were. */
static void add(const struct walk *w, const struct condition *c, const struct condition_place *at,
                const char *source, uint32_t depth)
{
    struct rls_outline *o = w->o;

    if (o->failed || !mem_grow(&o->mem, &o->rows, &o->cap, o->n + 1, sizeof *o->rows)) {
        o->failed = true;
        return;
    }
    o->rows[o->n++] = (struct rls_condition){.size = sizeof *o->rows,
                                             .rule = w->rule,
                                             .version = w->version->name,
                                             .part = at->part,
                                             .owner = at->owner,
                                             .operation = c->operation,
                                             .operand = c->written,
                                             .source = source,
                                             .line = c->line,
                                             .number = c->number,
                                             .depth = depth,
                                             .bound = condition_bound(c) != TEST_IS};
    for (uint32_t i = 0; i < c->n_children; i++)
        add(w, &c->children[i], at, c->kind == CONDITION_USE ? c->shared_in : source, depth + 1);
}

static void add_part(const struct condition *c, const struct condition_place *at, void *context)
{
    const struct walk *w = context;

    add(w, c, at, w->rule->source, 0);
}

static void add_rules(struct rls_outline *o)
{
    for (uint32_t i = 0; i < o->set->n_rules; i++) {
        const struct rls_rule *rule = &o->set->rules[i];

        for (uint32_t k = 0; rule->mode != RLS_MODE_OFF && k < rule->n_versions; k++) {
            struct walk w = {o, rule, &rule->versions[k]};

            version_conditions(w.version, add_part, &w);
        }
    }
}

int rls_outline_new(struct rls_outline **out, struct rls_context *ctx, struct rls_set *set)
{
    const struct mem *mem = context_mem(ctx);
    struct rls_outline *o;

    if (out)
        *out = NULL;
    if (!out || !set)
        return RLS_ERR_ARGUMENT;
    o = mem_zero(mem, sizeof *o);
    if (!o)
        return RLS_ERR_MEMORY;
    o->mem = *mem;
    o->set = rls_set_ref(set);
    add_rules(o);
    if (o->failed) {
        rls_outline_free(o);
        return RLS_ERR_MEMORY;
    }
    *out = o;
    return RLS_OK;
}

void rls_outline_free(struct rls_outline *o)
{
    struct mem mem;

    if (!o)
        return;
    mem = o->mem;
    mem_release(&mem, o->rows, o->cap * sizeof *o->rows);
    rls_set_unref(o->set);
    mem_release(&mem, o, sizeof *o);
}

size_t rls_outline_count(const struct rls_outline *o)
{
    return o ? o->n : 0;
}

const struct rls_condition *rls_outline_at(const struct rls_outline *o, size_t index)
{
    return o && index < o->n ? &o->rows[index] : NULL;
}
