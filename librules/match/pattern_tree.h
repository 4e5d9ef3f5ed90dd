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

/* --- pattern_parse.c ---------------------------------------------------------------------- */

/* False when something is wrong with the pattern, or memory was short. */
bool pattern_parse(const struct pattern_source *source, struct tree *tree,
                   struct pattern_fault *fault);

/* --- pattern_factor.c --------------------------------------------------------------------- */

/* The factors of the pattern, in the arena of the pattern; false when memory is short. */
bool pattern_factors(const struct tree *tree, struct arena *arena, struct factors *out);
/* The bytes that a match may begin with in the view. */
void pattern_first(const struct tree *tree, struct first_bytes *out);

/* --- pattern_write.c ---------------------------------------------------------------------- */

/* The tree in the words of PCRE2, NUL-terminated, in the tree's arena; NULL when memory is short.
 */
const char *pattern_write(const struct tree *tree, bool word);

#endif
