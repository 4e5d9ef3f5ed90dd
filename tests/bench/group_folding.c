/* SPDX-License-Identifier: Apache-2.0 */
/* Folding alone. */
#include "bench.h"

void group_folding(struct bench *b)
{
    struct records terms = records_read(b->inputs, "terms-real");
    struct engine ours = ours_folding(&terms, false), portable = ours_folding(&terms, true),
                  icu = icu_folding();
    struct row row = {.id = "folding, listings",
                      .what = "folding with offsets against ICU's NFKC_Casefold with Edits",
                      .note =
                          "ours also undoes script; hits: ours symbols of terms, the peer bytes",
                      .target = TARGET_FASTER,
                      .goal = 5};

    bench_duel(b, &row, ours, icu, &b->listings);
    row.id = "folding, titles";
    row.goal = 0;
    bench_duel(b, &row, ours, icu, &b->titles);
    row.id = "folding, SIMD off";
    row.goal = 1.5;
    bench_portable(b, &row, portable, icu, &b->listings);
    engine_drop(&ours);
    engine_drop(&portable);
    records_free(&terms);
}
