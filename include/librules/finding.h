/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file finding.h
 * One finding of a report: rule, outcome, words for people, evidence and citations. All pointers
 * live as long as the report they were got from. Source: librules/finding/.
 */
#ifndef LIBRULES_FINDING_H
#define LIBRULES_FINDING_H

#include <librules/set.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a report or a finding asks for. Ordered: the larger is the graver. */
enum rls_verdict {
    RLS_PASS = 0,   /**< nothing to do */
    RLS_ADVISE = 1, /**< worth improving */
    RLS_REVIEW = 2, /**< a person has to look */
    RLS_REJECT = 3  /**< must not be published */
};

/** What became of a rule. */
enum rls_outcome {
    RLS_VIOLATED = 1,      /**< the rule fired */
    RLS_INDETERMINATE = 2, /**< it applies, but facts it needs are missing or a limit was hit */
    RLS_EXEMPT = 3,        /**< the rule fired and an exemption holds; no effect on the verdict */
    RLS_GRACE = 4,         /**< the rule fired within a period of grace: RLS_ADVISE at most */
    RLS_AT_RISK = 5,       /**< not yet, but a deadline will soon be due: RLS_ADVISE at most */
    RLS_OVERDUE = 6,       /**< the rule fired: a deadline passed and is still open */
    RLS_MET_LATE = 7       /**< the rule fired: a deadline was met after it had passed */
};

/** What was undone to see a match. The same bits say what a term tolerates. */
enum rls_form {
    RLS_FORM_WIDTH = 1u << 0,     /**< full and half width */
    RLS_FORM_CASE = 1u << 1,      /**< letter case */
    RLS_FORM_COMPAT = 1u << 2,    /**< compatibility characters */
    RLS_FORM_SCRIPT = 1u << 3,    /**< traditional characters */
    RLS_FORM_IGNORABLE = 1u << 4, /**< invisible characters */
    RLS_FORM_SQUEEZED = 1u << 5,  /**< separators between the characters */
    RLS_FORM_LOOKALIKE = 1u << 6, /**< characters that look like others: ВТС, 8TC, 㑩 for 罗 */
    RLS_FORM_HOMOPHONE = 1u << 7, /**< Han characters that sound like others: 笔特毕 for 比特币 */
    RLS_FORM_PINYIN = 1u << 8,   /**< syllables in Latin letters: bitebi, bi te bi, 比te币 */
    RLS_FORM_INITIALS = 1u << 9, /**< first letters of the syllables: btb */
    RLS_FORM_SPLIT = 1u << 10,   /**< parts of a character side by side: 木仓 for 枪 */
    RLS_FORM_REPEAT = 1u << 11,  /**< characters inside written several times: 加微微信 */
    RLS_FORM_EMOJI = 1u << 12    /**< emoji for characters: 🪙 for 币 */
};

/**
 * Name of a form.
 * @param form one bit of enum rls_form
 * @param lang "zh-CN" or "en" for people; NULL for the token that JSON has
 * @return static; NULL when there is no such form
 * @par Threads any
 * @since 0.1
 */
RLS_API const char *rls_form_name(uint32_t form, const char *lang);

/** Part of the input that a finding rests on. Filled by the library. */
struct rls_evidence {
    size_t size;         /**< bytes the library filled */
    const char *field;   /**< path of the field, such as "title" or "attributes.材质" */
    uint32_t index;      /**< which value of a field that repeats, from 0 */
    uint32_t forms;      /**< enum rls_form: how a term was disguised; 0: as written, or no term */
    size_t begin;        /**< first byte in the decoded value */
    size_t end;          /**< one past the last byte */
    size_t utf16_begin;  /**< the same in UTF-16 code units */
    size_t utf16_end;    /**< the same in UTF-16 code units */
    size_t point_begin;  /**< the same in code points */
    size_t point_end;    /**< the same in code points */
    const char *excerpt; /**< the original words with a little of their surroundings, bounded,
                              always valid UTF-8; "" when redacted */
    const char *matched; /**< the original words alone, bounded; "" when redacted */
    const char *folded;  /**< the words with the forms undone; "" when redacted */
    const char *term;    /**< the term as the rule writes it; NULL for a comparison */
    const char *record;  /**< the record that the value stands in, such as "skus[3]"; or NULL */
    const char *guard; /**< of an excused hit the words beside it or the field it stands in a value
                            of, as the rule writes them; else NULL */
};

/** A clause that a finding rests on. Filled by the library. */
struct rls_citation {
    size_t size;           /**< bytes the library filled */
    const char *source;    /**< id of the source in the rule set */
    const char *title;     /**< title of the document */
    const char *number;    /**< its number, such as 银发〔2026〕42号, or NULL */
    const char *issuer;    /**< who issued it, or NULL */
    const char *clause;    /**< article, paragraph or section, or NULL */
    const char *published; /**< YYYY-MM-DD, or NULL */
    const char *from;      /**< in force from, YYYY-MM-DD, or NULL */
    const char *until;     /**< in force before, YYYY-MM-DD, or NULL */
    const char *url;       /**< or NULL */
    const char *standing;  /**< how sure it is: verified, stated, known, inferred, uncertain */
    const char *text;      /**< the words of the clause, or NULL */
};

/** A finding: a view that lives as long as its report. */
struct rls_finding;
struct rls_exception;

