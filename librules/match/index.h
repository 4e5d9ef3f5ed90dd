/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_INDEX_H
#define LIBRULES_MATCH_INDEX_H

#include "match/tables.h"

/* What an index is built of: entries, and the classes of each one's characters. */
struct keys {
    struct key {
        struct entry entry;
        size_t classes; /* index of the first */
    } * list;
    size_t n, cap;
    uint32_t *classes;
    size_t n_classes, cap_classes;
};

bool keys_reserve(struct keys *k, const struct mem *mem, size_t classes);
/* The entry, with as many classes as it counts; room must be reserved. */
void keys_append(struct keys *k, const struct entry *entry, const uint32_t *classes);
void keys_release(struct keys *k, const struct mem *mem);

struct index_source {
    enum space space;
    bool emoji;               /* emoji have a place of their own */
    const struct index *into; /* an index into which symbols are to be translated, or NULL */
    const struct keys *keys;
    const struct keys
        *written;          /* the terms by number, for other spaces than the plain one; or NULL */
    const uint32_t *codes; /* characters that need a symbol besides */
    size_t n_codes;
    /* By number, for the plain space, which keeps their texts and lets them point there; or NULL.
     */
    struct term *terms;
};

/* False when memory is short. */
bool index_build(struct index *index, const struct index_source *source, const struct mem *mem,
                 struct arena *arena);

#endif
