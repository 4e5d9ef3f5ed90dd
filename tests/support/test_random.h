/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEST_RANDOM_H
#define LIBRULES_TEST_RANDOM_H

#include <stdint.h>

/* Numbers that are the same in every run. */
struct random {
    uint64_t state;
};

static inline uint32_t below(struct random *r, uint32_t n)
{
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((r->state >> 33) % n);
}

#endif
