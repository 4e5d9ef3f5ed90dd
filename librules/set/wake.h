/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_WAKE_H
#define LIBRULES_SET_WAKE_H

#include <stdbool.h>

#include "facts/decimal.h"

/*
 * Which rules a document wakes. A *cue* is something that a document may show: a hit of a terms
 * set, a value of a field, that nobody knows the value. A rule sleeps if it is surely silent
 * without some cues and the document shows none of them. Cues lead through a graph of nodes to
 * rules: a node holds the rules to wake, and edges to other nodes, each for a further cue. What a
 * rule demands is a few *clauses*, sets of cues of each of which the document must show one.
 */

#define CUE_NONE UINT32_MAX
/* More than any enum rls_subject. */
#define WAKE_SUBJECTS 8
#define WAKE_RULE (UINT32_C(1) << 31)

struct wake_edge {
    uint32_t cue;
    uint32_t to; /* a node, or WAKE_RULE and a rule */
};

struct wake_node {
    uint32_t first_rule, n_rules;
    uint32_t first_edge, n_edges; /* by cue */
};

enum wake_key {
    WAKE_PATH,  /* of a field: the key of a member; its number is that of the path */
    WAKE_VALUE, /* of a path: that value; this and the rest are cues */
    WAKE_STEP,  /* likewise: a step of a category path */
    WAKE_OTHER  /* those of the structures below; never looked up while judging */
};

struct wake_entry {
    uint32_t of, kind; /* enum wake_key */
    uint32_t number;
    uint32_t len;
    const char *text;
};

/* Open addressing. */
struct wake_table {
    struct wake_entry *entries;
    uint32_t *slots; /* entry + 1; 0: empty */
    size_t n_slots;  /* power of two, or 0 */
    uint32_t n_entries;
};

/*
 * Numbers between bounds. The bounds cut all numbers into pieces: 2i below bound i, 2i + 1 on it.
 * Pieces are the leaves of a binary tree, and a cue stands for a subtree: any run of pieces is a
 * few of them, and a number shows those above its piece.
 */
struct wake_scale {
    const struct decimal *bounds; /* ascending */
    uint32_t n_bounds;
    uint32_t width;       /* leaves; power of two */
    const uint32_t *cues; /* by subtree: 1 is the whole, 2n and 2n + 1 are the halves of n */
};

/* What rules want to know of the values of a field, or of one member of a family. Assumed values
 * count for none but `doubt`. */
struct wake_path {
    uint32_t field, key_len;
    const char *key;          /* NULL: all values of the field */
    uint32_t present, absent; /* cues: it has a value, it has none */
    uint32_t several;         /* more than one */
    /* By enum absence, as a condition takes it: a value may be one that is not told. */
    uint32_t doubt[3];
    bool values, steps; /* there are such cues */
    struct wake_scale scale;
};

struct wake_field {
    uint32_t field;
    uint32_t whole; /* path of all its values, or CUE_NONE */
    bool keyed;     /* members have paths */
    /* Paths for which it matters that there is no value: wake->watched[first .. first + n). */
    uint32_t first_watched, n_watched;
};

/* A member that some record of a collection has not. */
struct wake_lack {
    uint32_t path, collection, cue;
};

struct wake_collection {
    uint32_t collection;
    bool nested;     /* in records of another one; else in the document */
    uint32_t filled; /* it has a record */
    uint32_t doubt;  /* nobody knows its records */
};

struct wake_index {
    struct wake_table table;
    uint32_t n_cues;
    uint32_t cut;          /* not all hits are known */
    const uint32_t *lists; /* by terms set: its hit, or CUE_NONE */
    const struct wake_path *paths;
    uint32_t n_paths;
    const struct wake_field *fields;
    uint32_t n_fields;
    const uint32_t *watched;
    const struct wake_lack *lacks;
    uint32_t n_lacks;
    const struct wake_collection *collections;
    uint32_t n_collections;
    /* Where a cue leads: first[begin[cue] .. begin[cue + 1]), as `to` of an edge. */
    const uint32_t *begin, *first;
    const struct wake_node *nodes;
    uint32_t n_nodes;
    const struct wake_edge *edges;
    const uint32_t *rules; /* of nodes */
    /* The clauses of a rule: clauses[demands[r] .. demands[r + 1]), but for very long ones. */
    const uint32_t *demands, *clauses;
    /* Their cues: cues[clause_begin[c] .. clause_begin[c + 1]). */
    const uint32_t *clause_begin, *cues;
    /* Rules of a subject that need no cue: always[always_begin[s] .. always_begin[s + 1]). */
    const uint32_t *always;
    uint32_t always_begin[WAKE_SUBJECTS + 1];
};

/* The number of an entry, or CUE_NONE. */
uint32_t wake_find(const struct wake_table *t, uint32_t of, enum wake_key kind, const char *text,
                   size_t len);
/* Enters what is not there yet. The table has room for it: fewer entries than half its slots. */
void wake_enter(struct wake_table *t, const struct wake_entry *e);

/* A number as the text of its WAKE_VALUE: equal ones have equal texts. */
enum { WAKE_NUMBER_BYTES = 9 };
void wake_number(struct decimal d, char out[WAKE_NUMBER_BYTES]);
/* The piece of a scale that a number lies on. */
uint32_t wake_piece(const struct decimal *bounds, uint32_t n, struct decimal d);

#endif
