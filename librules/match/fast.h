/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_FAST_H
#define LIBRULES_MATCH_FAST_H

#include "match/tables.h"

struct stream;

/*
 * The loops that look at every character, for processors with wide registers. They do what the
 * portable ones do, and only that.
 */
struct fast {
    /* Takes symbols and separators up to end, as far as it can, and perhaps some behind it. */
    void (*stream)(struct stream *st, size_t end);
    /*
     * The places among count symbols where a pair stands that a gram may begin with, or a symbol
     * that may be one, go to places; returns how many.
     */
    uint32_t (*pairs)(const struct index *x, const uint16_t *symbols, uint32_t count,
                      uint32_t *places);
    /*
     * Of these places, keeps those where a gram may stand, GRAM_BITS up and with bits for each
     * number of symbols it may have; returns how many. All are below FAST_PLACES.
     */
    uint32_t (*grams)(const struct index *x, const uint16_t *symbols, uint32_t *places,
                      uint32_t count);
};

/* Items behind the last one of an array that may be written to. */
enum { FAST_SLACK = 32 };

/* Places that sixteen bits hold, with a sign and GRAM_BITS. */
enum { FAST_PLACES = 1 << 12 };

enum { GRAM_ONE = 1, GRAM_TWO = 2, GRAM_THREE = 4, GRAM_BITS = 3 };

/* What this processor can do; NULL: nothing but the portable loops. */
const struct fast *fast_choose(void);

#if defined(__x86_64__) && defined(__GNUC__) && !defined(LIBRULES_NO_SIMD)
#define FAST_X86 1
extern const struct fast fast_avx512, fast_avx2;
bool fast_avx512_runs(void);
bool fast_avx2_runs(void);
#endif

#endif
