/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file report.h
 * The report of one check: verdict, findings, what could not be decided, and everything needed to
 * reproduce it. Read-only. Source: librules/finding/ and librules/report/.
 */
#ifndef LIBRULES_REPORT_H
#define LIBRULES_REPORT_H

#include <librules/finding.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A report. One that a check gave belongs to its evaluator and lives until the evaluator's next
 * begin or check; a copy belongs to the caller and holds a reference to its set.
 */
struct rls_report;

/** Rules that could not be scoped because a fact is missing. Filled by the library. */
struct rls_undecided {
    size_t size;      /**< bytes the library filled */
    const char *fact; /**< path of the missing field */
    size_t rules;     /**< how many rules wait for it */
};

/** A value that was assumed because the document did not give it. Filled by the library. */
struct rls_assumption {
    size_t size;       /**< bytes the library filled */
    const char *fact;  /**< path of the field */
    const char *value; /**< what was assumed */
};

/** Something the reader of the document saw. Filled by the library. */
struct rls_note {
    size_t size;            /**< bytes the library filled */
    uint32_t code;          /**< stable number of the message, printed RLS-nnn */
    uint32_t reserved;      /**< 0 */
    const char *field;      /**< path of the field, or NULL */
    const char *message;    /**< English */
    const char *message_zh; /**< Simplified Chinese */
};

/** An instant that people should know of and that is no violation, such as the end of a term. */
struct rls_milestone {
    size_t size;                 /**< bytes the library filled */
    const struct rls_rule *rule; /**< whose milestone it is */
    const char *id;              /**< its id in the rule */
    const char *record;          /**< path of the record it is about, such as "skus[1]", or NULL */
    int64_t instant; /**< milliseconds since 1970-01-01T00:00:00Z; of a day its last second */
};

/** Formats of rls_report_write. */
enum rls_format {
    RLS_FORMAT_JSON = 1,  /**< one object, indented; rules-data/schema/report-1.schema.json */
    RLS_FORMAT_JSONL = 2, /**< the same object on one line, with a line end */
    RLS_FORMAT_TEXT = 3   /**< for people */
};

/**
 * The gravest verdict of its enforced findings.
 * @param r a report
 * @return an enum rls_verdict
 * @par Threads as the report: the evaluator's thread; a copy from any one thread at a time, or
 *      many that only read
 * @since 0.1
 */
RLS_API uint32_t rls_report_verdict(const struct rls_report *r);

/**
 * Whether every rule was judged on the whole document. False when a limit or the deadline cut the
 * check short; the verdict is then at least RLS_REVIEW.
 * @param r a report
 * @return true when complete
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API bool rls_report_complete(const struct rls_report *r);

/**
 * Findings that were left out because of max_findings. They count in the verdict all the same.
 * @param r a report
 * @return how many
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API size_t rls_report_truncated(const struct rls_report *r);

/**
 * Id of the document, as given.
 * @param r a report
 * @return lives as long as the report; NULL when it has none
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const char *rls_report_document_id(const struct rls_report *r);

/**
 * Subject of the check.
 * @param r a report
 * @return an enum rls_subject
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API uint32_t rls_report_subject(const struct rls_report *r);

/**
 * Number of findings, shadow and exempt ones included.
 * @param r a report
 * @return the number
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API size_t rls_report_finding_count(const struct rls_report *r);

/**
 * A finding, in the order of rls_set_rule_at.
 * @param r     a report
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const struct rls_finding *rls_report_finding(const struct rls_report *r, size_t index);

/**
 * Number of missing facts that leave rules undecided.
 * @param r a report
 * @return the number
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API size_t rls_report_undecided_count(const struct rls_report *r);

/**
 * A missing fact that leaves rules undecided.
 * @param r     a report
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const struct rls_undecided *rls_report_undecided(const struct rls_report *r, size_t index);

/**
 * Number of assumptions.
 * @param r a report
 * @return the number
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API size_t rls_report_assumption_count(const struct rls_report *r);

/**
 * An assumption that rules made use of.
 * @param r     a report
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const struct rls_assumption *rls_report_assumption(const struct rls_report *r,
                                                           size_t index);

/**
 * Number of notes.
 * @param r a report
 * @return the number
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API size_t rls_report_note_count(const struct rls_report *r);

/**
 * A note about the document, such as a repeated key or replaced bytes.
 * @param r     a report
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const struct rls_note *rls_report_note(const struct rls_report *r, size_t index);

/**
 * Number of milestones: those of rules that surely apply, where their instants are known.
 * @param r a report
 * @return the number
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API size_t rls_report_milestone_count(const struct rls_report *r);

/**
 * A milestone, in the order of the rules of the set.
 * @param r     a report
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const struct rls_milestone *rls_report_milestone_at(const struct rls_report *r,
                                                            size_t index);

/**
 * What a milestone is called.
 * @param m    a milestone of a report; no copy of it
 * @param lang "zh-CN" or "en", else the other language; NULL: zh-CN
 * @return lives as long as the report
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API const char *rls_milestone_title(const struct rls_milestone *m, const char *lang);

/**
 * The instant of the check.
 * @param r a report
 * @return milliseconds since 1970-01-01T00:00:00Z
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API int64_t rls_report_now(const struct rls_report *r);

/**
 * The instant whose rules were judged by.
 * @param r a report
 * @return milliseconds since 1970-01-01T00:00:00Z
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API int64_t rls_report_as_of(const struct rls_report *r);

/**
 * The next instant at which the report of the same document can change by itself: another version
 * of a rule comes into force, a period of grace ends, a deadline begins, comes close or passes, or
 * a milestone is reached. Comparisons with the instant of the check that rules make themselves are
 * not foreseen.
 * @param r        a report
 * @param[out] out milliseconds since 1970-01-01T00:00:00Z; unchanged when there is none; may be
 * NULL
 * @return whether one is known
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API bool rls_report_next_instant(const struct rls_report *r, int64_t *out);

/**
 * The set that was used.
 * @param r a report
 * @return borrowed from the report
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API struct rls_set *rls_report_set(const struct rls_report *r);

/**
 * SHA-256 over the set's digest, the library version, the folding tables and the options that
 * decide: equal digests and equal documents give equal reports, apart from now and the language of
 * the words.
 * @param r        a report
 * @param[out] out 32 bytes
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API void rls_report_digest(const struct rls_report *r, uint8_t out[32]);

/**
 * Copy a report so that it outlives its evaluator. The copy holds a reference to its set.
 * @param[out] out the copy, owned by the caller: rls_report_free
 * @param r        any report
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_MEMORY
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_report_copy(struct rls_report **out, const struct rls_report *r);

/**
 * Free a copy. Reports that belong to an evaluator are refused silently.
 * @param r a copy or NULL
 * @par Threads one, when no other reads it
 * @since 0.1
 */
RLS_API void rls_report_free(struct rls_report *r);

/**
 * Write a report.
 * @param r      any report
 * @param format an enum rls_format
 * @param lang   "zh-CN" or "en"; NULL: the language of the check
 * @param put    receives UTF-8
 * @param user   given to @p put
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_IO
 * @par Threads as rls_report_verdict
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_report_write(const struct rls_report *r, uint32_t format,
                                       const char *lang, rls_write_fn put, void *user);

#ifdef __cplusplus
}
#endif
#endif
