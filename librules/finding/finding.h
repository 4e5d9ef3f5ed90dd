/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FINDING_FINDING_H
#define LIBRULES_FINDING_FINDING_H

#include <stdatomic.h>

#include <librules/report.h>

#include "base/arena.h"
#include "set/digest.h"
#include "set/program.h"

enum { FINDING_ID_LENGTH = 16 };

struct rls_finding {
    const struct rls_rule *rule;
    const struct rule_version *version;
    const struct requirement *requirement; /* NULL: of the rule's condition */
    const struct statement *statement;
    struct ruling ruling;              /* graded */
    const char *language;              /* static; of messages that name none */
    uint32_t outcome;                  /* enum rls_outcome */
    uint32_t mode;                     /* enum rls_mode */
    uint32_t verdict;                  /* enum rls_verdict: what it adds */
    uint32_t asks;                     /* what it would add if its rule were enforced */
    const struct exception *exception; /* or NULL */
    bool has_deadline;
    int64_t deadline; /* an instant that people have to know of */
    const struct rls_evidence *evidence;
    size_t n_evidence;
    const struct rls_evidence *excused; /* hits that guards dropped */
    size_t n_excused;
    const char *const *missing;
    size_t n_missing;
    size_t n_deciding;             /* of those missing; the rest would tell the grade */
    const char *const *candidates; /* versions that came to different ends */
    size_t n_candidates;
    const char *record;    /* of a rule that is judged by records: "violations[1]"; or NULL */
    const char *record_id; /* its id; or NULL */
    char id[FINDING_ID_LENGTH + 1];
};

struct reported_milestone {
    struct rls_milestone view; /* first, so that a view leads to its title */
    const struct words *title; /* in the set */
};

/* What a check decides by, beside set and document. Strings live in the report's arena. */
struct report_options {
    int64_t now, as_of;
    int64_t clock;  /* what rules call $now: now where it was given, else as_of */
    uint32_t flags; /* enum rls_check_flags */
    uint32_t max_findings;
    uint32_t excerpt_bytes;
    const char *language; /* static: "zh-CN" or "en" */
    const char *profile;  /* its id, in the set; or NULL */
    const char *platform; /* or NULL */
    const char *channel;  /* or NULL */
    const char *const *destinations;
    size_t n_destinations;
    uint8_t params[DIGEST_BYTES]; /* what was said of params; all zero: nothing */
};

enum { DIGEST_MEMO = 512 };

/*
 * What was digested last, and its digest. The reports of one evaluator say the same time and again;
 * readers of one report in several threads may meet here, and who finds it busy does without.
 */
struct digest_memo {
    atomic_flag busy;
    size_t len;
    uint8_t message[DIGEST_MEMO], digest[DIGEST_BYTES];
};

/*
 * The arrays keep their capacity between checks; everything they point to lies in the arena or in
 * the set.
 */
struct rls_report {
    struct arena arena;
    struct rls_set *set;      /* a reference */
    struct digest_memo *memo; /* of its evaluator; NULL in a copy */
    bool borrowed;            /* belongs to an evaluator */
    bool complete;
    uint32_t subject;
    uint32_t verdict;
    size_t truncated;
    int64_t next_instant; /* INT64_MAX: none is known */
    const char *document_id;
    struct report_options options;
    struct rls_finding *findings;
    size_t n_findings, cap_findings;
    struct rls_undecided *undecided;
    size_t n_undecided, cap_undecided;
    struct rls_assumption *assumptions;
    size_t n_assumptions, cap_assumptions;
    struct rls_note *notes;
    size_t n_notes, cap_notes;
    struct reported_milestone *milestones;
    size_t n_milestones, cap_milestones;
};

void report_init(struct rls_report *r, const struct mem *mem);
/* Empties it and binds the set; keeps memory. */
void report_reset(struct rls_report *r, struct rls_set *set);
void report_clear(struct rls_report *r);
/* Bytes kept. */
size_t report_memory(const struct rls_report *r);

/* By itself the report may change at an instant, which counts if it is the next one. */
void report_expect(struct rls_report *r, int64_t instant);

/* Each appends; false when memory is short. Strings must live as long as the report. */
bool report_add_finding(struct rls_report *r, const struct rls_finding *f);
bool report_add_undecided(struct rls_report *r, const char *fact);
bool report_add_assumption(struct rls_report *r, const char *fact, const char *value);
bool report_add_note(struct rls_report *r, const struct rls_note *note);
bool report_add_milestone(struct rls_report *r, const struct reported_milestone *m);

/* Whether lang is "zh-CN" or "en". */
bool language_known(const char *lang);
/* A static copy of a known language; "zh-CN" for NULL and any other. */
const char *language_name(const char *lang);

#endif
