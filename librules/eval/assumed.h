/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_ASSUMED_H
#define LIBRULES_EVAL_ASSUMED_H

#include "eval/evaluator.h"

/* Adds what is assumed of fields without a value: RLS_OK or a status. Of the member of a collection
 * there is one assumed value, which each record without one has (eval/select.c). */
int add_assumed_facts(struct rls_evaluator *ev);

#endif
