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

bool pattern_next_bytes(const struct tree *tree, const struct node *again,
                        const struct items *items, uint32_t from, struct byte_set *out)
{
    bool open = true;

    if (again)
        (void)add_first(out, again, tree_caseless(tree));
    for (uint32_t i = from; i < items->n && open; i++)
        open = add_first(out, items->list[i], tree_caseless(tree));
    return open;
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
