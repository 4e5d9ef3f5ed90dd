/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_NEAR_H
#define LIBRULES_EVAL_NEAR_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_NEAR; see eval/condition.h. */
enum rls_truth near_value(struct rls_evaluator *ev, const struct condition *c);
void near_quote(struct rls_evaluator *ev, const struct condition *c);
/* How close the words stand that are closest: characters between neighbours, of several parts the
 * most; RLS_NO_DISTANCE where they never stand in one value. *crosses: more ends of clauses or
 * sentences are between them than may be. */
uint32_t near_distance(struct rls_evaluator *ev, const struct condition *c, bool *crosses);
void near_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
