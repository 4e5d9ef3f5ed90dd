/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PATTERN_TREE_H
#define LIBRULES_MATCH_PATTERN_TREE_H

/* What a pattern says, between reading it and running it. Lives in an arena. */

#include "match/pattern.h"

enum node_kind {
    NODE_TEXT,     /* codes, as they stand in the view; may be none */
    NODE_CLASS,    /* one character of a class */
    NODE_BEGIN,    /* ^ */
    NODE_END,      /* $ */
    NODE_EDGE,     /* \b */
    NODE_NO_EDGE,  /* \B */
    NODE_SEQUENCE, /* children, one behind the other */
    NODE_CHOICE,   /* one of the children */
    NODE_REPEAT,   /* one child */
    NODE_GROUP,    /* one child */
    NODE_LOOK      /* one child */
};

struct code_range {
    uint32_t from, to;
};

/* Characters in one of the ranges, with one of `has` or without one of `lacks`; or all others. */
struct char_set {
    const struct code_range *ranges;
    uint32_t n_ranges;
    uint32_t has, lacks; /* bit i for property i */
    bool negated;
};

struct node {
    enum node_kind kind;
    struct node *first, *last, *next; /* children; siblings */
    const uint32_t *codes;            /* TEXT */
    uint32_t n_codes;
    struct char_set set;  /* CLASS */
    uint32_t least, most; /* REPEAT; WIDTH_ENDLESS */
    bool lazy;            /* REPEAT */
    bool behind, not ;    /* LOOK */
    uint32_t capture;     /* GROUP: its number, 0: none */
};

struct tree {
    struct arena *arena;
    const struct node *root;
    uint32_t forms;    /* undone in the view that the pattern runs on */
    uint32_t captures; /* groups that capture */
    const char *names[LIMIT_PATTERN_CAPTURES + 1];
};

/* Whether letters match in either case: such a view has one of them only, but for ranges. */
static inline bool tree_caseless(const struct tree *t)
{
    return (t->forms & FORM_CASE) != 0;
}

/* --- pattern_class.c ---------------------------------------------------------------------- */

/* The number of a property by its name, or PROPERTY_NONE. */
enum { PROPERTY_NONE = 32 };
uint32_t property_find(const char *name, size_t len);
/* NULL past the last. */
const char *property_name(uint32_t property);
/* ASCII characters of the property go into the bit map. */
bool property_has_ascii(uint32_t property, unsigned char c);

/* --- pattern_tree.c ----------------------------------------------------------------------- */

struct width tree_width(const struct node *n);
static inline uint32_t add_width(uint32_t a, uint32_t b)
{
    return a < WIDTH_ENDLESS - b ? a + b : WIDTH_ENDLESS;
}

/* The parts of a node that follow one another, groups around them taken away. */
struct items {
    const struct node **list;
    uint32_t n, cap;
};
/* In the tree's arena; false when memory is short. */
bool tree_items(const struct tree *t, const struct node *n, struct items *items);

/* --- pattern_parse.c ---------------------------------------------------------------------- */

/* False when something is wrong with the pattern, or memory was short. */
bool pattern_parse(const struct pattern_source *source, struct tree *tree,
                   struct pattern_fault *fault);

/* --- pattern_factor.c --------------------------------------------------------------------- */

/* The factors of the pattern, in the arena of the pattern; false when memory is short. */
bool pattern_factors(const struct tree *tree, struct arena *arena, struct factors *out);
/* How rare a folded character is, in bits; 0 for what is no symbol. */
uint32_t code_rarity(uint32_t code);

/* --- pattern_bytes.c ---------------------------------------------------------------------- */

/* The bytes that a match may begin with in the view. */
void pattern_first(const struct tree *tree, struct byte_set *out);
/*
 * Those that what follows may begin with: the rest of a repetition behind its first round, unless
 * it is NULL, and then the items from `from` on.
 */
void pattern_bytes_next(const struct tree *tree, const struct node *again,
                        const struct items *items, uint32_t from, struct nearby *out);
/* Those that what stands before the items from `to` on may begin with. */
void pattern_bytes_previous(const struct tree *tree, const struct items *items, uint32_t to,
                            struct nearby *out);
/* Those that the characters of a part may begin with. */
void pattern_bytes(const struct tree *tree, const struct node *n, struct byte_set *out);

/* --- pattern_anchor.c --------------------------------------------------------------------- */

/* The rarest anchor of the items, and its place. False when memory is short. */
bool pattern_anchor(const struct tree *tree, const struct items *items, struct arena *arena,
                    struct factors *out);

/* --- pattern_beside.c --------------------------------------------------------------------- */

/*
 * What must stand ahead of a factor, in the items from `from` on, or behind it, in those before
 * `to`; up to gap characters of other items stand between. False when memory is short.
 */
bool pattern_ahead(const struct items *items, uint32_t from, uint32_t gap, struct arena *arena,
                   struct beside *out);
bool pattern_behind(const struct items *items, uint32_t to, uint32_t gap, struct arena *arena,
                    struct beside *out);

/* --- pattern_write.c ---------------------------------------------------------------------- */

/* The tree in the words of PCRE2, NUL-terminated, in the tree's arena; NULL when memory is short.
 */
const char *pattern_write(const struct tree *tree, bool word);

#endif
