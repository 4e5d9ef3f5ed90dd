/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_KEYSET_H
#define LIBRULES_FACTS_KEYSET_H

#include <stdint.h>

#include "base/mem.h"

/*
 * A number for each (scope, key), where keys come from documents. Emptying costs nothing, however
 * large the set once was, and keys that fall on one slot cannot be prepared from outside.
 */
struct keyset {
    struct mem mem;
    struct keyset_slot *slots;
    size_t n_slots;      /* power of two or 0 */
    uint32_t generation; /* slots of another one are empty */
    uint32_t count;
    const char *last; /* the key that was given last, which often comes again in another scope */
    size_t last_len;
    uint64_t last_hash;
};

void keyset_init(struct keyset *s, const struct mem *mem);
void keyset_clear(struct keyset *s);
void keyset_empty(struct keyset *s);
/*
 * Where the number is kept, 0 at first; valid until the next call. NULL when memory is short. The
 * key must stay until the set is emptied.
 */
uint32_t *keyset_at(struct keyset *s, uint32_t scope, const char *key, size_t len);
/* The number, 0 for a key that was never given. */
uint32_t keyset_value(const struct keyset *s, uint32_t scope, const char *key, size_t len);
/* Bytes kept. */
size_t keyset_memory(const struct keyset *s);

#endif
