/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_EXCEPTION_H
#define LIBRULES_EVAL_EXCEPTION_H

#include "eval/evaluator.h"

/* Applies the exceptions of a rule to a finding that is about to be added: one in force excuses it
 * and counts as used, one that has expired is only named. */
void exception_apply(struct rls_evaluator *ev, struct rls_finding *f);
/* Adds what would tell whether an exception in force covers the document. */
void exception_missing(struct rls_evaluator *ev, const struct rls_rule *rule);

#endif
