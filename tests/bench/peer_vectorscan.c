/* SPDX-License-Identifier: Apache-2.0 */
#include "engines.h"

#if defined(BENCH_VECTORSCAN)
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vectorscan {
    hs_database_t *db;
    hs_scratch_t *scratch;
    uint64_t hits;
};

/* The arrays that the compiling functions take. */
struct expressions {
    const char **text;
    unsigned *flags, *ids;
    size_t *len;
    size_t n;
};

static struct expressions expressions(size_t n)
{
    return (struct expressions){.text = must_alloc(n * sizeof(char *)),
                                .flags = must_alloc(n * sizeof(unsigned)),
                                .ids = must_alloc(n * sizeof(unsigned)),
                                .len = must_alloc(n * sizeof(size_t))};
}

static void add(struct expressions *e, const char *text, size_t len, unsigned flags)
{
    e->text[e->n] = text;
    e->len[e->n] = len;
    e->flags[e->n] = flags;
    e->ids[e->n] = (unsigned)e->n;
    e->n++;
}

static void expressions_free(struct expressions *e)
{
    free((void *)e->text);
    free(e->flags);
    free(e->ids);
    free(e->len);
}

static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                 void *user)
{
    (void)id, (void)from, (void)to, (void)flags;
    ++*(uint64_t *)user;
    return 0;
}

static uint64_t scan(void *state, const char *text, size_t len)
{
    struct vectorscan *v = state;

    v->hits = 0;
    if (hs_scan(v->db, text, (unsigned)len, 0, v->scratch, found, &v->hits) != HS_SUCCESS)
        fatal("a scan failed", "vectorscan");
    return v->hits;
}

static void drop(void *state)
{
    struct vectorscan *v = state;

    hs_free_scratch(v->scratch);
    hs_free_database(v->db);
    free(v);
}

const char *vectorscan_name(void)
{
    static char name[32];
    const char *version = hs_version();

    /* The date of the build comes behind a blank. */
    snprintf(name, sizeof name, "vectorscan %.*s", (int)strcspn(version, " "), version);
    return name;
}

static struct engine engine_of(hs_database_t *db, hs_error_t st, hs_compile_error_t *error)
{
    struct vectorscan *v = must_alloc(sizeof *v);
    size_t bytes = 0;

    if (st != HS_SUCCESS)
        fatal(error ? error->message : "cannot compile", "vectorscan");
    *v = (struct vectorscan){.db = db};
    if (hs_alloc_scratch(db, &v->scratch) != HS_SUCCESS)
        fatal("no scratch", "vectorscan");
    hs_database_size(db, &bytes);
    return (struct engine){
        .name = vectorscan_name(), .run = scan, .drop = drop, .state = v, .bytes = bytes};
}

bool vectorscan_is_there(void)
{
    return hs_valid_platform() == HS_SUCCESS;
}

struct engine vectorscan_literals(const struct records *terms, enum vectorscan_mode how)
{
    struct expressions e = expressions(terms->n);
    hs_compile_error_t *error = NULL;
    hs_database_t *db = NULL;
    hs_error_t st;

    for (size_t i = 0; i < terms->n; i++)
        add(&e, terms->text[i], terms->len[i], how == VECTORSCAN_STARTS ? HS_FLAG_SOM_LEFTMOST : 0);
    st = hs_compile_lit_multi(e.text, e.flags, e.ids, e.len, (unsigned)e.n, HS_MODE_BLOCK, NULL,
                              &db, &error);
    expressions_free(&e);
    return engine_of(db, st, error);
}

struct engine vectorscan_together(const struct records *terms, const struct records *patterns)
{
    const unsigned flags = HS_FLAG_UTF8 | HS_FLAG_CASELESS;
    struct expressions e = expressions(terms->n + patterns->n);
    hs_compile_error_t *error = NULL;
    hs_database_t *db = NULL;
    hs_error_t st;

    /* Terms of inputs.py are letters and digits: they are expressions as they stand. */
    for (size_t i = 0; i < terms->n; i++)
        add(&e, terms->text[i], terms->len[i], flags);
    for (size_t i = 0; i < patterns->n; i++)
        add(&e, patterns->text[i], patterns->len[i], flags);
    st = hs_compile_multi(e.text, e.flags, e.ids, (unsigned)e.n, HS_MODE_BLOCK, NULL, &db, &error);
    expressions_free(&e);
    return engine_of(db, st, error);
}
#else
const char *vectorscan_name(void)
{
    return "vectorscan";
}

bool vectorscan_is_there(void)
{
    return false;
}

struct engine vectorscan_literals(const struct records *terms, enum vectorscan_mode how)
{
    (void)terms, (void)how;
    return (struct engine){.name = vectorscan_name()};
}

struct engine vectorscan_together(const struct records *terms, const struct records *patterns)
{
    (void)terms, (void)patterns;
    return (struct engine){.name = vectorscan_name()};
}
#endif
