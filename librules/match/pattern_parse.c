/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "match/pattern_lex.h"
#include "text/reader.h"

static struct node *append(struct node *parent, struct node *child)
{
    if (!child)
        return NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

static struct node *around(struct parser *p, enum node_kind kind, struct node *child)
{
    struct node *n = child ? new_node(p, kind) : NULL;

    if (n)
        append(n, child);
    return n;
}

/* --- literals ------------------------------------------------------------------------------ */

static void run_add(struct parser *p, uint32_t code)
{
    char bytes[UTF8_LONGEST];
    uint32_t n = utf8_encode(code, bytes);

    /* An escape is at least as long as what it stands for. */
    memcpy(p->run + p->n_run, bytes, n);
    p->n_run += n;
}

/* A text node of characters as they stand in the view. */
static struct node *fold_text(struct parser *p, const char *text, size_t len)
{
    struct node *n = new_node(p, NODE_TEXT);
    struct text_reader r;
    struct text_char c;
    uint32_t *codes, count = 0;

    text_reader_init(&r, text, len, p->tree->forms);
    while (text_read(&r, &c))
        count++;
    codes = arena_array(p->tree->arena, count, sizeof *codes);
    if (!n || !codes)
        return short_of_memory(p);
    text_reader_init(&r, text, len, p->tree->forms);
    while (text_read(&r, &c))
        codes[n->n_codes++] = c.code;
    n->codes = codes;
    return n;
}

static void run_flush(struct parser *p, struct node *sequence)
{
    if (p->n_run)
        append(sequence, fold_text(p, p->run, p->n_run));
    p->n_run = 0;
}

/* --- groups -------------------------------------------------------------------------------- */

static struct node *parse_choice(struct parser *p);

static bool same_name(const char *known, const char *name, size_t len)
{
    return known && strlen(known) == len && memcmp(known, name, len) == 0;
}

/* The name up to the closing character, for the next group that captures. */
static void read_name(struct parser *p, char closing)
{
    const size_t begin = p->at;
    struct tree *t = p->tree;
    size_t len;

    while (is_letter(peek(p)) || peek(p) == '_' || (p->at > begin && is_digit(peek(p))))
        p->at++;
    len = p->at - begin;
    if (len == 0 || len >= FAULT_BYTES || peek(p) != closing) {
        fail_here(p, MSG_PATTERN_NAME, begin, more(p) ? char_end(p, p->at) : p->at, HINT_NONE);
        return;
    }
    for (uint32_t i = 1; i <= t->captures; i++)
        if (same_name(t->names[i], p->text + begin, len))
            fail_here(p, MSG_PATTERN_NAME_TWICE, begin, p->at, HINT_NONE);
    p->at++;
    if (t->captures < LIMIT_PATTERN_CAPTURES) {
        t->names[t->captures + 1] = arena_text(t->arena, p->text + begin, len);
        if (!t->names[t->captures + 1])
            short_of_memory(p);
    }
}

static struct node *new_capture(struct parser *p, size_t begin)
{
    struct node *n = new_node(p, NODE_GROUP);

    if (n && ++p->tree->captures > LIMIT_PATTERN_CAPTURES)
        return fail_number(p, MSG_PATTERN_CAPTURES, begin, begin + 1, LIMIT_PATTERN_CAPTURES);
    if (n)
        n->capture = p->tree->captures;
    return n;
}

static struct node *new_look(struct parser *p, bool behind, bool not )
{
    struct node *n = new_node(p, NODE_LOOK);

    if (n) {
        n->behind = behind;
        n->not = not ;
    }
    return n;
}

/* (?i) and its like: letters, perhaps behind a minus. */
static bool at_flags(const struct parser *p)
{
    return is_letter(peek(p)) || peek(p) == '-' || peek(p) == '^';
}

/* Behind "(". */
static struct node *open_group(struct parser *p, size_t begin)
{
    size_t end;

