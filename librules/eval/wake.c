/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/wake.h"

#include <string.h>

#include "eval/evaluator.h"
#include "eval/options.h"
#include "match/sort.h"
#include "text/reader.h"
#include "text/trim.h"

/* --- memory --------------------------------------------------------------------------------- */

static bool make_stamps(const struct mem *mem, void *stamps, size_t *cap, size_t n, size_t size)
{
    size_t had = *cap;

    if (!mem_grow(mem, stamps, cap, n, size))
        return false;
    if (*cap > had)
        memset(*(char **)stamps + had * size, 0, (*cap - had) * size);
    return true;
}

bool awake_bind(struct awake *a, const struct mem *mem, const struct rls_set *set)
{
    const struct wake_index *w = set->wake;

    return mem_grow(mem, &a->shown, &a->cap_shown, w->n_cues, sizeof *a->shown) &&
           make_stamps(mem, &a->cues, &a->cap_cues, w->n_cues, sizeof *a->cues) &&
           make_stamps(mem, &a->nodes, &a->cap_nodes, w->n_nodes, sizeof *a->nodes) &&
           make_stamps(mem, &a->paths, &a->cap_paths, w->n_paths, sizeof *a->paths) &&
           make_stamps(mem, &a->rules, &a->cap_rules, set->n_rules, sizeof *a->rules);
}

void awake_clear(struct awake *a, const struct mem *mem)
{
    mem_release(mem, a->shown, a->cap_shown * sizeof *a->shown);
    mem_release(mem, a->cues, a->cap_cues * sizeof *a->cues);
    mem_release(mem, a->nodes, a->cap_nodes * sizeof *a->nodes);
    mem_release(mem, a->paths, a->cap_paths * sizeof *a->paths);
    mem_release(mem, a->rules, a->cap_rules * sizeof *a->rules);
}

size_t awake_memory(const struct awake *a)
{
    return a->cap_shown * sizeof *a->shown + a->cap_cues * sizeof *a->cues +
           a->cap_nodes * sizeof *a->nodes + a->cap_paths * sizeof *a->paths +
           a->cap_rules * sizeof *a->rules;
}

/* A serial of 0 marks what no check has touched yet. */
static void next_serial(struct awake *a)
{
    if (++a->serial)
        return;
    if (a->cap_cues)
        memset(a->cues, 0, a->cap_cues * sizeof *a->cues);
    if (a->cap_nodes)
        memset(a->nodes, 0, a->cap_nodes * sizeof *a->nodes);
    if (a->cap_paths)
        memset(a->paths, 0, a->cap_paths * sizeof *a->paths);
    if (a->cap_rules)
        memset(a->rules, 0, a->cap_rules * sizeof *a->rules);
    a->serial = 1;
}

/* --- time ----------------------------------------------------------------------------------- */

/* Steps between two glances at the clock. */
enum { STEPS_BETWEEN = 1 << 14 };

/* Whether there is time for what comes, which takes so many steps. */
static bool goes_on(struct rls_evaluator *ev, size_t steps)
{
    struct awake *a = &ev->awake;

    a->steps += steps;
    if (a->steps < STEPS_BETWEEN)
        return ev->budget.stop == GO_ON;
    a->steps = 0;
    return !budget_is_spent(&ev->budget);
}

/* --- what is shown -------------------------------------------------------------------------- */

static void show(struct rls_evaluator *ev, uint32_t cue)
{
    struct awake *a = &ev->awake;

    if (cue == CUE_NONE || a->cues[cue] == a->serial)
        return;
    a->cues[cue] = a->serial;
    a->shown[a->n_shown++] = cue;
}

static void show_steps(struct rls_evaluator *ev, uint32_t path, const char *text, size_t len)
{
    const char *end = text + len;
    char mark = memchr(text, '>', len) ? '>' : '/';

    for (;;) {
        const char *stop = memchr(text, mark, (size_t)(end - text)), *step = text;
        size_t n = (size_t)((stop ? stop : end) - text);

        text_trim(&step, &n);
        show(ev, wake_find(&ev->set->wake->table, path, WAKE_STEP, step, n));
        if (!stop)
            return;
        text = stop + 1;
    }
}

