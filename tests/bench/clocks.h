/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_CLOCKS_H
#define TESTS_BENCH_CLOCKS_H

#include <stdbool.h>
#include <stdint.h>

/* Nanoseconds: of this thread's CPU time, of the wall. */
uint64_t cpu_ns(void);
uint64_t wall_ns(void);

/*
 * The time of a loop that is always the same and bound by throughput, about a millisecond: it
 * rises when something else uses the core, as the engines' times do.
 */
double sentinel_ns(void);

/* Keep this thread on the last processor it may use; false where that cannot be. */
bool pin(void);
void unpin(void);

#endif
