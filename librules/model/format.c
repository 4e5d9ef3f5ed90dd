/* SPDX-License-Identifier: Apache-2.0 */
#include "model/format.h"

#include <librules/format.h>

#include <string.h>

#include "base/context.h"
#include "base/limits.h"
#include "base/sized.h"
#include "xml/reader.h"
#include "xml/scan.h"

/* A piece of the source: a comment, an instruction, text, or a tag. */
struct node {
    struct piece piece;
    const struct element *element; /* of a start tag */
    uint32_t end;                  /* of a start tag: its end tag; else itself */
};

struct formatter {
    struct layout l;
    struct node *nodes;
    size_t cap, count;
};

static bool is_start(const struct node *n)
{
    return n->element != NULL;
}

static bool is_comment(const struct node *n)
{
    return n->piece.kind == PIECE_COMMENT || n->piece.kind == PIECE_INSTRUCTION;
}

/* Line ends of a stretch of blanks; SIZE_MAX when there is something else in it. */
static size_t line_ends(const struct formatter *f, const struct node *n)
{
    const char *text = f->l.source;
    size_t lines = 0;

    if (n->piece.kind != PIECE_TEXT)
        return SIZE_MAX;
    for (size_t i = n->piece.at; i < n->piece.end; i++) {
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == n->piece.end || text[i + 1] != '\n')))
            lines++;
        else if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return SIZE_MAX;
    }
    return lines;
}

static bool holds_text(const struct element *e)
{
    enum content content = grammar_element(e->kind)->content;

    return content == CONTENT_TEXT || content == CONTENT_VALUE;
}

/* What the grammar does not know, and elements with text where none belongs, stay as they are. */
static bool is_understood(const struct formatter *f, uint32_t i)
{
    const struct node *n = &f->nodes[i];

    if (!n->element->kind || n->element->foreign || n->piece.tag.quoted > FORMAT_ATTRIBUTES)
        return false;
    if (holds_text(n->element))
        return true;
    for (uint32_t j = i + 1; j < n->end; j = f->nodes[j].end + 1)
        if (!is_start(&f->nodes[j]) && !is_comment(&f->nodes[j]) &&
            line_ends(f, &f->nodes[j]) == SIZE_MAX)
            return false;
    return true;
}

/* Whether nothing but blanks stands inside an element that holds no text. */
static bool is_empty(const struct formatter *f, uint32_t i)
{
    const struct node *n = &f->nodes[i];

    if (n->end <= i + 1)
        return true;
    return !holds_text(n->element) && n->end == i + 2 && line_ends(f, &f->nodes[i + 1]) != SIZE_MAX;
}

/* Whether the source has all of an element on one line, but for line ends inside its tags. */
static bool stands_on_one_line(const struct formatter *f, uint32_t i)
{
    for (uint32_t j = i + 1; j < f->nodes[i].end; j++) {
        const struct node *n = &f->nodes[j];

        if (is_comment(n) || (n->piece.kind != PIECE_TAG &&
                              memchr(f->l.source + n->piece.at, '\n', n->piece.end - n->piece.at)))
            return false;
    }
    return true;
}

static bool is_term(const struct node *n)
{
    return n && is_start(n) &&
           (n->element->kind == ELEMENT_TERM || n->element->kind == ELEMENT_PATTERN ||
            n->element->kind == ELEMENT_ALLOW);
}

static void put_content(struct formatter *f, uint32_t i)
{
    const struct node *n = &f->nodes[i];

    put_source(&f->l, n->piece.end, f->nodes[n->end].piece.at);
}

/* All on one line, as far as it is not too wide. */
static void put_flat(struct formatter *f, uint32_t i)
{
    const struct node *n = &f->nodes[i], *last = NULL;

    if (!is_understood(f, i)) {
        put_source(&f->l, n->piece.at, f->nodes[n->end].piece.end);
        return;
    }
    put_tag(&f->l, n->element, &n->piece.tag, is_empty(f, i));
    if (is_empty(f, i))
        return;
    if (holds_text(n->element))
        put_content(f, i);
    for (uint32_t j = i + 1; j < n->end && !holds_text(n->element); j = f->nodes[j].end + 1) {
        if (!is_start(&f->nodes[j]) || f->l.column > FORMAT_WIDTH)
            continue;
        if (is_term(last) && is_term(&f->nodes[j]))
            put_text(&f->l, " ");
        last = &f->nodes[j];
        put_flat(f, j);
    }
    put_end_tag(&f->l, n->element);
}

