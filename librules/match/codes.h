/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_CODES_H
#define LIBRULES_MATCH_CODES_H

#include "match/stream.h"

/*
 * Puts the folded characters of the places from..to, of which the last may be one behind all, into
 * the scanner's codes, as the stream would: for searches that need few of them. The text must have
 * been streamed by the index.
 */
void codes_read(struct scanner *s, const struct index *x, const char *text, size_t len, size_t from,
                size_t to);

#endif
