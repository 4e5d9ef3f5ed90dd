/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_REPAIR_H
#define LIBRULES_FACTS_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

/* What makes good JSON of damaged text, so that no listing is lost by a cut character. */

/*
 * Copies with U+FFFD for each maximal part of a damaged character, as the Unicode standard
 * recommends. Returns the bytes needed; out may be NULL to ask, else it must hold them.
 */
size_t repair_utf8(const char *text, size_t len, char *out);
/* Turns escapes of lone surrogates into \uFFFD in place; whether there was one. */
bool repair_surrogates(char *json, size_t len);

#endif
