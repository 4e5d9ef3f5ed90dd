/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "base/utf8.h"
#include "match/stream.h"

/* Where symbols go, and where that has come to. */
struct taking {
    const unsigned char *text;
    const uint16_t *basic;
    uint16_t *symbols;
    uint32_t *offsets;
    size_t at, n;
    uint32_t run;
};

static inline uint32_t folded_alone(uint32_t code)
{
    const uint32_t entry = fold_entry(code);

    if (fold_class(entry) == CHAR_WALL)
        return 0;
    return entry & FOLD_TARGET ? entry & FOLD_TARGET : code;
}

static inline void put(struct taking *t, uint16_t symbol)
{
    t->symbols[t->n] = symbol;
    t->offsets[t->n] = (uint32_t)t->at;
}

/* Without a branch for separators, which nothing foretells. False when nothing may be taken. */
static inline bool take(struct taking *t, uint16_t symbol, uint32_t bytes)
{
    const uint32_t separates = symbol == SYMBOL_SEPARATOR, run = (t->run + 1) & -separates;

    if ((symbol == SYMBOL_SKIP) | (symbol == SYMBOL_SLOW) | (run > LIMIT_SEPARATOR_RUN))
        return false;
    put(t, symbol);
    t->n += 1 - separates;
    t->run = run;
    t->at += bytes;
    return true;
}

static inline bool take_ones(struct taking *t, size_t end)
{
    while (t->at < end && t->text[t->at] < 0x80)
        if (!take(t, t->basic[t->text[t->at]], 1))
            return false;
    return true;
}

/* The bytes at p, the first one lowest: one load on most machines. */
static inline uint32_t four_bytes(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Hardly any of these is other than a symbol. */
static inline bool take_threes(struct taking *t, size_t end)
{
    while (t->at < end) {
        const uint32_t w = four_bytes(t->text + t->at),
                       code = (w & 0xf) << 12 | (w >> 2 & 0xfc0) | (w >> 16 & 0x3f);
        uint16_t symbol;

        if ((w & 0xc0c0f0) != 0x8080e0 || code < 0x800)
            return true;
        symbol = t->basic[code];
        if (symbol != SYMBOL_NONE && symbol < SYMBOL_FIRST) {
            if (!take(t, symbol, 3))
                return false;
            continue;
        }
        put(t, symbol);
        t->n++;
        t->run = 0;
        t->at += 3;
    }
    return true;
}

/* At least UTF8_LONGEST bytes may be read at each place before end. */
static inline void take_runs(struct taking *t, const struct index *x, size_t end)
{
    uint32_t code, bytes;

    while (take_ones(t, end) && take_threes(t, end) && t->at < end) {
        if (t->text[t->at] < 0x80)
            continue;
        bytes = utf8_decode(t->text + t->at, UTF8_LONGEST, &code);
        if (!bytes || !take(t, page_symbol(x, code), bytes))
            return;
    }
}

/* One after the other, with their folded characters if there is room for these. */
static void take_each(struct taking *t, const struct index *x, size_t end, size_t len,
                      uint32_t *codes)
{
    uint32_t code, bytes;

    while (t->at < end && (bytes = utf8_decode(t->text + t->at, len - t->at, &code))) {
        if (codes)
            codes[t->n] = folded_alone(code);
        if (!take(t, page_symbol(x, code), bytes))
            return;
    }
}

void stream_plain(struct stream *st, size_t end)
{
    const size_t cut = st->len < UTF8_LONGEST ? 0 : st->len - UTF8_LONGEST + 1;
    struct taking t = {.text = (const unsigned char *)st->text,
                       .basic = st->x->basic,
                       .symbols = st->s->symbols,
                       .offsets = st->s->offsets,
                       .at = st->at,
                       .n = st->n,
                       .run = st->run};

    if (!st->codes)
        take_runs(&t, st->x, end < cut ? end : cut);
    if (st->codes || t.at >= cut)
        take_each(&t, st->x, end, st->len, st->codes ? st->s->codes : NULL);
    if (t.at > st->at)
        st->last = utf8_back(t.text, t.at);
    st->at = t.at;
    st->n = t.n;
    st->run = t.run;
}
