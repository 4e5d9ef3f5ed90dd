/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tracker.h
 * Shipments: a set of events as bytes, and a pure function of (set, events, now). Declared whole;
 * in this version every function that judges or changes events returns RLS_ERR_UNSUPPORTED.
 * Source: librules/track/.
 */
#ifndef LIBRULES_TRACKER_H
#define LIBRULES_TRACKER_H

#include <librules/evaluator.h>
#include <librules/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An event of one order. */
struct rls_event {
    size_t size;                       /**< sizeof(struct rls_event) */
    struct rls_text id;                /**< the source's id, or absent */
    struct rls_text kind;              /**< paid, shipped, picked-up, scan, observed, … */
    struct rls_text about;             /**< parcel, sub-order, notice or claim, or absent */
    int64_t at;                        /**< when it happened */
    struct rls_text place;             /**< region code, or absent */
    struct rls_text text;              /**< text of a scan; mapped to a code, never stored */
    const struct rls_attribute *facts; /**< further members; may be NULL */
    size_t n_facts;                    /**< how many */
};

/**
 * Holds the events of one order for callers without a store of their own. Holds no set. One owner.
 */
struct rls_tracker;

/**
 * Apply an event to saved state: writes the new state and leaves the full report of the order
 * with the evaluator. At-least-once delivery in any order gives the same state and report.
 * @param ev       the evaluator
 * @param state    saved bytes, or NULL for a new order
 * @param len      bytes of @p state
 * @param event    the event, or NULL to judge the state as it is
 * @param now      instant
 * @param put      receives the new state; NULL to drop it
 * @param user     given to @p put
 * @param[out] out the report, as rls_builder_check
 * @return RLS_ERR_UNSUPPORTED in this version; later RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_STATE,
 *         RLS_ERR_INPUT, RLS_ERR_IO, RLS_ERR_LIMIT, RLS_ERR_MEMORY, RLS_ERR_BUSY
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_apply(struct rls_evaluator *ev, const void *state, size_t len,
                                const struct rls_event *event, int64_t now, rls_write_fn put,
                                void *user, const struct rls_report **out);

/**
 * Make a tracker.
 * @param[out] out set to NULL in this version; later owned by the caller: rls_tracker_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param order    id of the order; copied
 * @return RLS_ERR_UNSUPPORTED in this version; later RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_MEMORY
 * @par Threads the tracker belongs to one thread at a time
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_tracker_new(struct rls_tracker **out, struct rls_context *ctx,
                                      struct rls_text order);

/**
 * Free a tracker.
 * @param t a tracker or NULL
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API void rls_tracker_free(struct rls_tracker *t);

/**
 * Add an event and judge the order.
 * @param t        the tracker
 * @param ev       an evaluator of the calling thread
 * @param event    the event, or NULL to judge at another instant
 * @param now      instant
 * @param[out] out the report, as rls_builder_check
 * @return RLS_ERR_UNSUPPORTED in this version; later as rls_apply
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_tracker_feed(struct rls_tracker *t, struct rls_evaluator *ev,
                                       const struct rls_event *event, int64_t now,
                                       const struct rls_report **out);

/**
 * Save the events.
 * @param t    the tracker
 * @param put  receives the state
 * @param user given to @p put
 * @return RLS_ERR_UNSUPPORTED in this version; later RLS_OK, RLS_ERR_IO
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_tracker_save(const struct rls_tracker *t, rls_write_fn put, void *user);

/** What changed between two reports of one order. */
enum rls_change {
    RLS_NEW = 1,      /**< not in the old report */
    RLS_AMENDED = 2,  /**< in both, with other facts */
    RLS_RETRACTED = 3 /**< not in the new report */
};

/**
 * Receives one difference.
 * @param user   what was given beside the callback
 * @param change enum rls_change
 * @param f      the finding; of the old report when retracted
 * @return 0 to go on
 */
typedef int (*rls_change_fn)(void *user, uint32_t change, const struct rls_finding *f);

/**
 * Compare two reports of one document or order by the ids of their findings.
 * @param before the older report; NULL: none
 * @param after  the newer report; NULL: none
 * @param each   called for every difference; @p after's findings first
 * @param user   given to @p each
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_IO (@p each stopped it)
 * @par Threads as the reports
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_report_diff(const struct rls_report *before,
                                      const struct rls_report *after, rls_change_fn each,
                                      void *user);

#ifdef __cplusplus
}
#endif
#endif
