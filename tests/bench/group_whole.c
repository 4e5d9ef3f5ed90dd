/* SPDX-License-Identifier: Apache-2.0 */
/* Whole checks, from JSON to a report, against a mere scan of the same texts. */
#include "bench.h"

#define DECIDES "ours reads JSON, decides and quotes: hits are findings; the peer counts matches"

struct sets {
    struct engine terms, patterns; /* the second has the patterns and homophones, too */
    struct engine report;          /* of the first, written as JSON */
    struct engine portable;        /* the first without vector instructions */
};

static struct engine check_of(const struct bench *b, bool patterns, enum asked asked)
{
    struct sources s = b->rules;
    char terms[4096], more[4096];

    sources_add(&s, bench_path(b, terms, "terms.xml"));
    if (patterns)
        sources_add(&s, bench_path(b, more, "patterns.xml"));
    return ours_check(set_compile(&s), asked);
}

static void against(struct bench *b, struct row row, struct engine ours,
                    const struct records *documents, struct engine peer)
{
    ours.texts = documents;
    bench_duel(b, &row, ours, peer, &b->listings);
}

static void rows_portable(struct bench *b, const struct sets *s, struct engine scan,
                          const struct records *json)
{
    struct engine ours = s->portable;
    struct row row = {.id = "whole check, SIMD off",
                      .what = "the same without vector instructions",
                      .note = DECIDES,
                      .target = TARGET_FASTER,
                      .goal = 0.4};

    ours.texts = json;
    bench_portable(b, &row, ours, scan, &b->listings);
}

static void rows_of_terms(struct bench *b, const struct sets *s, struct engine scan,
                          const struct records *json, const struct records *html)
{
    against(b,
            (struct row){.id = "whole check, listings",
                         .what = "shipped rules and 60,000 terms, JSON to report, against a scan",
                         .note = DECIDES,
                         .target = TARGET_FASTER,
                         .goal = 0.6},
            s->terms, json, scan);
    rows_portable(b, s, scan, json);
    against(b,
            (struct row){.id = "whole check, report written",
                         .what = "the same, with the report written as a line of JSON",
                         .note = DECIDES},
            s->report, json, scan);
    against(b,
            (struct row){.id = "whole check, HTML",
                         .what = "the same with HTML descriptions against a scan of what they show",
                         .note = DECIDES},
            s->terms, html, scan);
}

static void rows_of_patterns(struct bench *b, const struct sets *s, struct engine scan,
                             struct engine together, const struct records *json)
{
    against(b,
            (struct row){.id = "whole check with patterns",
                         .what = "shipped rules, 60,000 terms, 1,000 patterns, 5,000 homophones",
                         .note = DECIDES,
                         .target = TARGET_FASTER,
                         .goal = 0.35},
            s->patterns, json, scan);
    against(b,
            (struct row){.id = "whole check, one database",
                         .what = "the same against terms and patterns in one database",
                         .note = DECIDES,
                         .target = TARGET_FASTER,
                         .goal = 1},
            s->patterns, json, together);
}

void group_whole(struct bench *b)
{
    struct records terms = records_read(b->inputs, "terms-real"),
                   patterns = records_read(b->inputs, "patterns"),
                   json = records_read(b->inputs, "listings-json"),
                   html = records_read(b->inputs, "listings-html");
    struct engine scan = vectorscan_literals(&terms, VECTORSCAN_PLAIN),
                  together = vectorscan_together(&terms, &patterns);
    struct sets s = {.terms = check_of(b, false, ASK_JSON),
                     .patterns = check_of(b, true, ASK_JSON),
                     .report = check_of(b, false, ASK_REPORT),
                     .portable = check_of(b, false, ASK_JSON)};

    check_portable(&s.portable);

    rows_of_terms(b, &s, scan, &json, &html);
    rows_of_patterns(b, &s, scan, together, &json);
    rows_add(b->rows,
             &(struct row){.id = "evaluator memory",
                           .what = "of an evaluator that has seen every listing",
                           .unit = "bytes",
                           .value = (double)rls_evaluator_memory(check_evaluator(&s.patterns))},
             NULL);
    engine_drop(&s.terms);
    engine_drop(&s.patterns);
    engine_drop(&s.report);
    engine_drop(&s.portable);
    engine_drop(&scan);
    engine_drop(&together);
    records_free(&terms);
    records_free(&patterns);
    records_free(&json);
    records_free(&html);
}

void group_titles(struct bench *b)
{
    struct engine shipped = ours_check(set_compile(&b->rules), ASK_TITLE),
                  terms = check_of(b, false, ASK_TITLE);
    struct row row = {.id = "title alone",
                      .what = "a title by itself, shipped rules, warm",
                      .target = TARGET_BELOW,
                      .goal = 5};

    (void)bench_alone(b, &row, shipped, &b->titles);
    row.id = "title alone, 60k terms";
    row.what = "a title by itself, shipped rules and 60,000 terms, warm";
    row.goal = 0;
    (void)bench_alone(b, &row, terms, &b->titles);
    engine_drop(&shipped);
    engine_drop(&terms);
}