static void put_children(struct formatter *f, uint32_t first, uint32_t end, size_t indent);

/* Where it begins the layout has been indented. */
static void put_element(struct formatter *f, uint32_t i, size_t indent)
{
    const struct node *n = &f->nodes[i];
    struct mark mark = layout_mark(&f->l);
    bool whole = !is_understood(f, i) || is_empty(f, i) || holds_text(n->element);

    if (whole || stands_on_one_line(f, i)) {
        put_flat(f, i);
        if (whole || layout_fits(&f->l, mark))
            return;
        layout_return(&f->l, mark);
    }
    put_tag(&f->l, n->element, &n->piece.tag, false);
    put_children(f, i + 1, n->end, indent + FORMAT_STEP);
    put_text(&f->l, "\n");
    put_blanks(&f->l, indent);
    put_end_tag(&f->l, n->element);
}

/* Children while they are laid out. */
struct row {
    const struct node *last; /* the one before; NULL: none yet */
    size_t lines;            /* line ends since */
    bool spilt;              /* a row of terms was too long: those after it move up */
};

static bool is_alike(const struct node *a, const struct node *b)
{
    return is_term(a) && is_term(b) && a->element->kind == b->element->kind;
}

/* Terms share a line where the source has them so and there is room. */
static bool put_beside(struct formatter *f, struct row *row, uint32_t i, size_t indent)
{
    struct mark mark = layout_mark(&f->l);

    row->spilt = row->spilt && row->lines < 2 && is_alike(row->last, &f->nodes[i]);
    if (!is_term(&f->nodes[i]) || !is_term(row->last) || (row->lines > 0 && !row->spilt))
        return false;
    put_text(&f->l, " ");
    put_element(f, i, indent);
    if (layout_fits(&f->l, mark))
        return true;
    layout_return(&f->l, mark);
    row->spilt = true;
    return false;
}

static void put_node(struct formatter *f, uint32_t i, size_t indent)
{
    const struct node *n = &f->nodes[i];

    if (is_start(n))
        put_element(f, i, indent);
    else
        put_source(&f->l, n->piece.at, n->piece.end);
}

/* The line ends before a child: a blank line stays one, none stands at the begin. */
static void put_break(struct formatter *f, const struct row *row, size_t indent)
{
    if (f->l.len > 0)
        put_text(&f->l, row->last && row->lines > 1 ? "\n\n" : "\n");
    put_blanks(&f->l, indent);
}

static void put_child(struct formatter *f, struct row *row, uint32_t i, size_t indent)
{
    /* What a comment stands behind is what it is about. */
    bool behind = row->lines == 0 && f->nodes[i].piece.kind == PIECE_COMMENT && f->l.len > 0;

    if (put_beside(f, row, i, indent))
        return;
    if (behind)
        put_text(&f->l, " ");
    else
        put_break(f, row, indent);
    put_node(f, i, indent);
}

static void put_children(struct formatter *f, uint32_t first, uint32_t end, size_t indent)
{
    struct row row = {0};

    for (uint32_t i = first; i < end && !f->l.failed; i = f->nodes[i].end + 1) {
        if (f->nodes[i].piece.kind == PIECE_TEXT) {
            row.lines = line_ends(f, &f->nodes[i]);
            continue;
        }
        put_child(f, &row, i, indent);
        row.last = &f->nodes[i];
        row.lines = 0;
    }
}

/* The element that was read after this one, in the order of start tags. */
static const struct element *element_after(const struct element *e)
{
    if (e->first)
        return e->first;
    while (e && !e->next)
        e = e->parent;
    return e ? e->next : NULL;
}

