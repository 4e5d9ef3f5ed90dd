/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file explanation.h
 * Why a rule did or did not fire: a view of its condition tree with the value of each condition.
 * Source: librules/eval/explain.c.
 */
#ifndef LIBRULES_EXPLANATION_H
#define LIBRULES_EXPLANATION_H

#include <librules/evaluator.h>
#include <librules/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kleene's three values. */
enum rls_truth {
    RLS_FALSE = 0,   /**< surely not */
    RLS_UNKNOWN = 1, /**< cannot be told */
    RLS_TRUE = 2     /**< surely */
};

/** What a condition makes of words that stand in one of its lists. */
enum rls_hit_state {
    RLS_HIT_COUNTS = 1,   /**< it counts them */
    RLS_HIT_GUARDED = 2,  /**< a guard drops them */
    RLS_HIT_ALLOWED = 3,  /**< an allow-term of their list contains them */
    RLS_HIT_ELSEWHERE = 4 /**< they stand in a field that the condition does not look at */
};

/** Words of the document that stand in a list of a condition. Filled by the library. */
struct rls_explained_hit {
    size_t size;         /**< bytes the library filled */
    uint32_t state;      /**< enum rls_hit_state */
    uint32_t forms;      /**< enum rls_form: how the term was disguised; 0: as written */
    const char *field;   /**< path of the field, such as "title" */
    const char *matched; /**< the words, bounded, always valid UTF-8 */
    const char *term;    /**< as the list writes it */
    const char *list;    /**< full id of the list: rule set id, slash, id */
    const char *by;      /**< of a guarded hit the words or field, of an allowed one the allow-term,
                              that excuse it; else NULL */
};

/** No two words stand in one value, in an order that counts. */
#define RLS_NO_DISTANCE UINT32_MAX

/** One condition of a rule. Filled by the library. */
struct rls_explained {
    size_t size;     /**< bytes the library filled */
    uint32_t truth;  /**< enum rls_truth */
    uint32_t depth;  /**< 0 for the root */
    uint32_t line;   /**< in the rule source */
    uint32_t number; /**< of the condition in the set; a shared one has one number */
    const char
        *part; /**< "applies", "when", "require", "unless", "grace", "grade" or "exception" */
    const char *owner;     /**< id of the requirement or exception it stands in, or NULL */
    const char *record;    /**< the record it was looked at for, such as "skus[1]", or NULL */
    const char *version;   /**< name of the version, see rls_finding_version */
    const char *operation; /**< element name: all, any, none, not, use, text, field, ... */
    const char *operand;   /**< what it tests: its attributes, as the rule writes them */
    const char *actual;    /**< what the document holds there, bounded; NULL when nothing */
    const char *near_miss; /**< words found in other fields or dropped by a guard; or NULL */
    bool decides;    /**< if this condition alone came out otherwise, its part would: the outermost
                          condition of its part, record and version */
    bool crosses;    /**< of near: the ends of clauses or sentences between the words, which it
                          does not allow, are what keeps them apart */
    uint32_t within; /**< of near: characters that may stand between neighbours; else 0 */
    uint32_t distance; /**< of near: characters that do, where the words are closest; else, and
                            where they are not in one value, RLS_NO_DISTANCE */
    const struct rls_explained_hit *hits; /**< of text and near: words in its lists, those that
                                               count first */
    size_t n_hits;                        /**< at most 12 */
};

/** The explanation of one rule over one document. */
struct rls_explanation;

/**
 * Explain one rule over the facts of the evaluator's last check: every condition with its value,
 * also those that judging had no need to look at. A rule of another subject, or of which no
 * version is in force, has no conditions. Allocates; the report of the check stays as it is.
 * @param ev       the evaluator, after a check that succeeded; the document that was checked must
 *                 still be there
 * @param rule_id  full id of the rule
 * @param[out] out belongs to the evaluator until its next explanation, begin or check
 * @return RLS_OK, RLS_ERR_ARGUMENT (also: no check), RLS_ERR_BUSY, RLS_ERR_NOT_FOUND,
 *         RLS_ERR_MEMORY
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_explain(struct rls_evaluator *ev, const char *rule_id,
                                  const struct rls_explanation **out);

/**
 * Number of conditions, in document order.
 * @param e an explanation or NULL
 * @return the number; 0 for NULL
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API size_t rls_explanation_count(const struct rls_explanation *e);

/**
 * A condition.
 * @param e     an explanation or NULL
 * @param index from 0
 * @return lives as long as the explanation; NULL past the last
 * @par Threads the evaluator's
 * @since 0.1
 */
RLS_API const struct rls_explained *rls_explanation_at(const struct rls_explanation *e,
                                                       size_t index);

#ifdef __cplusplus
}
#endif
#endif
