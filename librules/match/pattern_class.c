/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "match/pattern_lex.h"
#include "text/reader.h"

enum { LAST_CODE = 0x10ffff };

/* A set under construction. */
struct set_builder {
    struct arena *arena;
    struct code_range *ranges;
    uint32_t n, cap;
    uint32_t has, lacks;
    bool failed; /* memory was short */
};

/* Memory of an arena cannot grow in place: what is outgrown dies with the arena. */
static bool reserve(struct set_builder *b)
{
    uint32_t cap = b->cap ? 2 * b->cap : 8;
    struct code_range *ranges;

    if (b->n < b->cap)
        return true;
    ranges = arena_array(b->arena, cap, sizeof *ranges);
    if (!ranges) {
        b->failed = true;
        return false;
    }
    if (b->n)
        memcpy(ranges, b->ranges, b->n * sizeof *ranges);
    b->ranges = ranges;
    b->cap = cap;
    return true;
}

static void set_range(struct set_builder *b, uint32_t from, uint32_t to)
{
    if (from <= to && reserve(b))
        b->ranges[b->n++] = (struct code_range){from, to};
}

static const struct code_range digits[] = {{'0', '9'}, {0, 0}};
static const struct code_range words[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0, 0}};
static const struct code_range blanks[] = {{'\t', '\r'},
                                           {' ', ' '},
                                           {0x85, 0x85},
                                           {0xa0, 0xa0},
                                           {0x1680, 0x1680},
                                           {0x2000, 0x200a},
                                           {0x2028, 0x2029},
                                           {0x202f, 0x202f},
                                           {0x205f, 0x205f},
                                           {0x3000, 0x3000},
                                           {0, 0}};

static void set_escape(struct set_builder *b, char letter, bool inverse)
{
    const struct code_range *r = letter == 'd' ? digits : letter == 'w' ? words : blanks;
    uint32_t next = 0;

    for (; r->to; r++) {
        if (!inverse)
            set_range(b, r->from, r->to);
        else if (r->from > next)
            set_range(b, next, r->from - 1);
        next = r->to + 1;
    }
    if (inverse)
        set_range(b, next, LAST_CODE);
}

/* General categories and scripts that mean the same to everyone. */
static const char *const properties[] = {"L",        "N",        "Nd",       "P",      "S",
                                         "Z",        "M",        "Han",      "Latin",  "Greek",
                                         "Cyrillic", "Hiragana", "Katakana", "Hangul", "Arabic",
                                         "Thai",     "Hebrew",   "Bopomofo", NULL};

enum {
    PROPERTY_L,
    PROPERTY_N,
    PROPERTY_ND,
    PROPERTY_P,
    PROPERTY_S,
    PROPERTY_Z,
    PROPERTY_LATIN = 8
};

const char *property_name(uint32_t property)
{
    return properties[property];
}

uint32_t property_find(const char *name, size_t len)
{
    for (uint32_t i = 0; properties[i]; i++)
        if (strlen(properties[i]) == len && memcmp(properties[i], name, len) == 0)
            return i;
    return PROPERTY_NONE;
}

bool property_has_ascii(uint32_t property, unsigned char c)
{
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    switch (property) {
    case PROPERTY_L:
    case PROPERTY_LATIN:
        return letter;
    case PROPERTY_N:
    case PROPERTY_ND:
        return digit;
    case PROPERTY_Z:
        return c == ' ';
    case PROPERTY_P:
    case PROPERTY_S:
        return c > ' ' && c < 0x7f && !digit && !letter;
    default:
        return false;
    }
}

/* --- reading --------------------------------------------------------------------------- */

/* What one character becomes in the view: how many, and the first in *folded. */
static size_t fold_code(const struct parser *p, uint32_t code, uint32_t *folded)
{
    char bytes[UTF8_LONGEST];
    struct text_reader r;
    struct text_char c;
    size_t n = 0;

    *folded = code;
    text_reader_init(&r, bytes, utf8_encode(code, bytes), p->tree->forms);
    for (; text_read(&r, &c); n++)
        if (!n)
            *folded = c.code;
    return n;
}

