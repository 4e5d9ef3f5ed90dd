/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_PEAK_H
#define TESTS_BENCH_PEAK_H

/* By how many bytes a process grows at most that does this; 0 where that cannot be told. */
double peak_bytes(void (*work)(const void *user), const void *user);

#endif
