/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_UNREAD_H
#define TOOLS_UNREAD_H

#include "buffer.h"
#include "counts.h"

#include <librules/evaluator.h>

/* Members of documents that no rule can look at, by their path. */

/* Counts those of the document that was checked last. @return false without memory */
bool unread_collect(struct counts *members, const struct rls_evaluator *ev, uint64_t document);
/* A line for each of the most frequent, with the field that was probably meant. */
void unread_write_text(const struct counts *members, const struct rls_set *set, uint32_t subject,
                       struct buffer *b);
/* An array of all. */
void unread_write_json(const struct counts *members, const struct rls_set *set, uint32_t subject,
                       struct buffer *b);

#endif
