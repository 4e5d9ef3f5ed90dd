/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file profile.h
 * What a set holds beside its rules: profiles, which choose among the rules, and exceptions, which
 * excuse from one of them for a time. Source: librules/set/profile.c, librules/set/exception.c.
 */
#ifndef LIBRULES_PROFILE_H
#define LIBRULES_PROFILE_H

#include <librules/set.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A choice among the rules of a set. An evaluator is made with one, or with none. */
struct rls_profile;

/**
 * Number of profiles.
 * @param set a set
 * @return the number; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_set_profile_count(const struct rls_set *set);

/**
 * A profile, in the order of sources and of the document.
 * @param set   a set
 * @param index from 0
 * @return lives as long as the set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_profile *rls_set_profile_at(const struct rls_set *set, size_t index);

/**
 * Find a profile.
 * @param set a set
 * @param id  full id ("rule set/profile"), or the part behind the slash where one rule set alone
 *            uses it
 * @return lives as long as the set; NULL when there is none, or more than one
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_profile *rls_set_profile_find(const struct rls_set *set, const char *id);

/**
 * Full id of a profile: rule set id, slash, profile id.
 * @param profile a profile
 * @return lives as long as the set
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_profile_id(const struct rls_profile *profile);

/**
 * Title of a profile.
 * @param profile a profile
 * @param lang    "zh-CN" or "en"; NULL: "zh-CN"; where a language is missing the other is given
 * @return lives as long as the set; never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_profile_title(const struct rls_profile *profile, const char *lang);

/**
 * The mode that a rule has under a profile, and where that was decided.
 * @param profile     a profile; NULL: the rule's own mode
 * @param rule        a rule of the same set
 * @param[out] source name of the rule source that decides; may be NULL
 * @param[out] line   line in it; may be NULL
 * @return an enum rls_mode
 * @par Threads any
 * @since 0.1
 */
RLS_API uint32_t rls_profile_mode(const struct rls_profile *profile, const struct rls_rule *rule,
                                  const char **source, uint32_t *line);

/** Leave to break a rule, in a scope and for a time. Filled by the library. */
struct rls_exception {
    size_t size;                 /**< bytes the library filled */
    const char *id;              /**< full: rule set id, slash, id */
    const struct rls_rule *rule; /**< what it excuses from */
    const char *owner;           /**< who answers for it */
    int64_t from;                /**< first instant; INT64_MIN: always */
    int64_t until;               /**< first instant after */
    const char *source;          /**< name of the rule source */
    uint32_t line;               /**< in it */
    uint32_t reserved;           /**< 0 */
};

/**
 * Number of exceptions.
 * @param set a set
 * @return the number; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_set_exception_count(const struct rls_set *set);

/**
 * An exception, in the order of sources and of the document.
 * @param set   a set
 * @param index from 0
 * @return lives as long as the set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_exception *rls_set_exception_at(const struct rls_set *set, size_t index);

/**
 * Why an exception was granted.
 * @param exception an exception
 * @param lang      "zh-CN" or "en"; NULL: "zh-CN"; where a language is missing the other is given
 * @return lives as long as the set; never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_exception_reason(const struct rls_exception *exception, const char *lang);

/**
 * Write an instant for people, in the time zone of the rule set of an exception: see
 * rls_rule_time.
 * @param exception an exception
 * @param instant   milliseconds since 1970-01-01T00:00:00Z
 * @param[out] out  NUL-terminated, cut at @p size; 40 bytes are enough; may be NULL
 * @param size      bytes at @p out
 * @return bytes of the whole text, without the NUL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_exception_time(const struct rls_exception *exception, int64_t instant, char *out,
                                  size_t size);

#ifdef __cplusplus
}
#endif
#endif
