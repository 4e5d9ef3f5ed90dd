/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "match/matcher.h"
#include "set/named.h"
#include "set/program.h"

struct rls_set *set_new(const struct mem *mem)
{
    struct rls_set *set = mem_zero(mem, sizeof *set);

    if (!set)
        return NULL;
    atomic_init(&set->references, 1);
    arena_init(&set->arena, mem);
    if (!vocabulary_init(&set->vocabulary, &set->arena)) {
        rls_set_unref(set);
        return NULL;
    }
    return set;
}

struct rls_set *rls_set_ref(struct rls_set *set)
{
    if (set)
        atomic_fetch_add_explicit(&set->references, 1, memory_order_relaxed);
    return set;
}

void rls_set_unref(struct rls_set *set)
{
    struct mem mem;

    if (!set || atomic_fetch_sub_explicit(&set->references, 1, memory_order_acq_rel) != 1)
        return;
    mem = set->arena.mem;
    vocabulary_clear(&set->vocabulary);
    arena_clear(&set->arena);
    mem_release(&mem, set, sizeof *set);
}

/* Fields that texts are looked for in. */
struct marks {
    bool *scanned; /* by field */
    bool every;    /* "*" stands somewhere */
};

static void mark_selector(const struct selector *s, struct marks *m)
{
    if (s->field == FIELD_EVERY)
        m->every = true;
    else
        m->scanned[s->field] = true;
}

static void mark_text(const struct text_test *t, struct marks *m)
{
    for (uint32_t i = 0; i < t->n_selectors; i++)
        mark_selector(&t->selectors[i], m);
}

/* Depth is bounded by LIMIT_XML_DEPTH: conditions nest no deeper than the elements they were. */
static void mark_condition(const struct condition *c, struct marks *m)
{
    if (c->kind == CONDITION_TEXT)
        mark_text(c->text, m);
    if (c->kind == CONDITION_NEAR)
        mark_text(c->near->parts, m);
    for (uint32_t i = 0; i < c->n_children; i++)
        mark_condition(&c->children[i], m);
}

static void mark_part(const struct condition *c, const struct condition_place *at, void *marks)
{
    (void)at;
    mark_condition(c, marks);
}

static bool list_assumed(struct rls_set *set)
{
    const struct vocabulary *v = &set->vocabulary;
    uint32_t *assumed = arena_array(&set->arena, v->count, sizeof *assumed);

    for (uint32_t i = 0; assumed && i < v->count; i++)
        if (v->fields[i].absence == ABSENT_ASSUMED)
            assumed[set->n_assumed++] = i;
    set->assumed = assumed;
    return assumed;
}

bool set_seal(struct rls_set *set)
{
    const struct vocabulary *v = &set->vocabulary;
    struct marks m = {arena_array(&set->arena, v->count, sizeof *m.scanned), false};

    if (!m.scanned)
        return false;
    for (uint32_t i = 0; i < set->n_exceptions; i++)
        mark_condition(set->exceptions[i].scope, &m);
    for (uint32_t i = 0; i < set->n_rules; i++)
        for (uint32_t j = 0; j < set->rules[i].n_versions; j++)
            version_conditions(&set->rules[i].versions[j], mark_part, &m);
    /* Of whatever type: a value that cannot be read as its type is text that a reader sees. */
    for (uint32_t i = 0; m.every && i < v->count; i++)
        m.scanned[i] = m.scanned[i] || v->fields[i].shown;
    set->scanned = m.scanned;
    return list_assumed(set) && named_values_find(set);
}

size_t rls_set_rule_count(const struct rls_set *set)
{
    return set ? set->n_rules : 0;
}

const struct rls_rule *rls_set_rule_at(const struct rls_set *set, size_t index)
{
    return set && index < set->n_rules ? &set->rules[index] : NULL;
}

const struct rls_rule *rls_set_rule_find(const struct rls_set *set, const char *id)
{
    uint32_t low = 0, high;

    if (!set || !id)
        return NULL;
    high = set->n_rules;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const struct rls_rule *rule = &set->rules[set->by_id[mid]];
        int order = strcmp(id, rule->id);

        if (order == 0)
            return rule;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

size_t rls_set_term_count(const struct rls_set *set)
{
    return set && set->matcher ? matcher_count(set->matcher) : 0;
}

static const struct term *term_at(const struct rls_set *set, size_t index)
{
    return index < rls_set_term_count(set) ? matcher_term(set->matcher, (uint32_t)index) : NULL;
}

const char *rls_set_term_text(const struct rls_set *set, size_t index)
{
    const struct term *t = term_at(set, index);

    return t ? t->text : NULL;
}

const char *rls_set_term_list(const struct rls_set *set, size_t index)
{
    const struct term *t = term_at(set, index);

    return t ? set->term_sets[t->set].id : NULL;
}

bool rls_set_term_allows(const struct rls_set *set, size_t index)
{
    const struct term *t = term_at(set, index);

    return t && t->allow;
}

size_t rls_set_memory(const struct rls_set *set)
{
    size_t patterns = set && set->matcher ? matcher_memory(set->matcher) : 0;

    return set ? sizeof *set + arena_memory(&set->arena) + patterns : 0;
}

void rls_set_digest(const struct rls_set *set, uint8_t out[32])
{
    if (set)
        memcpy(out, set->digest, sizeof set->digest);
    else
        memset(out, 0, sizeof set->digest);
}

size_t rls_set_case_count(const struct rls_set *set)
{
    return set ? set->n_cases : 0;
}

const struct rls_case *rls_set_case_at(const struct rls_set *set, size_t index)
{
    return set && index < set->n_cases ? &set->cases[index].view : NULL;
}
