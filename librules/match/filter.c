/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing foretells which places pass: these loops have no branch that depends on it. */
#include "match/filter.h"

#include "match/fast.h"

#define BITS_1(i) FILTER_BITS(i)
#define BITS_4(i) BITS_1(i), BITS_1(i + 1), BITS_1(i + 2), BITS_1(i + 3)
#define BITS_16(i) BITS_4(i), BITS_4(i + 4), BITS_4(i + 8), BITS_4(i + 12)
#define BITS_64(i) BITS_16(i), BITS_16(i + 16), BITS_16(i + 32), BITS_16(i + 48)
#define BITS_256(i) BITS_64(i), BITS_64(i + 64), BITS_64(i + 128), BITS_64(i + 192)

/* Shifting by what is not known takes longer than looking up. */
static const uint32_t bits[FILTER_CHOICES] = {BITS_256(0u), BITS_256(256u), BITS_256(512u),
                                              BITS_256(768u)};

static inline uint32_t has(const uint32_t *filter, uint32_t shift, uint32_t hash)
{
    return !(~filter[hash >> shift] & bits[filter_choice(hash)]);
}

static inline uint32_t may_be_single(uint32_t symbol, uint32_t n_single)
{
    return symbol - SYMBOL_FIRST < n_single;
}

static inline uint32_t find_pairs(const struct index *x, const uint16_t *symbols, uint32_t count,
                                  uint32_t *places, uint32_t n_single)
{
    const uint32_t *filter = x->pair_filter, shift = x->pair_shift;
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i++) {
        places[n] = i;
        n += has(filter, shift, pair_hash(gram_of(symbols + i, 2).pair)) |
             may_be_single(symbols[i], n_single);
    }
    return n;
}

uint32_t filter_pairs(const struct index *x, const uint16_t *symbols, uint32_t count,
                      uint32_t *places)
{
    /* Most dictionaries have no term of one symbol: that is compiled by itself. */
    return x->n_single ? find_pairs(x, symbols, count, places, x->n_single)
                       : find_pairs(x, symbols, count, places, 0);
}

uint32_t filter_grams(const struct index *x, const uint16_t *symbols, uint32_t *places,
                      uint32_t count)
{
    const uint32_t *filter = x->gram_filter, shift = x->gram_shift, n_single = x->n_single;
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i++) {
        const uint32_t at = places[i];
        const uint16_t *s = symbols + at;
        const uint32_t hash = pair_hash(gram_of(s, 2).pair), second = s[1] != SYMBOL_NONE,
                       third = second & (s[2] != SYMBOL_NONE),
                       found =
                           may_be_single(s[0], n_single) * GRAM_ONE |
                           (has(filter, shift, gram_hash(hash, SYMBOL_NONE)) & second) * GRAM_TWO |
                           (has(filter, shift, gram_hash(hash, s[2])) & third) * GRAM_THREE;

        places[n] = at << GRAM_BITS | found;
        n += found != 0;
    }
    return n;
}
