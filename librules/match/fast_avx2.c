/* SPDX-License-Identifier: Apache-2.0 */
#include "match/fast.h"

#ifdef FAST_X86

#include <immintrin.h>
#include <string.h>

#include "base/limits.h"
#include "match/fast_chunk.h"
#include "match/stream.h"

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

bool fast_avx2_runs(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

/* --- items that are kept ------------------------------------------------------------------ */

/* The bytes of an item among eight. */
#define ITEM(i) (0x0100 + 0x0202 * (i))
/* The sets of the first items, and what stands behind those. */
#define SETS_0(...)                                                                                \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define SETS_1(...) SETS_0(__VA_ARGS__), SETS_0(ITEM(0), __VA_ARGS__)
#define SETS_2(...) SETS_1(__VA_ARGS__), SETS_1(ITEM(1), __VA_ARGS__)
#define SETS_3(...) SETS_2(__VA_ARGS__), SETS_2(ITEM(2), __VA_ARGS__)
#define SETS_4(...) SETS_3(__VA_ARGS__), SETS_3(ITEM(3), __VA_ARGS__)
#define SETS_5(...) SETS_4(__VA_ARGS__), SETS_4(ITEM(4), __VA_ARGS__)
#define SETS_6(...) SETS_5(__VA_ARGS__), SETS_5(ITEM(5), __VA_ARGS__)
#define SETS_7(...) SETS_6(__VA_ARGS__), SETS_6(ITEM(6), __VA_ARGS__)

/* By a bit for each of eight items: those that are kept, one behind the other. */
static const uint16_t order[256][8] = {SETS_7(0), SETS_7(ITEM(7))};

TARGET static inline __m128i pack(__m128i eight, uint32_t kept)
{
    return _mm_shuffle_epi8(eight, _mm_loadu_si128((const __m128i *)order[kept]));
}

TARGET static inline uint32_t count(uint32_t kept)
{
    return (uint32_t)_mm_popcnt_u32(kept);
}

/* Eight items are put down, whether kept or not. */
TARGET static inline void put_short(uint16_t *to, __m128i eight)
{
    _mm_storeu_si128((__m128i *)to, eight);
}

TARGET static inline void put_long(uint32_t *to, __m128i eight, uint32_t begin)
{
    _mm256_storeu_si256((__m256i *)to, _mm256_add_epi32(_mm256_cvtepu16_epi32(eight),
                                                        _mm256_set1_epi32((int)begin)));
}

/* --- the text ----------------------------------------------------------------------------- */

enum { BLOCK = 32, BEHIND = 2 /* bytes behind a block that are looked at */, LANES = 8 };

_Static_assert((int)CHUNK % BLOCK == 0 && LANES <= (int)CHUNK_SLACK,
               "a chunk is made of whole blocks");

/* What the bytes of a block are. */
struct block {
    uint16_t codes[BLOCK]; /* of the character that would begin at each */
    uint32_t begins;       /* characters of the block */
    uint32_t two, three;   /* bytes that begin characters of at least so many */
    uint32_t wrong;        /* bytes where something else stands; the first one is right */
};

TARGET static inline __m256i widen(const char *text)
{
    return _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)text));
}

/* Half a block. */
TARGET static inline void put_codes(uint16_t *codes, const char *text)
{
    const __m256i six = _mm256_set1_epi16(0x3f), b0 = widen(text);
    const __m256i b1 = _mm256_and_si256(widen(text + 1), six);
    const __m256i b2 = _mm256_and_si256(widen(text + 2), six);
    const __m256i of_two =
        _mm256_or_si256(_mm256_slli_epi16(_mm256_and_si256(b0, _mm256_set1_epi16(0x1f)), 6), b1);
    const __m256i of_three =
        _mm256_or_si256(_mm256_or_si256(_mm256_slli_epi16(b0, 12), _mm256_slli_epi16(b1, 6)), b2);
    const __m256i of_more =
        _mm256_blendv_epi8(of_two, of_three, _mm256_cmpgt_epi16(b0, _mm256_set1_epi16(0xdf)));

    _mm256_storeu_si256(
        (__m256i *)codes,
        _mm256_blendv_epi8(b0, of_more, _mm256_cmpgt_epi16(b0, _mm256_set1_epi16(0x7f))));
}

