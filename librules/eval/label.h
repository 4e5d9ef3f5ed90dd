/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_LABEL_H
#define LIBRULES_EVAL_LABEL_H

#include "eval/evaluator.h"

/*
 * Fills the fields that have aliases from members that are called so, and from the text of the
 * label, the description and the images. What the host gives goes before what is read. The facts
 * are not closed yet.
 */
int label_read(struct rls_evaluator *ev);
/* Fills fields without a value from what patterns find. Behind label_read. */
int readings_apply(struct rls_evaluator *ev);
/* Makes a part of the text of a fact a value of a field. */
enum facts_status label_add(struct facts *f, uint32_t field, uint32_t item, size_t begin,
                            size_t end);

#endif
