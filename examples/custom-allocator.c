/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An allocator of the host's own, here one that counts. It sees every object of the library, not
 * the memory that libxml2, ICU and simdjson take for themselves. Once an evaluator has seen the
 * largest listing, checks allocate nothing.
 *
 *     custom-allocator CATALOGUE.jsonl RULES.xml...
 */
#define _POSIX_C_SOURCE 200809L
#include <librules/librules.h>

#include <stdio.h>
#include <stdlib.h>

/* For one thread. With a set or evaluators in several, it must be safe to call from any. */
struct counter {
    size_t calls; /* of alloc and resize */
    size_t live;  /* bytes */
};

static void took(struct counter *c, size_t was, size_t want)
{
    c->calls++;
    c->live += want - was;
}

static void *count_resize(void *user, void *p, size_t was, size_t want)
{
    void *q = realloc(p, want);

    if (q)
        took(user, was, want);
    return q;
}

static void *count_alloc(void *user, size_t bytes)
{
    return count_resize(user, NULL, 0, bytes);
}

/* The size comes with every call: a pool needs no headers of its own. */
static void count_release(void *user, void *p, size_t bytes)
{
    struct counter *c = user;

    c->live -= bytes;
    free(p);
}

static int check_all(struct rls_evaluator *ev, const char *path, size_t *checks)
{
    FILE *file = fopen(path, "rb");
    const struct rls_report *report;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    int st = file ? RLS_OK : RLS_ERR_IO;

    while (st == RLS_OK && (len = getline(&line, &room, file)) > 0) {
        struct rls_text json = {line, (size_t)len};

        st = rls_check_json(ev, RLS_LISTING, json, NULL, &report, NULL);
        st = st == RLS_ERR_INPUT ? RLS_OK : st; /* a malformed line is no trouble */
        (*checks)++;
    }
    free(line);
    if (file)
        fclose(file);
    return st;
}

static int run(struct rls_context *ctx, struct counter *counter, char **argv, int argc)
{
    struct rls_compiler *c;
    struct rls_set *set = NULL;
    struct rls_evaluator *ev = NULL;
    size_t checks = 0, before;
    int st = rls_compiler_new(&c, ctx, NULL);

    for (int i = 2; st == RLS_OK && i < argc; i++)
        st = rls_compiler_add_file(c, argv[i]);
    if (st == RLS_OK)
        st = rls_compiler_build(c, &set);
    rls_compiler_free(c);
    if (st == RLS_OK)
        st = rls_evaluator_new(&ev, ctx, set, NULL);
    if (st == RLS_OK)
        st = check_all(ev, argv[1], &checks); /* the scratch grows */
    before = counter->calls;
    checks = 0;
    if (st == RLS_OK)
        st = check_all(ev, argv[1], &checks);
    if (st == RLS_OK)
        printf("%zu bytes live; %zu allocations in %zu checks\n", counter->live,
               counter->calls - before, checks);
    st = st == RLS_OK && counter->calls != before ? RLS_ERR_INTERNAL : st;
    rls_evaluator_free(ev);
    rls_set_unref(set);
    return st;
}

int main(int argc, char **argv)
{
    struct counter counter = {0};
    struct rls_allocator allocator = {sizeof allocator, count_alloc, count_resize, count_release,
                                      &counter};
    struct rls_context_options options = {.size = sizeof options, .allocator = &allocator};
    struct rls_context *ctx = NULL;
    int st;

    if (argc < 3) {
        fprintf(stderr, "usage: custom-allocator CATALOGUE.jsonl RULES.xml...\n");
        return 1;
    }
    st = rls_context_new(&ctx, &options);
    if (st == RLS_OK)
        st = run(ctx, &counter, argv, argc);
    rls_context_unref(ctx);
    printf("%zu bytes live at the end\n", counter.live);
    if (st != RLS_OK)
        fprintf(stderr, "custom-allocator: %s\n", rls_status_name(st));
    return st == RLS_OK && counter.live == 0 ? 0 : 1;
}
