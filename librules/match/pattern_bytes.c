/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "match/pattern_tree.h"

/*
 * The bytes that characters begin with: what is none of them begins no match, and PCRE2 is not
 * asked.
 */

static void add_byte(struct byte_set *f, unsigned char c)
{
    f->bits[c >> 3] |= (uint8_t)(1u << (c & 7));
}

static void add_bytes(struct byte_set *f, uint32_t from, uint32_t to)
{
    for (uint32_t c = from; c <= to; c++)
        add_byte(f, (unsigned char)c);
}

static unsigned char lead_byte(uint32_t code)
{
    char bytes[UTF8_LONGEST];

    (void)utf8_encode(code, bytes);
    return (unsigned char)bytes[0];
}

/* Scripts without letter case. */
static bool is_caseless(uint32_t code)
{
    return code >= 0x2e80 && code < 0xa000;
}

/* Letters match in either case, and some cases differ in length (k and the sign of Kelvin). */
static void add_range(struct byte_set *f, uint32_t from, uint32_t to, bool caseless)
{
    add_bytes(f, lead_byte(from), lead_byte(to));
    if (!caseless || (is_caseless(from) && is_caseless(to)))
        return;
    for (uint32_t c = 'a'; c <= 'z'; c++) {
        const uint32_t capital = c - 'a' + 'A';
        if ((from <= c && c <= to) || (from <= capital && capital <= to)) {
            add_byte(f, (unsigned char)c);
            add_byte(f, (unsigned char)capital);
        }
    }
    if (to >= 0x80)
        add_bytes(f, 0x80, 0xff);
    if (to >= 0x80 || (from <= 's' && to >= 'K')) {
        add_bytes(f, 0xc2, 0xe2);
        add_byte(f, 'k');
        add_byte(f, 'K');
        add_byte(f, 's');
        add_byte(f, 'S');
    }
}

static bool has_ascii(const struct char_set *s, unsigned char c)
{
    bool has = false;

    for (uint32_t i = 0; i < s->n_ranges && !has; i++)
        has = s->ranges[i].from <= c && c <= s->ranges[i].to;
    for (uint32_t i = 0; property_name(i) && !has; i++)
        has = (s->has >> i & 1 && property_has_ascii(i, c)) ||
              (s->lacks >> i & 1 && !property_has_ascii(i, c));
    return has;
}

