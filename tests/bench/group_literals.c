/* SPDX-License-Identifier: Apache-2.0 */
/* Terms against engines for many literals. */
#include "bench.h"

#include <stdio.h>

struct shape {
    const char *dictionary; /* of terms */
    size_t n;
    const char *name;
    double goal; /* for all usual forms on listings */
    double portable_goal;
};

static const struct shape shapes[] = {
    {.dictionary = "terms-real", .n = 1000, .name = "1k", .goal = 0.5},
    {.dictionary = "terms-real", .n = 10000, .name = "10k", .goal = 1.5, .portable_goal = 0.6},
    {.dictionary = "terms-real", .n = 60000, .name = "60k", .goal = 1.5, .portable_goal = 1},
    {.dictionary = "terms-sparse", .n = 60000, .name = "60k sparse"},
    {.dictionary = "terms-dense", .n = 60000, .name = "60k dense"},
};

/* The row's own copies of the texts it is made of. */
struct named {
    struct row row;
    char id[64], what[160];
};

static struct row *name_row(struct named *n, const char *kind, const char *shape, const char *texts,
                            const char *what)
{
    snprintf(n->id, sizeof n->id, "%s %s, %s", kind, shape, texts);
    snprintf(n->what, sizeof n->what, "%s, %s terms, %s", what, shape, texts);
    n->row.id = n->id;
    n->row.what = n->what;
    return &n->row;
}

struct engines {
    struct engine full, portable, avx2, exact, scan, starts;
};

static void rows_of(struct bench *b, const struct shape *s, const struct engines *e,
                    const char *name, const struct records *texts, double goal)
{
    struct named n = {.row = {.target = TARGET_FASTER,
                              .goal = goal,
                              .note = "ours folds, finds more where forms differ, gives offsets"}};

    bench_duel(b, name_row(&n, "terms", s->name, name, "all usual forms and offsets"), e->full,
               e->scan, texts);
    n.row = (struct row){.same_hits = true};
    bench_duel(b, name_row(&n, "exact terms", s->name, name, "exact terms"), e->exact, e->scan,
               texts);
    if (!e->starts.state)
        return;
    n.row = (struct row){.note = "ours folds and finds more; the peer gives starts, too"};
    bench_duel(b, name_row(&n, "terms, starts", s->name, name, "all usual forms and offsets"),
               e->full, e->starts, texts);
}

static void narrow_rows(struct bench *b, const struct shape *s, const struct engines *e)
{
    struct named n = {.row = {.target = TARGET_FASTER,
                              .goal = s->portable_goal,
                              .note = "ours folds, finds more where forms differ, gives offsets"}};

    bench_portable(b,
                   name_row(&n, "terms, SIMD off", s->name, "listings",
                            "all usual forms and offsets, portable"),
                   e->portable, e->scan, &b->listings);
    n.row = (struct row){.note = n.row.note};
    bench_avx2(b,
               name_row(&n, "terms, AVX2", s->name, "listings",
                        "all usual forms and offsets, no wider vectors than AVX2"),
               e->avx2, e->scan, &b->listings);
}

void group_literals(struct bench *b)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const struct shape *s = &shapes[i];
        struct records all = records_read(b->inputs, s->dictionary);
        const struct records terms = records_head(&all, s->n);
        struct engines e = {
            .full = ours_matcher(&(struct ours_input){.terms = &terms}),
            .exact = ours_matcher(&(struct ours_input){.terms = &terms, .exact = true}),
            .portable = ours_matcher(&(struct ours_input){.terms = &terms, .portable = true}),
            .avx2 = ours_matcher(&(struct ours_input){.terms = &terms, .avx2 = true}),
            .scan = vectorscan_literals(&terms, VECTORSCAN_PLAIN)};

        if (s->n == 60000 && s->goal > 0)
            e.starts = vectorscan_literals(&terms, VECTORSCAN_STARTS);
        rows_of(b, s, &e, "listings", &b->listings, s->goal);
        rows_of(b, s, &e, "titles", &b->titles, 0);
        if (s->portable_goal > 0)
            narrow_rows(b, s, &e);
        engine_drop(&e.full);
        engine_drop(&e.portable);
        engine_drop(&e.avx2);
        engine_drop(&e.exact);
        engine_drop(&e.scan);
        engine_drop(&e.starts);
        records_free(&all);
    }
}
