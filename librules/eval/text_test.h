/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_TEXT_TEST_H
#define LIBRULES_EVAL_TEXT_TEST_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_TEXT; see eval/condition.h. */
enum rls_truth text_test_value(struct rls_evaluator *ev, const struct condition *c);
void text_test_quote(struct rls_evaluator *ev, const struct condition *c);
void text_test_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
