/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_NOTES_H
#define LIBRULES_EVAL_NOTES_H

#include "eval/evaluator.h"

/* Notes of the report. A note without arguments; false when memory is short. */
bool add_note(struct rls_evaluator *ev, uint32_t code, const char *field);
/* What was noted while the document was read: RLS_OK or RLS_ERR_MEMORY. */
int add_document_notes(struct rls_evaluator *ev);

#endif
