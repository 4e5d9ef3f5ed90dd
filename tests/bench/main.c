/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Measures librules against its C peers, in one process. run.py makes the inputs and the table.
 *
 *     bench --inputs DIR [--json FILE] [--only GROUP] [--rounds N] [--slice MILLISECONDS]
 *           [RULES.xml...]
 *     bench --inputs DIR --serve WHAT [RULES.xml...]
 *     bench --about
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clocks.h"
#include "serve.h"

static const struct group {
    const char *name;
    void (*run)(struct bench *b);
} groups[] = {
    {"literals", group_literals}, {"folding", group_folding}, {"patterns", group_patterns},
    {"whole", group_whole},       {"titles", group_titles},   {"structured", group_structured},
    {"scaling", group_scaling},   {"compile", group_compile}, {"cold", group_cold},
    {"side", group_side},         {"threads", group_threads}, {"homophones", group_homophones},
};

struct options {
    const char *json, *only, *serve;
    bool about;
    struct bench bench;
};

/* What was compiled how: an object of JSON. */
static int about(void)
{
#if defined(__OPTIMIZE__)
    const bool optimised = true;
#else
    const bool optimised = false;
#endif
#if defined(__clang__)
    const char *const compiler = "clang " __clang_version__;
#else
    const char *const compiler = "gcc " __VERSION__;
#endif

    printf("{\"compiler\": \"%s\", \"optimised\": %s, \"vectors\": %s}\n", compiler,
           optimised ? "true" : "false", ours_is_vectored() ? "true" : "false");
    return 0;
}

static const char *value_of(int argc, char **argv, int *i)
{
    if (*i + 1 >= argc)
        fatal("needs a value", argv[*i]);
    return argv[++*i];
}

static struct options read_options(int argc, char **argv)
{
    struct options o = {.bench.timing = {.rounds = 15, .slice_ns = 60000000}};

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--inputs") == 0)
            o.bench.inputs = value_of(argc, argv, &i);
        else if (strcmp(argv[i], "--json") == 0)
            o.json = value_of(argc, argv, &i);
        else if (strcmp(argv[i], "--only") == 0)
            o.only = value_of(argc, argv, &i);
        else if (strcmp(argv[i], "--serve") == 0)
            o.serve = value_of(argc, argv, &i);
        else if (strcmp(argv[i], "--about") == 0)
            o.about = true;
        else if (strcmp(argv[i], "--rounds") == 0)
            o.bench.timing.rounds = strtoul(value_of(argc, argv, &i), NULL, 10);
        else if (strcmp(argv[i], "--slice") == 0)
            o.bench.timing.slice_ns = strtoull(value_of(argc, argv, &i), NULL, 10) * 1000000;
        else if (argv[i][0] != '-')
            sources_add(&o.bench.rules, argv[i]);
        else
            fatal("is no option", argv[i]);
    }
    if (!o.bench.inputs && !o.about)
        fatal("is missing; run.py gives it", "--inputs");
    return o;
}

static bool wanted(const char *only, const char *name)
{
    const size_t n = strlen(name);

    for (const char *at = only; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (strncmp(at, name, n) == 0 && (at[n] == '\0' || at[n] == ','))
            return true;
    return !only;
}

struct duel bench_duel(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                       const struct records *texts)
{
    struct duel d;

    if (!ours.texts)
        ours.texts = texts;
    if (!peer.texts)
        peer.texts = texts;
    row->ours = ours.name;
    row->peer = peer.name;
    if (!peer.state) {
        row->same_hits = false;
        row->target = TARGET_NONE;
        row->goal = 0;
        row->note = "the peer is not installed: not measured";
    }
    d = peer.state ? duel_run(&ours, &peer, texts, &b->timing)
                   : duel_alone(&ours, texts, &b->timing);
    rows_add(b->rows, row, &d);
    return d;
}

void bench_portable(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                    const struct records *texts)
{
    if (ours_is_vectored())
        (void)bench_duel(b, row, ours, peer, texts);
    else
        rows_absent(b->rows, row, "nothing to switch off: as with SIMD");
}

void bench_avx2(struct bench *b, struct row *row, struct engine ours, struct engine peer,
                const struct records *texts)
{
    if (ours_has_avx2())
        (void)bench_duel(b, row, ours, peer, texts);
    else
        rows_absent(b->rows, row, "no AVX2 here");
}

struct duel bench_alone(struct bench *b, struct row *row, struct engine ours,
                        const struct records *texts)
{
    struct duel d;

    if (!ours.texts)
        ours.texts = texts;
    row->ours = ours.name;
    d = duel_alone(&ours, texts, &b->timing);
    rows_add(b->rows, row, &d);
    return d;
}

const char *bench_path(const struct bench *b, char *room, const char *name)
{
    snprintf(room, 4096, "%s/%s", b->inputs, name);
    return room;
}

int main(int argc, char **argv)
{
    struct options o = read_options(argc, argv);
    struct bench *b = &o.bench;
    int status;

    if (o.about)
        return about();
    if (!pin())
        fputs("bench: not pinned to a processor\n", stderr);
    if (o.serve)
        return serve(b, o.serve);
    b->rows = rows_begin(o.json);
    b->titles = records_read(b->inputs, "titles");
    b->listings = records_read(b->inputs, "listings");
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (wanted(o.only, groups[i].name))
            groups[i].run(b);
    records_free(&b->titles);
    records_free(&b->listings);
    status = rows_end(b->rows);
    return status;
}
