/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_PARAMS_H
#define LIBRULES_EVAL_PARAMS_H

#include <librules/evaluator.h>

#include "set/digest.h"
#include "set/program.h"

/* What the params of a set are for one evaluator: first their defaults, then what profile, host or
 * case say, the later ones over the earlier. */
struct params {
    struct arena arena;   /* holds everything */
    struct value *values; /* by index of the param */
    const char **written; /* the same: what was said, or NULL */
    size_t n;
    uint8_t digest[DIGEST_BYTES]; /* of what was said; all zero when nothing was */
};

/* The defaults of a set; false when memory is short. */
bool params_init(struct params *p, const struct mem *mem, const struct rls_set *set);
void params_clear(struct params *p);
/*
 * Says what some params are. RLS_OK, RLS_ERR_MEMORY, or RLS_ERR_ARGUMENT: then fault says which one
 * is wrong and why, and the ones before it are set. fault may be NULL.
 */
int params_set(struct params *p, const struct rls_set *set, const struct rls_param *given, size_t n,
               struct rls_param_error *fault);

#endif
