/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns against trying each of them. */
#include "bench.h"

void group_patterns(struct bench *b)
{
    struct records patterns = records_read(b->inputs, "patterns");
    const struct ours_input in = {.patterns = &patterns},
                            exact = {.patterns = &patterns, .exact = true};
    struct engine ours = ours_matcher(&in), raw = ours_matcher(&exact),
                  each = pcre2_patterns(&patterns, true), strict = pcre2_patterns(&patterns, false);
    struct row row = {.id = "patterns 1k, listings",
                      .what = "1,000 patterns on folded text against PCRE2 one by one",
                      .note = "ours folds and finds more, the peer ignores case",
                      .target = TARGET_FASTER,
                      .goal = 80};

    bench_duel(b, &row, ours, each, &b->listings);
    row.id = "patterns 1k, titles";
    row.goal = 0;
    bench_duel(b, &row, ours, each, &b->titles);
    row = (struct row){.id = "raw patterns 1k, listings",
                       .what = "1,000 patterns on the text as it is against PCRE2 one by one",
                       .same_hits = true};
    bench_duel(b, &row, raw, strict, &b->listings);
    engine_drop(&ours);
    engine_drop(&raw);
    engine_drop(&each);
    engine_drop(&strict);
    records_free(&patterns);
}
