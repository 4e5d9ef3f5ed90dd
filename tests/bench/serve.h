/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_SERVE_H
#define TESTS_BENCH_SERVE_H

#include "bench.h"

/*
 * Measures on demand, for peers in other programs. `what` is the engine and the texts: "full",
 * "exact" (of 60,000 terms), "patterns" (1,000 of them), "together" (both), "whole" (checks) or
 * "loaded" (checks with homophones and patterns, too) or "rules" (checks by the files given, and no
 * more), and "titles" or "listings" behind a colon;
 * ":portable" behind that switches vector instructions off, where there is no check.
 *
 * Prints "ready BUILD-NS BYTES". Then each line "MILLISECONDS FROM COUNT" on stdin has the texts
 * FROM, FROM + 1, ... worked through as a whole until that much CPU time of the process is spent,
 * and is answered by "TEXTS CPU-NS HITS", the hits being those of one pass. A line "s" is answered
 * by the sentinel's time.
 */
int serve(struct bench *b, const char *what);

#endif
