/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_DEADLINE_TEST_H
#define LIBRULES_EVAL_DEADLINE_TEST_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_MISSED, CONDITION_OPEN and CONDITION_MET_LATE; see eval/condition.h. */
enum rls_truth missed_value(struct rls_evaluator *ev, const struct condition *c);
enum rls_truth open_value(struct rls_evaluator *ev, const struct condition *c);
enum rls_truth met_late_value(struct rls_evaluator *ev, const struct condition *c);
/* Also tells the deadline to the evaluator: see struct told. */
void deadline_quote(struct rls_evaluator *ev, const struct condition *c);
void deadline_quote_against(struct rls_evaluator *ev, const struct condition *c);
void deadline_missing(struct rls_evaluator *ev, const struct condition *c);

#endif
