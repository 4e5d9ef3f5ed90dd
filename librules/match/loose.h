/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_LOOSE_H
#define LIBRULES_MATCH_LOOSE_H

#include "match/scan.h"

/*
 * Find the terms that stand in the text in a disguise of FORM_LOOSE: the scanner's loose hits, by
 * place, each span of a term once. Leaves the text streamed by the plain space. Where the text asks
 * for more than its bounds, *cut becomes the byte where the knowledge ends, and no hit begins there
 * or behind it; otherwise it stays as it is. SCAN_OK, SCAN_MEMORY or SCAN_STOPPED.
 */
enum scan_status loose_find(struct scanner *s, const struct dictionary *d, const char *text,
                            size_t len, uint32_t *cut);

/* By where they begin, then longer first, then by term. */
int hits_by_place(const void *x, const void *y, const void *context);

#endif
