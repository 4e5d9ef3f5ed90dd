/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_CONDITION_H
#define LIBRULES_EVAL_CONDITION_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

enum rls_truth truth_not(enum rls_truth t);
/* The value of a condition over the facts and hits of the evaluator: Kleene's logic. */
enum rls_truth condition_value(struct rls_evaluator *ev, const struct condition *c);
/* Adds the values that make a condition true to the evaluator's quotes. */
void condition_quote(struct rls_evaluator *ev, const struct condition *c);
/* The same for what makes it false: values that are there and do not pass. */
void condition_quote_against(struct rls_evaluator *ev, const struct condition *c);
/* Adds the fields whose absence makes a condition unknown to the evaluator's missing facts. */
void condition_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
