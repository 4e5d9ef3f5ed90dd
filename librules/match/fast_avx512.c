/* SPDX-License-Identifier: Apache-2.0 */
#include "match/fast.h"

#ifdef FAST_X86

#include <immintrin.h>

#include "base/limits.h"
#include "match/fast_chunk.h"
#include "match/stream.h"

#define TARGET                                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,"             \
                          "popcnt")))

bool fast_avx512_runs(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

/* --- the text ----------------------------------------------------------------------------- */

enum { BLOCK = 64, GROUP = 32 };

_Static_assert((int)CHUNK % BLOCK == 0 && GROUP <= (int)CHUNK_SLACK,
               "a chunk is made of whole blocks");

/* What the bytes of a block are. */
struct bytes {
    __m512i first, second, third; /* of the character that would begin at each */
    uint64_t begins;              /* characters of the block */
    uint64_t two, three;          /* bytes that begin characters of at least so many */
    uint64_t wrong;               /* bytes where something else stands; the first one is right */
};

static inline uint64_t below(size_t n)
{
    return n < 64 ? ((uint64_t)1 << n) - 1 : ~(uint64_t)0;
}

TARGET static inline __m512i load_bytes(const char *text, size_t left, size_t skipped)
{
    return _mm512_maskz_loadu_epi8(left > skipped ? below(left - skipped) : 0, text + skipped);
}

/* tails has a bit for each byte at the beginning that belongs to the block before. */
TARGET static inline struct bytes look_at(const char *text, size_t left, uint64_t tails)
{
    const __m512i v = load_bytes(text, left, 0), second = load_bytes(text, left, 1);
    const uint64_t tail = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(-64));
    const uint64_t four = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xf0));
    const __mmask64 e0 = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)0xe0));
    struct bytes b = {.first = v, .second = second, .third = load_bytes(text, left, 2)};
    uint64_t overlong;

    b.two = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xc0));
    b.three = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xe0));
    overlong = (b.two & _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8((char)0xc2))) |
               _mm512_mask_cmplt_epu8_mask(e0, second, _mm512_set1_epi8((char)0xa0));
    b.wrong = four | overlong | (tail ^ (b.two << 1 | b.three << 2 | tails));
    b.begins = ~tail & below(left) & (b.wrong ? below((size_t)__builtin_ctzll(b.wrong)) : ~0ull);
    return b;
}

