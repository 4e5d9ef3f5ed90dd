/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_UNREAD_H
#define TOOLS_UNREAD_H

#include "buffer.h"
#include "counts.h"

#include <librules/evaluator.h>

/* Members of documents that no rule can look at, by their path. The first MOST_COUNTED paths are
 * kept, and go on being counted; how often documents have others is told as one number. */

/* Counts those of the document that was checked last. @return false without memory */
bool unread_collect(struct counts *members, const struct rls_evaluator *ev, uint64_t document);
/* A line for each of the most frequent, with the field that was probably meant, and how many others
 * there are: at least so many when some were not kept. */
void unread_write_text(const struct counts *members, const struct rls_set *set, uint32_t subject,
                       struct buffer *b);
/* Members of an object, each behind a comma: an array of all that were kept, and what was not. */
void unread_write_json(const struct counts *members, const struct rls_set *set, uint32_t subject,
                       struct buffer *b);

#endif
