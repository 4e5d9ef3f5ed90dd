/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_WHY_HITS_H
#define TOOLS_WHY_HITS_H

#include "buffer.h"

#include <librules/explanation.h>

/* A line for each of the words that a condition found or nearly did, and one for how close words
 * near each other stand, each behind @p indent blanks. */
void why_hits_text(struct buffer *b, const struct rls_explained *x, int indent);
/* Members of an object, each behind a comma; none when there is nothing to tell. */
void why_hits_json(struct buffer *b, const struct rls_explained *x);

#endif