    if (looking_at(p, "*"))
        return fail_here(p, MSG_PATTERN_NOT_SUPPORTED, begin, begin + 2, HINT_NONE);
    if (!take(p, "?"))
        return new_capture(p, begin);
    if (take(p, ":"))
        return new_node(p, NODE_GROUP);
    if (take(p, "="))
        return new_look(p, false, false);
    if (take(p, "!"))
        return new_look(p, false, true);
    if (take(p, "<="))
        return new_look(p, true, false);
    if (take(p, "<!"))
        return new_look(p, true, true);
    if (looking_at(p, "P<") || looking_at(p, "<") || looking_at(p, "'")) {
        const char closing = peek(p) == '\'' ? '\'' : '>';

        p->at += peek(p) == 'P' ? 2 : 1;
        read_name(p, closing);
        return p->failed ? NULL : new_capture(p, begin);
    }
    end = p->at < p->len ? char_end(p, p->at) : p->at;
    return fail_here(p, MSG_PATTERN_NOT_SUPPORTED, begin, end,
                     at_flags(p) && peek(p) != 'P' && peek(p) != 'R' ? HINT_PATTERN_FLAGS
                                                                     : HINT_NONE);
}

static bool is_fixed(const struct node *n)
{
    const struct node *one = n->kind == NODE_CHOICE ? n->first : n;
    bool fixed = true;

    for (; one && fixed; one = n->kind == NODE_CHOICE ? one->next : NULL) {
        struct width w = tree_width(one);
        fixed = w.min == w.max;
    }
    return fixed;
}

static struct node *parse_group(struct parser *p)
{
    const size_t begin = p->at++;
    struct node *n = open_group(p, begin), *inside;

    if (!n)
        return NULL;
    if (p->depth == LIMIT_PATTERN_DEPTH)
        return fail_number(p, MSG_PATTERN_DEPTH, begin, begin + 1, LIMIT_PATTERN_DEPTH);
    p->depth++;
    inside = parse_choice(p);
    p->depth--;
    if (!inside)
        return NULL;
    if (!take(p, ")"))
        return fail(p, MSG_PATTERN_UNCLOSED, begin, 1, "(", HINT_NONE);
    append(n, inside);
    if (n->kind == NODE_LOOK && n->behind && !is_fixed(inside))
        return fail_here(p, MSG_PATTERN_LOOK_BEHIND, begin, p->at, HINT_NONE);
    return n;
}

/* --- repetitions --------------------------------------------------------------------------- */

static bool at_repeat(const struct parser *p)
{
    char c = peek(p);

    return c == '*' || c == '+' || c == '?' || c == '{';
}

/* A decimal number that no limit lets be large; false when there is none. */
static bool read_number(struct parser *p, uint32_t *n)
{
    const size_t begin = p->at;

    for (*n = 0; is_digit(peek(p)); p->at++)
        if (*n < 100000)
            *n = *n * 10 + (uint32_t)(peek(p) - '0');
    return p->at > begin;
}

/* {n}, {n,}, {n,m} */
static void read_bounds(struct parser *p, uint32_t *least, uint32_t *most)
{
    const size_t begin = p->at++;

    *most = WIDTH_ENDLESS;
    if (!read_number(p, least)) {
        fail(p, MSG_PATTERN_BOUNDS, begin, 1, "", HINT_NONE);
        return;
    }
    if (!take(p, ","))
        *most = *least;
    else if (is_digit(peek(p)))
        (void)read_number(p, most);
    if (!take(p, "}"))
        fail(p, MSG_PATTERN_BOUNDS, begin, 1, "", HINT_NONE);
    else if (*most < *least)
        fail_here(p, MSG_PATTERN_ORDER, begin, p->at, HINT_NONE);
    else if (*least > LIMIT_PATTERN_REPEAT ||
             (*most > LIMIT_PATTERN_REPEAT && *most != WIDTH_ENDLESS))
        fail_number(p, MSG_PATTERN_REPEAT, begin, p->at, LIMIT_PATTERN_REPEAT);
}

static void read_repeat(struct parser *p, uint32_t *least, uint32_t *most)
{
    const char c = peek(p);

    *least = c == '+';
    *most = c == '?' ? 1 : WIDTH_ENDLESS;
    if (c == '{')
        read_bounds(p, least, most);
    else
        p->at++;
}

static struct node *parse_repeat(struct parser *p, struct node *what)
{
    const size_t begin = p->at;
    uint32_t least, most;
    struct node *n;