TARGET static inline uint32_t bits(__m256i bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

/* Of the bytes from 0x80 on, those that are below c. */
TARGET static inline __m256i under(__m256i v, int c)
{
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)c), v);
}

/* tails has a bit for each byte at the beginning that belongs to the block before. */
TARGET static inline void look_at(struct block *b, const char *text, uint32_t tails)
{
    const __m256i v = _mm256_loadu_si256((const __m256i *)text);
    const __m256i second = _mm256_loadu_si256((const __m256i *)(text + 1));
    const __m256i e0 = _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)0xe0));
    const uint32_t high = bits(v), tail = bits(under(v, 0xc0));
    uint32_t wrong;

    b->two = high & ~tail;
    b->three = high & ~bits(under(v, 0xe0));
    wrong = high & ~bits(under(v, 0xf0));
    wrong |= b->two & bits(under(v, 0xc2));
    wrong |= bits(_mm256_and_si256(e0, under(second, 0xa0)));
    wrong |= tail ^ (b->two << 1 | b->three << 2 | tails);
    b->wrong = wrong;
    b->begins = ~tail & ((wrong & -wrong) - 1);
    put_codes(b->codes, text);
    put_codes(b->codes + BLOCK / 2, text + BLOCK / 2);
}

/* As look_at; where the text ends, at its copy. */
TARGET static inline void look_at_end(struct block *b, const char *text, size_t left,
                                      uint32_t tails)
{
    char copy[BLOCK + BEHIND] = {0};

    if (left >= sizeof copy) {
        look_at(b, text, tails);
        return;
    }
    memcpy(copy, text, left);
    look_at(b, copy, tails);
    b->begins = _bzhi_u32(b->begins, (uint32_t)left);
}

TARGET static inline void put_block(struct chunk *c, const struct block *b, uint32_t at)
{
    const __m128i numbers = _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7);
    uint32_t n = c->n;

    for (uint32_t i = 0; i < BLOCK; i += 8) {
        const uint32_t begins = b->begins >> i & 0xff;
        const __m128i codes = _mm_loadu_si128((const __m128i *)(b->codes + i));
        const __m128i places = _mm_add_epi16(numbers, _mm_set1_epi16((short)(at + i)));
        put_short(c->codes + n, pack(codes, begins));
        put_short(c->places + n, pack(places, begins));
        n += count(begins);
    }
    c->n = n;
}

TARGET static inline void read_chunk(struct chunk *c, const char *text, size_t left)
{
    const uint32_t end = left < CHUNK ? (uint32_t)left : CHUNK;
    uint32_t tails = 0;

    c->n = 0;
    c->used = end;
    c->wrong = false;
    for (uint32_t at = 0; at < end; at += BLOCK) {
        struct block b;
        look_at_end(&b, text + at, left - at, tails);
        put_block(c, &b, at);
        if (b.wrong) {
            const uint32_t wrong = at + _tzcnt_u32(b.wrong);
            c->used = wrong < end ? wrong : end;
            c->wrong = true;
            break;
        }
        tails = b.two >> 31 | b.three >> 30;
    }
    drop_cut(c, text);
}

/* The symbols of up to LANES characters. */
struct group {
    __m128i symbols;
    uint32_t all; /* a bit for each character */
    uint32_t separators;
    uint32_t special; /* what the portable loop must look at */
};

TARGET static inline uint32_t lanes(__m256i mask)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(mask));
}

/* The first n lanes, or all. */
TARGET static inline __m256i lanes_of(uint32_t n)
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(n < LANES ? n : LANES)),
                              _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

TARGET static inline __m256i load_shorts(const uint16_t *p)
{
    return _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)p));
}

/* Those beside each other in places behind p, the first one lower. */
TARGET static inline __m256i look_up_two(const uint16_t *p, __m256i places)
{
    return _mm256_i32gather_epi32((const int *)p, places, sizeof *p);
}

