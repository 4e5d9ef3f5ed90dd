/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_STRANGE_H
#define LIBRULES_EVAL_STRANGE_H

#include "eval/evaluator.h"

/* Notes values of the document that say where it is published and that no rule names, such as a
 * misspelt platform: RLS_OK, RLS_ERR_LIMIT or RLS_ERR_MEMORY. */
int note_strange_values(struct rls_evaluator *ev);

#endif
