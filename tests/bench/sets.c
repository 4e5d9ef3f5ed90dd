/* SPDX-License-Identifier: Apache-2.0 */
/* Whole checks, by the public interface. */
#include "sets.h"

#include <stdio.h>
#include <stdlib.h>

#include "eval/evaluator.h"
#include "portable.h"

struct check {
    struct rls_set *set;
    struct rls_evaluator *ev;
    struct rls_check_options options;
};

void sources_add(struct sources *s, const char *path)
{
    if (s->n == sizeof s->path / sizeof s->path[0])
        fatal("is one source too many", path);
    s->path[s->n++] = path;
}

static int put(void *file, const void *data, size_t len)
{
    return fwrite(data, 1, len, file) == len ? 0 : -1;
}

static void print_error(void *user, const struct rls_diagnostic *d)
{
    (void)user;
    if (d->level == RLS_ERROR && rls_diagnostic_write(d, "en", put, stderr) != RLS_OK)
        fatal("a diagnostic could not be written", "stderr");
}

struct rls_set *set_compile(const struct sources *s)
{
    struct rls_compiler_options options = {.size = sizeof options, .on_diagnostic = print_error};
    struct rls_set *set = NULL;
    struct rls_compiler *c;
    int st = rls_compiler_new(&c, NULL, &options);

    for (size_t i = 0; st == RLS_OK && i < s->n; i++)
        st = rls_compiler_add_file(c, s->path[i]);
    if (st == RLS_OK)
        st = rls_compiler_build(c, &set);
    rls_compiler_free(c);
    if (st != RLS_OK)
        fatal(rls_status_name(st), "rules");
    return set;
}

static uint64_t check_json(void *state, const char *text, size_t len)
{
    struct check *c = state;
    const struct rls_report *r;

    if (rls_check_json(c->ev, RLS_LISTING, (struct rls_text){text, len}, &c->options, &r, NULL) !=
        RLS_OK)
        fatal("a check failed", "librules");
    return rls_report_finding_count(r);
}

static int sink(void *user, const void *data, size_t len)
{
    (void)data;
    *(size_t *)user += len;
    return 0;
}

static uint64_t check_report(void *state, const char *text, size_t len)
{
    struct check *c = state;
    const struct rls_report *r;
    size_t written = 0;

    if (rls_check_json(c->ev, RLS_LISTING, (struct rls_text){text, len}, &c->options, &r, NULL) !=
            RLS_OK ||
        rls_report_write(r, RLS_FORMAT_JSONL, NULL, sink, &written) != RLS_OK)
        fatal("a check failed", "librules");
    return rls_report_finding_count(r);
}

static uint64_t check_title(void *state, const char *text, size_t len)
{
    struct check *c = state;
    const struct rls_listing listing = {.size = sizeof listing, .title = {text, len}};
    const struct rls_report *r;

    if (rls_check_listing(c->ev, &listing, &c->options, &r) != RLS_OK)
        fatal("a check failed", "librules");
    return rls_report_finding_count(r);
}

static void drop(void *state)
{
    struct check *c = state;

    rls_evaluator_free(c->ev);
    rls_set_unref(c->set);
    free(c);
}

struct engine ours_check(struct rls_set *set, enum asked asked)
{
    static uint64_t (*const runs[])(void *, const char *, size_t) = {
        [ASK_JSON] = check_json, [ASK_REPORT] = check_report, [ASK_TITLE] = check_title};
    struct check *c = must_alloc(sizeof *c);

    /* The rules of a day in 2026, whenever this runs. */
    *c = (struct check){.set = set,
                        .options = {.size = sizeof c->options,
                                    .has = RLS_HAS_NOW,
                                    .now = INT64_C(1795305600) * 1000}};
    if (rls_evaluator_new(&c->ev, NULL, set, NULL) != RLS_OK)
        fatal("no evaluator", "librules");
    return (struct engine){.name = "librules",
                           .run = runs[asked],
                           .drop = drop,
                           .state = c,
                           .bytes = rls_set_memory(set)};
}

struct rls_evaluator *check_evaluator(const struct engine *e)
{
    return ((const struct check *)e->state)->ev;
}

const struct rls_set *check_set(const struct engine *e)
{
    return ((const struct check *)e->state)->set;
}

void check_portable(struct engine *e)
{
    scanner_portable(&((struct check *)e->state)->ev->hits.scanner);
}
