/* SPDX-License-Identifier: Apache-2.0 */
#include "match/lattice.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "match/parts.h"
#include "match/space.h"
#include "match/stream.h"
#include "text/alike.h"
#include "text/latin.h"
#include "text/reads.h"
#include "text/variant.h"

enum { POLL_PLACES = 1 << 15, SYLLABLE_MOST = TEXT_SYLLABLE, EMOJI_FIRST = 0x2000 };

/* A run of Latin letters, and digits for tones, with the syllables that fill all of it. */
struct run {
    uint32_t from, to;
    bool initials; /* it may be the initials of a term */
    char letters[LIMIT_LATIN_RUN];
    /* By the place in the run and the length: the syllable there, 0 for none. */
    uint16_t syllables[LIMIT_LATIN_RUN][SYLLABLE_MOST + 1];
};

struct lattice {
    struct scanner *s;
    const struct dictionary *d;
    const char *text;
    size_t len;
    struct run run;
    uint32_t repeats_to; /* where the run of one character ends */
    bool failed;
};

static uint32_t code_at(const struct lattice *l, size_t at)
{
    return l->s->codes[at] & ~LATTICE_ARCS;
}

static void add(struct lattice *l, enum arc_kind kind, uint32_t from, uint32_t to, uint32_t value)
{
    struct scanner *s = l->s;

    if (!mem_grow(&s->mem, &s->arcs, &s->cap_arcs, s->n_arcs + 1, sizeof *s->arcs)) {
        l->failed = true;
        return;
    }
    s->arcs[s->n_arcs++] = (struct arc){.from = from, .to = to, .value = value, .kind = kind};
    s->codes[from] |= LATTICE_ARCS;
}

/* Whether some term has a character like this one. */
static bool used(const struct dictionary *d, uint32_t code)
{
    for (unsigned space = SPACE_SOUND; space < SPACE_COUNT; space++) {
        const struct index *x = &d->index[space];
        if (x->n_entries && code_symbol(x, code) >= SYMBOL_FIRST)
            return true;
    }
    return false;
}

static bool class_used(const struct dictionary *d, uint32_t class)
{
    return lattice_class_symbol(&d->index[SPACE_SOUND], class) != SYMBOL_NONE;
}

bool lattice_adjacent(const struct scanner *s, const char *text, size_t len, size_t at)
{
    const size_t next = s->offsets[at + 1];
    size_t from = s->offsets[at];
    bool first = true;

    if (at + 1 >= s->n_symbols || from == STREAM_NO_OFFSET || next == STREAM_NO_OFFSET)
        return false;
    if (next == from + 1)
        return (unsigned char)text[from] < 0x80;
    while (from < next) {
        uint32_t code, bytes = utf8_decode((const unsigned char *)text + from, len - from, &code);
        if (!bytes ||
            (!first && !fold_ignorable(fold_entry(code)) && !(fold_entry(code) & FOLD_JOINS)))
            return false;
        first = false;
        from += bytes;
    }
    return from == next;
}

static bool adjacent(const struct lattice *l, size_t at)
{
    return lattice_adjacent(l->s, l->text, l->len, at);
}

static bool word_char(uint32_t code)
{
    return code && fold_class(fold_entry(code)) == CHAR_WORD;
}

/* From the last place of a run of word characters to its first; false when it is too long. */
static bool find_run(struct lattice *l, uint32_t last)
{
    struct run *r = &l->run;

    r->from = last;
    r->to = last + 1;
    while (r->from > 0 && word_char(code_at(l, r->from - 1)) && adjacent(l, r->from - 1)) {
        if (r->to - r->from == LIMIT_LATIN_RUN)
            return false;
        r->from--;
    }
    return true;
}

/* False when the run has other than letters and tones. */
static bool read_letters(struct lattice *l)
{
    struct run *r = &l->run;

    r->initials = r->to - r->from <= l->d->longest_initials;
    for (uint32_t at = r->from; at < r->to; at++) {
        const uint32_t code = code_at(l, at);
        const char letter = latin_letter(code);

        if (!letter && !latin_tone(code))
            return false;
        r->letters[at - r->from] = letter ? letter : (char)code;
        r->initials &= letter && (uint32_t)letter == code &&
                       class_used(l->d, CLASS_INITIAL + (uint32_t)(letter - 'a'));
    }
    return true;
}

/* Most letters end no syllable. */
static bool may_end(const char *letters, uint32_t len)
{
    const char last = letters[len - 1];

    return strchr("aeiouvnmr", last) || (last == 'g' && len > 1 && letters[len - 2] == 'n');
}

/* Syllables forward from where syllables end, then backward from where they reach the end. */
static void read_syllables(struct run *r)
{
    const uint32_t n = r->to - r->from;
    bool reached[LIMIT_LATIN_RUN + SYLLABLE_MOST + 2] = {true};
    bool reaches[LIMIT_LATIN_RUN + SYLLABLE_MOST + 2] = {false};

    memset(r->syllables, 0, n * sizeof r->syllables[0]);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t len = 1; reached[i] && len <= SYLLABLE_MOST && i + len <= n; len++) {
            if (latin_tone((unsigned char)r->letters[i + len - 1]))
                break;
            if (may_end(r->letters + i, len))
                r->syllables[i][len] = sound_parse(r->letters + i, len);
            if (r->syllables[i][len])
                reached[i + len + (i + len < n && latin_tone((unsigned char)r->letters[i + len]))] =
                    true;
        }
    }
    reaches[n] = reached[n];
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t len = 1; reached[i] && len <= SYLLABLE_MOST && i + len <= n; len++) {
            uint32_t end = i + len;
            end += end < n && latin_tone((unsigned char)r->letters[end]);
            if (r->syllables[i][len] && reaches[end])
                reaches[i] = true;
            else
                r->syllables[i][len] = 0;
        }
    }
}

