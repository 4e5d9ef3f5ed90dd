/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_WITNESS_H
#define LIBRULES_EVAL_WITNESS_H

#include "eval/evaluator.h"

/* What conditions give to a finding: quotes, and names of missing facts. */

void witness_quote(struct rls_evaluator *ev, const struct candidate_evidence *q);
/* A hit that a guard dropped. */
void witness_excused(struct rls_evaluator *ev, const struct candidate_evidence *q);
/* Quotes a value as a whole. */
void witness_value(struct rls_evaluator *ev, uint32_t fact);
/* Names are entered once; they live as long as the set or the report. */
void witness_missing(struct rls_evaluator *ev, const char *name);

#endif
