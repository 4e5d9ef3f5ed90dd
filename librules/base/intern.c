/* SPDX-License-Identifier: Apache-2.0 */
#include "base/intern.h"

#include <string.h>

#include "base/word.h"

uint64_t hash_bytes(const void *data, size_t len)
{
    const unsigned char *p = data;
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < len; i++)
        h = (h ^ p[i]) * 1099511628211u;
    return h ^ (h >> 32);
}

/* Of names, which are looked up more often than added: eight bytes at a time. */
static uint64_t hash_name(const char *s, size_t len)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t h = len * odd, word;

    for (size_t i = 0; len - i > sizeof word; i += sizeof word) {
        memcpy(&word, s + i, sizeof word);
        h = (h ^ word) * odd;
        h ^= h >> 32;
    }
    h = (h ^ last_word(s, len)) * odd;
    return h ^ h >> 32;
}

void intern_init(struct intern *t, struct arena *arena)
{
    *t = (struct intern){.arena = arena, .mem = arena->mem};
}

void intern_clear(struct intern *t)
{
    mem_release(&t->mem, t->slots, t->n_slots * sizeof *t->slots);
    mem_release(&t->mem, t->names, t->cap_names * sizeof *t->names);
    mem_release(&t->mem, t->lengths, t->cap_lengths * sizeof *t->lengths);
    t->slots = NULL;
    t->names = NULL;
    t->lengths = NULL;
    t->n_slots = t->cap_names = t->cap_lengths = 0;
    t->count = 0;
}

/* The slot that holds the string, or the empty slot where it belongs. */
static size_t find_slot(const struct intern *t, const char *s, size_t len)
{
    size_t mask = t->n_slots - 1, i = (size_t)hash_name(s, len) & mask;

    for (; t->slots[i]; i = (i + 1) & mask) {
        uint32_t id = t->slots[i] - 1;
        if (t->lengths[id] == len && memcmp(t->names[id], s, len) == 0)
            break;
    }
    return i;
}

uint32_t intern_find(const struct intern *t, const char *s, size_t len)
{
    if (!t->n_slots)
        return INTERN_NONE;
    return t->slots[find_slot(t, s, len)] - 1; /* an empty slot gives INTERN_NONE */
}

static bool rehash(struct intern *t)
{
    size_t was = t->n_slots, want = was ? was * 2 : 64;
    uint32_t *slots = mem_zero(&t->mem, want * sizeof *slots), *old = t->slots;

    if (!slots)
        return false;
    t->slots = slots;
    t->n_slots = want;
    /* All differ: none is compared with another. */
    for (uint32_t id = 0; id < t->count; id++) {
        size_t i = (size_t)hash_name(t->names[id], t->lengths[id]) & (want - 1);

        while (slots[i])
            i = (i + 1) & (want - 1);
        slots[i] = id + 1;
    }
    mem_release(&t->mem, old, was * sizeof *old);
    return true;
}

uint32_t intern_add(struct intern *t, const char *s, size_t len)
{
    const uint32_t id = t->count;
    size_t at;
    char *copy;

    if (len >= UINT32_MAX || id >= UINT32_MAX - 2)
        return INTERN_NONE;
    if ((size_t)(id + 1) * 2 > t->n_slots && !rehash(t))
        return INTERN_NONE;
    at = find_slot(t, s, len);
    if (t->slots[at])
        return t->slots[at] - 1;
    if (!mem_grow(&t->mem, &t->names, &t->cap_names, id + 1u, sizeof *t->names) ||
        !mem_grow(&t->mem, &t->lengths, &t->cap_lengths, id + 1u, sizeof *t->lengths))
        return INTERN_NONE;
    copy = arena_text(t->arena, s, len);
    if (!copy)
        return INTERN_NONE;
    t->names[id] = copy;
    t->lengths[id] = (uint32_t)len;
    t->slots[at] = id + 1;
    t->count++;
    return id;
}

const char *intern_name(const struct intern *t, uint32_t id)
{
    return id < t->count ? t->names[id] : NULL;
}
