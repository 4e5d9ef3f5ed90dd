/* SPDX-License-Identifier: Apache-2.0 */
#include "conditions.h"
#include "text.h"

static void write_place(const struct rls_condition *c, struct buffer *b)
{
    buffer_format(b, "%s:%u: %s: ", c->source, c->line, rls_rule_id(c->rule));
}

static void write_condition(const struct rls_condition *c, struct buffer *b)
{
    buffer_format(b, ": <%s", c->operation);
    buffer_text(b, *c->operand ? " " : "");
    buffer_plain(b, c->operand);
    buffer_text(b, ">\n");
}

static void write_row(const struct condition_row *r, struct buffer *b)
{
    bool yes = r->seen & RLS_SEEN_TRUE, no = r->seen & RLS_SEEN_FALSE;

    if (yes && no)
        return;
    write_place(r->c, b);
    buffer_say(b, yes ? TEXT_NEVER_FALSE : no ? TEXT_NEVER_TRUE : TEXT_NEVER_EITHER);
    write_condition(r->c, b);
}

static void write_bound(const struct condition_row *r, struct buffer *b)
{
    static const struct {
        enum rls_seen side;
        enum text_id text;
    } sides[] = {{RLS_SEEN_BELOW, TEXT_SIDE_BELOW},
                 {RLS_SEEN_ON, TEXT_SIDE_ON},
                 {RLS_SEEN_ABOVE, TEXT_SIDE_ABOVE}};
    bool first = true;

    if (!r->c->bound || bound_tried(r))
        return;
    write_place(r->c, b);
    buffer_say(b, TEXT_BOUND_UNTRIED);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (r->seen & sides[i].side)
            continue;
        if (!first)
            buffer_say(b, TEXT_COMMA);
        buffer_say(b, sides[i].text);
        first = false;
    }
    write_condition(r->c, b);
}

static void write_edge(const struct version_edge *e, struct buffer *b)
{
    uint32_t line = 0;
    const char *source = rls_rule_source(e->rule, &line);
    const struct {
        bool stands;
        enum text_id text;
    } days[] = {{e->before, e->end ? TEXT_DAY_LAST : TEXT_DAY_BEFORE},
                {e->behind, e->end ? TEXT_DAY_AFTER : TEXT_DAY_FIRST}};

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (days[i].stands)
            continue;
        buffer_format(b, "%s:%u: ", source, line);
        buffer_say(b, days[i].text, rls_rule_id(e->rule), e->version->name);
    }
}

void conditions_write_text(const struct conditions *c, struct buffer *b)
{
    for (size_t i = 0; i < c->count; i++) {
        write_row(&c->rows[i], b);
        write_bound(&c->rows[i], b);
    }
    for (size_t i = 0; i < c->n_edges; i++)
        write_edge(&c->edges[i], b);
}

void conditions_write_summary(const struct conditions *c, struct buffer *b)
{
    size_t percent = c->outcomes ? c->outcomes_seen * 100 / c->outcomes : 100;

    buffer_say(b, TEXT_CONDITIONS, c->outcomes_seen, c->outcomes, percent, c->bounds_tried,
               c->bounds, c->edges_tried, c->n_edges);
}

static const char *truth(bool value)
{
    return value ? "true" : "false";
}

static void row_json(const struct condition_row *r, struct buffer *b)
{
    buffer_text(b, "{\"rule\":");
    buffer_json(b, rls_rule_id(r->c->rule));
    buffer_text(b, ",\"source\":");
    buffer_json(b, r->c->source);
    buffer_format(b, ",\"line\":%u,\"part\":\"%s\",\"operation\":\"%s\",\"operand\":", r->c->line,
                  r->c->part, r->c->operation);
    buffer_json(b, r->c->operand);
    buffer_format(b, ",\"true\":%s,\"false\":%s", truth(r->seen & RLS_SEEN_TRUE),
                  truth(r->seen & RLS_SEEN_FALSE));
    if (r->c->bound)
        buffer_format(b, ",\"below\":%s,\"on\":%s,\"above\":%s", truth(r->seen & RLS_SEEN_BELOW),
                      truth(r->seen & RLS_SEEN_ON), truth(r->seen & RLS_SEEN_ABOVE));
    buffer_text(b, "}");
}

static void edge_json(const struct version_edge *e, struct buffer *b)
{
    buffer_text(b, "{\"rule\":");
    buffer_json(b, rls_rule_id(e->rule));
    buffer_text(b, ",\"version\":");
    buffer_json(b, e->version->name);
    buffer_format(b, ",\"edge\":\"%s\",\"before\":%s,\"after\":%s}", e->end ? "end" : "begin",
                  truth(e->before), truth(e->behind));
}

static bool row_lacks(const struct condition_row *r)
{
    const uint32_t both = RLS_SEEN_TRUE | RLS_SEEN_FALSE;

    return (r->seen & both) != both || (r->c->bound && !bound_tried(r));
}

static void lists_json(const struct conditions *c, struct buffer *b)
{
    size_t n = 0;

    buffer_text(b, ",\n\"untried\":[");
    for (size_t i = 0; i < c->count; i++) {
        if (!row_lacks(&c->rows[i]))
            continue;
        buffer_text(b, n++ ? ",\n" : "\n");
        row_json(&c->rows[i], b);
    }
    buffer_text(b, "\n],\n\"untried_days\":[");
    n = 0;
    for (size_t i = 0; i < c->n_edges; i++) {
        if (c->edges[i].before && c->edges[i].behind)
            continue;
        buffer_text(b, n++ ? ",\n" : "\n");
        edge_json(&c->edges[i], b);
    }
    buffer_text(b, "\n]");
}

void conditions_write_json(const struct conditions *c, bool listed, struct buffer *b)
{
    buffer_format(b,
                  ",\n\"coverage\":{\"conditions\":%zu,\"outcomes\":%zu,\"outcomes_seen\":%zu,"
                  "\"bounds\":%zu,\"bounds_tried\":%zu,\"version_edges\":%zu,"
                  "\"version_edges_tried\":%zu}",
                  c->count, c->outcomes, c->outcomes_seen, c->bounds, c->bounds_tried, c->n_edges,
                  c->edges_tried);
    if (listed)
        lists_json(c, b);
}
