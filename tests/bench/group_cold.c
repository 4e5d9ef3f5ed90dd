/* SPDX-License-Identifier: Apache-2.0 */
/* One listing at a time, as a service sees them that does other work between: nothing is cached. */
#include "bench.h"

#define SWEPT "64 MB swept before each listing"
#define QUARTILES "quartiles in place of lowest and highest; the peer gives ends only"

static void cold_row(struct bench *b, struct row row, struct engine ours, struct engine peer,
                     const struct records *own)
{
    struct duel d;

    if (!peer.state) {
        rows_absent(b->rows, &row, "the peer is not installed");
        return;
    }
    ours.texts = own;
    peer.texts = &b->listings;
    row.ours = ours.name;
    row.peer = peer.name;
    d = duel_cold(&ours, &peer, &b->listings, 16 * b->timing.rounds);
    rows_add(b->rows, &row, &d);
}

static void rows_of_terms(struct bench *b, const struct records *terms, struct engine scan)
{
    struct engine full = ours_matcher(&(struct ours_input){.terms = terms}),
                  portable = ours_matcher(&(struct ours_input){.terms = terms, .portable = true});
    struct row row = {.id = "cold, terms 60k",
                      .what = "60,000 terms, all usual forms; " SWEPT,
                      .note = QUARTILES};

    cold_row(b, row, full, scan, &b->listings);
    row.id = "cold, terms 60k, SIMD off";
    if (ours_is_vectored())
        cold_row(b, row, portable, scan, &b->listings);
    else
        rows_absent(b->rows, &row, "nothing to switch off: as with SIMD");
    engine_drop(&full);
    engine_drop(&portable);
}

static void row_of_checks(struct bench *b, struct engine scan)
{
    struct records json = records_read(b->inputs, "listings-json");
    struct sources s = b->rules;
    char path[4096];
    struct engine check;

    sources_add(&s, bench_path(b, path, "terms.xml"));
    check = ours_check(set_compile(&s), ASK_JSON);
    cold_row(b,
             (struct row){.id = "cold, whole check",
                          .what = "shipped rules and 60,000 terms, JSON to report; " SWEPT,
                          .note = "quartiles; ours decides and counts findings, the peer scans"},
             check, scan, &json);
    engine_drop(&check);
    records_free(&json);
}

void group_cold(struct bench *b)
{
    struct records terms = records_read(b->inputs, "terms-real");
    struct engine scan = vectorscan_literals(&terms, VECTORSCAN_PLAIN);

    rows_of_terms(b, &terms, scan);
    row_of_checks(b, scan);
    engine_drop(&scan);
    records_free(&terms);
}
