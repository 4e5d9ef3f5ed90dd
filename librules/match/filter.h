/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_FILTER_H
#define LIBRULES_MATCH_FILTER_H

#include "match/tables.h"

/* What struct fast calls pairs and grams, for any processor. */
uint32_t filter_pairs(const struct index *x, const uint16_t *symbols, uint32_t count,
                      uint32_t *places);
uint32_t filter_grams(const struct index *x, const uint16_t *symbols, uint32_t *places,
                      uint32_t count);

#endif
