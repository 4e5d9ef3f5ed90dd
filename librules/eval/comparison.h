/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_COMPARISON_H
#define LIBRULES_EVAL_COMPARISON_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_COMPARE; see eval/condition.h. */
enum rls_truth comparison_value(struct rls_evaluator *ev, const struct condition *c);
void comparison_quote(struct rls_evaluator *ev, const struct condition *c);
void comparison_missing(struct rls_evaluator *ev, const struct condition *c);

/* What the operands of a test rest on; missing as expression_missing. */
void operands_quote(struct rls_evaluator *ev, const struct field_test *t);
bool operands_missing(struct rls_evaluator *ev, const struct field_test *t, bool all);

#endif
