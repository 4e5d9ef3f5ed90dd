/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_COMPILE_WAKE_H
#define LIBRULES_COMPILE_WAKE_H

#include "compile/build.h"
#include "set/wake.h"

/*
 * What a document must show for a rule to say anything: a *demand* is a few clauses, each a set of
 * cues. The rule is surely silent where a document shows no cue of one of them.
 */

enum cue_class {
    CUE_DOUBT,  /* that something is not told: rules must look */
    CUE_VALUE,  /* of a field */
    CUE_LIST,   /* a hit */
    CUE_PIECE,  /* a number lies between bounds */
    CUE_PRESENT /* there is a value, a record, or none */
};

struct cue {
    uint8_t class;    /* enum cue_class */
    uint8_t depth;    /* of CUE_PIECE: it stands for one of 2^depth */
    uint32_t uses;    /* conditions that have it in their clause */
    uint32_t measure; /* of CUE_LIST: terms */
};

struct path {
    struct wake_path cues;
    bool watched;
    struct decimal *bounds;
    size_t n_bounds, cap_bounds;
};

enum { DEMAND_CLAUSES = 6 };

/* n of 0: nothing, the rule must always be looked at. */
struct demand {
    uint32_t n;
    uint32_t clauses[DEMAND_CLAUSES];
};

struct waking {
    struct build *b;
    struct wake_table table;
    size_t cap_entries;
    struct cue *cues;
    size_t cap_cues;
    uint32_t n_cues;
    struct path *paths;
    size_t cap_paths;
    uint32_t n_paths;
    uint32_t *whole;       /* by field: its path + 1 */
    struct intern clauses; /* arrays of cues, ascending */
    uint32_t *gathered;    /* cues of the next clause */
    size_t n_gathered, cap_gathered;
    struct wake_lack *lacks;
    size_t cap_lacks;
    uint32_t n_lacks;
    struct wake_collection *collections;
    size_t cap_collections;
    uint32_t n_collections;
    bool counting; /* the first of two passes: uses and bounds are gathered */
    uint32_t bound[LIMIT_BOUND_RECORDS + 1]; /* collections of the records that are bound */
    uint32_t *known[2];                      /* by condition: see demands */
    struct demand *demands;                  /* of shared conditions */
    size_t cap_demands;
    uint32_t n_demands;
};

/* --- wake_cue.c ----------------------------------------------------------------------------- */

void waking_clear(struct waking *x);
uint32_t path_of(struct waking *x, const struct selector *s);
/* A cue that is looked up by text while judging. */
uint32_t value_cue(struct waking *x, uint32_t path, enum wake_key kind, const char *text,
                   size_t len);
/* Cues of a path, made when they are first asked for. */
uint32_t present_cue(struct waking *x, uint32_t path);
uint32_t absent_cue(struct waking *x, uint32_t path);
uint32_t several_cue(struct waking *x, uint32_t path);
uint32_t doubt_cue(struct waking *x, uint32_t path, uint8_t absence);
uint32_t lack_cue(struct waking *x, uint32_t path, uint32_t collection);
uint32_t piece_cue(struct waking *x, uint32_t path, uint32_t subtree);
uint32_t filled_cue(struct waking *x, const struct record_test *t);
uint32_t unknown_records_cue(struct waking *x, const struct record_test *t);
uint32_t list_cue(struct waking *x, uint32_t list);
uint32_t cut_cue(struct waking *x);
/* Clauses: gather cues, then make one of them. */
void gather(struct waking *x, uint32_t cue);
uint32_t clause_gathered(struct waking *x);
const uint32_t *clause_cues(const struct waking *x, uint32_t clause, uint32_t *n);
/* How many of n rules a cue may wake, in 64ths, when `uses` of them have it. */
uint64_t cue_weight(const struct cue *c, uint64_t uses, uint64_t n);
/* Puts the bounds of paths in order, between the passes. */
void order_scales(struct waking *x);
/* Everything but where cues lead. */
void keep_cues(struct waking *x, struct wake_index *out);

/* --- wake_field.c --------------------------------------------------------------------------- */

/* Adds the clauses of a field test that may hold, or may fail. */
void demand_field(struct waking *x, const struct field_test *t, bool holds, struct demand *out);
/* Whether a test sets one bound to the number of a field. */
bool is_bound(const struct condition *c);
/* Adds the clause of two bounds, if they are those of one range. */
void demand_range(struct waking *x, const struct field_test *a, const struct field_test *b,
                  struct demand *out);
/* Gathers the cue that the values of a selector may not all be told. */
void gather_doubt(struct waking *x, const struct selector *s);

/* --- wake_demand.c -------------------------------------------------------------------------- */

void demand_add(struct waking *x, struct demand *d, uint32_t clause);
void demand_of_rule(struct waking *x, const struct rls_rule *rule, struct demand *out);

/* --- wake_graph.c --------------------------------------------------------------------------- */

/* Lays out how cues lead to rules; on[i]: rule i is ever judged. */
void keep_graph(struct waking *x, const struct demand *demands, const bool *on,
                struct wake_index *out);

#endif
