/* SPDX-License-Identifier: Apache-2.0 */
/* What is not a goal but good to know: YARA and JSON. */
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
                      .note = "bytes are those of JSON; ours also binds fields and reports; its "
                              "hits are findings, of "
                              "the peer members"};

    sources_add(&s, bench_path(b, path, "one-rule.xml"));
    ours = ours_check(set_compile(&s), ASK_JSON);
    bench_duel(b, &row, ours, jansson_parser(), &json);
    engine_drop(&ours);
    records_free(&json);
}

void group_side(struct bench *b)
{
    struct records terms = records_read(b->inputs, "terms-real");

    yara_row(b, &terms);
    json_row(b);
    records_free(&terms);
}