TARGET static inline __m128i to_shorts(__m256i v)
{
    return _mm_packus_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
}

TARGET static inline struct group load_group(const struct index *x, const uint16_t *codes,
                                             uint32_t left)
{
    const __m256i all = lanes_of(left);
    const __m256i symbols =
        _mm256_and_si256(look_up_two(x->basic, _mm256_and_si256(load_shorts(codes), all)),
                         _mm256_set1_epi32(0xffff));
    const __m256i special =
        _mm256_or_si256(_mm256_cmpeq_epi32(symbols, _mm256_set1_epi32(SYMBOL_SKIP)),
                        _mm256_cmpeq_epi32(symbols, _mm256_set1_epi32(SYMBOL_SLOW)));
    const __m256i separators = _mm256_cmpeq_epi32(symbols, _mm256_set1_epi32(SYMBOL_SEPARATOR));

    return (struct group){.symbols = to_shorts(symbols),
                          .all = lanes(all),
                          .separators = lanes(_mm256_and_si256(separators, all)),
                          .special = lanes(_mm256_and_si256(special, all))};
}

/* Where it has come to. */
struct taken {
    size_t n;
    uint32_t before; /* a bit for each of the last four characters that separates, latest highest */
};

TARGET static inline void put_group(const struct stream *st, const struct group *g,
                                    const uint16_t *places, struct taken *t)
{
    const uint32_t kept = g->all & ~g->separators;
    const __m128i p = _mm_loadu_si128((const __m128i *)places);

    put_short(st->s->symbols + t->n, pack(g->symbols, kept));
    put_long(st->s->offsets + t->n, pack(p, kept), (uint32_t)st->at);
    t->n += count(kept);
}

_Static_assert(LIMIT_SEPARATOR_RUN == 4, "five in a row are too many");

/* How many of the chunk's characters were taken. */
TARGET static inline uint32_t take_chunk(const struct stream *st, const struct chunk *c,
                                         struct taken *t)
{
    for (uint32_t k = 0; k < c->n; k += LANES) {
        struct group g = load_group(st->x, c->codes + k, c->n - k);
        uint32_t s;

        if (g.special) {
            g.all = _blsmsk_u32(g.special) >> 1;
            g.separators &= g.all;
        }
        s = t->before | g.separators << 4;
        if (s & s >> 1 & s >> 2 & s >> 3 & s >> 4)
            return k;
        t->before = s >> count(g.all) & 0xf;
        put_group(st, &g, c->places + k, t);
        if (g.special)
            return k + _tzcnt_u32(g.special);
    }
    return c->n;
}

TARGET static void avx2_stream(struct stream *st, size_t end)
{
    struct taken t = {st->n, st->run < 4 ? 0xf0u >> st->run & 0xf : 0xf};
    struct chunk c;

    while (st->at < end) {
        uint32_t taken;

        read_chunk(&c, st->text + st->at, st->len - st->at);
        taken = take_chunk(st, &c, &t);
        if (taken) {
            st->last = st->at + c.places[taken - 1];
            st->run = (uint32_t)__builtin_clz(~(t.before << 28));
        }
        st->at += taken < c.n ? c.places[taken] : c.used;
        if (taken < c.n || c.wrong)
            break;
    }
    st->n = t.n;
}

/* --- the filters -------------------------------------------------------------------------- */

TARGET static inline __m256i times(__m256i a, uint32_t factor)
{
    return _mm256_mullo_epi32(a, _mm256_set1_epi32((int)factor));
}

/* All bits of the lanes whose hash the filter has. */
TARGET static inline __m256i filter_test(const uint32_t *filter, uint32_t shift, __m256i hash)
{
    const __m256i one = _mm256_set1_epi32(1), low = _mm256_set1_epi32(31);
    const __m256i words = _mm256_i32gather_epi32(
        (const int *)filter, _mm256_srl_epi32(hash, _mm_cvtsi32_si128((int)shift)), sizeof *filter);
    const __m256i choice = _mm256_xor_si256(hash, _mm256_srli_epi32(hash, 15));
    const __m256i bit = _mm256_or_si256(
        _mm256_sllv_epi32(one, _mm256_and_si256(choice, low)),
        _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32(choice, 5), low)));

    return _mm256_cmpeq_epi32(_mm256_andnot_si256(words, bit), _mm256_setzero_si256());
}

