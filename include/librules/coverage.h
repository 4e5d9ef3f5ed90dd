/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file coverage.h
 * The conditions of rules without any document, and what documents made of them: to see which of
 * them no case tries. Sources: librules/set/outline.c, librules/eval/probe.c.
 */
#ifndef LIBRULES_COVERAGE_H
#define LIBRULES_COVERAGE_H

#include <librules/evaluator.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A condition of a rule as it is written. Filled by the library. */
struct rls_condition {
    size_t size;                 /**< bytes the library filled */
    const struct rls_rule *rule; /**< the rule */
    const char *version;         /**< name of the version, see rls_finding_version */
    const char *part;            /**< "applies", "when", "require", "unless", "grace" or "grade" */
    const char *owner;           /**< id of the requirement it stands in, or NULL */
    const char *operation;       /**< element name: all, any, none, not, use, text, field, ... */
    const char *operand;         /**< what it tests: its attributes, as the rule writes them */
    const char *source;          /**< name of the rule source; of a shared one, where it stands */
    uint32_t line;               /**< in that source */
    uint32_t number; /**< in the set; the same wherever a shared or inherited one counts */
    uint32_t depth;  /**< 0 for the root of its part */
    uint32_t bound;  /**< 1: it compares with a bound (lt, le, gt, ge); else 0 */
};

/** The conditions of all rules of a set. */
struct rls_outline;

/**
 * List the conditions of all rules that are not off, by rule, version and document order. What
 * several versions inherit or several rules share is listed for each of them, with one number.
 * @param[out] out the outline, owned by the caller: rls_outline_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param set      the outline takes a reference of its own
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_MEMORY
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_outline_new(struct rls_outline **out, struct rls_context *ctx,
                                      struct rls_set *set);

/**
 * Free an outline.
 * @param o an outline or NULL
 * @par Threads one, when no other uses the outline
 * @since 0.1
 */
RLS_API void rls_outline_free(struct rls_outline *o);

/**
 * Number of conditions.
 * @param o an outline or NULL
 * @return how many; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_outline_count(const struct rls_outline *o);

/**
 * A condition.
 * @param o     an outline or NULL
 * @param index from 0
 * @return lives as long as the outline; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_condition *rls_outline_at(const struct rls_outline *o, size_t index);

/** What a condition came to, and where values stood to its bound: bits. */
enum rls_seen {
    RLS_SEEN_TRUE = 1,    /**< it was true */
    RLS_SEEN_FALSE = 2,   /**< it was false */
    RLS_SEEN_UNKNOWN = 4, /**< it could not be told */
    RLS_SEEN_BELOW = 8,   /**< something was below the bound */
    RLS_SEEN_ON = 16,     /**< something was the bound itself */
    RLS_SEEN_ABOVE = 32   /**< something was above the bound */
};

/**
 * Begin or end keeping what conditions come to when rules are judged. Beginning forgets what was
 * kept. Kept is what judging looks at: of an `any`, nothing behind the first that is true. Of a
 * case (rls_case_run) only the conditions of its own rule count. Rules that no hit wakes are judged
 * as well while it lasts, so checks take longer; they come to the same findings, but may tell of
 * more assumptions and an earlier next instant. Another set ends it.
 * @param ev the evaluator
 * @param on true to begin, false to end: what was kept stays readable
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_BUSY, RLS_ERR_MEMORY (nothing changed)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_tally(struct rls_evaluator *ev, bool on);

/**
 * What a condition came to since the tally began.
 * @param ev     the evaluator
 * @param number of the condition, see rls_condition
 * @return bits of enum rls_seen; 0 for one that was never looked at, or no such number
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API uint32_t rls_evaluator_seen(const struct rls_evaluator *ev, uint32_t number);

#ifdef __cplusplus
}
#endif
#endif
