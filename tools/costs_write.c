/* SPDX-License-Identifier: Apache-2.0 */
#include "costs.h"

#include "grid.h"
#include "text.h"

#include <librules/set.h>
#include <stdlib.h>

enum { NS_A_US = 1000, NS_A_MS = 1000 * 1000 };

typedef unsigned long long number;

static double milliseconds(uint64_t ns)
{
    return (double)ns / NS_A_MS;
}

static void put_headings(struct grid *g, const enum text_id *headings)
{
    for (size_t i = 0; i < g->n_columns; i++)
        grid_text(g, text(headings[i]));
}

static void put_share(struct grid *g, double share)
{
    grid_format(g, "%.1f%%", share * 100);
}

static void put_time(struct grid *g, uint64_t ns, uint64_t worst)
{
    grid_format(g, "%.2f", milliseconds(ns));
    grid_format(g, "%.1f", (double)worst / NS_A_US);
}

static void put_number(struct grid *g, uint64_t n)
{
    grid_format(g, "%llu", (number)n);
}

static enum text_id stage_name(uint32_t stage)
{
    static const enum text_id names[] = {[RLS_STAGE_READ] = TEXT_STAGE_READ,
                                         [RLS_STAGE_SCAN] = TEXT_STAGE_SCAN,
                                         [RLS_STAGE_PATTERNS] = TEXT_STAGE_PATTERNS,
                                         [RLS_STAGE_JUDGE] = TEXT_STAGE_JUDGE,
                                         [RLS_STAGE_REPORT] = TEXT_STAGE_REPORT};

    return stage < sizeof names / sizeof *names ? names[stage] : TEXT_NONE;
}

static void write_stages(const struct cost_report *r, struct buffer *out)
{
    static const enum text_id headings[] = {TEXT_COST_SHARE, TEXT_COST_MS,         TEXT_COST_TIMES,
                                            TEXT_COST_BYTES, TEXT_COST_CHARACTERS, TEXT_COST_STAGE};
    struct grid g = {.n_columns = sizeof headings / sizeof *headings};
    const struct ranking all = {.whole = costs_total(r->costs)};
    const struct rls_stage_cost *s;

    put_headings(&g, headings);
    for (uint32_t i = 0; (s = rls_costs_stage(r->costs, i)); i++) {
        put_share(&g, costs_share(&all, s->ns));
        grid_format(&g, "%.2f", milliseconds(s->ns));
        put_number(&g, s->times);
        put_number(&g, s->bytes);
        put_number(&g, s->characters);
        grid_text(&g, text(stage_name(i)));
    }
    grid_write(&g, out);
}

static enum text_id key_name(enum cost_key by)
{
    static const enum text_id names[] = {
        [COST_TIME] = TEXT_BY_TIME, [COST_STEPS] = TEXT_BY_STEPS, [COST_HITS] = TEXT_BY_HITS};

    return names[by];
}

/* "Rules by time: 10 of 64" */
static void write_title(struct buffer *out, enum text_id title, enum cost_key by,
                        const struct ranking *ranking)
{
    buffer_say(out, title, text(key_name(by)), ranking->shown, ranking->n);
}

static void write_rules(const struct cost_report *r, struct buffer *out)
{
    static const enum text_id headings[] = {
        TEXT_COST_SHARE,      TEXT_COST_MS,       TEXT_COST_WORST, TEXT_COST_JUDGED,
        TEXT_COST_CONDITIONS, TEXT_COST_FINDINGS, TEXT_COST_RULE};
    struct grid g = {.n_columns = sizeof headings / sizeof *headings};
    struct ranking ranking;

    out->failed = !costs_rank_rules(r, &ranking) || out->failed;
    if (ranking.shown > 0) {
        write_title(out, TEXT_COST_RULES, r->by, &ranking);
        put_headings(&g, headings);
    }
    for (size_t i = 0; i < ranking.shown; i++) {
        const struct rls_rule_cost *c = rls_costs_rule(r->costs, ranking.items[i].index);
        put_share(&g, costs_share(&ranking, ranking.items[i].value));
        put_time(&g, c->ns, c->worst_ns);
        put_number(&g, c->judged);
        put_number(&g, c->conditions);
        put_number(&g, c->findings);
        grid_text(&g, rls_rule_id(c->rule));
    }
    grid_write(&g, out);
    free(ranking.items);
}