/* Half a block: the characters that begin there. */
TARGET static inline void put_codes(struct chunk *c, __m256i first, __m256i second, __m256i third,
                                    uint32_t begins, uint32_t two, uint32_t three, uint32_t at)
{
    const __m512i six = _mm512_set1_epi16(0x3f);
    const __m512i iota =
        _mm512_set_epi16(31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13,
                         12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i b0 = _mm512_cvtepu8_epi16(first);
    const __m512i b1 = _mm512_and_si512(_mm512_cvtepu8_epi16(second), six);
    const __m512i b2 = _mm512_and_si512(_mm512_cvtepu8_epi16(third), six);
    const __m512i of_two =
        _mm512_or_si512(_mm512_slli_epi16(_mm512_and_si512(b0, _mm512_set1_epi16(0x1f)), 6), b1);
    const __m512i of_three =
        _mm512_or_si512(_mm512_or_si512(_mm512_slli_epi16(b0, 12), _mm512_slli_epi16(b1, 6)), b2);
    const __m512i codes =
        _mm512_mask_mov_epi16(_mm512_mask_mov_epi16(b0, two, of_two), three, of_three);
    const __m512i places = _mm512_add_epi16(iota, _mm512_set1_epi16((short)at));

    _mm512_storeu_si512(c->codes + c->n, _mm512_maskz_compress_epi16(begins, codes));
    _mm512_storeu_si512(c->places + c->n, _mm512_maskz_compress_epi16(begins, places));
    c->n += (uint32_t)__builtin_popcount(begins);
}

TARGET static inline void read_chunk(struct chunk *c, const char *text, size_t left)
{
    const uint32_t end = left < CHUNK ? (uint32_t)left : CHUNK;
    uint64_t tails = 0;

    c->n = 0;
    c->used = end;
    c->wrong = false;
    for (uint32_t at = 0; at < end; at += BLOCK) {
        const struct bytes b = look_at(text + at, left - at, tails);
        put_codes(c, _mm512_castsi512_si256(b.first), _mm512_castsi512_si256(b.second),
                  _mm512_castsi512_si256(b.third), (uint32_t)b.begins, (uint32_t)b.two,
                  (uint32_t)b.three, at);
        put_codes(c, _mm512_extracti64x4_epi64(b.first, 1), _mm512_extracti64x4_epi64(b.second, 1),
                  _mm512_extracti64x4_epi64(b.third, 1), (uint32_t)(b.begins >> 32),
                  (uint32_t)(b.two >> 32), (uint32_t)(b.three >> 32), at + 32);
        if (b.wrong) {
            const uint32_t wrong = at + (uint32_t)__builtin_ctzll(b.wrong);
            c->used = wrong < end ? wrong : end;
            c->wrong = true;
            break;
        }
        tails = b.two >> 63 | b.three >> 62;
    }
    drop_cut(c, text);
}

/* The symbols of up to GROUP characters. */
struct group {
    __m512i symbols;
    uint32_t all; /* a bit for each character */
    uint32_t separators;
    uint32_t special; /* what the portable loop must look at */
};

TARGET static inline struct group load_group(const struct index *x, const uint16_t *codes,
                                             uint32_t left)
{
    const __m512i low_halves =
        _mm512_set_epi16(62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26,
                         24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    struct group g = {.all = left < GROUP ? (1u << left) - 1 : ~0u};
    const __m512i c = _mm512_maskz_loadu_epi16(g.all, codes);
    const __m512i low = _mm512_i32gather_epi32(_mm512_cvtepu16_epi32(_mm512_castsi512_si256(c)),
                                               x->basic, sizeof *x->basic);
    const __m512i high = _mm512_i32gather_epi32(
        _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(c, 1)), x->basic, sizeof *x->basic);

    g.symbols = _mm512_permutex2var_epi16(low, low_halves, high);
    g.separators =
        _mm512_mask_cmpeq_epi16_mask(g.all, g.symbols, _mm512_set1_epi16(SYMBOL_SEPARATOR));
    g.special = _mm512_mask_cmplt_epu16_mask(
        g.all, _mm512_sub_epi16(g.symbols, _mm512_set1_epi16(SYMBOL_SKIP)),
        _mm512_set1_epi16(SYMBOL_SLOW - SYMBOL_SKIP + 1));
    return g;
}

/* The length of the run of separators behind the characters, or more than the limit if one of
 * theirs is too long. */
static inline uint32_t run_behind(uint32_t run, uint32_t separators, uint32_t all)
{
    const uint32_t s = separators, others = all & ~separators;

    _Static_assert(LIMIT_SEPARATOR_RUN == 4, "five in a row are too many");
    if (!s)
        return all ? 0 : run;
    if (!others)
        return run + (uint32_t)__builtin_popcount(s);
    if (run + (uint32_t)__builtin_ctz(others) > LIMIT_SEPARATOR_RUN ||
        (s & s >> 1 & s >> 2 & s >> 3 & s >> 4))
        return LIMIT_SEPARATOR_RUN + 1;
    return (uint32_t)(__builtin_clz(others) - __builtin_clz(all));
}

TARGET static inline void put_group(struct stream *st, const struct group *g,
                                    const uint16_t *places)
{
    const __mmask32 kept = g->all & ~g->separators;
    const __m512i begin = _mm512_set1_epi32((int)(uint32_t)st->at);
    const __m512i p = _mm512_maskz_compress_epi16(kept, _mm512_maskz_loadu_epi16(g->all, places));
    uint32_t *offsets = st->s->offsets + st->n;

    _mm512_storeu_si512(st->s->symbols + st->n, _mm512_maskz_compress_epi16(kept, g->symbols));
    _mm512_storeu_si512(offsets,
                        _mm512_add_epi32(begin, _mm512_cvtepu16_epi32(_mm512_castsi512_si256(p))));
    _mm512_storeu_si512(
        offsets + GROUP / 2,
        _mm512_add_epi32(begin, _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(p, 1))));
    st->n += (uint32_t)__builtin_popcount(kept);
}

/* How many of the chunk's characters were taken. */
TARGET static inline uint32_t take_chunk(struct stream *st, const struct chunk *c)
{
    for (uint32_t k = 0; k < c->n; k += GROUP) {
        struct group g = load_group(st->x, c->codes + k, c->n - k);
        uint32_t run;

        if (g.special) {
            g.all = (g.special & -g.special) - 1;
            g.separators &= g.all;
        }
        run = run_behind(st->run, g.separators, g.all);
        if (run > LIMIT_SEPARATOR_RUN)
            return k;
        st->run = run;
        put_group(st, &g, c->places + k);
        if (g.special)
            return k + (uint32_t)__builtin_ctz(g.special);
    }
    return c->n;
}

TARGET static void avx512_stream(struct stream *st, size_t end)
{
    struct chunk c;

    while (st->at < end) {
        uint32_t taken;

        read_chunk(&c, st->text + st->at, st->len - st->at);
        taken = take_chunk(st, &c);
        if (taken)
            st->last = st->at + c.places[taken - 1];
        st->at += taken < c.n ? c.places[taken] : c.used;
        if (taken < c.n || c.wrong)
            return;
    }
}

/* --- the filters -------------------------------------------------------------------------- */

enum { LANES = 16 };

