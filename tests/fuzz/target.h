/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FUZZ_TARGET_H
#define TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* One input. A broken promise of the library ends the program. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

struct rls_set;
/* A set that many texts and documents hit; made once. */
struct rls_set *target_set(void);

#endif
