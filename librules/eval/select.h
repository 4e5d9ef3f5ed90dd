/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_SELECT_H
#define LIBRULES_EVAL_SELECT_H

#include "eval/evaluator.h"

/* Which values of the document a selector names. */

bool selects(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact);
/* The first value that the selector of a plain field or member takes, and the one after; 0: none.
 */
uint32_t select_first(const struct rls_evaluator *ev, const struct selector *s);
uint32_t select_next(const struct rls_evaluator *ev, const struct selector *s, uint32_t fact);
/* Whether, without a value, nothing is known to be there, as against known to be nothing. */
bool absence_is_unknown(const struct rls_evaluator *ev, const struct selector *s);
/* Whether there is no value and that tells nothing. */
bool selector_is_missing(const struct rls_evaluator *ev, const struct selector *s);
/* An assumed value that a condition looks at is an assumption of the report. */
void note_assumed(struct rls_evaluator *ev, uint32_t fact);

#endif
