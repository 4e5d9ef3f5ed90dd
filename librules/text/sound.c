/* SPDX-License-Identifier: Apache-2.0 */
/* Syllables of Han characters. */
#include <string.h>

#include "text/variant.h"
#include "text/variant_tables.h"

enum { SYLLABLE = 8 }; /* bytes, more than the longest: zhuang */

uint16_t sound_of(uint32_t code)
{
    return paged_get(&sound_usual, code) & (SOUND_HAS_OTHERS - 1);
}

/* The first of the other readings that is not less. */
static uint32_t others_from(uint32_t key)
{
    uint32_t low = 0, high = sound_others_count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (sound_others[mid] < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool sound_may_be(uint32_t code, uint16_t sound)
{
    const uint32_t key = code << SOUND_BITS | sound, usual = paged_get(&sound_usual, code);
    uint32_t at;

    if (!sound || !(usual & SOUND_HAS_OTHERS))
        return sound && usual == sound;
    if ((usual & (SOUND_HAS_OTHERS - 1)) == sound)
        return true;
    at = others_from(key);
    return at < sound_others_count && sound_others[at] == key;
}

size_t sound_all(uint32_t code, uint16_t *sounds, size_t cap)
{
    const uint16_t usual = sound_of(code);
    size_t n = 0;

    if (!usual)
        return 0;
    if (n < cap)
        sounds[n] = usual;
    n++;
    if (!(paged_get(&sound_usual, code) & SOUND_HAS_OTHERS))
        return n;
    for (uint32_t at = others_from(code << SOUND_BITS);
         at < sound_others_count && sound_others[at] >> SOUND_BITS == code; at++) {
        if (n < cap)
            sounds[n] = (uint16_t)(sound_others[at] & ((1u << SOUND_BITS) - 1));
        n++;
    }
    return n;
}

const char *sound_name(uint16_t sound)
{
    return sound_names[sound <= sound_last ? sound : 0];
}

uint16_t sound_count(void)
{
    return (uint16_t)sound_last;
}

static uint16_t find_name(const char *name)
{
    uint32_t low = 1, high = sound_last + 1;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = strcmp(sound_names[mid], name);

        if (!order)
            return (uint16_t)mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* lue and nue are how many keyboards write lve and nve. */
static uint16_t find_either(char *name)
{
    uint16_t sound = find_name(name);

    if (!sound && (name[0] == 'l' || name[0] == 'n') && name[1] == 'u') {
        name[1] = 'v';
        sound = find_name(name);
    }
    return sound;
}

uint16_t sound_parse(const char *latin, size_t len)
{
    char name[SYLLABLE];
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (n == SYLLABLE - 1)
            return 0;
        if (i + 1 < len &&
            (memcmp(latin + i, "\xc3\xbc", 2) == 0 || memcmp(latin + i, "u:", 2) == 0)) {
            name[n++] = 'v';
            i++;
        } else {
            name[n++] = latin[i];
        }
    }
    name[n] = '\0';
    return n ? find_either(name) : 0;
}
