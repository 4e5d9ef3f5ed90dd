/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file evaluator.h
 * The evaluator: one set and all the scratch of one thread. Checks allocate nothing once the
 * scratch has grown to the size of the documents. Source: librules/eval/.
 */
#ifndef LIBRULES_EVALUATOR_H
#define LIBRULES_EVALUATOR_H

#include <librules/context.h>
#include <librules/facts.h>
#include <librules/holder.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rls_profile;

/** A parameter of a rule set. */
struct rls_param {
    const char *name;  /**< its id; where several rule sets have one of that id, ruleset/id */
    const char *value; /**< as a rule would write it */
};

/** Which param was refused, and why. Filled by the library on RLS_ERR_ARGUMENT for a param. */
struct rls_param_error {
    size_t size;           /**< sizeof(struct rls_param_error), set by the caller */
    size_t index;          /**< in rls_evaluator_options.params */
    const char *reason;    /**< static text, English; NULL: no param was at fault */
    const char *reason_zh; /**< static text, Simplified Chinese */
    const char *nearest;   /**< a param of a similar name, or NULL; lives as long as the set */
};

/** Options of rls_evaluator_new and rls_evaluator_new_held. */
struct rls_evaluator_options {
    size_t size;                    /**< sizeof(struct rls_evaluator_options) */
    uint32_t flags;                 /**< must be 0 */
    uint32_t max_hits;              /**< term hits kept per check; 0: 10,000 */
    uint32_t max_facts;             /**< facts of one subject; 0: 100,000 */
    uint32_t reserved;              /**< 0 */
    uint64_t max_document_bytes;    /**< 0: 16 MiB */
    const char *profile;            /**< id of a profile of the set; NULL: every rule as it is */
    const struct rls_param *params; /**< values of params in place of their defaults; copied */
    size_t n_params;                /**< how many */
    struct rls_param_error *param_error; /**< filled when one is refused; NULL: not wanted */
};

/** Evaluates a set. One thread at a time; entering it twice at a time gives RLS_ERR_BUSY. */
struct rls_evaluator;

/**
 * Make an evaluator for a set.
 * @param[out] out the evaluator, owned by the caller: rls_evaluator_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param set      the evaluator takes a reference of its own
 * @param options  NULL for all defaults; copied
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_ABI, RLS_ERR_MEMORY, RLS_ERR_NOT_FOUND (the set has no
 *         such profile). RLS_ERR_ARGUMENT also when a param is unknown, not of its type or not
 *         between its bounds; param_error says which
 * @par Threads the evaluator belongs to one thread at a time
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_new(struct rls_evaluator **out, struct rls_context *ctx,
                                        struct rls_set *set,
                                        const struct rls_evaluator_options *options);

/**
 * Make an evaluator that follows a holder: each check begins with the holder's current set. When
 * a new set cannot be bound (memory, the profile is not in it, or a param is not right for it), the
 * check goes on with the old one.
 * @param[out] out the evaluator, owned by the caller: rls_evaluator_free
 * @param ctx      its allocator is copied; NULL for defaults
 * @param holder   must outlive the evaluator
 * @param options  NULL for all defaults; copied
 * @return as rls_evaluator_new
 * @par Threads the evaluator belongs to one thread at a time
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_new_held(struct rls_evaluator **out, struct rls_context *ctx,
                                             struct rls_holder *holder,
                                             const struct rls_evaluator_options *options);

/**
 * Free an evaluator and the report it still owns.
 * @param ev an evaluator or NULL
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API void rls_evaluator_free(struct rls_evaluator *ev);

/**
 * Bind another set, keeping the scratch. On failure the old set stays bound.
 * @param ev  the evaluator; not one made with a holder
 * @param set the evaluator takes a reference of its own
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_BUSY, RLS_ERR_MEMORY, RLS_ERR_NOT_FOUND (the set lacks
 *         the profile)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_rebind(struct rls_evaluator *ev, struct rls_set *set);

/**
 * The set that the last check used, or the next one will when there was none.
 * @param ev the evaluator
 * @return borrowed; valid until the evaluator's next check, rebind or end
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API struct rls_set *rls_evaluator_set(const struct rls_evaluator *ev);

/**
 * The profile that the evaluator was made with, in its bound set.
 * @param ev the evaluator
 * @return lives as long as the set; NULL when there is none
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API const struct rls_profile *rls_evaluator_profile(const struct rls_evaluator *ev);

/**
 * How often an exception of the bound set took effect in checks since the set was bound: to find
 * those that nobody needs. Findings that it would excuse if it had not expired do not count.
 * @param ev    the evaluator
 * @param index of the exception in the set
 * @return a number; 0 past the last
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API uint64_t rls_evaluator_exception_uses(const struct rls_evaluator *ev, size_t index);

/**
 * How often an exception of the bound set would have taken effect in checks since the set was
 * bound, had it not expired: to find those that somebody has to prolong.
 * @param ev    the evaluator
 * @param index of the exception in the set
 * @return a number; 0 past the last
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API uint64_t rls_evaluator_exception_lapses(const struct rls_evaluator *ev, size_t index);

/**
 * Bytes of scratch the evaluator keeps allocated: what its largest document needed, see the section
 * on allocators in docs/errors.md. Besides what went through the allocator that is what simdjson
 * and the pattern engine hold, at most.
 * @param ev the evaluator
 * @return bytes; 0 for NULL
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API size_t rls_evaluator_memory(const struct rls_evaluator *ev);

/**
 * Begin collecting facts. Forgets the last report.
 * @param ev       the evaluator
 * @param subject  RLS_LISTING, RLS_MERCHANT, RLS_MESSAGE or RLS_RULE_CHANGE
 * @param[out] out the builder, which belongs to the evaluator
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_BUSY, RLS_ERR_UNSUPPORTED (another subject)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_evaluator_begin(struct rls_evaluator *ev, uint32_t subject,
                                          struct rls_builder **out);

/**
 * Judge a listing given as a struct.
 * @param ev       the evaluator
 * @param listing  read during the call
 * @param options  NULL for all defaults
 * @param[out] out as rls_builder_check
 * @return as rls_builder_check, and RLS_ERR_LIMIT (too many facts)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_check_listing(struct rls_evaluator *ev, const struct rls_listing *listing,
                                        const struct rls_check_options *options,
                                        const struct rls_report **out);

/** Where and why a JSON document was refused. Filled by the library. */
struct rls_json_error {
    size_t size;           /**< sizeof(struct rls_json_error), set by the caller */
    uint64_t offset;       /**< bytes from the begin */
    uint32_t line;         /**< 1-based; 0 when there was no error */
    uint32_t column;       /**< 1-based, in code points */
    const char *reason;    /**< static text, English */
    const char *reason_zh; /**< static text, Simplified Chinese */
};

