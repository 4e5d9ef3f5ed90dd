/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_TRANSLATE_H
#define LIBRULES_MATCH_TRANSLATE_H

#include "match/tables.h"

/*
 * From the symbols of one space to those of another: a text that has been streamed by the one need
 * not be read again for the other. Both must take the same characters for separators.
 *
 * So the first space must tell apart what the second does. Characters that it has no use for itself
 * share a symbol where the second has one for all of them.
 */

/*
 * Numbers, by their code points, the characters that have a symbol in the index `into` and none
 * here; *n counts the symbols from SYMBOL_FIRST on, and used has a flag for each page. False when
 * memory is short.
 */
bool translate_number(const struct index *into, uint16_t *symbol_of, bool *used, size_t *n,
                      const struct mem *mem);

/*
 * Fills in the index's translation to `into` and its characters by symbol, of which there are n
 * from SYMBOL_FIRST on, none of them shared by characters of terms. False when memory is short.
 */
bool translate_table(struct index *x, const struct index *into, const uint16_t *symbol_of, size_t n,
                     struct arena *arena);

#endif