/**
 * The rule.
 * @param f a finding
 * @return lives as long as the report
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const struct rls_rule *rls_finding_rule(const struct rls_finding *f);

/**
 * The requirement that is not met, of a rule that has some.
 * @param f a finding
 * @return its id in the rule; lives as long as the report; NULL for a rule that fires by its
 *         condition alone
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_requirement(const struct rls_finding *f);

/**
 * How grave it is: what the requirement says, else the grade that holds, else the rule.
 * @param f a finding
 * @return one of the labels of rls_rule_severity; lives as long as the report
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_severity(const struct rls_finding *f);

/**
 * A stable id: equal for the same rule, requirement and the same fields and terms of its evidence
 * in a document of the same id, whatever else the report holds and wherever the words stand.
 * @param f a finding
 * @return 16 hexadecimal digits
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_id(const struct rls_finding *f);

/**
 * The version of the rule that was judged by, named by its first day ("2026-02-06") or "" for
 * one without a first day.
 * @param f a finding
 * @return lives as long as the report
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_version(const struct rls_finding *f);

/**
 * Number of versions between which the document does not decide, and which come to different ends.
 * rls_finding_version is the gravest of them.
 * @param f a finding
 * @return the number; 0 when one version counts, or all agree
 * @par Threads as the report
 * @since 0.1
 */
RLS_API size_t rls_finding_candidate_count(const struct rls_finding *f);

/**
 * A version that may be the one that counts.
 * @param f     a finding
 * @param index from 0
 * @return its name as rls_finding_version; lives as long as the report; NULL past the last
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_candidate(const struct rls_finding *f, size_t index);

/**
 * What became of the rule.
 * @param f a finding
 * @return an enum rls_outcome
 * @par Threads as the report
 * @since 0.1
 */
RLS_API uint32_t rls_finding_outcome(const struct rls_finding *f);

/**
 * What the finding adds to the verdict: RLS_PASS for exempt and shadow findings.
 * @param f a finding
 * @return an enum rls_verdict
 * @par Threads as the report
 * @since 0.1
 */
RLS_API uint32_t rls_finding_verdict(const struct rls_finding *f);

/**
 * The mode under which the rule was judged: its own, or what the evaluator's profile makes of it.
 * @param f a finding
 * @return an enum rls_mode
 * @par Threads as the report
 * @since 0.1
 */
RLS_API uint32_t rls_finding_mode(const struct rls_finding *f);

/**
 * The exception that bears on the finding: an exempt one is excused by it, any other would be, had
 * it not expired.
 * @param f a finding
 * @return lives as long as the report's set; NULL when there is none
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const struct rls_exception *rls_finding_exception(const struct rls_finding *f);

/**
 * What the host should do, such as "delist".
 * @param f a finding
 * @return lives as long as the report; NULL when the rule names none
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_action(const struct rls_finding *f);

/**
 * Penalty points in thousandths of a point.
 * @param f a finding
 * @return 0 when the rule names none
 * @par Threads as the report
 * @since 0.1
 */
RLS_API int64_t rls_finding_points(const struct rls_finding *f);

/**
 * What is wrong, for people.
 * @param f    a finding
 * @param lang "zh-CN" or "en"; NULL: the language of the check
 * @return lives as long as the report; never NULL
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_message(const struct rls_finding *f, const char *lang);

/**
 * What the seller should do.
 * @param f    a finding
 * @param lang as rls_finding_message
 * @return lives as long as the report; NULL when the rule names none
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_remedy(const struct rls_finding *f, const char *lang);

/**
 * Number of evidence entries.
 * @param f a finding
 * @return the number
 * @par Threads as the report
 * @since 0.1
 */
RLS_API size_t rls_finding_evidence_count(const struct rls_finding *f);

/**
 * An evidence entry, in the order of fields and positions.
 * @param f     a finding
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const struct rls_evidence *rls_finding_evidence(const struct rls_finding *f, size_t index);

/**
 * The record that the rule was judged for, such as "violations[1]".
 * @param f a finding
 * @return lives as long as the report; NULL unless the rule has for-each
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_record(const struct rls_finding *f);

/**
 * The member "id" of that record. The id of the finding depends on it, or else on the place of the
 * record.
 * @param f a finding
 * @return lives as long as the report; NULL when there is none
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_record_id(const struct rls_finding *f);

/**
 * Number of hits that guards of the rule dropped, beside those that are evidence.
 * @param f a finding
 * @return the number, bounded as evidence is
 * @par Threads as the report
 * @since 0.1
 */
RLS_API size_t rls_finding_excused_count(const struct rls_finding *f);

/**
 * A hit that a guard dropped; its member guard says why.
 * @param f     a finding
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const struct rls_evidence *rls_finding_excused(const struct rls_finding *f, size_t index);

/**
 * Number of citations.
 * @param f a finding
 * @return the number
 * @par Threads as the report
 * @since 0.1
 */
RLS_API size_t rls_finding_citation_count(const struct rls_finding *f);

/**
 * A citation, in the order of the rule.
 * @param f     a finding
 * @param index from 0
 * @return lives as long as the report; NULL past the last
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const struct rls_citation *rls_finding_citation(const struct rls_finding *f, size_t index);

/**
 * The deadline that the finding is about, or the end of its period of grace.
 * @param f        a finding
 * @param[out] out milliseconds since 1970-01-01T00:00:00Z; unchanged when there is none; may be
 * NULL
 * @return whether it has one
 * @par Threads as the report
 * @since 0.1
 */
RLS_API bool rls_finding_deadline(const struct rls_finding *f, int64_t *out);

/**
 * Number of facts that are missing: those that would decide an indeterminate finding, or that
 * might exempt a violated one, then those that would tell its grade.
 * @param f a finding
 * @return the number
 * @par Threads as the report
 * @since 0.1
 */
RLS_API size_t rls_finding_missing_count(const struct rls_finding *f);

/**
 * A missing fact.
 * @param f     a finding
 * @param index from 0
 * @return path of the field; lives as long as the report; NULL past the last
 * @par Threads as the report
 * @since 0.1
 */
RLS_API const char *rls_finding_missing(const struct rls_finding *f, size_t index);

#ifdef __cplusplus
}
#endif
#endif