/* As conditions compare it: see eval/compare.c. */
static void show_text(struct rls_evaluator *ev, uint32_t path, const struct fact *value)
{
    const struct wake_path *p = &ev->set->wake->paths[path];
    struct text_buffer *b = &ev->fold;
    const char *text;
    size_t len;

    if (!value->text || (!p->values && !p->steps))
        return;
    len = text_fold(value->text, value->text_len, FORM_DEFAULT, b->data, b->cap);
    if (len >= b->cap) {
        if (!buffer_reserve(&ev->mem, b, len + 1)) {
            ev->out_of_memory = true;
            return;
        }
        (void)text_fold(value->text, value->text_len, FORM_DEFAULT, b->data, b->cap);
    }
    if (p->steps)
        show_steps(ev, path, b->data, len);
    text = b->data;
    text_trim(&text, &len);
    if (p->values)
        show(ev, wake_find(&ev->set->wake->table, path, WAKE_VALUE, text, len));
}

static void show_number(struct rls_evaluator *ev, uint32_t path, struct decimal number)
{
    const struct wake_path *p = &ev->set->wake->paths[path];
    char bytes[WAKE_NUMBER_BYTES];

    if (p->values) {
        wake_number(number, bytes);
        show(ev, wake_find(&ev->set->wake->table, path, WAKE_VALUE, bytes, sizeof bytes));
    }
    if (!p->scale.n_bounds)
        return;
    for (uint32_t i = p->scale.width + wake_piece(p->scale.bounds, p->scale.n_bounds, number); i;
         i /= 2)
        show(ev, p->scale.cues[i]);
}

static void show_known(struct rls_evaluator *ev, uint32_t path, const struct fact *value)
{
    char boolean = (char)value->boolean;

    switch (ev->set->vocabulary.fields[value->field].type) {
    case TYPE_TEXT:
        show_text(ev, path, value);
        break;
    case TYPE_NUMBER:
        show_number(ev, path, value->number);
        break;
    case TYPE_BOOLEAN:
        show(ev, wake_find(&ev->set->wake->table, path, WAKE_VALUE, &boolean, 1));
        break;
    default:
        break;
    }
}

static void show_value(struct rls_evaluator *ev, uint32_t path, uint32_t fact)
{
    const struct wake_path *p = &ev->set->wake->paths[path];
    const struct fact *value = &ev->facts.items[fact];
    struct seen_path *seen = &ev->awake.paths[path];

    if (fact >= ev->assumed_from) {
        show(ev, p->doubt[ABSENT_ASSUMED]);
        return;
    }
    if (seen->serial != ev->awake.serial)
        *seen = (struct seen_path){ev->awake.serial, 0};
    if (!seen->values++)
        show(ev, p->present);
    else
        show(ev, p->several);
    if (value->state == VALUE_KNOWN) {
        show_known(ev, path, value);
        return;
    }
    for (size_t i = 0; i < sizeof p->doubt / sizeof *p->doubt; i++)
        show(ev, p->doubt[i]);
}

static void show_absent(struct rls_evaluator *ev, const struct wake_field *f)
{
    const struct wake_index *w = ev->set->wake;
    bool complete = f->n_watched && facts_is_complete(&ev->facts, f->field);
    bool untold = f->n_watched && facts_records_unknown(&ev->facts, f->field);

    for (uint32_t i = 0; i < f->n_watched; i++) {
        uint32_t path = w->watched[f->first_watched + i];

        if (ev->awake.paths[path].serial == ev->awake.serial)
            continue;
        show(ev, w->paths[path].absent);
        if (!complete)
            show(ev, w->paths[path].doubt[ABSENT_UNKNOWN]);
        if (untold)
            show(ev, w->paths[path].doubt[ABSENT_ASSUMED]);
    }
}

static void show_field(struct rls_evaluator *ev, const struct wake_field *f)
{
    const struct fact *items = ev->facts.items;

    for (uint32_t i = facts_first(&ev->facts, f->field); i; i = items[i].next) {
        if (!goes_on(ev, 1 + items[i].text_len))
            return;
        if (f->whole != CUE_NONE)
            show_value(ev, f->whole, i);
        if (f->keyed && items[i].key) {
            uint32_t path = wake_find(&ev->set->wake->table, f->field, WAKE_PATH, items[i].key,
                                      items[i].key_len);

            if (path != CUE_NONE)
                show_value(ev, path, i);
        }
    }
    show_absent(ev, f);
}

