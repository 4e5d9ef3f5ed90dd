/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file set.h
 * The compiled set: immutable, atomically counted, shared by all threads; and views of its rules.
 * Source: librules/set/set.c.
 */
#ifndef LIBRULES_SET_H
#define LIBRULES_SET_H

#include <librules/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled set of rules. Immutable; shared freely between threads. */
struct rls_set;
/** A rule of a set: a view that lives as long as the set. */
struct rls_rule;

/** What a subject is judged as. */
enum rls_subject {
    RLS_LISTING = 1,    /**< goods offered for sale */
    RLS_SHIPMENT = 2,   /**< an order's events; by rls_apply only */
    RLS_MERCHANT = 3,   /**< a seller */
    RLS_MESSAGE = 4,    /**< chat or review text */
    RLS_RULE_CHANGE = 5 /**< the announcement of a platform rule */
};

/** How a rule takes part. */
enum rls_mode {
    RLS_MODE_ENFORCE = 1, /**< counts */
    RLS_MODE_SHADOW = 2,  /**< evaluated and reported apart; never counts */
    RLS_MODE_OFF = 3      /**< not evaluated */
};

/**
 * Take another reference.
 * @param set a set or NULL
 * @return @p set
 * @par Threads any
 * @since 0.1
 */
RLS_API struct rls_set *rls_set_ref(struct rls_set *set);

/**
 * Drop a reference; the last one frees the set.
 * @param set a set or NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API void rls_set_unref(struct rls_set *set);

/**
 * Number of rules, those switched off included.
 * @param set a set
 * @return the number; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_set_rule_count(const struct rls_set *set);

/**
 * A rule by position: sources in the order of their names' bytes, rules in document order.
 * @param set   a set
 * @param index from 0
 * @return a view that lives as long as @p set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_rule *rls_set_rule_at(const struct rls_set *set, size_t index);

/**
 * A rule by id, such as "cn.virtual-currency/miner-sale".
 * @param set a set
 * @param id  NUL-terminated
 * @return a view that lives as long as @p set, or NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_rule *rls_set_rule_find(const struct rls_set *set, const char *id);

/**
 * Number of terms (deny and allow) and patterns of the set's terms lists.
 * @param set a set
 * @return the number; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_set_term_count(const struct rls_set *set);

/**
 * A term or pattern as the rules write it.
 * @param set   a set
 * @param index from 0 to rls_set_term_count
 * @return NUL-terminated UTF-8 that lives as long as @p set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_set_term_text(const struct rls_set *set, size_t index);

/**
 * The terms list that a term stands in: rule set id, slash, id of the list. Terms of a list follow
 * each other, and so do its patterns, which come behind all terms.
 * @param set   a set
 * @param index from 0 to rls_set_term_count
 * @return lives as long as @p set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_set_term_list(const struct rls_set *set, size_t index);

/**
 * Whether a term excuses hits of its list that it contains, and never hits by itself.
 * @param set   a set
 * @param index from 0 to rls_set_term_count
 * @return true for an allow-term; false past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API bool rls_set_term_allows(const struct rls_set *set, size_t index);

/**
 * Bytes the set keeps allocated.
 * @param set a set
 * @return bytes; 0 for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_set_memory(const struct rls_set *set);

/**
 * SHA-256 over the sources and the last steps of their names, independent of the order they were
 * added in and of their folder.
 * @param set      a set
 * @param[out] out 32 bytes
 * @par Threads any
 * @since 0.1
 */
RLS_API void rls_set_digest(const struct rls_set *set, uint8_t out[32]);

/**
 * Whether rules can name a field of documents: a built-in one, a member of a family such as
 * "attributes.材质", or one that a rule set declares. What a document gives under another path is
 * kept, but no rule of the set can look at it.
 * @param set          a set
 * @param subject      an enum rls_subject
 * @param path         NUL-terminated
 * @param[out] nearest of a path that is not known the name that was probably meant, or NULL; lives
 *                     as long as the set; may be NULL
 * @return true when it is; false for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API bool rls_set_field_known(const struct rls_set *set, uint32_t subject, const char *path,
                                 const char **nearest);

/**
 * The field that people mean by a word, such as what a table of goods has in its first row: 标题,
 * 商品名称（必填） or Title for "title". Case, width, traditional characters, a star and a remark
 * in parentheses do not count. A name that stands on labels or among the attributes of goods, such
 * as 净含量 or 材质, is the attribute of that name. docs/documents.md lists the words.
 * @param set       a set
 * @param subject   an enum rls_subject
 * @param word      NUL-terminated UTF-8
 * @param[out] path NUL-terminated path of the field; where none is meant the word that probably
 *                  was, or an empty one. Cut at @p size; 128 bytes are enough for all of them
 * @param size      bytes at @p path
 * @return true when a field is meant; false for NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API bool rls_set_field_called(const struct rls_set *set, uint32_t subject, const char *word,
                                  char *path, size_t size);

/**
 * Whether any rule would notice a value: to find a misspelt platform or channel before a whole
 * catalogue is judged by the wrong rules. Values are compared after the usual forms, as conditions
 * do, and the value that is assumed where a document gives none counts as one that is noticed.
 * @param set          a set
 * @param subject      an enum rls_subject
 * @param field        NUL-terminated path of a plain text field, such as "platform"
 * @param value        NUL-terminated UTF-8
 * @param[out] nearest of a value that is not known the one that was probably meant, or NULL; lives
 *                     as long as the set; may be NULL
 * @return false when rules list values of the field and this is none of them; true otherwise, also
 *         when the set cannot tell
 * @par Threads any
 * @since 0.1
 */
