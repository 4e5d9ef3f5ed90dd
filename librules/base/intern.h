/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_INTERN_H
#define LIBRULES_BASE_INTERN_H

#include <stdint.h>

#include "base/arena.h"

#define INTERN_NONE UINT32_MAX

/* Strings to dense ids 0, 1, 2, ... in order of first sight. Lookup alone never allocates. */
struct intern {
    struct arena *arena; /* holds the strings; not owned */
    struct mem mem;
    uint32_t *slots; /* id + 1, 0 is empty; open addressing */
    size_t n_slots;  /* power of two or 0 */
    const char **names;
    uint32_t *lengths;
    size_t cap_names, cap_lengths;
    uint32_t count;
};

void intern_init(struct intern *t, struct arena *arena);
void intern_clear(struct intern *t);
/* The id of the string, added if new; INTERN_NONE when memory is short. */
uint32_t intern_add(struct intern *t, const char *s, size_t len);
/* INTERN_NONE when the string was never added. */
uint32_t intern_find(const struct intern *t, const char *s, size_t len);
const char *intern_name(const struct intern *t, uint32_t id);

uint64_t hash_bytes(const void *data, size_t len);

#endif
