/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "compile/wake.h"

/*
 * How cues lead to rules. Each rule of a node is put behind the clause that the fewest documents
 * are likely to meet; the rules behind one cue make the next node, where their other clauses
 * divide them further. So what is not told of one field (its doubt leads to all rules that were
 * put behind it) is narrowed by what is told of the others.
 */

enum {
    FEW_RULES = 8,   /* are not divided */
    MOST_DEPTH = 3,  /* clauses on the way to a rule */
    ROOT_CUES = 8,   /* a clause of more cues leads to one node for all of them */
    INNER_CUES = 2,  /* the same behind another clause */
    INNER_DOUBTS = 2 /* behind another clause, one with more doubts divides nothing */
};

/* A key of struct placed: a cue, or this and a clause. */
#define BY_CLAUSE (UINT64_C(1) << 32)

/* A rule in a node, with the clauses that did not lead there. */
struct member {
    uint32_t rule;
    uint32_t open; /* bits of its demand's clauses */
};

/* A rule behind a key. */
struct placed {
    uint64_t key;
    struct member member;
};

struct graph {
    struct waking *x;
    const struct demand *demands;
    uint32_t *cue_uses;    /* in the node that is divided */
    uint32_t *clause_uses; /* likewise */
    uint64_t *weights;     /* by clause */
    uint32_t *touched;     /* clauses */
    uint32_t n_touched;
    struct wake_node *nodes;
    size_t cap_nodes;
    uint32_t n_nodes;
    struct wake_edge *edges;
    size_t cap_edges;
    uint32_t n_edges;
    uint32_t *rules;
    size_t cap_rules;
    uint32_t n_rules;
};

/* What a node is made of, before it is laid out. */
struct division {
    const struct member *members;
    uint32_t n, depth;
    struct placed *placed;
    size_t n_placed, cap_placed;
    struct wake_edge *edges;
    size_t n_edges, cap_edges;
    uint32_t *here; /* rules that no clause divides */
    uint32_t n_here;
};

static bool grow(struct graph *g, void *items, size_t *cap, size_t need_items, size_t size)
{
    bool ok = need_items < UINT32_MAX && mem_grow(&g->x->b->mem, items, cap, need_items, size);

    g->x->b->failed = g->x->b->failed || !ok;
    return ok;
}

/* --- which clause divides best -------------------------------------------------------------- */

static const uint32_t *clause_of(const struct graph *g, const struct member *m, uint32_t bit)
{
    const struct demand *d = &g->demands[m->rule];

    return bit < d->n && m->open & 1u << bit ? &d->clauses[bit] : NULL;
}

static void add_uses(struct graph *g, uint32_t clause, bool add)
{
    uint32_t n;
    const uint32_t *cues = clause_cues(g->x, clause, &n);

    for (uint32_t i = 0; i < n; i++)
        if (add)
            g->cue_uses[cues[i]] += g->clause_uses[clause];
        else
            g->cue_uses[cues[i]] = 0;
}

static void count_uses(struct graph *g, const struct division *d)
{
    g->n_touched = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const uint32_t *clause;

        for (uint32_t bit = 0; bit < DEMAND_CLAUSES; bit++)
            if ((clause = clause_of(g, &d->members[i], bit)) && !g->clause_uses[*clause]++)
                g->touched[g->n_touched++] = *clause;
    }
    for (uint32_t i = 0; i < g->n_touched; i++)
        add_uses(g, g->touched[i], true);
}

static void weigh(struct graph *g, const struct division *d, uint32_t clause)
{
    uint32_t n, doubts = 0;
    const uint32_t *cues = clause_cues(g->x, clause, &n);
    uint64_t weight = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct cue *c = &g->x->cues[cues[i]];

        weight += cue_weight(c, g->cue_uses[cues[i]], d->n);
        doubts += c->class == CUE_DOUBT;
    }
    if (d->depth && doubts > INNER_DOUBTS)
        weight = UINT64_MAX;
    g->weights[clause] = weight;
}

/* Weights of all clauses in the node; the counts are clear again then. */
static void weigh_all(struct graph *g, const struct division *d)
{
    count_uses(g, d);
    for (uint32_t i = 0; i < g->n_touched; i++)
        weigh(g, d, g->touched[i]);
    for (uint32_t i = 0; i < g->n_touched; i++) {
        add_uses(g, g->touched[i], false);
        g->clause_uses[g->touched[i]] = 0;
    }
}

