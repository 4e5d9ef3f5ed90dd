/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_FEED_H
#define TOOLS_FEED_H

#include "documents.h"
#include "pool.h"

struct run_request;
struct table;

/* Cuts the inputs into documents and puts them into the pool, whose items are struct batch. What
 * cannot be read goes through the pool too, so that it is told in its place. @p tables gets the
 * headers that batches point to; they are the caller's, to be freed after the pool. */
void feed_inputs(struct pool *pool, const struct run_request *request, struct table **tables);
/* Puts in one document, which stands for the listing of --text. */
void feed_listing(struct pool *pool);

#endif
