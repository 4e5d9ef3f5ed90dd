/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_INTERVAL_H
#define LIBRULES_FACTS_INTERVAL_H

#include <librules/explanation.h>

#include "facts/decimal.h"

/* What is known of a number: that it lies between two ends. */
struct interval {
    struct decimal low, high;
    bool low_open, high_open; /* the end itself is left out */
    bool low_free, high_free; /* there is no end */
};

enum relation { RELATION_IS, RELATION_LT, RELATION_LE, RELATION_GT, RELATION_GE };

/* The interval of one exact number. */
struct interval interval_point(struct decimal d);
/*
 * Whether every number of a stands in the relation to every number of b (true), none does (false),
 * or it depends (unknown). The one place where numbers of any type are compared.
 */
enum rls_truth interval_compare(const struct interval *a, enum relation r,
                                const struct interval *b);
/* Whether no number lies in it. */
bool interval_is_empty(const struct interval *a);

#endif