/**
 * Judge a document given as JSON (docs/documents.md). Unknown members stay as facts under their
 * own names; invalid UTF-8 and lone surrogates become U+FFFD with a note in the report.
 * @param ev       the evaluator
 * @param subject  as rls_evaluator_begin
 * @param json     one JSON object; need not be padded; read during the call
 * @param options  NULL for all defaults
 * @param[out] out as rls_builder_check
 * @param error    filled on RLS_ERR_INPUT and RLS_ERR_LIMIT; may be NULL
 * @return as rls_builder_check, and RLS_ERR_INPUT (malformed), RLS_ERR_LIMIT (too large or deep)
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_check_json(struct rls_evaluator *ev, uint32_t subject,
                                     struct rls_text json, const struct rls_check_options *options,
                                     const struct rls_report **out, struct rls_json_error *error);

/**
 * Number of hits of terms in the last check: all that stand in fields that rules look at and that
 * no allow-term excuses, whether a rule made something of them or not. To learn which terms of a
 * list are common in ordinary documents. A term that occurs twice has two hits, and max_hits bounds
 * them: the report is incomplete then.
 * @param ev the evaluator
 * @return how many; 0 for NULL and after a begin or a check that failed
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API size_t rls_evaluator_hit_count(const struct rls_evaluator *ev);

/**
 * The term of a hit, for rls_set_term_text of the evaluator's set.
 * @param ev    the evaluator
 * @param index from 0
 * @return index of the term; SIZE_MAX past the last
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API size_t rls_evaluator_hit_term(const struct rls_evaluator *ev, size_t index);

/**
 * Goes through the values of the last document that no rule can look at, because neither the
 * library nor a rule set has a field of their name: to learn which members of documents were
 * misspelt, or are of no use. A member with several values is told as often. Asking costs a check
 * nothing.
 * @param ev          the evaluator
 * @param[in,out] at  0 to begin; where to go on afterwards
 * @param[out] path   the dotted path of the member, such as "shop.city", of at most 512 bytes; not
 *                    NUL-terminated; lives until the evaluator checks again or begins, and not
 *                    longer than the document itself
 * @return false when there is none left, for NULL, and after a begin or a check that failed
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API bool rls_evaluator_unread(const struct rls_evaluator *ev, size_t *at,
                                  struct rls_text *path);

#ifdef __cplusplus
}
#endif
#endif
