/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file cases.h
 * The cases that stand beside the rules, kept when a set is built with RLS_COMPILE_CASES.
 * Source: librules/eval/cases.c.
 */
#ifndef LIBRULES_CASES_H
#define LIBRULES_CASES_H

#include <librules/evaluator.h>
#include <librules/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a case expects of its rule. */
enum rls_expect {
    RLS_EXPECT_FINDING = 1,       /**< it fires */
    RLS_EXPECT_NONE = 2,          /**< it is silent: no finding of any kind */
    RLS_EXPECT_INDETERMINATE = 3, /**< it applies and cannot be told */
    RLS_EXPECT_UNDECIDED = 4,     /**< its scope cannot be told */
    RLS_EXPECT_EXEMPT = 5,        /**< it fires and an exemption holds */
    RLS_EXPECT_GRACE = 6,         /**< it fires within a period of grace */
    RLS_EXPECT_AT_RISK = 7,       /**< a deadline of it will soon be due */
    RLS_EXPECT_OVERDUE = 8,       /**< a deadline of it passed and is still open */
    RLS_EXPECT_MET_LATE = 9       /**< a deadline of it was met after it had passed */
};

/** A case of a set. Filled by the library; lives as long as the set. */
struct rls_case {
    size_t size;                 /**< bytes the library filled */
    const struct rls_rule *rule; /**< the rule it stands in */
    uint32_t expect;             /**< enum rls_expect */
    uint32_t line;               /**< in the rule source */
    const char *source;          /**< name of the rule source */
    const char *note;            /**< why it is there, or NULL */
    const char *verdict;         /**< what the finding adds if its rule is enforced, or NULL */
    const char *severity;        /**< of the finding, or NULL */
    const char *version;         /**< of the rule that was judged by, or NULL */
    const char *requirement;     /**< that is not met, or NULL */
    const char *profile;         /**< full id of the profile it is tried under, or NULL */
};

/** A point in which a case came out otherwise than it expects. Filled by the library. */
struct rls_difference {
    size_t size;          /**< bytes the library filled */
    const char *point;    /**< expect, requirement, verdict, severity, version, evidence, disguise,
                               cite or deadline */
    const char *expected; /**< as the case writes it */
    const char *actual;   /**< what came, bounded; "-" for nothing */
};

/**
 * Number of cases.
 * @param set a set
 * @return 0 when it was built without RLS_COMPILE_CASES
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_set_case_count(const struct rls_set *set);

/**
 * A case, in the order of rules and of the document.
 * @param set   a set
 * @param index from 0
 * @return lives as long as the set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_case *rls_set_case_at(const struct rls_set *set, size_t index);

/**
 * Run a case with the evaluator's set: under the profile of the case, or else that of the
 * evaluator.
 * @param ev          the evaluator; must be bound to the set of the case
 * @param c           the case
 * @param[out] actual what the rule did: an enum rls_expect. Of several findings it is the one that
 *                     comes nearest to what the case expects
 * @param[out] out    the report, as rls_builder_check; may be NULL
 * @return as rls_builder_check; RLS_ERR_ARGUMENT for a case of another set
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_case_run(struct rls_evaluator *ev, const struct rls_case *c,
                                   uint32_t *actual, const struct rls_report **out);

/**
 * Number of points in which the last case came out otherwise than it expects.
 * @param ev the evaluator, after rls_case_run
 * @return 0 when it passed, or when the evaluator has run no case since it last began something
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API size_t rls_case_difference_count(const struct rls_evaluator *ev);

/**
 * A point in which the last case came out otherwise.
 * @param ev    the evaluator, after rls_case_run
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API const struct rls_difference *rls_case_difference(const struct rls_evaluator *ev,
                                                         size_t index);

#ifdef __cplusplus
}
#endif
#endif
