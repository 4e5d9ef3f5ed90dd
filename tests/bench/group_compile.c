/* SPDX-License-Identifier: Apache-2.0 */
/* Building what finds 60,000 terms: how long, how large. */
#include "bench.h"

#include "clocks.h"

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

static void time_row(struct bench *b, struct records *terms, const struct records *once)
{
    struct engine ours = {.name = "librules", .run = build_ours, .state = terms, .texts = once},
                  peer = {.name = "vectorscan",
                          .run = build_vectorscan,
                          .state = vectorscan_is_there() ? terms : NULL};
    struct row row = {.id = "build 60k terms",
                      .what = "the matcher of 60,000 terms, all usual forms",
                      .target = TARGET_COST,
                      .goal = 0.1};
    const struct timing saved = b->timing;

    b->timing.rounds = saved.rounds < 5 ? saved.rounds : 5;
    bench_duel(b, &row, ours, peer, once);
    b->timing = saved;
}

static void size_row(struct bench *b, const struct records *terms)
{
    struct engine ours = ours_matcher(&(struct ours_input){.terms = terms}),
                  peer = vectorscan_literals(terms, VECTORSCAN_PLAIN);

    rows_add(b->rows,
             &(struct row){.id = "bytes of 60k terms",
                           .what = "tables, by term",
                           .unit = "bytes/term",
                           .ours = ours.name,
                           .peer = peer.state ? peer.name : NULL,
                           .target = peer.state ? TARGET_COST : TARGET_NONE,
                           .goal = 1,
                           .value = (double)ours.bytes / (double)terms->n,
                           .peer_value = (double)peer.bytes / (double)terms->n},
             NULL);
    engine_drop(&ours);
    engine_drop(&peer);
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
    struct records terms = records_read(b->inputs, "terms-real"), once;

    once = records_head(&b->titles, 1);
    time_row(b, &terms, &once);
    size_row(b, &terms);
    source_row(b);
    records_free(&terms);
}
