/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/keyset.h"

#include <string.h>

#include "base/word.h"

struct keyset_slot {
    uint64_t hash;
    const char *key;
    size_t len;
    uint32_t scope, generation, value;
};

enum { FIRST_SLOTS = 64 };

static inline uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

struct sip {
    uint64_t v0, v1, v2, v3;
};

static inline void sip_round(struct sip *s)
{
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v1;
    s->v0 += s->v3;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 = rotate(s->v2, 32);
}

static inline void sip_word(struct sip *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    s->v0 ^= word;
}

/*
 * SipHash-1-3. Its key is where the table lies: not known to who writes the documents, and without
 * influence on any result. The length is mixed into the key.
 */
static uint64_t hash_of(const struct keyset *s, const char *key, size_t len)
{
    uint64_t k0 = (uint64_t)(uintptr_t)s->slots, k1 = (uint64_t)(uintptr_t)s ^ len, word;
    struct sip h = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u,
                    k1 ^ 0x7465646279746573u};

    for (size_t i = 0; len - i > sizeof word; i += sizeof word) {
        memcpy(&word, key + i, sizeof word);
        sip_word(&h, word);
    }
    sip_word(&h, last_word(key, len));
    h.v2 ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(&h);
    return h.v0 ^ h.v1 ^ h.v2 ^ h.v3;
}

static uint64_t in_scope(uint64_t hash, uint32_t scope)
{
    hash = (hash ^ scope) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* No key is of this length. */
static void forget_last(struct keyset *s)
{
    s->last_len = SIZE_MAX;
}

static uint64_t hash_of_kept(struct keyset *s, const char *key, size_t len)
{
    if (key != s->last || len != s->last_len) {
        s->last_hash = hash_of(s, key, len);
        s->last = key;
        s->last_len = len;
    }
    return s->last_hash;
}

void keyset_init(struct keyset *s, const struct mem *mem)
{
    *s = (struct keyset){.mem = *mem, .generation = 1};
    forget_last(s);
}

void keyset_clear(struct keyset *s)
{
    mem_release(&s->mem, s->slots, s->n_slots * sizeof *s->slots);
    s->slots = NULL;
    s->n_slots = 0;
    s->count = 0;
    forget_last(s);
}

void keyset_empty(struct keyset *s)
{
    s->count = 0;
    forget_last(s);
    if (++s->generation)
        return;
    if (s->slots)
        memset(s->slots, 0, s->n_slots * sizeof *s->slots);
    s->generation = 1;
}

static bool holds(const struct keyset_slot *slot, uint64_t hash, uint32_t scope, const char *key,
                  size_t len)
{
    return slot->hash == hash && slot->scope == scope && slot->len == len &&
           (len == 0 || memcmp(slot->key, key, len) == 0);
}

/* The slot of the key, or the empty one where it belongs. */
static struct keyset_slot *find(const struct keyset *s, uint64_t hash, uint32_t scope,
                                const char *key, size_t len)
{
    size_t mask = s->n_slots - 1, i = (size_t)hash & mask;

    while (s->slots[i].generation == s->generation && !holds(&s->slots[i], hash, scope, key, len))
        i = (i + 1) & mask;
    return &s->slots[i];
}

static bool grow(struct keyset *s)
{
    struct keyset_slot *old = s->slots;
    size_t n_old = s->n_slots;
    size_t want = n_old ? n_old * 2 : FIRST_SLOTS;
    struct keyset_slot *slots;

    if (want > SIZE_MAX / sizeof *slots)
        return false;
    slots = mem_zero(&s->mem, want * sizeof *slots);
    if (!slots)
        return false;
    s->slots = slots;
    s->n_slots = want;
    forget_last(s);
    for (size_t i = 0; i < n_old; i++) {
        struct keyset_slot moved = old[i];

        if (moved.generation != s->generation)
            continue;
        moved.hash = in_scope(hash_of(s, moved.key, moved.len), moved.scope);
        *find(s, moved.hash, moved.scope, moved.key, moved.len) = moved;
    }
    mem_release(&s->mem, old, n_old * sizeof *old);
    return true;
}

uint32_t *keyset_at(struct keyset *s, uint32_t scope, const char *key, size_t len)
{
    struct keyset_slot *slot;
    uint64_t hash;

    if (((size_t)s->count + 1) * 2 > s->n_slots && !grow(s))
        return NULL;
    hash = in_scope(hash_of_kept(s, key, len), scope);
    slot = find(s, hash, scope, key, len);
    if (slot->generation != s->generation) {
        *slot = (struct keyset_slot){hash, key, len, scope, s->generation, 0};
        s->count++;
    }
    return &slot->value;
}

uint32_t keyset_value(const struct keyset *s, uint32_t scope, const char *key, size_t len)
{
    const struct keyset_slot *slot;

    if (!s->n_slots)
        return 0;
    slot = find(s, in_scope(hash_of(s, key, len), scope), scope, key, len);
    return slot->generation == s->generation ? slot->value : 0;
}

size_t keyset_memory(const struct keyset *s)
{
    return s->n_slots * sizeof *s->slots;
}
