/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_VALUE_H
#define LIBRULES_EVAL_VALUE_H

#include "eval/evaluator.h"

/* Room for the lets of a set; false when memory is short. */
bool values_bind(struct rls_evaluator *ev, const struct rls_set *set);
/* Begins another judgement: what lets were is forgotten. */
void values_forget(struct rls_evaluator *ev);

/* What an expression is in this judgement. Texts live until the next one. */
void expression_evaluate(struct rls_evaluator *ev, const struct expression *x,
                         struct evaluated *out);
/* The known value of a fact, as a type; text is folded into the arena of the judgement. */
void fact_evaluate(struct rls_evaluator *ev, const struct fact *f, uint8_t type,
                   struct evaluated *out);
/* Moves a known instant by a duration; days are those of x. SHIFT_NO_CALENDAR: its low end is the
 * year that is missing. */
enum shift_status expression_shift(struct rls_evaluator *ev, const struct expression *x,
                                   struct evaluated *out, const struct expression *by, bool back);
/* Of a day its last second. */
void moment_end(struct evaluated *instant);
/* Names the calendar of a year as missing. */
void calendar_missing(struct rls_evaluator *ev, int64_t year);
/* Quotes the values of the document that an expression rests on. */
void expression_quote(struct rls_evaluator *ev, const struct expression *x);
/* Names what is missing for an expression to be known, or all it rests on. False when that is
 * nothing. */
bool expression_missing(struct rls_evaluator *ev, const struct expression *x, bool all);

#endif
