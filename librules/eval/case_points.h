/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_CASE_POINTS_H
#define LIBRULES_EVAL_CASE_POINTS_H

#include "eval/evaluator.h"

/* Compares the report with what a case expects: leaves the differences with the evaluator and says
 * what the rule did. RLS_OK or RLS_ERR_MEMORY. */
int compare_case(struct rls_evaluator *ev, const struct set_case *c, uint32_t *actual);

#endif
