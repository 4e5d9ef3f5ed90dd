/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_ICU_H
#define LIBRULES_TEXT_ICU_H

#include <stddef.h>
#include <stdint.h>

/* Code points that icu_compose takes, and that it gives at most. */
enum { ICU_COMPOSE_IN = 30, ICU_COMPOSE_OUT = 64 };

/*
 * NFKC_Casefold of up to ICU_COMPOSE_IN code points into out, which holds ICU_COMPOSE_OUT. 0 when
 * ICU fails or the result is longer.
 */
size_t icu_compose(const uint32_t *codes, size_t n, uint32_t *out);

#endif
