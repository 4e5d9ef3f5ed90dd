/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_GUARD_H
#define LIBRULES_EVAL_GUARD_H

#include "eval/evaluator.h"

enum guarded {
    HIT_STANDS,
    HIT_EXCUSED,
    HIT_UNSURE /* its text was cut: what stands behind it is not known */
};

/* Whether a guard of the test drops a hit; *by is then the words or the field that did. */
enum guarded guard_hit(struct rls_evaluator *ev, const struct text_test *t, uint32_t hit,
                       const char **by);

#endif
