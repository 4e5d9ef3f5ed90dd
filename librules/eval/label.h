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

#endif
