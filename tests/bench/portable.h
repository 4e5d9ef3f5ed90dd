/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_BENCH_PORTABLE_H
#define TESTS_BENCH_PORTABLE_H

#include "match/scan.h"

/* Takes the vector instructions from a scanner, where the library has any. */
void scanner_portable(struct scanner *s);
/* Gives it those of AVX2, where the processor has them. */
void scanner_avx2(struct scanner *s);

#endif
