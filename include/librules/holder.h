/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file holder.h
 * The hot-reload cell. One thread publishes a new set; evaluators made with the holder compare a
 * generation at the start of each check and rebind. No check ever mixes two sets.
 * Source: librules/set/holder.c.
 */
#ifndef LIBRULES_HOLDER_H
#define LIBRULES_HOLDER_H

#include <librules/context.h>
#include <librules/set.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A cell that holds the current set. Shared freely between threads. */
struct rls_holder;

/**
 * Make a holder.
 * @param[out] out the holder, owned by the caller: rls_holder_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param first    the set to begin with; the holder takes a reference of its own
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_MEMORY
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_holder_new(struct rls_holder **out, struct rls_context *ctx,
                                     struct rls_set *first);

/**
 * Free a holder. Evaluators made with it must be freed before.
 * @param h a holder or NULL
 * @par Threads one, when no other uses the holder
 * @since 0.1
 */
RLS_API void rls_holder_free(struct rls_holder *h);

/**
 * The current set.
 * @param h the holder
 * @return a new reference, owned by the caller: rls_set_unref
 * @par Threads any; takes a mutex for the length of a pointer copy
 * @since 0.1
 */
RLS_API struct rls_set *rls_holder_get(struct rls_holder *h);

/**
 * Make another set the current one. Checks that run go on with the set they began with.
 * @param h    the holder
 * @param next the set; the holder takes a reference of its own
 * @return RLS_OK, RLS_ERR_ARGUMENT (a NULL; the old set stays)
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_holder_publish(struct rls_holder *h, struct rls_set *next);

/**
 * How often a set was published.
 * @param h the holder
 * @return 1 after rls_holder_new, one more for each rls_holder_publish
 * @par Threads any
 * @since 0.1
 */
RLS_API uint64_t rls_holder_generation(const struct rls_holder *h);

#ifdef __cplusplus
}
#endif
#endif
