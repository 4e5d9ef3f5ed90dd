/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_SETS_H
#define TESTS_BENCH_SETS_H

#include <librules/librules.h>

#include "engines.h"

/* Rule sources by path, at most so many. */
struct sources {
    const char *path[64];
    size_t n;
};

void sources_add(struct sources *s, const char *path); /* the path is kept */
/* Compiled by the public interface; the program ends where that fails. */
struct rls_set *set_compile(const struct sources *s);

/* What a document is, and what is asked of its report. */
enum asked {
    ASK_JSON,   /* a JSON document; its findings are counted */
    ASK_REPORT, /* the same, and the report is written as JSON */
    ASK_TITLE   /* a title alone */
};

/* A warm evaluator of the set. The set belongs to the engine then. */
struct engine ours_check(struct rls_set *set, enum asked asked);
const struct rls_set *check_set(const struct engine *e);
struct rls_evaluator *check_evaluator(const struct engine *e);
/* Takes the vector instructions from its evaluator. */
void check_portable(struct engine *e);

#endif
