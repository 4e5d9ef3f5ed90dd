/* SPDX-License-Identifier: Apache-2.0 */
/* What terms cost that are also found by their sound: a difference, so it has no peer. */
#include "bench.h"

static void row_of(struct bench *b, const char *id, const struct ours_input *with)
{
    struct ours_input without = *with;
    struct row row = {.id = id,
                      .what = "5,000 terms that tolerate homophones beside 60,000 others",
                      .unit = "ns/listing"};
    struct engine more, less;
    struct duel d;

    without.homophones = NULL;
    more = ours_matcher(with);
    less = ours_matcher(&without);
    more.texts = less.texts = &b->listings;
    d = duel_run(&more, &less, &b->listings, &b->timing);
    row.value = d.ours_ns - d.peer_ns;
    if (d.rounds)
        rows_add(b->rows, &row, NULL);
    else
        rows_absent(b->rows, &row, "the machine is too restless");
    engine_drop(&more);
    engine_drop(&less);
}

void group_homophones(struct bench *b)
{
    struct records terms = records_read(b->inputs, "terms-real"),
                   homophones = records_read(b->inputs, "homophones");
    struct ours_input in = {.terms = &terms, .homophones = &homophones};

    row_of(b, "homophones", &in);
    in.portable = true;
    if (ours_is_vectored())
        row_of(b, "homophones, SIMD off", &in);
    records_free(&terms);
    records_free(&homophones);
}
