/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_EXPLAINED_HITS_H
#define LIBRULES_EVAL_EXPLAINED_HITS_H

#include "eval/evaluator.h"

/*
 * Words of the document that stand in the lists of a text test or of words near each other: those
 * that count, then those that do not, and why. In the report's arena; memory that is short is
 * remembered.
 */
const struct rls_explained_hit *explained_hits(struct rls_evaluator *ev, const struct condition *c,
                                               size_t *n);

#endif
