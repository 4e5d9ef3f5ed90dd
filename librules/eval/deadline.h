/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_DEADLINE_H
#define LIBRULES_EVAL_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include <librules/explanation.h>

/*
 * Deadlines on instants alone: whoever knows when something began, was due, was met or fell away
 * asks here, be it from the fields of a document or from the events of a shipment. Instants are
 * milliseconds; what is compared are whole seconds.
 */

enum point_state {
    POINT_NEVER,   /* surely has not happened */
    POINT_UNKNOWN, /* whether or when cannot be told */
    POINT_KNOWN
};

/* When something happened or will. */
struct point {
    uint8_t state;     /* enum point_state */
    int64_t low, high; /* of POINT_KNOWN: the first and the last second it may be */
};

/* Points of one deadline. What happens after `now` has not happened. */
struct timeline {
    int64_t now;
    struct point starts;
    struct point due; /* a deadline includes its last second */
    struct point met;
    struct point voided; /* what voids it after it is due excuses nothing */
};

/* It was due, and neither met nor void by then. */
enum rls_truth timeline_missed(const struct timeline *t);
/* It has started, and is neither met nor void, due or not. */
enum rls_truth timeline_open(const struct timeline *t);
/* It was met after it was due. */
enum rls_truth timeline_met_late(const struct timeline *t);
/* Whether its last second is over. */
enum rls_truth timeline_passed(const struct timeline *t);
/* The first instant after now at which one of these may change; INT64_MAX: none is known. */
int64_t timeline_next(const struct timeline *t);

/* Kleene's minimum. */
enum rls_truth truth_and(enum rls_truth a, enum rls_truth b);

#endif