static bool add_node(struct formatter *f, const struct piece *piece)
{
    if (!mem_grow(f->l.mem, &f->nodes, &f->cap, f->count + 1, sizeof *f->nodes))
        return false;
    f->nodes[f->count] = (struct node){.piece = *piece, .end = (uint32_t)f->count};
    f->count++;
    return true;
}

/* Cuts the source into nodes and gives them the elements of the tree. */
static bool cut(struct formatter *f, const struct document *doc, size_t len)
{
    struct scan scan = {.text = f->l.source, .len = len};
    uint32_t open[LIMIT_XML_DEPTH];
    uint32_t depth = 0;
    const struct element *next = doc->root;
    struct piece piece;

    while (scan_piece(&scan, &piece)) {
        uint32_t i = (uint32_t)f->count;

        if (!add_node(f, &piece))
            return false;
        if (piece.kind != PIECE_TAG)
            continue;
        if (piece.tag.kind == TAG_END && depth > 0) {
            f->nodes[open[--depth]].end = i;
        } else if (next) {
            f->nodes[i].element = next;
            next = element_after(next);
            if (piece.tag.kind == TAG_START && depth < LIMIT_XML_DEPTH)
                open[depth++] = i;
        }
    }
    return true;
}

static int lay_out(struct formatter *f, const struct document *doc, size_t len, rls_write_fn put,
                   void *user)
{
    if (!cut(f, doc, len))
        return RLS_ERR_MEMORY;
    put_children(f, 0, (uint32_t)f->count, 0);
    put_text(&f->l, "\n");
    if (f->l.failed)
        return RLS_ERR_MEMORY;
    return put(user, f->l.data, f->l.len) == 0 ? RLS_OK : RLS_ERR_IO;
}

/* What is no rule set is refused; other mistakes in the rules are none in their layout. */
static bool is_rule_set(const struct document *doc, struct diagnostics *d)
{
    struct diagnostics unheard;
    bool rules;

    diagnostics_init(&unheard, &d->mem, 0, NULL, NULL);
    rules = model_check(doc, &unheard);
    d->failed = d->failed || unheard.failed;
    diagnostics_clear(&unheard);
    return rules || model_check(doc, d);
}

static int format(struct source *source, struct arena *arena, struct diagnostics *d,
                  rls_write_fn put, void *user)
{
    struct formatter f = {.l = {.mem = &arena->mem, .source = source->lines.text}};
    struct document doc = {.source = source};
    size_t len = source->lines.len, part = len / XML_CHUNKS;
    int st = RLS_ERR_COMPILE;

    if (!xml_read(&doc, source, arena, d, part > XML_CHUNK ? part : XML_CHUNK))
        return RLS_ERR_MEMORY;
    if (!doc.broken && is_rule_set(&doc, d))
        st = lay_out(&f, &doc, len, put, user);
    mem_release(f.l.mem, f.nodes, f.cap * sizeof *f.nodes);
    mem_release(f.l.mem, f.l.data, f.l.cap);
    return d->failed ? RLS_ERR_MEMORY : st;
}

int rls_format_rules(struct rls_context *ctx, const char *name, const char *xml, size_t len,
                     const struct rls_format_options *options, rls_write_fn put, void *user)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct source source = {.name = name};
    struct rls_format_options o;
    struct diagnostics d;
    struct arena arena;
    int st = sized_read(&o, sizeof o, sizeof o.size, options);

    if (st != RLS_OK)
        return st;
    if (!name || !xml || !put)
        return RLS_ERR_ARGUMENT;
    if (len > LIMIT_SOURCE_BYTES)
        return RLS_ERR_LIMIT;
    if (len >= 3 && memcmp(xml, mark, 3) == 0) {
        xml += 3;
        len -= 3;
    }
    arena_init(&arena, context_mem(ctx));
    diagnostics_init(&d, context_mem(ctx), LIMIT_DIAGNOSTICS, o.on_diagnostic, o.diagnostic_user);
    st = RLS_ERR_MEMORY;
    if (lines_init(&source.lines, context_mem(ctx), xml, len))
        st = format(&source, &arena, &d, put, user);
    lines_clear(&source.lines, context_mem(ctx));
    diagnostics_clear(&d);
    arena_clear(&arena);
    return st;
}