/* The bit of the clause that divides best; DEMAND_CLAUSES: none does. */
static uint32_t choose(const struct graph *g, const struct division *d, const struct member *m)
{
    uint64_t best = d->depth ? (uint64_t)d->n * 64 / 2 : UINT64_MAX;
    uint32_t chosen = DEMAND_CLAUSES;

    for (uint32_t bit = 0; bit < DEMAND_CLAUSES; bit++) {
        const uint32_t *clause = clause_of(g, m, bit);

        if (clause && g->weights[*clause] < best) {
            best = g->weights[*clause];
            chosen = bit;
        }
    }
    return chosen;
}

/* --- what stands behind what ---------------------------------------------------------------- */

static void place(struct graph *g, struct division *d, uint64_t key, struct member m)
{
    if (grow(g, &d->placed, &d->cap_placed, d->n_placed + 1, sizeof *d->placed))
        d->placed[d->n_placed++] = (struct placed){key, m};
}

static bool is_doubt(const struct graph *g, uint32_t cue)
{
    return g->x->cues[cue].class == CUE_DOUBT;
}

static void place_behind(struct graph *g, struct division *d, const struct member *m, uint32_t bit)
{
    uint32_t n, clause = g->demands[m->rule].clauses[bit];
    const uint32_t *cues = clause_cues(g->x, clause, &n);
    struct member next = {m->rule, m->open & ~(1u << bit)};
    bool each = n <= (d->depth ? INNER_CUES : ROOT_CUES);

    for (uint32_t i = 0; i < n && !g->x->b->failed; i++)
        if (each || is_doubt(g, cues[i]))
            place(g, d, cues[i], next);
    if (!each)
        place(g, d, BY_CLAUSE | clause, next);
}

static int by_key(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->member.rule > b->member.rule) - (a->member.rule < b->member.rule);
}

static uint32_t build_node(struct graph *g, const struct member *members, uint32_t n,
                           uint32_t depth);

static void add_edge(struct graph *g, struct division *d, uint32_t cue, uint32_t to)
{
    if (grow(g, &d->edges, &d->cap_edges, d->n_edges + 1, sizeof *d->edges))
        d->edges[d->n_edges++] = (struct wake_edge){cue, to};
}

static void add_edges(struct graph *g, struct division *d, uint64_t key, uint32_t to)
{
    uint32_t n;
    const uint32_t *cues;

    if (!(key & BY_CLAUSE)) {
        add_edge(g, d, (uint32_t)key, to);
        return;
    }
    cues = clause_cues(g->x, (uint32_t)key, &n);
    for (uint32_t i = 0; i < n && !g->x->b->failed; i++)
        if (!is_doubt(g, cues[i]))
            add_edge(g, d, cues[i], to);
}

/* One node for each key. */
static void divide(struct graph *g, struct division *d, struct member *members)
{
    size_t next;

    if (d->n_placed)
        qsort(d->placed, d->n_placed, sizeof *d->placed, by_key);
    for (size_t i = 0; i < d->n_placed && !g->x->b->failed; i = next) {
        for (next = i; next < d->n_placed && d->placed[next].key == d->placed[i].key; next++)
            members[next - i] = d->placed[next].member;
        add_edges(g, d, d->placed[i].key,
                  build_node(g, members, (uint32_t)(next - i), d->depth + 1));
    }
}

