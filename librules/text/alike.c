/* SPDX-License-Identifier: Apache-2.0 */
#include "text/alike.h"

#include <stddef.h>
#include <string.h>

#include "text/variant.h"

enum { SYLLABLE = 8, READINGS = 8 };

/* zh ch sh are z c s, and n is l, at the beginning; the length left. */
static size_t near_initial(char *name, size_t len)
{
    if (len > 2 && name[1] == 'h' && strchr("zcs", name[0])) {
        memmove(name + 1, name + 2, len - 2);
        return len - 1;
    }
    if (name[0] == 'n' && len > 1)
        name[0] = 'l';
    return len;
}

/* ang eng ing are an en in at the end. */
static size_t near_final(const char *name, size_t len)
{
    return len > 3 && memcmp(name + len - 2, "ng", 2) == 0 && strchr("aei", name[len - 3]) ? len - 1
                                                                                           : len;
}

uint16_t sound_near(uint16_t sound)
{
    const char *name = sound_name(sound);
    const size_t len = strlen(name), end = near_final(name, len);
    char other[SYLLABLE];
    size_t n;
    uint16_t near;

    if (!len || len >= SYLLABLE)
        return sound;
    memcpy(other, name, len);
    n = near_initial(other, end);
    near = sound_parse(other, n);
    if (!near && end != len) {
        memcpy(other, name, len);
        n = near_initial(other, len);
        near = sound_parse(other, n);
    }
    if (!near)
        near = sound_parse(name, end);
    return near ? near : sound;
}

bool sounds_like(uint32_t code, uint32_t term)
{
    const uint16_t near = sound_near(sound_of(code));
    uint16_t sounds[READINGS];
    size_t n = sound_all(term, sounds, READINGS);

    for (size_t i = 0; near && i < n && i < READINGS; i++) {
        if (sound_near(sounds[i]) == near)
            return true;
    }
    return false;
}

uint32_t latin_look(uint32_t written, uint32_t code)
{
    const uint32_t by_written = latin_shape_of(written);
    const uint32_t by_code = by_written ? by_written : latin_shape_of(code);

    return by_code ? by_code : code;
}

/* A list begins with the component; that of a component which has one itself holds both families.
 */
uint32_t component_of(uint32_t code)
{
    const uint32_t *codes;
    const size_t n = component_shared(code, &codes);
    size_t own = 0;

    for (size_t i = 0; i < n; i++)
        own += codes[i] == code;
    return n && own < 2 ? codes[0] : code;
}

bool looks_like(uint32_t written, uint32_t code, uint32_t term)
{
    const uint32_t shape = shape_of(code);

    if (shape && shape == shape_of(term))
        return true;
    return component_of(code) == component_of(term) ||
           latin_look(written, code) == latin_look(term, term);
}
