/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about fields, and how the cost of a check grows with the number of rules. */
#include "bench.h"

#include <stdio.h>

#include "clocks.h"

void group_structured(struct bench *b)
{
    struct records json = records_read(b->inputs, "structured-json");
    struct sources s = {.n = 0};
    char path[4096];
    struct engine ours;
    struct duel d;

    sources_add(&s, bench_path(b, path, "structured.xml"));
    ours = ours_check(set_compile(&s), ASK_JSON);
    d = bench_alone(b,
                    &(struct row){.id = "structured 10k",
                                  .what = "10,000 rules of three conditions, one of which applies",
                                  .target = TARGET_BELOW,
                                  .goal = 10},
                    ours, &json);
    if (d.ours_hits != d.counted)
        fatal("does not apply to each document once", "structured.xml");
    engine_drop(&ours);
    records_free(&json);
}

struct scale {
    size_t rules;
    const char *file;
    const char *ids[3]; /* of its rows: a check, compiling, bytes */
};

static const struct scale scales[] = {
    {10000, "scale-10000.xml", {"check, 10k rules", "compile, 10k rules", "bytes, 10k rules"}},
    {20000, "scale-20000.xml", {"check, 20k rules", "compile, 20k rules", "bytes, 20k rules"}},
    {50000, "scale-50000.xml", {"check, 50k rules", "compile, 50k rules", "bytes, 50k rules"}},
    {100000, "scale-100000.xml", {"check, 100k rules", "compile, 100k rules", "bytes, 100k rules"}},
};

static struct engine compile_scale(const struct bench *b, const struct scale *s, double *ns)
{
    struct sources sources = {.n = 0};
    char path[4096];
    const uint64_t begin = cpu_ns();
    struct engine e;

    sources_add(&sources, bench_path(b, path, s->file));
    e = ours_check(set_compile(&sources), ASK_JSON);
    *ns = (double)(cpu_ns() - begin);
    return e;
}

/* What a rule costs before anything is checked. */
struct per_rule {
    double us, bytes;
};

static struct per_rule per_rule(const struct engine *e, double ns)
{
    const double rules = (double)rls_set_rule_count(check_set(e));

    return (struct per_rule){ns / 1e3 / rules, (double)e->bytes / rules};
}

/* Against the fewest rules: what stays flat is 1 or less. */
static void rows_per_rule(struct bench *b, const struct scale *s, struct per_rule cost,
                          struct per_rule least)
{
    const bool most = s->rules == 100000, fewest = s->rules == 10000;
    struct row row = {.id = s->ids[1],
                      .what = "compile time from XML by rule, each with a list of its own",
                      .unit = "µs/rule",
                      .peer = fewest ? NULL : "10k rules",
                      .target = fewest ? TARGET_NONE : TARGET_COST,
                      .goal = most ? BENCH_FLAT : 0,
                      .value = cost.us,
                      .peer_value = least.us};

    rows_add(b->rows, &row, NULL);
    row.id = s->ids[2];
    row.what = "memory of the set by rule";
    row.unit = "bytes/rule";
    row.value = cost.bytes;
    row.peer_value = least.bytes;
    rows_add(b->rows, &row, NULL);
}

/* Each size against the smallest. */
void group_scaling(struct bench *b)
{
    struct records json = records_read(b->inputs, "listings-json");
    struct engine least = {.state = NULL};
    struct per_rule cost, least_cost = {0, 0};

    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        const struct scale *s = &scales[i];
        struct row row = {.id = s->ids[0],
                          .what = "a check at a fixed number of hits, against 10,000 rules",
                          .note = "more rules have more words, a few of which occur",
                          .target = least.state ? TARGET_COST : TARGET_NONE,
                          .goal = s->rules == 100000 ? 2 : 0};
        double ns;
        struct engine e = compile_scale(b, s, &ns);

        e.texts = &json;
        cost = per_rule(&e, ns);
        if (!least.state)
            least_cost = cost;
        rows_per_rule(b, s, cost, least_cost);
        if (!least.state) {
            (void)bench_alone(b, &row, e, &b->listings);
            least = e;
            least.name = "10k rules";
            continue;
        }
        bench_duel(b, &row, e, least, &b->listings);
        engine_drop(&e);
    }
    engine_drop(&least);
    records_free(&json);
}
