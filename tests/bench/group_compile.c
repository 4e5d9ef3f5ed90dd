/* SPDX-License-Identifier: Apache-2.0 */
/* Building what finds terms: how long, how large. */
#include "bench.h"

#include <stdio.h>

#include "clocks.h"
#include "peak.h"

/* An engine whose work is to build another. */
static uint64_t build_ours(void *terms, const char *text, size_t len)
{
    struct engine e = ours_matcher(&(struct ours_input){.terms = terms});

    (void)text, (void)len;
    engine_drop(&e);
    return 1;
}

static uint64_t build_vectorscan(void *terms, const char *text, size_t len)
{
    struct engine e = vectorscan_literals(terms, VECTORSCAN_PLAIN);

    (void)text, (void)len;
    engine_drop(&e);
    return 1;
}

static void keep_ours(const void *terms)
{
    (void)ours_matcher(&(struct ours_input){.terms = terms});
}

static void keep_vectorscan(const void *terms)
{
    (void)vectorscan_literals(terms, VECTORSCAN_PLAIN);
}

/* What a term costs. */
struct cost {
    double us, bytes;
};

struct size {
    size_t n;
    const char *name;
};

/* Goals are about the most. */
static const struct size sizes[] = {{1000, "1k"}, {10000, "10k"}, {60000, "60k"}};
enum { SIZES = sizeof sizes / sizeof sizes[0], MIDDLE = 1, MOST = SIZES - 1 };

static double time_row(struct bench *b, const char *name, bool most, struct records *terms)
{
    struct records once = records_head(&b->titles, 1);
    struct engine ours = {.name = "librules", .run = build_ours, .state = terms, .texts = &once},
                  peer = {.name = vectorscan_name(),
                          .run = build_vectorscan,
                          .state = vectorscan_is_there() ? terms : NULL};
    char id[32];
    struct row row = {.id = id,
                      .what = "the matcher of the terms, all usual forms",
                      .target = TARGET_COST,
                      .goal = most ? 0.1 : 0};
    const struct timing saved = b->timing;
    struct duel d;

    snprintf(id, sizeof id, "build %s terms", name);
    b->timing.rounds = saved.rounds < 5 ? saved.rounds : 5;
    d = bench_duel(b, &row, ours, peer, &once);
    b->timing = saved;
    return d.ours_ns / 1e3 / (double)terms->n;
}

static void memory_row(struct bench *b, const char *id, const char *what, double ours, double peer,
                       bool most)
{
    const bool there = vectorscan_is_there();

    rows_add(b->rows,
             &(struct row){.id = id,
                           .what = what,
                           .unit = "bytes/term",
                           .ours = "librules",
                           .peer = there ? vectorscan_name() : NULL,
                           .target = there ? TARGET_COST : TARGET_NONE,
                           .goal = there && most ? 1 : 0,
                           .value = ours,
                           .peer_value = peer},
             NULL);
}

static double size_rows(struct bench *b, const char *name, bool most, const struct records *terms)
{
    const double n = (double)terms->n;
    struct engine ours = ours_matcher(&(struct ours_input){.terms = terms}),
                  peer = vectorscan_literals(terms, VECTORSCAN_PLAIN);
    const double bytes = (double)ours.bytes / n, theirs = (double)peer.bytes / n;
    char id[32];

    engine_drop(&ours);
    engine_drop(&peer);
    snprintf(id, sizeof id, "bytes of %s terms", name);
    memory_row(b, id, "tables, by term", bytes, theirs, most);
    snprintf(id, sizeof id, "peak of %s terms", name);
    memory_row(b, id, "growth of a process that builds them, by term",
               peak_bytes(keep_ours, terms) / n,
               vectorscan_is_there() ? peak_bytes(keep_vectorscan, terms) / n : 0, most);
    return bytes;
}

/* Against fewer terms: what stays flat is 1 or less. */
static void flat_row(struct bench *b, const char *id, const char *unit, double most, double fewer)
{
    rows_add(b->rows,
             &(struct row){.id = id,
                           .what = "a term among 60,000 against one among 10,000",
                           .unit = unit,
                           .ours = "60k terms",
                           .peer = "10k terms",
                           .target = TARGET_COST,
                           .goal = BENCH_FLAT,
                           .value = most,
                           .peer_value = fewer},
             NULL);
}

static void source_row(struct bench *b)
{
    struct sources s = b->rules;
    char path[4096];
    uint64_t begin;
    struct rls_set *set;

    sources_add(&s, bench_path(b, path, "terms.xml"));
    begin = cpu_ns();
    set = set_compile(&s);
    rows_add(b->rows,
             &(struct row){.id = "compile from XML",
                           .what = "shipped rules and 60,000 terms, from files to a set",
                           .unit = "ms",
                           .value = (double)(cpu_ns() - begin) / 1e6},
             NULL);
    rls_set_unref(set);
}

void group_compile(struct bench *b)
{
    struct records all = records_read(b->inputs, "terms-real");
    struct cost costs[SIZES];

    for (size_t i = 0; i < SIZES; i++) {
        struct records terms = records_head(&all, sizes[i].n);

        costs[i].us = time_row(b, sizes[i].name, i == MOST, &terms);
        costs[i].bytes = size_rows(b, sizes[i].name, i == MOST, &terms);
    }
    flat_row(b, "build time by term", "µs/term", costs[MOST].us, costs[MIDDLE].us);
    flat_row(b, "bytes by term", "bytes/term", costs[MOST].bytes, costs[MIDDLE].bytes);
    source_row(b);
    records_free(&all);
}
