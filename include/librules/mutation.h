/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file mutation.h
 * Small mistakes, made on purpose: a set is judged as if a term, an exemption, a guard were not
 * there or a threshold stood on the other side of its bound. A mistake that no case notices is one
 * that the cases would not find if somebody made it. The set itself never changes.
 * Sources: librules/set/mutations.c, librules/eval/mutate.c.
 */
#ifndef LIBRULES_MUTATION_H
#define LIBRULES_MUTATION_H

#include <librules/evaluator.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is changed. */
enum rls_mutation_kind {
    RLS_MUTATION_TERM = 1,        /**< a term or pattern is not looked for */
    RLS_MUTATION_ALLOW = 2,       /**< an allow-term excuses nothing */
    RLS_MUTATION_THRESHOLD = 3,   /**< lt counts as le, le as lt, gt as ge, ge as gt */
    RLS_MUTATION_EXEMPTION = 4,   /**< an `unless` never holds */
    RLS_MUTATION_GUARD = 5,       /**< a guard drops no hit */
    RLS_MUTATION_REQUIREMENT = 6, /**< a `require` always holds */
    RLS_MUTATION_SCOPE = 7,       /**< an `applies` always holds */
    RLS_MUTATION_CONDITION = 8,   /**< one of several in `all`, `any` or `none` is not there */
    RLS_MUTATION_GRADE = 9,       /**< a `grade` never holds */
    RLS_MUTATION_GRACE = 10,      /**< a `grace` with a condition never holds */
    RLS_MUTATION_FIELD = 11,      /**< one of several fields of a `text` is not looked at */
    RLS_MUTATION_VALUE = 12       /**< one of several values of `in` is not there */
};

/** A mutation. Filled by the library. */
struct rls_mutation {
    size_t size;                 /**< bytes the library filled */
    uint32_t kind;               /**< enum rls_mutation_kind */
    uint32_t line;               /**< of what is changed */
    const char *source;          /**< name of the rule source */
    const struct rls_rule *rule; /**< a rule that it stands in; NULL for terms */
    const char *owner;           /**< id of the terms list or of the requirement, or NULL */
    const char *operation;       /**< element name: term, pattern, allow, guard, field, ... */
    const char *operand;         /**< the term, or the attributes as the rule writes them */
    const char *change;          /**< of a threshold the test in its place, of a field or value
                                      the one that goes, else NULL */
    size_t term;                 /**< index of the term in the set; SIZE_MAX: none */
};

/** The mutations of a set. */
struct rls_mutations;

/**
 * List the mutations of a set: first those of terms, in their order; then those of the rules that
 * are not off, by rule and version. What several versions inherit or several rules share is changed
 * for all of them and listed once.
 * @param[out] out the list, owned by the caller: rls_mutations_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param set      the list takes a reference of its own
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_MEMORY
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_mutations_new(struct rls_mutations **out, struct rls_context *ctx,
                                        struct rls_set *set);

/**
 * Free a list of mutations.
 * @param m a list or NULL
 * @par Threads one, when no other uses the list
 * @since 0.1
 */
RLS_API void rls_mutations_free(struct rls_mutations *m);

/**
 * Number of mutations.
 * @param m a list or NULL
 * @return how many; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_mutation_count(const struct rls_mutations *m);

/**
 * A mutation.
 * @param m     a list or NULL
 * @param index from 0
 * @return lives as long as the list; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_mutation *rls_mutation_at(const struct rls_mutations *m, size_t index);

/**
 * Whether a mutation can make a difference to a rule: it stands in the rule, or in something that
 * the rule uses.
 * @param m     a list
 * @param index from 0
 * @param rule  a rule of the same set
 * @return false when it surely cannot, and past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API bool rls_mutation_affects(const struct rls_mutations *m, size_t index,
                                  const struct rls_rule *rule);

/**
 * Judge as if the set were changed so, until it is taken back. One mutation at a time: the one
 * before is taken back. Another set takes it back, too. Findings are worth nothing meanwhile.
 * @param ev    the evaluator, bound to the set of the list
 * @param m     a list; NULL takes the last one back
 * @param index from 0; nothing with NULL
 * @return RLS_OK, RLS_ERR_ARGUMENT (also: another set, past the last), RLS_ERR_BUSY, RLS_ERR_MEMORY
 *         (nothing changed)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_mutate(struct rls_evaluator *ev, const struct rls_mutations *m,
                                           size_t index);

#ifdef __cplusplus
}
#endif
#endif
