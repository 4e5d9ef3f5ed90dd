/* SPDX-License-Identifier: Apache-2.0 */
#include "serve.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clocks.h"

static uint64_t process_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool begins(const char *what, const char *kind)
{
    return strncmp(what, kind, strlen(kind)) == 0;
}

static bool checks(const char *what)
{
    return begins(what, "whole:") || begins(what, "loaded:") || begins(what, "rules:");
}

static struct engine engine_of(const struct bench *b, const char *what)
{
    const bool portable = strstr(what, ":portable");
    struct records terms = records_read(b->inputs, "terms-real"),
                   patterns = records_read(b->inputs, "patterns");
    struct sources s = b->rules;
    char path[4096], more[4096];

    if (begins(what, "full:"))
        return ours_matcher(&(struct ours_input){.terms = &terms, .portable = portable});
    if (begins(what, "exact:"))
        return ours_matcher(&(struct ours_input){.terms = &terms, .exact = true});
    if (begins(what, "patterns:"))
        return ours_matcher(&(struct ours_input){.patterns = &patterns, .portable = portable});
    if (begins(what, "together:"))
        return ours_matcher(
            &(struct ours_input){.terms = &terms, .patterns = &patterns, .portable = portable});
    if (!checks(what))
        fatal("is nothing to serve", what);
    if (!begins(what, "rules:"))
        sources_add(&s, bench_path(b, path, "terms.xml"));
    if (begins(what, "loaded:"))
        sources_add(&s, bench_path(b, more, "patterns.xml"));
    return ours_check(set_compile(&s), ASK_JSON);
}

static void work(const struct engine *e, uint64_t slice, size_t from, size_t count)
{
    const uint64_t begin = process_ns();
    uint64_t hits, passes = 0, spent;

    do {
        hits = 0;
        for (size_t i = 0; i < count; i++) {
            const size_t at = (from + i) % e->texts->n;

            hits += e->run(e->state, e->texts->text[at], e->texts->len[at]);
        }
        passes++;
        spent = process_ns() - begin;
    } while (spent < slice);
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", passes * count, spent, hits);
}

int serve(struct bench *b, const char *what)
{
    const bool whole = checks(what), titles = strstr(what, ":titles");
    struct records texts = records_read(b->inputs, whole    ? "listings-json"
                                                   : titles ? "titles"
                                                            : "listings");
    const uint64_t begin = process_ns();
    struct engine e = engine_of(b, what);
    char line[128];

    e.texts = &texts;
    printf("ready %" PRIu64 " %zu\n", process_ns() - begin, e.bytes);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        char *at = line;
        uint64_t slice, from, count;

        if (line[0] == 's') {
            printf("%.0f\n", sentinel_ns());
        } else {
            slice = strtoull(at, &at, 10);
            from = strtoull(at, &at, 10);
            count = strtoull(at, &at, 10);
            work(&e, slice * 1000000, from, count);
        }
        fflush(stdout);
    }
    engine_drop(&e);
    records_free(&texts);
    return 0;
}
