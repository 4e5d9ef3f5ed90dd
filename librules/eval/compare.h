/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_COMPARE_H
#define LIBRULES_EVAL_COMPARE_H

#include "eval/evaluator.h"

/* Whether one value passes the test of a CONDITION_FIELD other than TEST_PRESENT. */
bool compare_value(struct rls_evaluator *ev, const struct field_test *t, const struct fact *value);

#endif
