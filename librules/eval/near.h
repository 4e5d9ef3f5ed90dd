/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_NEAR_H
#define LIBRULES_EVAL_NEAR_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_NEAR; see eval/condition.h. */
enum rls_truth near_value(struct rls_evaluator *ev, const struct condition *c);
void near_quote(struct rls_evaluator *ev, const struct condition *c);
void near_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
