/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_EXPLAIN_H
#define LIBRULES_EVAL_EXPLAIN_H

#include <librules/explanation.h>

#include "base/mem.h"

/* Scratch of an evaluator. */
struct rls_explanation {
    struct rls_explained *rows;
    size_t n, cap;
};

void explanation_clear(struct rls_explanation *e, const struct mem *mem);
size_t explanation_memory(const struct rls_explanation *e);

#endif
