/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_JUDGE_H
#define LIBRULES_EVAL_JUDGE_H

#include "eval/evaluator.h"

/* Judges one rule and adds what became of it to the report. False when memory is short. */
bool judge_rule(struct rls_evaluator *ev, const struct rls_rule *rule);

#endif
