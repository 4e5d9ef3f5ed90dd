/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "match/pattern_tree.h"

/* PCRE2 never sees what an author wrote: it gets the tree, written out again. */

struct out {
    struct arena *arena;
    char *data;
    size_t n, cap;
    bool failed;
};

static void put(struct out *o, const char *s)
{
    size_t len = strlen(s);

    if (o->cap - o->n <= len) {
        size_t cap = 2 * o->cap + len + 256;
        char *data = arena_alloc(o->arena, cap);

        if (!data) {
            o->failed = true;
            return;
        }
        if (o->n)
            memcpy(data, o->data, o->n);
        o->data = data;
        o->cap = cap;
    }
    memcpy(o->data + o->n, s, len + 1);
    o->n += len;
}

static void put_code(struct out *o, uint32_t code)
{
    char s[16];

    if ((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
        (code >= 'A' && code <= 'Z'))
        (void)snprintf(s, sizeof s, "%c", (char)code);
    else
        (void)snprintf(s, sizeof s, "\\x{%x}", (unsigned)code);
    put(o, s);
}

static void put_set(struct out *o, const struct char_set *set)
{
    put(o, set->negated ? "[^" : "[");
    for (uint32_t i = 0; i < set->n_ranges; i++) {
        put_code(o, set->ranges[i].from);
        if (set->ranges[i].to == set->ranges[i].from)
            continue;
        put(o, "-");
        put_code(o, set->ranges[i].to);
    }
    for (uint32_t i = 0; property_name(i); i++) {
        if (!((set->has | set->lacks) >> i & 1))
            continue;
        if (set->has >> i & 1) {
            put(o, "\\p{");
            put(o, property_name(i));
            put(o, "}");
        }
        if (set->lacks >> i & 1) {
            put(o, "\\P{");
            put(o, property_name(i));
            put(o, "}");
        }
    }
    put(o, "]");
}

static void put_repeat(struct out *o, const struct node *n)
{
    char s[48];

    if (n->most == WIDTH_ENDLESS)
        (void)snprintf(s, sizeof s, "{%u,}", (unsigned)n->least);
    else
        (void)snprintf(s, sizeof s, "{%u,%u}", (unsigned)n->least, (unsigned)n->most);
    put(o, s);
    if (n->lazy)
        put(o, "?");
}

static void put_node(struct out *o, const struct node *n);

static void put_children(struct out *o, const struct node *n, const char *between)
{
    for (const struct node *c = n->first; c; c = c->next) {
        put_node(o, c);
        if (c->next)
            put(o, between);
    }
}

static void put_enclosed(struct out *o, const char *opening, const struct node *n)
{
    put(o, opening);
    put_children(o, n, "");
    put(o, ")");
}

/* Depth is bounded by LIMIT_PATTERN_DEPTH. */
static void put_node(struct out *o, const struct node *n)
{
    switch (n->kind) {
    case NODE_TEXT:
        for (uint32_t i = 0; i < n->n_codes; i++)
            put_code(o, n->codes[i]);
        break;
    case NODE_CLASS:
        put_set(o, &n->set);
        break;
    case NODE_BEGIN:
        put(o, "^");
        break;
    case NODE_END:
        put(o, "$");
        break;
    case NODE_EDGE:
        put(o, "\\b");
        break;
    case NODE_NO_EDGE:
        put(o, "\\B");
        break;
    case NODE_SEQUENCE:
        put_children(o, n, "");
        break;
    case NODE_CHOICE:
        put_children(o, n, "|");
        break;
    case NODE_REPEAT:
        /* A single character needs no group and is faster without. */
        if (n->first->kind == NODE_CLASS || (n->first->kind == NODE_TEXT && n->first->n_codes == 1))
            put_node(o, n->first);
        else
            put_enclosed(o, "(?:", n);
        put_repeat(o, n);
        break;
    case NODE_GROUP:
        put_enclosed(o, n->capture ? "(" : "(?:", n);
        break;
    case NODE_LOOK:
        put_enclosed(o, n->behind ? n->not ? "(?<!" : "(?<=" : n->not ? "(?!" : "(?=", n);
        break;
    }
}

/* Letters of scripts that put blanks between their words, and digits. */
#define WORD_CHARACTERS "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Arabic}\\p{Hebrew}\\p{Nd}]"

const char *pattern_write(const struct tree *tree, bool word)
{
    struct out o = {.arena = tree->arena};

    if (word)
        put(&o, "(?:(?<!" WORD_CHARACTERS ")|(?!" WORD_CHARACTERS "))");
    put(&o, "(?:");
    put_node(&o, tree->root);
    put(&o, ")");
    if (word)
        put(&o, "(?:(?!" WORD_CHARACTERS ")|(?<!" WORD_CHARACTERS "))");
    return o.failed ? NULL : o.data;
}