static int by_cue(const void *left, const void *right)
{
    const struct wake_edge *a = left, *b = right;

    if (a->cue != b->cue)
        return a->cue < b->cue ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static uint32_t keep_node(struct graph *g, const struct division *d)
{
    struct wake_node *node;

    if (!grow(g, &g->nodes, &g->cap_nodes, (size_t)g->n_nodes + 1, sizeof *g->nodes) ||
        !grow(g, &g->edges, &g->cap_edges, g->n_edges + d->n_edges, sizeof *g->edges) ||
        !grow(g, &g->rules, &g->cap_rules, (size_t)g->n_rules + d->n_here, sizeof *g->rules))
        return 0;
    node = &g->nodes[g->n_nodes];
    *node = (struct wake_node){g->n_rules, d->n_here, g->n_edges, (uint32_t)d->n_edges};
    if (d->n_here)
        memcpy(g->rules + g->n_rules, d->here, d->n_here * sizeof *d->here);
    if (d->n_edges)
        memcpy(g->edges + g->n_edges, d->edges, d->n_edges * sizeof *d->edges);
    g->n_rules += d->n_here;
    g->n_edges += (uint32_t)d->n_edges;
    return g->n_nodes++;
}

static void drop(struct graph *g, struct division *d, struct member *members)
{
    const struct mem *mem = &g->x->b->mem;

    mem_release(mem, d->here, d->n * sizeof *d->here);
    mem_release(mem, d->placed, d->cap_placed * sizeof *d->placed);
    mem_release(mem, d->edges, d->cap_edges * sizeof *d->edges);
    mem_release(mem, members, d->n * sizeof *members);
}

/* Depth is bounded by MOST_DEPTH. */
static void fill(struct graph *g, struct division *d, struct member *members)
{
    bool whole = d->depth && (d->n <= FEW_RULES || d->depth == MOST_DEPTH);

    if (!whole)
        weigh_all(g, d);
    for (uint32_t i = 0; i < d->n && !g->x->b->failed; i++) {
        uint32_t bit = whole ? DEMAND_CLAUSES : choose(g, d, &d->members[i]);

        if (bit == DEMAND_CLAUSES)
            d->here[d->n_here++] = d->members[i].rule;
        else
            place_behind(g, d, &d->members[i], bit);
    }
    divide(g, d, members);
    if (d->n_edges)
        qsort(d->edges, d->n_edges, sizeof *d->edges, by_cue);
}

static uint32_t build_node(struct graph *g, const struct member *members, uint32_t n,
                           uint32_t depth)
{
    struct division d = {.members = members, .n = n, .depth = depth};
    struct member *room;
    uint32_t node = 0;

    if (n == 1 && depth)
        return WAKE_RULE | members->rule;
    d.here = mem_zero(&g->x->b->mem, n * sizeof *d.here);
    room = mem_zero(&g->x->b->mem, n * sizeof *room);
    if (d.here && room) {
        fill(g, &d, room);
        node = keep_node(g, &d);
    } else {
        g->x->b->failed = true;
    }
    drop(g, &d, room);
    return node;
}

/* --- the root ------------------------------------------------------------------------------- */

static void keep_always(struct build *b, const uint32_t *rules, uint32_t n, struct wake_index *out)
{
    uint32_t *always = keep_array(b, n, sizeof *always), at = 0;

    for (uint32_t subject = 0; always && subject < WAKE_SUBJECTS; subject++) {
        out->always_begin[subject] = at;
        for (uint32_t i = 0; i < n; i++)
            if (b->set->rules[rules[i]].subject == subject)
                always[at++] = rules[i];
    }
    out->always_begin[WAKE_SUBJECTS] = at;
    out->always = always;
}

/* The root, which was made last, becomes a table by cue, and its rules those without any. */
static void keep_root(struct graph *g, struct wake_index *out)
{
    struct build *b = g->x->b;
    struct wake_node root = {0};
    const struct wake_edge *edges;
    uint32_t *begin, *first;

    if (g->nodes)
        root = g->nodes[g->n_nodes - 1];
    edges = g->edges ? g->edges + root.first_edge : NULL;
    begin = keep_array(b, (size_t)out->n_cues + 1, sizeof *begin);
    first = keep_array(b, root.n_edges, sizeof *first);
    if (!begin || !first)
        return;
    for (uint32_t cue = 0, at = 0; cue <= out->n_cues; cue++) {
        begin[cue] = at;
        for (; at < root.n_edges && edges[at].cue == cue; at++)
            first[at] = edges[at].to;
    }
    out->begin = begin;
    out->first = first;
    keep_always(b, g->rules ? g->rules + root.first_rule : NULL, root.n_rules, out);
    g->n_nodes--;
    g->n_edges -= root.n_edges;
    g->n_rules -= root.n_rules;
}

static void keep_rest(struct graph *g, struct wake_index *out)
{
    struct build *b = g->x->b;
    struct arena *arena = &b->set->arena;

    out->nodes = need(b, arena_copy(arena, g->nodes, g->n_nodes * sizeof *g->nodes));
    out->edges = need(b, arena_copy(arena, g->edges, g->n_edges * sizeof *g->edges));
    out->rules = need(b, arena_copy(arena, g->rules, g->n_rules * sizeof *g->rules));
    out->n_nodes = g->n_nodes;
}

/* --- what rules demand ---------------------------------------------------------------------- */

/* Cues of a clause that is looked at once more before a rule is judged. */
enum { MOST_CUES = 64 };

static void keep_clauses(struct waking *x, struct wake_index *out)
{
    struct build *b = x->b;
    uint32_t n_clauses = x->clauses.count, at = 0;
    uint32_t *begin = keep_array(b, (size_t)n_clauses + 1, sizeof *begin), *all;
    size_t total = 0;

    for (uint32_t i = 0; i < n_clauses; i++)
        if (x->clauses.lengths[i] <= MOST_CUES * sizeof *all)
            total += x->clauses.lengths[i] / sizeof *all;
    all = total < UINT32_MAX ? keep_array(b, total, sizeof *all) : NULL;
    b->failed = b->failed || !all;
    for (uint32_t i = 0; i <= n_clauses && !b->failed; i++) {
        uint32_t n = 0;
        const uint32_t *cues = i < n_clauses ? clause_cues(x, i, &n) : NULL;

        begin[i] = at;
        if (n && n <= MOST_CUES) {
            memcpy(all + at, cues, n * sizeof *all);
            at += n;
        }
    }
    out->clause_begin = begin;
    out->cues = all;
}

static size_t count_clauses(const struct demand *demands, uint32_t n)
{
    size_t total = 0;

    for (uint32_t i = 0; i < n; i++)
        total += demands[i].n;
    return total;
}

static void keep_demands(struct waking *x, const struct demand *demands, struct wake_index *out)
{
    struct build *b = x->b;
    uint32_t n_rules = b->set->n_rules, at = 0;
    uint32_t *begin = keep_array(b, (size_t)n_rules + 1, sizeof *begin);
    uint32_t *clauses = keep_array(b, count_clauses(demands, n_rules), sizeof *clauses);

    for (uint32_t i = 0; i <= n_rules && !b->failed; i++) {
        begin[i] = at;
        for (uint32_t k = 0; i < n_rules && k < demands[i].n; k++) {
            uint32_t clause = demands[i].clauses[k];

            if (out->clause_begin[clause] < out->clause_begin[clause + 1])
                clauses[at++] = clause;
        }
    }
    out->demands = begin;
    out->clauses = clauses;
}

/* --- all of it ------------------------------------------------------------------------------ */

void keep_graph(struct waking *x, const struct demand *demands, const bool *on,
                struct wake_index *out)
{
    struct build *b = x->b;
    uint32_t n = 0, n_rules = b->set->n_rules, n_clauses = x->clauses.count;
    struct member *members = need(b, arena_array(b->scratch, n_rules, sizeof *members));
    struct graph g = {
        .x = x,
        .demands = demands,
        .cue_uses = need(b, arena_array(b->scratch, x->n_cues, sizeof(uint32_t))),
        .clause_uses = need(b, arena_array(b->scratch, n_clauses, sizeof(uint32_t))),
        .weights = need(b, arena_array(b->scratch, n_clauses, sizeof(uint64_t))),
        .touched = need(b, arena_array(b->scratch, n_clauses, sizeof(uint32_t))),
    };

    for (uint32_t i = 0; i < n_rules && !b->failed; i++)
        if (on[i])
            members[n++] = (struct member){i, (1u << demands[i].n) - 1};
    if (!b->failed)
        (void)build_node(&g, members, n, 0);
    if (!b->failed)
        keep_root(&g, out);
    if (!b->failed)
        keep_rest(&g, out);
    if (!b->failed)
        keep_clauses(x, out);
    if (!b->failed)
        keep_demands(x, demands, out);
    mem_release(&b->mem, g.nodes, g.cap_nodes * sizeof *g.nodes);
    mem_release(&b->mem, g.edges, g.cap_edges * sizeof *g.edges);
    mem_release(&b->mem, g.rules, g.cap_rules * sizeof *g.rules);
}
