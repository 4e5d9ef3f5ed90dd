/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_TEXT_TEST_H
#define LIBRULES_EVAL_TEXT_TEST_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_TEXT; see eval/condition.h. */
enum rls_truth text_test_value(struct rls_evaluator *ev, const struct condition *c);
void text_test_quote(struct rls_evaluator *ev, const struct condition *c);
void text_test_missing(struct rls_evaluator *ev, const struct condition *c);

/* The hit of a terms list, from h on, that a test looks at; HIT_NONE when there is none. */
uint32_t text_test_look(const struct rls_evaluator *ev, const struct text_test *t, uint32_t h);
/* The first of them. */
uint32_t text_test_first(struct rls_evaluator *ev, const struct text_test *t, uint32_t set);
/* Whether it is false or unknown that there is no hit. */
enum rls_truth text_test_without_hit(const struct rls_evaluator *ev, const struct text_test *t);
void text_test_quote_hit(struct rls_evaluator *ev, uint32_t h);
/* Adds the hits that guards dropped to the excused of a finding. */
void text_test_quote_excused(struct rls_evaluator *ev, const struct text_test *t);
void text_test_name_missing(struct rls_evaluator *ev, const struct text_test *t);

#endif
