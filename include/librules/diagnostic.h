/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file diagnostic.h
 * What is wrong with a rule source, as data: number, place, rule, message and hint.
 * docs/messages.md lists every number. Source: librules/base/diagnostic.c and messages.def.
 */
#ifndef LIBRULES_DIAGNOSTIC_H
#define LIBRULES_DIAGNOSTIC_H

#include <librules/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How grave a diagnostic is. */
enum rls_level {
    RLS_NOTE = 1,    /**< worth knowing */
    RLS_WARNING = 2, /**< probably a mistake; the set is built */
    RLS_ERROR = 3    /**< no set is built */
};

/** One diagnostic. Filled by the library; all pointers live as long as what it was got from. */
struct rls_diagnostic {
    size_t size;             /**< bytes the library filled */
    uint32_t level;          /**< enum rls_level */
    uint32_t code;           /**< stable number, printed RLS-nnn and never reused */
    uint32_t line;           /**< 1-based; 0 when about no place */
    uint32_t column;         /**< 1-based, in code points */
    uint32_t end_column;     /**< one past the last column on the same line; 0 when unknown */
    uint32_t excerpt_column; /**< column of the first character of the excerpt; 0 without one */
    const char *source;      /**< name of the source, or NULL */
    const char *rule;        /**< id of the rule it is in, or NULL */
    const char *message;     /**< English */
    const char *message_zh;  /**< Simplified Chinese */
    const char *hint;        /**< what to write instead (English), or NULL */
    const char *hint_zh;     /**< the same in Simplified Chinese, or NULL */
    const char *excerpt;     /**< the source line, bounded and always valid UTF-8, or NULL */
};

/**
 * Receives diagnostics while sources are read and a set is built.
 * @param user what was given beside the callback
 * @param d    valid during the call only
 */
typedef void (*rls_diagnostic_fn)(void *user, const struct rls_diagnostic *d);

/**
 * Write a diagnostic for people: "file:line:column: error RLS-nnn: message", the source line, a
 * caret under the place, and the hint.
 * @param d    the diagnostic
 * @param lang "zh-CN" or "en"; NULL: "en"; any other is RLS_ERR_ARGUMENT
 * @param put  receives UTF-8
 * @param user given to @p put
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_IO
 * @par Threads any, with a diagnostic that no other thread destroys
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_diagnostic_write(const struct rls_diagnostic *d, const char *lang,
                                           rls_write_fn put, void *user);

/**
 * The explanation of a message number: what it means and how to mend it.
 * @param code the number without "RLS-"
 * @param lang "zh-CN" or "en"; NULL: "en"
 * @return static text, or NULL for a number that was never given out
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_message_explain(uint32_t code, const char *lang);

#ifdef __cplusplus
}
#endif
#endif
