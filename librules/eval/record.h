/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_RECORD_H
#define LIBRULES_EVAL_RECORD_H

#include <librules/explanation.h>

#include "eval/evaluator.h"

/* Conditions of CONDITION_SOME, CONDITION_EVERY and CONDITION_COUNT; see eval/condition.h. */
enum rls_truth some_value(struct rls_evaluator *ev, const struct condition *c);
enum rls_truth every_value(struct rls_evaluator *ev, const struct condition *c);
enum rls_truth count_value(struct rls_evaluator *ev, const struct condition *c);
void records_quote(struct rls_evaluator *ev, const struct condition *c);
void records_quote_against(struct rls_evaluator *ev, const struct condition *c);
void records_missing(struct rls_evaluator *ev, const struct condition *c);

/* The first record of the collection, and the one after; 0: none. */
uint32_t records_first(const struct rls_evaluator *ev, const struct record_test *t);
uint32_t records_next(const struct rls_evaluator *ev, uint32_t record);
/* Whether the document does not say which records there are. */
bool records_unknown(const struct rls_evaluator *ev, const struct record_test *t);
/* "violations[1]", "parcels[0].scans[2]"; in the report's arena, NULL when memory is short. */
const char *record_path(struct rls_evaluator *ev, uint32_t record);
/* The member "id" of a record, or NULL; *ok is false when memory is short. */
const char *record_id(struct rls_evaluator *ev, uint32_t record, bool *ok);

#endif
