/* SPDX-License-Identifier: Apache-2.0 */
#include "match/space.h"

#include "base/limits.h"
#include "text/alike.h"
#include "text/variant.h"

/* Polyphones give a term several keys. */
enum { READINGS_MOST = 4, KEYS_MOST = 16, SOUNDS_LEAST = 2, INITIALS_LEAST = 3 };

#define FORM_SOUNDS (FORM_HOMOPHONE | FORM_PINYIN)

static uint32_t shape_class(uint32_t code)
{
    const uint32_t shape = shape_of(code);

    return shape ? CLASS_SHAPE + shape % (SPACE_CLASSES - CLASS_SHAPE) : latin_look(code, code);
}

uint32_t space_class(enum space space, uint32_t code)
{
    uint32_t sound;

    switch (space) {
    case SPACE_SOUND:
        sound = sound_of(code);
        return sound ? CLASS_SOUND + (uint32_t)sound_near((uint16_t)sound) : code;
    case SPACE_SHAPE:
        return shape_class(code);
    case SPACE_COMPONENT:
        return component_of(code);
    default:
        return code;
    }
}

uint32_t space_class_written(enum space space, uint32_t written, uint32_t folded)
{
    if (space == SPACE_SHAPE && latin_shape_of(written))
        return latin_look(written, folded);
    return space_class(space, folded);
}

static size_t count_sounds(const uint32_t *codes, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += sound_of(codes[i]) != 0;
    return count;
}

uint32_t space_forms(const uint32_t *codes, size_t n, uint32_t tolerate)
{
    const size_t sounds = count_sounds(codes, n);

    if (sounds < SOUNDS_LEAST)
        tolerate &= ~(uint32_t)FORM_SOUNDS;
    if (sounds < INITIALS_LEAST || sounds < n)
        tolerate &= ~(uint32_t)FORM_INITIALS;
    return tolerate;
}

uint32_t space_too_short(const uint32_t *codes, size_t n, uint32_t tolerate)
{
    return count_sounds(codes, n) == n ? tolerate & ~space_forms(codes, n, tolerate) : 0;
}

bool space_holds(enum space space, uint32_t tolerate)
{
    if (space == SPACE_SOUND)
        return tolerate & FORM_LOOSE & ~(uint32_t)FORM_LOOKALIKE;
    return tolerate & FORM_LOOKALIKE;
}

/* The readings of each character of a term, and which of them the key in hand has. */
struct readings {
    uint16_t classes[LIMIT_TERM_SYMBOLS][READINGS_MOST]; /* the usual one first */
    uint8_t count[LIMIT_TERM_SYMBOLS];
    uint8_t chosen[LIMIT_TERM_SYMBOLS];
};

/* Different classes of syllables that a character is read as. */
static size_t near_readings(uint32_t code, uint16_t classes[READINGS_MOST])
{
    uint16_t sounds[READINGS_MOST];
    size_t n = sound_all(code, sounds, READINGS_MOST), count = 0;

    for (size_t i = 0; i < n && i < READINGS_MOST; i++) {
        const uint16_t near = sound_near(sounds[i]);
        size_t k = 0;
        while (k < count && classes[k] != near)
            k++;
        classes[k] = near;
        count += k == count;
    }
    return count;
}

static void list_readings(struct readings *r, const uint32_t *codes, size_t n, bool all)
{
    size_t keys = 1;

    for (size_t i = 0; i < n; i++) {
        size_t count = all ? near_readings(codes[i], r->classes[i]) : 0;

        r->count[i] = (uint8_t)(count && keys * count <= KEYS_MOST ? count : 1);
        r->chosen[i] = 0;
        keys *= r->count[i];
    }
}

/* The next choice, as a number counts up; false behind the last. */
static bool next_choice(struct readings *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (++r->chosen[i] < r->count[i])
            return true;
        r->chosen[i] = 0;
    }
    return false;
}

static bool add(struct keys *keys, const struct mem *mem, const struct entry *entry,
                const uint32_t *classes)
{
    if (!keys_reserve(keys, mem, entry->count))
        return false;
    keys_append(keys, entry, classes);
    return true;
}

static bool add_sounds(struct keys *keys, const struct mem *mem, const struct entry *entry,
                       const uint32_t *codes, uint32_t tolerate)
{
    uint32_t classes[LIMIT_TERM_SYMBOLS];
    struct readings r;

    list_readings(&r, codes, entry->count, tolerate & FORM_SOUNDS);
    do {
        for (size_t i = 0; i < entry->count; i++)
            classes[i] = r.chosen[i] ? CLASS_SOUND + (uint32_t)r.classes[i][r.chosen[i]]
                                     : space_class(SPACE_SOUND, codes[i]);
        if (!add(keys, mem, entry, classes))
            return false;
    } while (next_choice(&r, entry->count));
    return true;
}

static bool add_initials(struct keys *keys, const struct mem *mem, const struct entry *entry,
                         const uint32_t *codes)
{
    uint32_t classes[LIMIT_TERM_SYMBOLS];

    for (size_t i = 0; i < entry->count; i++)
        classes[i] = CLASS_INITIAL + (uint32_t)(sound_name(sound_of(codes[i]))[0] - 'a');
    return add(keys, mem, entry, classes);
}

bool space_add(struct keys *keys, enum space space, const struct mem *mem,
               const struct entry *entry, const uint32_t *codes, uint32_t tolerate)
{
    uint32_t classes[LIMIT_TERM_SYMBOLS];

    if (space == SPACE_SOUND)
        return add_sounds(keys, mem, entry, codes, tolerate) &&
               (!(tolerate & FORM_INITIALS) || add_initials(keys, mem, entry, codes));
    for (size_t i = 0; i < entry->count; i++)
        classes[i] = space_class(space, codes[i]);
    return add(keys, mem, entry, classes);
}
