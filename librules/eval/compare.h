/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_COMPARE_H
#define LIBRULES_EVAL_COMPARE_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Whether one value of the document passes a test other than TEST_PRESENT.
 * Unknown when the value is unparsed or an operand is unknown. */
enum rls_truth compare_fact(struct rls_evaluator *ev, const struct field_test *t,
                            const struct fact *value);
/* The same for a value that was evaluated, such as the left side of a CONDITION_COMPARE. */
enum rls_truth compare_value(struct rls_evaluator *ev, const struct field_test *t,
                             const struct evaluated *value);

#endif