TARGET static inline __m256i may_be_single(const struct index *x, __m256i symbols)
{
    const __m256i end = _mm256_set1_epi32((int)(SYMBOL_FIRST + x->n_single));

    return _mm256_and_si256(_mm256_cmpgt_epi32(symbols, _mm256_set1_epi32(SYMBOL_FIRST - 1)),
                            _mm256_cmpgt_epi32(end, symbols));
}

/* Those of LANES numbers that are kept; returns how many. */
TARGET static inline uint32_t put_places(uint32_t *to, __m128i numbers, uint32_t kept)
{
    put_long(to, pack(numbers, kept), 0);
    return count(kept);
}

TARGET static uint32_t avx2_pairs(const struct index *x, const uint16_t *symbols, uint32_t count,
                                  uint32_t *places)
{
    __m128i at = _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7);
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i += LANES) {
        const __m256i first = load_shorts(symbols + i), second = load_shorts(symbols + i + 1);
        const __m256i pair = _mm256_or_si256(first, _mm256_slli_epi32(second, 16));
        const __m256i found =
            _mm256_or_si256(filter_test(x->pair_filter, x->pair_shift, times(pair, PAIR_FACTOR)),
                            may_be_single(x, first));

        n += put_places(places + n, at, lanes(_mm256_and_si256(found, lanes_of(count - i))));
        at = _mm_add_epi16(at, _mm_set1_epi16(LANES));
    }
    return n;
}

TARGET static inline __m256i gram_hashes(__m256i mixed)
{
    const __m256i hash = times(mixed, GRAM_FACTOR);

    return _mm256_xor_si256(hash, _mm256_srli_epi32(hash, 16));
}

/* The grams that may stand at each place. */
TARGET static inline __m256i find_grams(const struct index *x, const uint16_t *symbols, __m256i at)
{
    const __m256i none = _mm256_setzero_si256();
    const __m256i pair = look_up_two(symbols, at);
    const __m256i first = _mm256_and_si256(pair, _mm256_set1_epi32(0xffff));
    const __m256i third = _mm256_srli_epi32(look_up_two(symbols + 1, at), 16);
    const __m256i no_second = _mm256_cmpeq_epi32(_mm256_srli_epi32(pair, 16), none);
    const __m256i no_third = _mm256_or_si256(no_second, _mm256_cmpeq_epi32(third, none));
    const __m256i hash = times(pair, PAIR_FACTOR);
    const __m256i two = filter_test(x->gram_filter, x->gram_shift, gram_hashes(hash));
    const __m256i three =
        filter_test(x->gram_filter, x->gram_shift,
                    gram_hashes(_mm256_xor_si256(hash, times(third, THIRD_FACTOR))));

    return _mm256_or_si256(
        _mm256_and_si256(may_be_single(x, first), _mm256_set1_epi32(GRAM_ONE)),
        _mm256_or_si256(
            _mm256_and_si256(_mm256_andnot_si256(no_second, two), _mm256_set1_epi32(GRAM_TWO)),
            _mm256_and_si256(_mm256_andnot_si256(no_third, three), _mm256_set1_epi32(GRAM_THREE))));
}

TARGET static uint32_t avx2_grams(const struct index *x, const uint16_t *symbols, uint32_t *places,
                                  uint32_t count)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < count; i += LANES) {
        const __m256i all = lanes_of(count - i);
        const __m256i at = _mm256_maskload_epi32((const int *)(places + i), all);
        const __m256i found = _mm256_and_si256(find_grams(x, symbols, at), all);

        n += put_places(places + n,
                        to_shorts(_mm256_or_si256(_mm256_slli_epi32(at, GRAM_BITS), found)),
                        lanes(_mm256_cmpgt_epi32(found, _mm256_setzero_si256())));
    }
    return n;
}

const struct fast fast_avx2 = {.stream = avx2_stream, .pairs = avx2_pairs, .grams = avx2_grams};

#endif
