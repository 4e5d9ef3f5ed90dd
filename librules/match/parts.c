/* SPDX-License-Identifier: Apache-2.0 */
#include "match/parts.h"

#include "text/variant.h"

enum { CODES = 0x110000, LEVELS = 2, WANTED = 4 };

static void want_terms(const struct dictionary *d, uint8_t *marks)
{
    for (uint32_t i = 0; i < d->n_terms; i++) {
        const uint32_t end = i + 1 < d->n_terms ? d->first_char[i + 1] : d->n_chars;
        for (uint32_t k = d->first_char[i]; k < end && d->terms[i].tolerate & FORM_SPLIT; k++)
            marks[d->chars[k]] |= WANTED;
    }
}

/* Mark the parts of all that is wanted; a part may be split itself and then is wanted, too. */
static void mark_ways(uint8_t *marks)
{
    uint32_t parts[3], whole;
    size_t n;

    for (size_t i = 0; (n = split_way(i, parts, &whole)) > 0; i++) {
        const uint32_t as_part = split_part(whole);
        if (!(marks[whole] & WANTED) && !(marks[as_part] & (PART_FRONT | PART_BACK)))
            continue;
        marks[parts[0]] |= PART_FRONT;
        for (size_t k = 1; k < n; k++)
            marks[parts[k]] |= PART_BACK;
    }
}

bool parts_build(struct dictionary *d, const struct mem *mem, struct arena *arena)
{
    uint8_t *marks, *parts;

    if (!(d->loose & FORM_SPLIT))
        return true;
    marks = mem_zero(mem, CODES);
    parts = arena_array(arena, PART_LAST - PART_FIRST + 1, 1);
    if (marks && parts) {
        want_terms(d, marks);
        for (int level = 0; level < LEVELS; level++)
            mark_ways(marks);
        for (uint32_t code = PART_FIRST; code <= PART_LAST; code++)
            parts[code - PART_FIRST] = marks[split_part(code)] & (PART_FRONT | PART_BACK);
    }
    d->parts = parts;
    mem_release(mem, marks, CODES);
    return marks && parts;
}