/* --- records -------------------------------------------------------------------------------- */

static uint32_t count_records(struct rls_evaluator *ev, uint32_t collection)
{
    const struct facts *f = &ev->facts;
    uint32_t n = 0;

    if (!goes_on(ev, f->n_records))
        return 0;
    for (uint32_t i = 1; i < f->n_records; i++)
        n += f->records[i].collection == collection;
    return n;
}

/* Records of the collection with a value of the path. Those of one stand together. */
static uint32_t count_having(struct rls_evaluator *ev, const struct wake_lack *l)
{
    const struct wake_path *p = &ev->set->wake->paths[l->path];
    const struct fact *items = ev->facts.items;
    uint32_t n = 0, last = 0;

    for (uint32_t i = facts_first(&ev->facts, p->field); i && goes_on(ev, 1); i = items[i].next) {
        if (items[i].record == last ||
            ev->facts.records[items[i].record].collection != l->collection ||
            (p->key &&
             (items[i].key_len != p->key_len || memcmp(items[i].key, p->key, p->key_len) != 0)))
            continue;
        last = items[i].record;
        n++;
    }
    return n;
}

static void show_lacks(struct rls_evaluator *ev)
{
    const struct wake_index *w = ev->set->wake;
    uint32_t collection = COLLECTION_NONE, records = 0;

    for (uint32_t i = 0; i < w->n_lacks && ev->facts.n_records > 1; i++) {
        const struct wake_lack *l = &w->lacks[i];

        if (l->collection != collection)
            records = count_records(ev, collection = l->collection);
        if (!goes_on(ev, 1))
            return;
        if (count_having(ev, l) < records)
            show(ev, l->cue);
    }
}

/* Whether nobody knows the records of a collection, somewhere in the document. */
static bool is_untold(struct rls_evaluator *ev, const struct wake_collection *c)
{
    const struct collection *it = &ev->set->vocabulary.collections[c->collection];
    const struct facts *f = &ev->facts;

    if (facts_part_is_complete(f, it->name))
        return false;
    if (!c->nested)
        return !facts_list(f, 0, c->collection);
    for (uint32_t i = 1; i < f->n_records && goes_on(ev, 1); i++)
        if (f->records[i].collection == it->parent && !facts_list(f, i, c->collection))
            return true;
    return false;
}

static void show_records(struct rls_evaluator *ev)
{
    const struct wake_index *w = ev->set->wake;

    for (uint32_t i = 0; i < w->n_collections; i++) {
        const struct wake_collection *c = &w->collections[i];

        if (!(ev->set->vocabulary.collections[c->collection].subjects & 1u << ev->facts.subject))
            continue;
        if (count_records(ev, c->collection))
            show(ev, c->filled);
        if (c->doubt != CUE_NONE && is_untold(ev, c))
            show(ev, c->doubt);
    }
    show_lacks(ev);
}

/* --- all of it ------------------------------------------------------------------------------ */

static void show_all(struct rls_evaluator *ev)
{
    const struct wake_index *w = ev->set->wake;

    ev->awake.n_shown = 0;
    for (size_t i = 0; i < ev->hits.n_touched; i++)
        show(ev, w->lists[ev->hits.touched[i]]);
    if (ev->hits.n_cut)
        show(ev, w->cut);
    for (uint32_t i = 0; i < w->n_fields; i++)
        if (ev->set->vocabulary.fields[w->fields[i].field].subjects & 1u << ev->facts.subject)
            show_field(ev, &w->fields[i]);
    show_records(ev);
}

static bool shows_any(const struct rls_evaluator *ev, uint32_t clause)
{
    const struct wake_index *w = ev->set->wake;
    const struct awake *a = &ev->awake;

    for (uint32_t i = w->clause_begin[clause]; i < w->clause_begin[clause + 1]; i++)
        if (a->cues[w->cues[i]] == a->serial)
            return true;
    return false;
}

/* Whether the document shows what the rule demands. */
static bool concerns(const struct rls_evaluator *ev, uint32_t rule)
{
    const struct wake_index *w = ev->set->wake;

    for (uint32_t i = w->demands[rule]; i < w->demands[rule + 1]; i++)
        if (!shows_any(ev, w->clauses[i]))
            return false;
    return true;
}