RLS_API bool rls_set_value_known(const struct rls_set *set, uint32_t subject, const char *field,
                                 const char *value, const char **nearest);

/**
 * Full id of a rule: rule set id, slash, rule id.
 * @param rule a rule
 * @return lives as long as the set
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_rule_id(const struct rls_rule *rule);

/**
 * Title of a rule.
 * @param rule a rule
 * @param lang "zh-CN" or "en"; NULL: "zh-CN"; where a language is missing the other one is given
 * @return lives as long as the set; never NULL
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_rule_title(const struct rls_rule *rule, const char *lang);

/**
 * Severity label of a rule, such as "prohibited". A label only: the outcome's verdict decides.
 * @param rule a rule
 * @return lives as long as the set
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_rule_severity(const struct rls_rule *rule);

/**
 * Number of tags of a rule.
 * @param rule a rule
 * @return the number
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_rule_tag_count(const struct rls_rule *rule);

/**
 * A tag of a rule, as written.
 * @param rule  a rule
 * @param index from 0
 * @return lives as long as the set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_rule_tag(const struct rls_rule *rule, size_t index);

/** A period in which a rule has one text. Filled by the library. */
struct rls_rule_version {
    size_t size;          /**< bytes the library filled */
    const char *name;     /**< its first day, or "" */
    int64_t from;         /**< first instant; INT64_MIN: always */
    int64_t until;        /**< first instant after; INT64_MAX: open */
    const char *standing; /**< how sure it is */
    uint32_t verdict;     /**< enum rls_verdict of its outcome */
    uint32_t reserved;    /**< 0 */
};

/**
 * Number of versions of a rule.
 * @param rule a rule
 * @return at least 1
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_rule_version_count(const struct rls_rule *rule);

/**
 * A version of a rule, in the order of their beginnings.
 * @param rule  a rule
 * @param index from 0
 * @return lives as long as the set; NULL past the last
 * @par Threads any
 * @since 0.1
 */
RLS_API const struct rls_rule_version *rls_rule_version_at(const struct rls_rule *rule,
                                                           size_t index);

/**
 * What selects the version of a rule.
 * @param rule a rule
 * @return path of the field whose instant does; NULL: the instant of the check does. Lives as long
 *         as the set
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_rule_version_by(const struct rls_rule *rule);

/**
 * Write an instant for people, in the time zone of the rule set of a rule: "2026-02-06 00:00
 * +08:00", with seconds where there are any.
 * @param rule     a rule
 * @param instant  milliseconds since 1970-01-01T00:00:00Z
 * @param[out] out NUL-terminated, cut at @p size; 40 bytes are enough; may be NULL
 * @param size     bytes at @p out
 * @return bytes of the whole text, without the NUL
 * @par Threads any
 * @since 0.1
 */
RLS_API size_t rls_rule_time(const struct rls_rule *rule, int64_t instant, char *out, size_t size);

/**
 * Mode of a rule.
 * @param rule a rule
 * @return an enum rls_mode
 * @par Threads any
 * @since 0.1
 */
RLS_API uint32_t rls_rule_mode(const struct rls_rule *rule);

/**
 * Subject of a rule.
 * @param rule a rule
 * @return an enum rls_subject
 * @par Threads any
 * @since 0.1
 */
RLS_API uint32_t rls_rule_subject(const struct rls_rule *rule);

/**
 * Where a rule was written.
 * @param rule      a rule
 * @param[out] line 1-based line; may be NULL
 * @return name of the source; lives as long as the set
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_rule_source(const struct rls_rule *rule, uint32_t *line);

#ifdef __cplusplus
}
#endif
#endif
