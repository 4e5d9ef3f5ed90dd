/* SPDX-License-Identifier: Apache-2.0 */
#include "text/reads.h"

#include <string.h>

#include "base/utf8.h"
#include "text/alike.h"
#include "text/fold.h"
#include "text/latin.h"
#include "text/reader.h"
#include "text/variant.h"

/* A character, or a separator that was not squeezed out. */
struct unit {
    uint32_t code, written;
    bool separates;
};

struct units {
    struct unit at[TEXT_READS];
    size_t n;
};

static uint32_t written_code(const char *text, const struct text_char *c)
{
    uint32_t code = c->code;

    utf8_decode((const unsigned char *)text + c->begin, c->end - c->begin, &code);
    return code;
}

static bool means_something(uint32_t code)
{
    const uint32_t *codes;

    return emoji_means(code, &codes) != 0;
}

/* False when there are too many. */
static bool read_units(struct units *u, const char *text, size_t len, uint32_t forms)
{
    struct text_reader r;
    struct text_char c;

    u->n = 0;
    text_reader_init(&r, text, len, forms & FORM_DEFAULT);
    while (text_read(&r, &c)) {
        const bool separates = c.class == CHAR_SEPARATOR;
        const struct unit *last = u->n ? &u->at[u->n - 1] : NULL;
        if (separates && forms & FORM_SQUEEZED && !(forms & FORM_EMOJI && means_something(c.code)))
            continue;
        if (forms & FORM_COMPAT && c.code == ' ' && last && last->code == ' ')
            continue;
        if (u->n == TEXT_READS)
            return false;
        u->at[u->n++] = (struct unit){c.code, written_code(text, &c), separates};
    }
    return true;
}

static bool is_like(uint32_t written, uint32_t code, uint32_t term, uint32_t forms)
{
    return code == term || (forms & FORM_HOMOPHONE && sounds_like(code, term)) ||
           (forms & FORM_LOOKALIKE && looks_like(written, code, term));
}

static bool emoji_reads(const struct unit *u, uint32_t term, uint32_t forms)
{
    const uint32_t *codes;
    size_t n = emoji_means(u->code, &codes);

    while (n--) {
        if (is_like(codes[n], codes[n], term, forms))
            return true;
    }
    return false;
}

/* Whether some way to put n parts together gives the character; out of parts, calls back. */
struct whole {
    uint32_t term, forms;
};

static bool joins(const uint32_t *parts, size_t n, const struct whole *w)
{
    uint32_t joined[TEXT_PARTS];

    if (n == 1)
        return is_like(parts[0], parts[0], w->term, w->forms);
    for (size_t i = 0; i + 1 < n; i++) {
        for (size_t width = 2; width <= 3 && i + width <= n; width++) {
            memcpy(joined, parts, i * sizeof *parts);
            joined[i] = width == 2 ? split_join(parts[i], parts[i + 1])
                                   : split_join3(parts[i], parts[i + 1], parts[i + 2]);
            memcpy(joined + i + 1, parts + i + width, (n - i - width) * sizeof *parts);
            if (joined[i] && joins(joined, n - width + 1, w))
                return true;
        }
    }
    return false;
}

static bool split_reads(const struct unit *u, size_t n, uint32_t term, uint32_t forms)
{
    const struct whole w = {term, forms};
    uint32_t parts[TEXT_PARTS];

    for (size_t i = 0; i < n; i++)
        parts[i] = u[i].code;
    return joins(parts, n, &w);
}

static bool syllable_reads(const struct unit *u, size_t n, uint32_t term)
{
    char letters[TEXT_SYLLABLE];
    uint16_t sound;

    if (n > 1 && latin_tone(u[n - 1].code))
        n--;
    if (n > TEXT_SYLLABLE)
        return false;
    for (size_t i = 0; i < n; i++) {
        letters[i] = latin_letter(u[i].code);
        if (!letters[i])
            return false;
    }
    sound = sound_parse(letters, n);
    return sound && sound_may_be(term, sound);
}

static bool initial_reads(const struct unit *u, uint32_t term)
{
    const uint16_t sound = sound_of(term);

    return sound && (uint32_t)sound_name(sound)[0] == u->code;
}

/* Whether n units are the character in one of the forms. */
static bool reads(const struct unit *u, size_t n, uint32_t term, uint32_t forms)
{
    if (n == 1 && (is_like(u->written, u->code, term, forms) ||
                   (forms & FORM_EMOJI && emoji_reads(u, term, forms)) ||
                   (forms & FORM_INITIALS && initial_reads(u, term))))
        return true;
    if (forms & FORM_SPLIT && n > 1 && n <= TEXT_PARTS && split_reads(u, n, term, forms))
        return true;
    return forms & FORM_PINYIN && syllable_reads(u, n, term);
}

/* Whether the unit may be passed over behind a character that was read. */
static bool passes(const struct units *text, size_t i, uint32_t forms)
{
    const struct unit *u = &text->at[i];

    if (forms & FORM_REPEAT && i && u->code == u[-1].code)
        return true;
    if (!u->separates)
        return false;
    if (forms & FORM_SQUEEZED)
        return true;
    return forms & FORM_PINYIN && i && i + 1 < text->n;
}

/* Spread from the places reached by the characters so far over what may be passed. */
static void pass(const struct units *text, bool *reached, uint32_t forms)
{
    for (size_t i = 0; i < text->n; i++) {
        if (reached[i] && passes(text, i, forms))
            reached[i + 1] = true;
    }
}

static void step(const struct units *text, const bool *from, bool *to, uint32_t term,
                 uint32_t forms)
{
    memset(to, 0, (text->n + 1) * sizeof *to);
    for (size_t i = 0; i < text->n; i++) {
        for (size_t n = 1; from[i] && n <= TEXT_SYLLABLE + 1 && i + n <= text->n; n++) {
            if (!to[i + n] && reads(&text->at[i], n, term, forms))
                to[i + n] = true;
        }
    }
}

bool text_reads(const char *text, size_t len, const char *term, size_t term_len, uint32_t forms)
{
    struct units u, t;
    bool reached[2][TEXT_READS + 1] = {{true}, {false}};
    size_t now = 0;

    if (!read_units(&u, text, len, forms) || !read_units(&t, term, term_len, forms))
        return false;
    for (size_t k = 0; k < t.n; k++, now = !now) {
        if (k)
            pass(&u, reached[now], forms);
        step(&u, reached[now], reached[!now], t.at[k].code, forms);
    }
    return reached[now][u.n];
}