static void read_run(struct lattice *l, uint32_t last)
{
    struct run *r = &l->run;

    if (!find_run(l, last) || !read_letters(l)) {
        r->from = r->to = last + 1;
        return;
    }
    if (l->d->loose & FORM_PINYIN)
        read_syllables(r);
}

static void latin_arcs(struct lattice *l, uint32_t at)
{
    const struct run *r = &l->run;
    const uint32_t i = at - r->from;

    if (l->d->loose & FORM_PINYIN) {
        for (uint32_t len = 1; len <= SYLLABLE_MOST && at + len <= r->to; len++) {
            const uint32_t end = at + len;
            const bool tone = end < r->to && latin_tone((unsigned char)r->letters[i + len]);
            if (r->syllables[i][len] &&
                class_used(l->d, CLASS_SOUND + (uint32_t)sound_near(r->syllables[i][len])))
                add(l, ARC_SOUND, at, end + tone, r->syllables[i][len]);
        }
    }
    if (r->initials)
        add(l, ARC_INITIAL, at, at + 1, (uint32_t)(r->letters[i] - 'a'));
}

static void latin(struct lattice *l, uint32_t at)
{
    const uint32_t code = code_at(l, at);

    if (!latin_letter(code) && !latin_tone(code))
        return;
    if (!word_char(code_at(l, at + 1)) || !adjacent(l, at))
        read_run(l, at);
    if (at >= l->run.from && at < l->run.to)
        latin_arcs(l, at);
}

static void split(struct lattice *l, uint32_t from, uint32_t to, uint32_t whole)
{
    if (whole && to - from <= TEXT_PARTS)
        add(l, ARC_SPLIT, from, to, whole);
}

/* Parts may themselves be split: one of the next place's, or the first of this place's. */
static void split_arcs(struct lattice *l, uint32_t at)
{
    const struct scanner *s = l->s;
    const uint32_t left = code_at(l, at);
    const size_t own = s->n_arcs;

    if (!(s->codes[at + 1] & LATTICE_ARCS) && !(parts_of(l->d, code_at(l, at + 1)) & PART_BACK))
        return;
    if (!adjacent(l, at))
        return;
    split(l, at, at + 2, split_join(left, code_at(l, at + 1)));
    for (size_t i = own; i > 0 && s->arcs[i - 1].from <= at + 1; i--) {
        const struct arc right = s->arcs[i - 1];
        if (right.from == at + 1 && right.kind == ARC_SPLIT)
            split(l, at, right.to, split_join(left, right.value));
    }
    if (adjacent(l, at + 1))
        split(l, at, at + 3, split_join3(left, code_at(l, at + 1), code_at(l, at + 2)));
    if (s->n_arcs > own) {
        const struct arc first = s->arcs[own];
        if (adjacent(l, first.to - 1))
            split(l, at, first.to + 1, split_join(first.value, code_at(l, first.to)));
    }
}

static void emoji_arcs(struct lattice *l, uint32_t at)
{
    const uint32_t code = code_at(l, at), *means;
    const size_t n = emoji_means(code, &means);

    for (size_t i = 0; i < n; i++) {
        if (used(l->d, means[i]))
            add(l, ARC_EMOJI, at, at + 1, means[i]);
    }
    if (n && fold_class(fold_entry(code)) == CHAR_SEPARATOR)
        add(l, ARC_BLANK, at, at + 1, 0);
}

static void repeat_arc(struct lattice *l, uint32_t at)
{
    if (code_at(l, at) != code_at(l, at + 1))
        l->repeats_to = at + 1;
    if (at && code_at(l, at - 1) == code_at(l, at) && used(l->d, code_at(l, at)))
        add(l, ARC_REPEAT, at, l->repeats_to, 0);
}

static void read_place(struct lattice *l, uint32_t at)
{
    const uint32_t code = code_at(l, at), loose = l->d->loose;

    if (loose & FORM_REPEAT)
        repeat_arc(l, at);
    if (code < EMOJI_FIRST) {
        if (loose & (FORM_PINYIN | FORM_INITIALS))
            latin(l, at);
        return;
    }
    if (loose & FORM_EMOJI && (code < PART_FIRST || code > PART_LAST))
        emoji_arcs(l, at);
    if (loose & FORM_SPLIT && parts_of(l->d, code) & PART_FRONT)
        split_arcs(l, at);
}

enum scan_status lattice_build(struct scanner *s, const struct dictionary *d, const char *text,
                               size_t len)
{
    struct lattice l = {.s = s, .d = d, .text = text, .len = len};

    s->n_arcs = 0;
    l.run.from = l.run.to = 0;
    l.repeats_to = (uint32_t)s->n_symbols;
    for (size_t at = s->n_symbols; at-- > 0 && !l.failed;) {
        if (s->codes[at])
            read_place(&l, (uint32_t)at);
        if (at % POLL_PLACES == 0 && scanner_stopped(s))
            return SCAN_STOPPED;
    }
    return l.failed ? SCAN_MEMORY : SCAN_OK;
}

const struct arc *lattice_arcs(const struct scanner *s, uint32_t at, size_t *n)
{
    size_t from = 0, to = s->n_arcs;

    *n = 0;
    if (!(s->codes[at] & LATTICE_ARCS))
        return s->arcs;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->arcs[middle].from > at)
            from = middle + 1;
        else
            to = middle;
    }
    while (from + *n < s->n_arcs && s->arcs[from + *n].from == at)
        ++*n;
    return s->arcs + from;
}
