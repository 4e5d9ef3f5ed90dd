/* SPDX-License-Identifier: Apache-2.0 */
#include "text/alike.h"

#include <stddef.h>

#include "text/variant.h"
#include "text/variant_tables.h"

enum { READINGS = 8 };

uint16_t sound_near(uint16_t sound)
{
    return sound <= sound_last ? sound_nears[sound] : sound;
}

bool sounds_like(uint32_t code, uint32_t term)
{
    const uint16_t near = sound_near(sound_of(code));
    uint16_t sounds[READINGS];
    size_t n;

    if (near && near == sound_near(sound_of(term)))
        return true;
    n = near ? sound_all(term, sounds, READINGS) : 0;
    for (size_t i = 0; i < n && i < READINGS; i++) {
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
