/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_BESIDE_H
#define LIBRULES_MATCH_BESIDE_H

#include "match/matcher_tables.h"

/* A text that was scanned, and the patterns that are asked about it. */
struct beside_text {
    const struct matcher *m;
    const struct scanner *s;
    const char *text;
    size_t len;
};

/* Whether a pattern may match around its factor, by what stands beside it. */
bool beside_factor(const struct beside_text *t, uint32_t pattern, const struct wake *w);
/* The same of an anchor, whose character begins at a byte. */
bool beside_anchor(const struct beside_text *t, uint32_t pattern, uint32_t at);

#endif
