/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_COSTS_H
#define LIBRULES_EVAL_COSTS_H

#include "base/costs.h"
#include "set/program.h"

struct rls_evaluator;

/* Counts no more; what was counted stays. */
void costs_stop(struct rls_evaluator *ev);
/* The same, and forgets what was counted. */
void costs_drop(struct rls_evaluator *ev);
size_t costs_memory(const struct rls_costs *c);

/* --- called by checks while ev->costs is set ------------------------------------------------ */

/* The values of the document are there. */
void costs_of_document(struct rls_evaluator *ev);
/* The rules are going to be judged. */
void costs_before_rules(struct rls_evaluator *ev);
/* A rule has been judged. */
void costs_of_rule(struct rls_evaluator *ev, const struct rls_rule *rule);

#endif
