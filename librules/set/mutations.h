/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_MUTATIONS_H
#define LIBRULES_SET_MUTATIONS_H

#include <librules/mutation.h>

#include "set/program.h"

/* How the condition of a mutation is changed. */
enum change {
    CHANGE_TO_FALSE,
    CHANGE_TO_TRUE,
    CHANGE_TEST,
    CHANGE_GUARD,
    CHANGE_FIELD,
    CHANGE_VALUE
};

struct mutation {
    struct rls_mutation view;
    const struct condition *condition; /* NULL: a term */
    uint8_t change;                    /* enum change */
    uint8_t test;                      /* CHANGE_TEST: enum test_kind in its place */
    uint8_t part;                      /* CHANGE_GUARD: of a near */
    uint32_t which;                    /* guard, field or value of its test that goes */
};

struct rls_mutations {
    struct mem mem;
    struct rls_set *set; /* a reference */
    struct mutation *items;
    size_t n, cap;
};

#endif