TARGET static inline __mmask16 filter_test(const uint32_t *filter, uint32_t shift, __m512i hash)
{
    const __m512i one = _mm512_set1_epi32(1);
    const __m512i words = _mm512_i32gather_epi32(
        _mm512_srl_epi32(hash, _mm_cvtsi32_si128((int)shift)), filter, sizeof *filter);
    const __m512i mixed = _mm512_xor_si512(hash, _mm512_srli_epi32(hash, 15));
    const __m512i bits = _mm512_or_si512(_mm512_rolv_epi32(one, mixed),
                                         _mm512_rolv_epi32(one, _mm512_srli_epi32(mixed, 5)));

    return _mm512_cmpeq_epi32_mask(_mm512_and_si512(words, bits), bits);
}

TARGET static inline __mmask16 may_be_single(const struct index *x, __m512i symbols)
{
    return _mm512_cmplt_epu32_mask(_mm512_sub_epi32(symbols, _mm512_set1_epi32(SYMBOL_FIRST)),
                                   _mm512_set1_epi32((int)x->n_single));
}

TARGET static uint32_t avx512_pairs(const struct index *x, const uint16_t *symbols, uint32_t count,
                                    uint32_t *places)
{
    __m512i at = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i += LANES) {
        const __mmask16 all = (__mmask16)(count - i < LANES ? (1u << (count - i)) - 1 : 0xffff);
        const __m512i a = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(all, symbols + i));
        const __m512i b = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(all, symbols + i + 1));
        const __m512i hash = _mm512_mullo_epi32(_mm512_or_si512(a, _mm512_slli_epi32(b, 16)),
                                                _mm512_set1_epi32((int)PAIR_FACTOR));
        const __mmask16 found =
            (filter_test(x->pair_filter, x->pair_shift, hash) | may_be_single(x, a)) & all;

        _mm512_storeu_si512(places + n, _mm512_maskz_compress_epi32(found, at));
        n += (uint32_t)__builtin_popcount(found);
        at = _mm512_add_epi32(at, _mm512_set1_epi32(LANES));
    }
    return n;
}

/* The symbols behind some places; 0 where there is none. */
TARGET static inline __m512i symbols_at(const uint16_t *symbols, __m512i places, __mmask16 all)
{
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), all, places, symbols,
                                       sizeof *symbols);
}

TARGET static uint32_t avx512_grams(const struct index *x, const uint16_t *symbols,
                                    uint32_t *places, uint32_t count)
{
    const __m512i half = _mm512_set1_epi32(0xffff), zero = _mm512_setzero_si512();
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i += LANES) {
        const __mmask16 all = (__mmask16)(count - i < LANES ? (1u << (count - i)) - 1 : 0xffff);
        const __m512i at = _mm512_maskz_loadu_epi32(all, places + i);
        const __m512i pair = symbols_at(symbols, at, all);
        const __m512i third = _mm512_srli_epi32(symbols_at(symbols + 1, at, all), 16);
        const __m512i hash = _mm512_mullo_epi32(pair, _mm512_set1_epi32((int)PAIR_FACTOR));
        const __m512i mixed =
            _mm512_xor_si512(hash, _mm512_mullo_epi32(third, _mm512_set1_epi32((int)THIRD_FACTOR)));
        const __m512i factor = _mm512_set1_epi32((int)GRAM_FACTOR);
        __m512i two = _mm512_mullo_epi32(hash, factor), three = _mm512_mullo_epi32(mixed, factor),
                found = zero;
        const __mmask16 has_second = _mm512_cmpgt_epu32_mask(pair, half);
        const __mmask16 has_third = _mm512_cmpneq_epi32_mask(third, zero) & has_second;
        __mmask16 kept;

        two = _mm512_xor_si512(two, _mm512_srli_epi32(two, 16));
        three = _mm512_xor_si512(three, _mm512_srli_epi32(three, 16));
        found = _mm512_mask_set1_epi32(found, may_be_single(x, _mm512_and_si512(pair, half)) & all,
                                       GRAM_ONE);
        found = _mm512_mask_or_epi32(found,
                                     filter_test(x->gram_filter, x->gram_shift, two) & has_second,
                                     found, _mm512_set1_epi32(GRAM_TWO));
        found = _mm512_mask_or_epi32(found,
                                     filter_test(x->gram_filter, x->gram_shift, three) & has_third,
                                     found, _mm512_set1_epi32(GRAM_THREE));
        kept = _mm512_cmpneq_epi32_mask(found, zero);
        _mm512_storeu_si512(places + n,
                            _mm512_maskz_compress_epi32(
                                kept, _mm512_or_si512(_mm512_slli_epi32(at, GRAM_BITS), found)));
        n += (uint32_t)__builtin_popcount(kept);
    }
    return n;
}

const struct fast fast_avx512 = {
    .stream = avx512_stream, .pairs = avx512_pairs, .grams = avx512_grams};

#endif
