/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_RELATED_H
#define LIBRULES_EVAL_RELATED_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_RELATED; see eval/condition.h. */
enum rls_truth related_value(struct rls_evaluator *ev, const struct condition *c);
void related_quote(struct rls_evaluator *ev, const struct condition *c);
void related_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
