/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_FEED_H
#define TOOLS_FEED_H

#include "documents.h"
#include "pool.h"

/* Cuts the inputs into documents and puts them into the pool, whose items are struct batch. What
 * cannot be read goes through the pool too, so that it is told in its place. */
void feed_inputs(struct pool *pool, const char *const *inputs, size_t n, enum document_input input);
/* Puts in one document, which stands for the listing of --text. */
void feed_listing(struct pool *pool);

#endif
