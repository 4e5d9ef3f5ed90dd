/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_EVIDENCE_H
#define LIBRULES_EVAL_EVIDENCE_H

#include "eval/evaluator.h"

/*
 * Turns the evaluator's quotes into the evidence of a finding, and its excused hits likewise: in
 * the order of facts and positions, without those contained in another, bounded, in the report's
 * arena. False when memory is short.
 */
bool evidence_make(struct rls_evaluator *ev, struct rls_finding *f);
/* The path of a fact as its document spells it, in the report's arena; NULL when memory is short.
 */
const char *evidence_path(struct rls_evaluator *ev, const struct fact *value);

/* A text for people, bounded as an excerpt is. */
const char *evidence_text(struct rls_evaluator *ev, const char *text, size_t len);

#endif
