/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_ACTUAL_H
#define LIBRULES_EVAL_ACTUAL_H

#include "eval/evaluator.h"

/*
 * What the document holds where a condition looks, for people: values of a field, hits of a text
 * test. NULL when there is nothing. In the report's arena; memory that is short is remembered.
 */
const char *actual_of(struct rls_evaluator *ev, const struct condition *c);
/* What nearly counted for a text test: hits of its lists in fields it does not look at, and those
 * that a guard dropped. NULL when there are none. */
const char *near_miss_of(struct rls_evaluator *ev, const struct condition *c);

#endif