static void put_pattern(struct grid *g, const struct rls_pattern_cost *c, double share)
{
    put_share(g, share);
    put_time(g, c->ns, c->worst_ns);
    put_number(g, c->texts);
    put_number(g, c->places);
    put_number(g, c->runs);
    put_number(g, c->bytes);
    put_number(g, c->matches);
    put_number(g, c->limits);
    put_number(g, c->factors);
    grid_format(g, "%s:%u  %s", c->source, c->line, c->text);
}

static void write_patterns(const struct cost_report *r, struct buffer *out)
{
    static const enum text_id headings[] = {
        TEXT_COST_SHARE, TEXT_COST_MS,      TEXT_COST_WORST,   TEXT_COST_TEXTS,
        TEXT_COST_TRIED, TEXT_COST_RUNS,    TEXT_COST_BYTES,   TEXT_COST_MATCHES,
        TEXT_COST_LIMIT, TEXT_COST_FACTORS, TEXT_COST_PATTERN,
    };
    struct grid g = {.n_columns = sizeof headings / sizeof *headings};
    struct ranking ranking;

    out->failed = !costs_rank_patterns(r, &ranking) || out->failed;
    if (ranking.shown > 0) {
        write_title(out, TEXT_COST_PATTERNS, r->by, &ranking);
        put_headings(&g, headings);
    }
    for (size_t i = 0; i < ranking.shown; i++)
        put_pattern(&g, rls_costs_pattern(r->costs, ranking.items[i].index),
                    costs_share(&ranking, ranking.items[i].value));
    grid_write(&g, out);
    free(ranking.items);
}

static void write_lists(const struct cost_report *r, struct buffer *out)
{
    static const enum text_id headings[] = {TEXT_COST_SHARE,      TEXT_COST_TERMS,
                                            TEXT_COST_CANDIDATES, TEXT_COST_HITS,
                                            TEXT_COST_EXCUSED,    TEXT_COST_LIST};
    const enum cost_key by = r->by == COST_HITS ? COST_HITS : COST_STEPS;
    struct grid g = {.n_columns = sizeof headings / sizeof *headings};
    struct ranking ranking;

    out->failed = !costs_rank_lists(r, &ranking) || out->failed;
    if (ranking.shown > 0) {
        write_title(out, TEXT_COST_LISTS, by, &ranking);
        put_headings(&g, headings);
    }
    for (size_t i = 0; i < ranking.shown; i++) {
        const struct rls_list_cost *c = rls_costs_list(r->costs, ranking.items[i].index);
        put_share(&g, costs_share(&ranking, ranking.items[i].value));
        put_number(&g, c->terms);
        put_number(&g, c->candidates);
        put_number(&g, c->hits);
        put_number(&g, c->excused);
        grid_format(&g, "%s:%u  %s", c->source, c->line, c->list);
    }
    grid_write(&g, out);
    free(ranking.items);
}

void costs_write_text(const struct cost_report *r, struct buffer *out)
{
    const uint64_t ns = costs_total(r->costs), n = r->tally->checked;

    buffer_count(out, TEXT_ONE_DOCUMENT, n);
    buffer_say(out, TEXT_COST_SUM, milliseconds(ns), n ? (double)ns / NS_A_US / (double)n : 0);
    if (r->tally->malformed)
        buffer_say(out, TEXT_SUM_MALFORMED, (number)r->tally->malformed);
    buffer_text(out, "\n\n");
    write_stages(r, out);
    write_rules(r, out);
    write_patterns(r, out);
    write_lists(r, out);
}
