/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_FIELD_TEST_H
#define LIBRULES_EVAL_FIELD_TEST_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_FIELD; see eval/condition.h. */
enum rls_truth field_test_value(struct rls_evaluator *ev, const struct condition *c);
void field_test_quote(struct rls_evaluator *ev, const struct condition *c);
void field_test_quote_against(struct rls_evaluator *ev, const struct condition *c);
void field_test_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
