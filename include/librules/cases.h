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
    RLS_EXPECT_EXEMPT = 5         /**< it fires and an exemption holds */
};

/** A case of a set. Filled by the library; lives as long as the set. */
struct rls_case {
    size_t size;                 /**< bytes the library filled */
    const struct rls_rule *rule; /**< the rule it stands in */
    uint32_t expect;             /**< enum rls_expect */
    uint32_t line;               /**< in the rule source */
    const char *source;          /**< name of the rule source */
    const char *note;            /**< why it is there, or NULL */
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
 * Run a case with the evaluator's set.
 * @param ev          the evaluator; must be bound to the set of the case
 * @param c           the case
 * @param[out] actual what the rule did: an enum rls_expect
 * @param[out] out    the report, as rls_builder_check; may be NULL
 * @return as rls_builder_check; RLS_ERR_ARGUMENT for a case of another set
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_case_run(struct rls_evaluator *ev, const struct rls_case *c,
                                   uint32_t *actual, const struct rls_report **out);

#ifdef __cplusplus
}
#endif
#endif