static bool list_rule(struct rls_evaluator *ev, uint32_t rule)
{
    if (ev->set->rules[rule].subject != ev->facts.subject)
        return true;
    if (!mem_grow(&ev->mem, &ev->candidates, &ev->cap_candidates, ev->n_candidates + 1,
                  sizeof *ev->candidates))
        return false;
    ev->candidates[ev->n_candidates++] = rule;
    return true;
}

/* One that stands behind a cue that is shown. */
static bool look_at_rule(struct rls_evaluator *ev, uint32_t rule)
{
    struct awake *a = &ev->awake;

    if (a->rules[rule] == a->serial)
        return true;
    a->rules[rule] = a->serial;
    return !concerns(ev, rule) || list_rule(ev, rule);
}

static bool walk(struct rls_evaluator *ev, uint32_t to);

/* The first edge of a cue, or where it would stand. */
static uint32_t first_edge(const struct wake_edge *edges, uint32_t n, uint32_t cue)
{
    uint32_t low = 0;

    while (n > 0) {
        uint32_t half = n / 2;

        if (edges[low + half].cue < cue) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

/* Few edges are all looked at, many are looked up. */
static bool walk_edges(struct rls_evaluator *ev, const struct wake_edge *edges, uint32_t n)
{
    const struct awake *a = &ev->awake;
    bool ok = true;

    if (n / 4 <= a->n_shown) {
        for (uint32_t i = 0; ok && i < n; i++)
            ok = a->cues[edges[i].cue] != a->serial || walk(ev, edges[i].to);
        return ok;
    }
    for (size_t k = 0; ok && k < a->n_shown; k++)
        for (uint32_t i = first_edge(edges, n, a->shown[k]);
             ok && i < n && edges[i].cue == a->shown[k]; i++)
            ok = walk(ev, edges[i].to);
    return ok;
}

/* Depth is bounded: see compile/wake_graph.c. */
static bool walk(struct rls_evaluator *ev, uint32_t to)
{
    const struct wake_index *w = ev->set->wake;
    const struct wake_node *node;
    bool ok = true;

    if (to & WAKE_RULE)
        return look_at_rule(ev, to & ~WAKE_RULE);
    if (ev->awake.nodes[to] == ev->awake.serial)
        return true;
    ev->awake.nodes[to] = ev->awake.serial;
    node = &w->nodes[to];
    for (uint32_t i = 0; ok && i < node->n_rules; i++)
        ok = look_at_rule(ev, w->rules[node->first_rule + i]);
    return ok && walk_edges(ev, w->edges + node->first_edge, node->n_edges);
}

static int by_index(const void *a, const void *b, const void *context)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)context;
    return (x > y) - (x < y);
}

static bool list_awake(struct rls_evaluator *ev)
{
    const struct wake_index *w = ev->set->wake;
    const struct awake *a = &ev->awake;
    uint32_t subject = ev->facts.subject;
    bool ok = true;

    show_all(ev);
    for (uint32_t i = w->always_begin[subject]; ok && i < w->always_begin[subject + 1]; i++)
        ok = list_rule(ev, w->always[i]);
    for (size_t k = 0; ok && k < a->n_shown; k++)
        for (uint32_t i = w->begin[a->shown[k]]; ok && i < w->begin[a->shown[k] + 1]; i++)
            ok = walk(ev, w->first[i]);
    return ok;
}

/* Where records may be missing, or what is judged may be no part of the set. */
static bool wakes_all(const struct rls_evaluator *ev)
{
    return ev->facts.any_odd || probe_wakes(&ev->probe);
}

static bool list_all(struct rls_evaluator *ev)
{
    bool ok = true;

    for (uint32_t i = 0; ok && i < ev->set->n_rules; i++)
        ok = list_rule(ev, i);
    return ok;
}

bool wake_rules(struct rls_evaluator *ev)
{
    bool ok;

    next_serial(&ev->awake);
    ev->n_candidates = 0;
    ok = wakes_all(ev) ? list_all(ev) : list_awake(ev);
    sort_items(ev->candidates, ev->n_candidates, sizeof *ev->candidates, by_index, NULL);
    return ok;
}
