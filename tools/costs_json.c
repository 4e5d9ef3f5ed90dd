/* SPDX-License-Identifier: Apache-2.0 */
#include "costs.h"

#include <librules/set.h>
#include <stdlib.h>

typedef unsigned long long number;

static void put_number(struct buffer *b, const char *name, uint64_t n)
{
    buffer_format(b, ",\"%s\":%llu", name, (number)n);
}

static void put_text(struct buffer *b, const char *name, const char *value)
{
    buffer_format(b, ",\"%s\":", name);
    buffer_json(b, value);
}

/* The first members of an object of a table. */
static void begin(struct buffer *b, const struct ranking *ranking, size_t i, const char *name,
                  const char *value)
{
    buffer_format(b, "%s\n{\"%s\":", i ? "," : "", name);
    buffer_json(b, value);
    buffer_format(b, ",\"share\":%.4f", costs_share(ranking, ranking->items[i].value));
}

static void write_stages(const struct cost_report *r, struct buffer *b)
{
    static const char *const names[] = {"read", "scan", "patterns", "judge", "report"};
    const struct ranking all = {.whole = costs_total(r->costs)};
    const struct rls_stage_cost *s;

    for (uint32_t i = 0; i < sizeof names / sizeof *names && (s = rls_costs_stage(r->costs, i));
         i++) {
        buffer_format(b, "%s\n{\"stage\":\"%s\",\"share\":%.4f", i ? "," : "", names[i],
                      costs_share(&all, s->ns));
        put_number(b, "times", s->times);
        put_number(b, "bytes", s->bytes);
        put_number(b, "characters", s->characters);
        put_number(b, "ns", s->ns);
        buffer_text(b, "}");
    }
}

static void write_rules(const struct cost_report *r, struct buffer *b)
{
    struct ranking ranking;

    b->failed = !costs_rank_rules(r, &ranking) || b->failed;
    for (size_t i = 0; i < ranking.shown; i++) {
        const struct rls_rule_cost *c = rls_costs_rule(r->costs, ranking.items[i].index);
        uint32_t line;
        const char *source = rls_rule_source(c->rule, &line);
        begin(b, &ranking, i, "rule", rls_rule_id(c->rule));
        put_text(b, "source", source);
        put_number(b, "line", line);
        put_number(b, "judged", c->judged);
        put_number(b, "conditions", c->conditions);
        put_number(b, "findings", c->findings);
        put_number(b, "ns", c->ns);
        put_number(b, "worst_ns", c->worst_ns);
        buffer_text(b, "}");
    }
    free(ranking.items);
}

static void write_pattern(const struct rls_pattern_cost *c, struct buffer *b)
{
    put_text(b, "list", c->list);
    put_text(b, "source", c->source);
    put_number(b, "line", c->line);
    put_number(b, "factors", c->factors);
    put_number(b, "texts", c->texts);
    put_number(b, "woken", c->woken);
    put_number(b, "places", c->places);
    put_number(b, "runs", c->runs);
    put_number(b, "bytes", c->bytes);
    put_number(b, "matches", c->matches);
    put_number(b, "limits", c->limits);
    put_number(b, "ns", c->ns);
    put_number(b, "worst_ns", c->worst_ns);
    buffer_text(b, "}");
}

static void write_patterns(const struct cost_report *r, struct buffer *b)
{
    struct ranking ranking;

    b->failed = !costs_rank_patterns(r, &ranking) || b->failed;
    for (size_t i = 0; i < ranking.shown; i++) {
        const struct rls_pattern_cost *c = rls_costs_pattern(r->costs, ranking.items[i].index);
        begin(b, &ranking, i, "pattern", c->text);
        write_pattern(c, b);
    }
    free(ranking.items);
}

static void write_lists(const struct cost_report *r, struct buffer *b)
{
    struct ranking ranking;

    b->failed = !costs_rank_lists(r, &ranking) || b->failed;
    for (size_t i = 0; i < ranking.shown; i++) {
        const struct rls_list_cost *c = rls_costs_list(r->costs, ranking.items[i].index);
        begin(b, &ranking, i, "list", c->list);
        put_text(b, "source", c->source);
        put_number(b, "line", c->line);
        put_number(b, "terms", c->terms);
        put_number(b, "candidates", c->candidates);
        put_number(b, "hits", c->hits);
        put_number(b, "excused", c->excused);
        buffer_text(b, "}");
    }
    free(ranking.items);
}

void costs_write_json(const struct cost_report *r, struct buffer *b)
{
    static const char *const keys[] = {"time", "steps", "hits"};

    buffer_format(b,
                  "{\"documents\":%llu,\"malformed\":%llu,\"by\":\"%s\",\"ns\":%llu,\"stages\":[",
                  (number)r->tally->checked, (number)r->tally->malformed, keys[r->by],
                  (number)costs_total(r->costs));
    write_stages(r, b);
    buffer_text(b, "],\"rules\":[");
    write_rules(r, b);
    buffer_text(b, "],\"patterns\":[");
    write_patterns(r, b);
    buffer_text(b, "],\"lists\":[");
    write_lists(r, b);
    buffer_text(b, "]}\n");
}
