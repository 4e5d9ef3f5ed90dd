/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file options.h
 * What one check may be told: clocks, place, languages, limits, and how to stop it.
 * Source: librules/eval/options.c.
 */
#ifndef LIBRULES_OPTIONS_H
#define LIBRULES_OPTIONS_H

#include <librules/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A cancel token. Lives in the caller's memory, begins all zero, and may be shared by many checks.
 * Only the functions below touch it.
 */
struct rls_cancel {
    uint32_t state; /**< private */
};

/**
 * Ask every check that carries the token to stop. They return RLS_ERR_CANCELLED soon.
 * @param token the token
 * @par Threads any, also while checks run; safe in a signal handler
 * @since 0.1
 */
RLS_API void rls_cancel_request(struct rls_cancel *token);

/**
 * Make a token usable again.
 * @param token the token
 * @par Threads any, when no check that shall stop still runs
 * @since 0.1
 */
RLS_API void rls_cancel_reset(struct rls_cancel *token);

/** Flags of rls_check_options. */
enum rls_check_flags {
    RLS_CHECK_REDACT = 1u << 0, /**< evidence keeps its span but not the words */
    RLS_CHECK_STRICT = 1u << 1  /**< an undecided rule counts like an indeterminate one */
};

/** Options of one check. Zero members are defaults, so { .size = sizeof o } is complete. */
struct rls_check_options {
    size_t size;               /**< sizeof(struct rls_check_options) */
    uint32_t flags;            /**< enum rls_check_flags */
    uint32_t max_findings;     /**< 0: 1,000; more are counted and the report is truncated */
    uint32_t excerpt_bytes;    /**< longest quotation; 0: 240 */
    uint32_t has;              /**< enum rls_check_has: which of the instants are given */
    int64_t now;               /**< instant; not given: the system clock */
    int64_t as_of;             /**< judge by the rules of this instant; not given: now */
    uint64_t deadline_ns;      /**< longest duration in nanoseconds; 0: none */
    struct rls_cancel *cancel; /**< NULL: none; read during the check */
    const char *platform;      /**< used when the document names none; NULL: not given */
    const char *channel;       /**< used when the document names none; NULL: not given */
    const struct rls_text *destinations; /**< used when the document names none */
    size_t n_destinations;               /**< how many */
    const char *mapping;                 /**< id of a field mapping; must be NULL in this version */
    const char *language; /**< of rls_finding_message and of reports: "zh-CN", "en"; NULL: zh-CN */
};

/** Which instants of rls_check_options are given. */
enum rls_check_has {
    RLS_HAS_NOW = 1u << 0,  /**< now is given */
    RLS_HAS_AS_OF = 1u << 1 /**< as_of is given */
};

/**
 * Read an instant written as RFC 3339 ("2026-02-06T00:00:00+08:00"), as a local date and time
 * ("2026-02-06T00:00:00") or as a date ("2026-02-06", its first instant). T and Z may be lower
 * case; leap seconds (a second of 60) are refused.
 * @param text the text
 * @param zone NUL-terminated IANA name for texts without an offset; NULL: "Asia/Shanghai"
 * @param[out] out the instant
 * @return RLS_OK, RLS_ERR_ARGUMENT (NULL, unknown zone), RLS_ERR_INPUT (not such a text, or no such
 *         day or time)
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_instant_parse(struct rls_text text, const char *zone, int64_t *out);

#ifdef __cplusplus
}
#endif
#endif
