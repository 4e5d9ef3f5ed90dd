/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file costs.h
 * What checks cost: which rules, patterns and terms lists take how much of them. Counters are the
 * same whenever the same documents are judged in the same way; times are those of the thread's CPU
 * clock, without what reading the clock takes, and differ from run to run. Nothing is counted and
 * no clock is read unless it was asked for. Sources: librules/eval/costs.c, librules/base/costs.c.
 */
#ifndef LIBRULES_COSTS_H
#define LIBRULES_COSTS_H

#include <librules/evaluator.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What checks with one set cost, summed. */
struct rls_costs;

/** Which part of a check. */
enum rls_stage {
    RLS_STAGE_READ,     /**< the document is read: JSON, HTML, labels, values by readings */
    RLS_STAGE_SCAN,     /**< texts are folded and searched for terms and what patterns contain */
    RLS_STAGE_PATTERNS, /**< patterns are run on texts */
    RLS_STAGE_JUDGE,    /**< rules are judged */
    RLS_STAGE_REPORT    /**< findings, their evidence and notes are made */
};

/** What a stage cost. Filled by the library. */
struct rls_stage_cost {
    size_t size;         /**< bytes the library filled */
    uint64_t times;      /**< read: documents; scan: texts searched; patterns: those of them that
                              patterns ran on; judge: rules; report: findings */
    uint64_t bytes;      /**< read: the document's values; scan: the texts; patterns: what was shown
                              to PCRE2; else 0 */
    uint64_t characters; /**< read and scan: code points of these; else 0 */
    uint64_t ns;         /**< nanoseconds */
};

/** What a rule cost. Filled by the library. */
struct rls_rule_cost {
    size_t size;                 /**< bytes the library filled */
    const struct rls_rule *rule; /**< the rule; lives as long as the costs */
    uint64_t judged;     /**< documents in which it was judged: the others did not wake it */
    uint64_t conditions; /**< evaluations of conditions, those for evidence included */
    uint64_t findings;   /**< findings of whatever outcome */
    uint64_t ns;         /**< nanoseconds, its findings included */
    uint64_t worst_ns;   /**< the most that one document took */
};

/** What a pattern cost. Filled by the library. */
struct rls_pattern_cost {
    size_t size;        /**< bytes the library filled */
    const char *text;   /**< as the rules write it; lives as long as the costs, as all texts do */
    const char *list;   /**< id of its terms list */
    const char *source; /**< name of the rule source */
    uint32_t line;      /**< 1-based, in that source */
    uint32_t factors;   /**< texts of which each match contains one, and around which alone it is
                             tried; 0: none, it is tried where a class of characters
                             that it must contain stands, or else everywhere */
    uint64_t texts;     /**< texts that it ran on */
    uint64_t woken;     /**< places at which one of its factors stood */
    uint64_t places;    /**< places that PCRE2 was asked about */
    uint64_t runs;      /**< runs of PCRE2: where a window was too small to tell, more than one */
    uint64_t bytes;     /**< shown to PCRE2 in all runs */
    uint64_t matches;   /**< matches, those that allow-terms excuse included */
    uint64_t limits;    /**< texts on which it took more steps than it may */
    uint64_t ns;        /**< nanoseconds; where patterns look at the same part of a text, the first
                             of them pays for folding it */
    uint64_t worst_ns;  /**< the most that one text took */
};

/** What the terms of a list cost. Filled by the library. */
struct rls_list_cost {
    size_t size;         /**< bytes the library filled */
    const char *list;    /**< id of the terms list; lives as long as the costs */
    const char *source;  /**< name of the rule source */
    uint32_t line;       /**< 1-based, in that source */
    uint32_t terms;      /**< deny and allow terms; patterns do not count */
    uint64_t candidates; /**< places that looked like a term and were compared with it */
    uint64_t hits;       /**< those that were one and count */
    uint64_t excused;    /**< hits that an allow-term of the list excused */
};

/**
 * Begin or end counting what the checks of an evaluator cost. Beginning forgets what was counted.
 * While it lasts, checks come to the same reports and take longer; another set ends it.
 * @param ev the evaluator
 * @param on true to begin, false to end: what was counted stays readable
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_BUSY, RLS_ERR_MEMORY (nothing changed)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_measure(struct rls_evaluator *ev, bool on);

/**
 * What the checks of an evaluator cost since counting began.
 * @param ev the evaluator
 * @return borrowed: valid until counting begins anew or the evaluator ends, and changed by its
 *         checks; NULL when counting never began
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API const struct rls_costs *rls_evaluator_costs(const struct rls_evaluator *ev);

/**
 * Make costs that are all zero, to sum up those of several evaluators in.
 * @param[out] out the costs, owned by the caller: rls_costs_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param set      the costs take a reference of their own
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_MEMORY
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_costs_new(struct rls_costs **out, struct rls_context *ctx,
                                    struct rls_set *set);

/**
 * Free costs that rls_costs_new made.
 * @param costs costs or NULL
 * @par Threads one, when no other uses them
 * @since 0.1
 */
RLS_API void rls_costs_free(struct rls_costs *costs);

/**
 * Add costs to others. The longest times become the longer of the two.
 * @param to   costs that rls_costs_new made
 * @param more of the same set; not changed
 * @return RLS_OK, RLS_ERR_ARGUMENT (NULL, or another set; nothing changed)
 * @par Threads one at a time for @p to; that of the evaluator that @p more belongs to
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_costs_add(struct rls_costs *to, const struct rls_costs *more);

/**
 * What a stage cost.
 * @param costs costs
 * @param stage an enum rls_stage
 * @return lives as long as the costs; NULL when there is no such stage
 * @par Threads that of the costs
 * @since 0.1
 */
RLS_API const struct rls_stage_cost *rls_costs_stage(const struct rls_costs *costs, uint32_t stage);

/**
 * What a rule cost.
 * @param costs costs
 * @param index of the rule in the set, see rls_set_rule_at
 * @return lives as long as the costs; NULL past the last
 * @par Threads that of the costs
 * @since 0.1
 */
RLS_API const struct rls_rule_cost *rls_costs_rule(const struct rls_costs *costs, size_t index);

/**
 * What a pattern cost.
 * @param costs costs
 * @param index from 0, in the order of rls_set_term_text, in which patterns stand behind all terms
 * @return lives as long as the costs; NULL past the last
 * @par Threads that of the costs
 * @since 0.1
 */
RLS_API const struct rls_pattern_cost *rls_costs_pattern(const struct rls_costs *costs,
                                                         size_t index);

/**
 * What the terms of a list cost.
 * @param costs costs
 * @param index from 0
 * @return lives as long as the costs; NULL past the last
 * @par Threads that of the costs
 * @since 0.1
 */
RLS_API const struct rls_list_cost *rls_costs_list(const struct rls_costs *costs, size_t index);

#ifdef __cplusplus
}
#endif
#endif