    if (what->kind == NODE_LOOK || (what->kind >= NODE_BEGIN && what->kind <= NODE_NO_EDGE))
        return fail_here(p, MSG_PATTERN_REPEATS_NOTHING, begin, begin + 1, HINT_NONE);
    read_repeat(p, &least, &most);
    n = p->failed ? NULL : around(p, NODE_REPEAT, what);
    if (!n)
        return NULL;
    n->least = least;
    n->most = most;
    n->lazy = take(p, "?");
    if (peek(p) == '+')
        return fail_here(p, MSG_PATTERN_NOT_SUPPORTED, begin, p->at + 1, HINT_PATTERN_POSSESSIVE);
    if (more(p) && at_repeat(p))
        return fail_here(p, MSG_PATTERN_REPEATS_NOTHING, p->at, p->at + 1, HINT_NONE);
    return n;
}

/* --- sequences and choices ----------------------------------------------------------------- */

static struct node *parse_escape(struct parser *p, bool *literal, uint32_t *code)
{
    struct escape e;

    if (!read_escape(p, &e))
        return NULL;
    *literal = e.literal;
    *code = e.code;
    if (e.literal)
        return NULL;
    if (e.letter == 'b')
        return new_node(p, e.inverse ? NODE_NO_EDGE : NODE_EDGE);
    return escape_class(p, &e);
}

static struct node *parse_special(struct parser *p, bool *literal, uint32_t *code)
{
    switch (peek(p)) {
    case '\\':
        return parse_escape(p, literal, code);
    case '[':
        return parse_class(p);
    case '(':
        return parse_group(p);
    case '.':
        p->at++;
        return any_character(p);
    case '^':
        p->at++;
        return new_node(p, NODE_BEGIN);
    case '$':
        p->at++;
        return new_node(p, NODE_END);
    case '*':
    case '+':
    case '?':
    case '{':
        return fail_here(p, MSG_PATTERN_REPEATS_NOTHING, p->at, p->at + 1, HINT_NONE);
    default:
        *literal = true;
        *code = read_plain(p);
        return NULL;
    }
}

/* A literal character joins those before it, unless it is repeated. */
static void add_literal(struct parser *p, struct node *sequence, uint32_t code)
{
    size_t before = p->n_run;
    struct node *single;

    run_add(p, code);
    if (!more(p) || !at_repeat(p))
        return;
    single = fold_text(p, p->run + before, p->n_run - before);
    p->n_run = before;
    run_flush(p, sequence);
    if (single)
        append(sequence, parse_repeat(p, single));
}

static void parse_piece(struct parser *p, struct node *sequence)
{
    bool literal = false;
    uint32_t code = 0;
    struct node *n;

    /* What stands in the group has runs of its own. */
    if (peek(p) == '(')
        run_flush(p, sequence);
    n = parse_special(p, &literal, &code);
    if (p->failed)
        return;
    if (literal) {
        add_literal(p, sequence, code);
        return;
    }
    run_flush(p, sequence);
    if (n && more(p) && at_repeat(p))
        n = parse_repeat(p, n);
    append(sequence, n);
}

static struct node *parse_sequence(struct parser *p)
{
    struct node *n = new_node(p, NODE_SEQUENCE);

    while (n && more(p) && peek(p) != '|' && peek(p) != ')')
        parse_piece(p, n);
    if (n && !p->failed)
        run_flush(p, n);
    return p->failed ? NULL : n;
}

/* Depth is bounded by LIMIT_PATTERN_DEPTH. */
static struct node *parse_choice(struct parser *p)
{
    struct node *first = parse_sequence(p), *choice;

    if (!first || peek(p) != '|')
        return first;
    choice = around(p, NODE_CHOICE, first);
    while (choice && !p->failed && take(p, "|"))
        append(choice, parse_sequence(p));
    return p->failed ? NULL : choice;
}

/* --- all of it ----------------------------------------------------------------------------- */

bool pattern_parse(const struct pattern_source *source, struct tree *tree,
                   struct pattern_fault *fault)
{
    struct parser p = {.tree = tree, .fault = fault, .text = source->text, .len = source->length};
    struct node *root;

    *fault = (struct pattern_fault){.message = MSG_NONE};
    if (source->length > LIMIT_PATTERN_BYTES) {
        fail_number(&p, MSG_PATTERN_TOO_LONG, 0, 1, LIMIT_PATTERN_BYTES);
        return false;
    }
    root = parse_choice(&p);
    if (root && p.at < p.len)
        fail_here(&p, MSG_PATTERN_STRAY, p.at, p.at + 1, HINT_NONE);
    if (!root || p.failed)
        return false;
    tree->root = root;
    if (tree_width(root).min == 0)
        fail(&p, MSG_PATTERN_EMPTY, 0, p.len, NULL, HINT_NONE);
    return !p.failed;
}
