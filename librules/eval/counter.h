/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_COUNTER_H
#define LIBRULES_EVAL_COUNTER_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_COUNTER; see eval/condition.h. */
enum rls_truth counter_value(struct rls_evaluator *ev, const struct condition *c);
void counter_quote(struct rls_evaluator *ev, const struct condition *c);
void counter_quote_against(struct rls_evaluator *ev, const struct condition *c);
void counter_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
