/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_INSIDE_H
#define LIBRULES_EVAL_INSIDE_H

#include "facts/keyset.h"
#include "set/program.h"

struct rls_evaluator;

/* Which hits stand inside values of other fields: found once in a check for each guard and text. */
struct insides {
    struct mem mem;
    struct keyset known; /* by fact and guard: which cover, plus one */
    struct cover *covers;
    size_t n_covers, cap_covers;
    bool *covered; /* by cover and hit */
    size_t n_covered, cap_covered;
    struct needle *needles;
    size_t cap_needles;
};

void insides_init(struct insides *x, const struct mem *mem);
void insides_clear(struct insides *x);
void insides_reset(struct insides *x);
size_t insides_memory(const struct insides *x);

/* Whether a hit stands, after folding and without blanks, inside an occurrence of a value of the
 * guard's fields in its text. */
bool inside_holds(struct rls_evaluator *ev, const struct guard *g, uint32_t hit);

#endif
