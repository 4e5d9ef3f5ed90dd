/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_GRACE_H
#define LIBRULES_EVAL_GRACE_H

#include "eval/judged.h"

/* A grace that surely lasts makes a violation advice; one that may makes it a question. */
void grace_apply(struct rls_evaluator *ev, struct judged *j);
/* Names what would tell whether the grace of a slot lasts. */
void grace_missing(struct rls_evaluator *ev, const struct grace *g);

#endif
