/* SPDX-License-Identifier: Apache-2.0 */
/* What is not a goal but good to know: YARA, JSON, cold caches. */
#include "bench.h"

static void yara_row(struct bench *b, const struct records *terms)
{
    const struct records some = records_head(terms, 10000);
    struct engine ours = ours_matcher(&(struct ours_input){.terms = &some, .exact = true}),
                  peer = yara_rules(&some);
    struct row row = {.id = "exact terms 10k, YARA",
                      .what = "10,000 exact terms against a YARA rule each",
                      .note = "ours counts places, the peer rules that match"};

    bench_duel(b, &row, ours, peer, &b->listings);
    engine_drop(&ours);
    engine_drop(&peer);
}

/* A set that has a rule but no text to look at. */
static void json_row(struct bench *b)
{
    struct records json = records_read(b->inputs, "listings-json");
    struct sources s = {.n = 0};
    char path[4096];
    struct engine ours;
    struct row row = {.id = "reading JSON",
                      .what = "a check of one rule about the price against parsing to a tree",
                      .note = "bytes are those of JSON; ours also binds fields and reports"};

    sources_add(&s, bench_path(b, path, "one-rule.xml"));
    ours = ours_check(set_compile(&s), ASK_JSON);
    bench_duel(b, &row, ours, jansson_parser(), &json);
    engine_drop(&ours);
    records_free(&json);
}

static void cold_row(struct bench *b, struct row row, struct engine ours, struct engine peer,
                     const struct records *own)
{
    struct duel d;

    ours.texts = own;
    peer.texts = &b->listings;
    row.ours = ours.name;
    row.peer = peer.name;
    d = duel_cold(&ours, &peer, &b->listings, 16 * b->timing.rounds);
    rows_add(b->rows, &row, &d);
}

static void cold_rows(struct bench *b, const struct records *terms)
{
    struct records json = records_read(b->inputs, "listings-json");
    struct sources s = b->rules;
    char path[4096];
    struct engine full = ours_matcher(&(struct ours_input){.terms = terms}),
                  peer = vectorscan_literals(terms, VECTORSCAN_PLAIN), check;

    sources_add(&s, bench_path(b, path, "terms.xml"));
    check = ours_check(set_compile(&s), ASK_JSON);
    if (peer.state) {
        cold_row(b,
                 (struct row){.id = "cold, terms 60k",
                              .what = "60,000 terms, all forms; 64 MB swept before each listing"},
                 full, peer, &b->listings);
        cold_row(b,
                 (struct row){.id = "cold, whole check",
                              .what = "JSON to report; 64 MB swept before each listing",
                              .note = "the peer only scans"},
                 check, peer, &json);
    }
    engine_drop(&full);
    engine_drop(&peer);
    engine_drop(&check);
    records_free(&json);
}

void group_side(struct bench *b)
{
    struct records terms = records_read(b->inputs, "terms-real");

    yara_row(b, &terms);
    json_row(b);
    cold_rows(b, &terms);
    records_free(&terms);
}
