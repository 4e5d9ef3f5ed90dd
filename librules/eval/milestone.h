/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_MILESTONE_H
#define LIBRULES_EVAL_MILESTONE_H

#include "eval/evaluator.h"

/* Reports the milestones of a rule that was judged, where they are known and it surely applies.
 * False when memory is short. */
bool tell_milestones(struct rls_evaluator *ev, const struct rls_rule *rule);

#endif