static bool cased(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* All that the ranges and properties do not have, but for letters, which have several cases. */
static void add_others(struct byte_set *f, const struct char_set *s)
{
    for (uint32_t c = 0; c < 0x80; c++)
        if (cased((unsigned char)c) || has_ascii(s, (unsigned char)c) != s->negated)
            add_byte(f, (unsigned char)c);
    add_bytes(f, 0x80, 0xff);
}

static void add_set(struct byte_set *f, const struct char_set *s, bool caseless)
{
    if (s->negated || s->lacks) {
        add_others(f, s);
        return;
    }
    for (uint32_t i = 0; i < s->n_ranges; i++)
        add_range(f, s->ranges[i].from, s->ranges[i].to, caseless);
    for (uint32_t i = 0; property_name(i); i++) {
        if (!(s->has >> i & 1))
            continue;
        add_bytes(f, 0xc2, 0xf4);
        for (uint32_t c = 0; c < 0x80; c++)
            if (property_has_ascii(i, (unsigned char)c))
                add_byte(f, (unsigned char)c);
    }
}

/* True when what follows the part may stand first too. Depth is bounded as that of the tree. */
static bool add_first(struct byte_set *f, const struct node *n, bool caseless)
{
    bool open = n->kind != NODE_CHOICE;

    switch (n->kind) {
    case NODE_TEXT:
        if (n->n_codes)
            add_range(f, n->codes[0], n->codes[0], caseless);
        return n->n_codes == 0;
    case NODE_CLASS:
        add_set(f, &n->set, caseless);
        return false;
    case NODE_SEQUENCE:
        for (const struct node *c = n->first; c && open; c = c->next)
            open = add_first(f, c, caseless);
        return open;
    case NODE_CHOICE:
        for (const struct node *c = n->first; c; c = c->next)
            open |= add_first(f, c, caseless);
        return open;
    case NODE_GROUP:
        return add_first(f, n->first, caseless);
    case NODE_REPEAT:
        return n->most == 0 || add_first(f, n->first, caseless) || n->least == 0;
    default:
        return true;
    }
}

void pattern_first(const struct tree *tree, struct byte_set *out)
{
    memset(out, 0, sizeof *out);
    (void)add_first(out, tree->root, tree_caseless(tree));
}

/* Depth is bounded as that of the tree. */
static void add_node(struct byte_set *f, const struct node *n, bool caseless)
{
    switch (n->kind) {
    case NODE_TEXT:
        for (uint32_t i = 0; i < n->n_codes; i++)
            add_range(f, n->codes[i], n->codes[i], caseless);
        break;
    case NODE_CLASS:
        add_set(f, &n->set, caseless);
        break;
    case NODE_LOOK:
        break;
    default:
        for (const struct node *c = n->first; c; c = c->next)
            add_node(f, c, caseless);
    }
}

void pattern_bytes(const struct tree *tree, const struct node *n, struct byte_set *out)
{
    add_node(out, n, tree_caseless(tree));
}

/* --- beside a factor ------------------------------------------------------------------------ */

/* Walks away from the factor, and how many characters lie between. */
struct walk {
    const struct tree *tree;
    struct nearby *out;
    struct width at;
    bool back;
};

/* A character may be the i-th of a part. */
static void add_code(const struct walk *w, uint32_t i, uint32_t code)
{
    for (uint32_t d = add_width(w->at.min, i); d < NEARBY_MOST && d <= add_width(w->at.max, i); d++)
        add_range(&w->out->sets[d], code, code, tree_caseless(w->tree));
}

/* Any of the part's characters may stand wherever one may. */
static void add_part(const struct walk *w, const struct node *n, uint32_t most)
{
    const uint32_t end = add_width(w->at.max, most);

    for (uint32_t d = w->at.min; d < NEARBY_MOST && d < end; d++)
        add_node(&w->out->sets[d], n, tree_caseless(w->tree));
}

static void pass(struct walk *w, const struct node *n, struct width width)
{
    if (n->kind == NODE_TEXT)
        for (uint32_t i = 0; i < n->n_codes; i++)
            add_code(w, i, n->codes[w->back ? n->n_codes - 1 - i : i]);
    else
        add_part(w, n, width.max);
    w->at.min = add_width(w->at.min, width.min);
    w->at.max = add_width(w->at.max, width.max);
    w->out->n = w->at.min < NEARBY_MOST ? w->at.min : NEARBY_MOST;
}

static struct width width_left(const struct node *again)
{
    struct node left = *again;

    left.least -= left.least > 0;
    left.most -= left.most != WIDTH_ENDLESS;
    return tree_width(&left);
}

void pattern_bytes_next(const struct tree *tree, const struct node *again,
                        const struct items *items, uint32_t from, struct nearby *out)
{
    struct walk w = {.tree = tree, .out = out};

    *out = (struct nearby){.n = 0};
    if (again)
        pass(&w, again, width_left(again));
    for (uint32_t i = from; i < items->n && out->n < NEARBY_MOST; i++)
        pass(&w, items->list[i], tree_width(items->list[i]));
}

void pattern_bytes_previous(const struct tree *tree, const struct items *items, uint32_t to,
                            struct nearby *out)
{
    struct walk w = {.tree = tree, .out = out, .back = true};

    *out = (struct nearby){.n = 0};
    for (uint32_t i = to; i-- > 0 && out->n < NEARBY_MOST;)
        pass(&w, items->list[i], tree_width(items->list[i]));
}
