/* SPDX-License-Identifier: Apache-2.0 */
#include "set/wake.h"

#include <string.h>

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

static uint64_t hash_of(uint32_t of, uint32_t kind, const char *text, size_t len)
{
    uint64_t h = mix((uint64_t)of << 32 | kind, len), word;
    size_t i = 0;

    for (; len - i >= sizeof word; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        h = mix(h, word);
    }
    word = 0;
    if (len > i)
        memcpy(&word, text + i, len - i);
    return mix(h, word);
}

/* The slot of an entry, or the empty one where it belongs. */
static size_t find_slot(const struct wake_table *t, uint32_t of, uint32_t kind, const char *text,
                        size_t len)
{
    size_t mask = t->n_slots - 1, i = (size_t)hash_of(of, kind, text, len) & mask;

    for (; t->slots[i]; i = (i + 1) & mask) {
        const struct wake_entry *e = &t->entries[t->slots[i] - 1];

        if (e->of == of && e->kind == kind && e->len == len &&
            (len == 0 || memcmp(e->text, text, len) == 0))
            break;
    }
    return i;
}

uint32_t wake_find(const struct wake_table *t, uint32_t of, enum wake_key kind, const char *text,
                   size_t len)
{
    uint32_t entry = t->n_slots ? t->slots[find_slot(t, of, kind, text, len)] : 0;

    return entry ? t->entries[entry - 1].number : CUE_NONE;
}

void wake_enter(struct wake_table *t, const struct wake_entry *e)
{
    size_t slot = find_slot(t, e->of, e->kind, e->text, e->len);

    if (t->slots[slot])
        return;
    t->entries[t->n_entries++] = *e;
    t->slots[slot] = t->n_entries;
}

void wake_number(struct decimal d, char out[WAKE_NUMBER_BYTES])
{
    while (d.scale && d.coefficient % 10 == 0) {
        d.coefficient /= 10;
        d.scale--;
    }
    memcpy(out, &d.coefficient, sizeof d.coefficient);
    out[sizeof d.coefficient] = (char)d.scale;
}

uint32_t wake_piece(const struct decimal *bounds, uint32_t n, struct decimal d)
{
    uint32_t low = 0, high = n;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (decimal_compare(bounds[mid], d) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 2 * low + (low < n && decimal_compare(bounds[low], d) == 0);
}