struct member {
    bool literal;
    uint32_t code;
    size_t begin;
};

static void add_single(struct parser *p, struct set_builder *b, const struct member *m)
{
    uint32_t folded;

    if (fold_code(p, m->code, &folded) > 1)
        fail_here(p, MSG_PATTERN_MEMBER, m->begin, p->at, HINT_NONE);
    else
        set_range(b, folded, folded);
}

/* A range is folded as a whole or not at all: 0-9 stays one, whatever the width. */
static void add_range(struct parser *p, struct set_builder *b, const struct member *from,
                      const struct member *to)
{
    uint32_t low, high;

    if (!to->literal || from->code > to->code) {
        fail_here(p, MSG_PATTERN_ORDER, from->begin, p->at, HINT_NONE);
        return;
    }
    set_range(b, from->code, to->code);
    if (fold_code(p, from->code, &low) == 1 && fold_code(p, to->code, &high) == 1 &&
        low != from->code && high - low == to->code - from->code)
        set_range(b, low, high);
}

static bool read_member(struct parser *p, struct set_builder *b, struct member *m)
{
    struct escape e;

    *m = (struct member){.literal = true, .begin = p->at};
    if (peek(p) == '[' && p->at + 1 < p->len && strchr(":.=", p->text[p->at + 1])) {
        fail_here(p, MSG_PATTERN_NOT_SUPPORTED, p->at, p->at + 2, HINT_NONE);
    } else if (peek(p) != '\\') {
        m->code = read_plain(p);
    } else if (read_escape(p, &e)) {
        m->literal = e.literal;
        m->code = e.code;
        if (e.letter == 'b')
            fail_here(p, MSG_PATTERN_ESCAPE, m->begin, p->at, HINT_NONE);
        else if (e.letter == 'p')
            *(e.inverse ? &b->lacks : &b->has) |= 1u << e.property;
        else if (!e.literal)
            set_escape(b, e.letter, e.inverse);
    }
    return !p->failed;
}

static bool at_range(const struct parser *p)
{
    return peek(p) == '-' && p->at + 1 < p->len && p->text[p->at + 1] != ']';
}

static struct node *set_node(struct parser *p, const struct set_builder *b, bool negated)
{
    struct node *n = b->failed ? short_of_memory(p) : new_node(p, NODE_CLASS);

    if (n)
        n->set = (struct char_set){b->ranges, b->n, b->has, b->lacks, negated};
    return n;
}

struct node *parse_class(struct parser *p)
{
    struct set_builder b = {.arena = p->tree->arena};
    const size_t begin = p->at++;
    const bool negated = take(p, "^");
    bool first = true;

    for (; more(p) && (first || peek(p) != ']'); first = false) {
        struct member from, to;

        if (!read_member(p, &b, &from) || (!from.literal && !at_range(p)))
            continue;
        if (!from.literal) {
            fail_here(p, MSG_PATTERN_ORDER, from.begin, p->at + 1, HINT_NONE);
        } else if (!at_range(p)) {
            add_single(p, &b, &from);
        } else {
            p->at++;
            if (read_member(p, &b, &to))
                add_range(p, &b, &from, &to);
        }
    }
    if (p->failed)
        return NULL;
    if (!take(p, "]"))
        return fail(p, MSG_PATTERN_UNCLOSED, begin, 1, "[", HINT_NONE);
    return set_node(p, &b, negated);
}

struct node *escape_class(struct parser *p, const struct escape *e)
{
    struct set_builder b = {.arena = p->tree->arena};

    if (e->letter == 'p')
        *(e->inverse ? &b.lacks : &b.has) = 1u << e->property;
    else
        set_escape(&b, e->letter, e->inverse);
    return set_node(p, &b, false);
}

struct node *any_character(struct parser *p)
{
    struct set_builder b = {.arena = p->tree->arena};

    set_range(&b, '\n', '\n');
    set_range(&b, '\r', '\r');
    set_range(&b, 0x85, 0x85);
    set_range(&b, 0x2028, 0x2029);
    return set_node(p, &b, true);
}
