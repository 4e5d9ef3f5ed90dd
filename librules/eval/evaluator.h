/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_EVALUATOR_H
#define LIBRULES_EVAL_EVALUATOR_H

#include <stdatomic.h>

#include <librules/cases.h>
#include <librules/evaluator.h>

#include "base/limits.h"
#include "eval/costs.h"
#include "eval/explain.h"
#include "eval/hits.h"
#include "eval/inside.h"
#include "eval/params.h"
#include "eval/probe.h"
#include "eval/spacing.h"
#include "eval/wake.h"
#include "facts/facts.h"
#include "facts/json.h"
#include "finding/finding.h"
#include "set/program.h"

/* A growing text buffer of the evaluator. */
struct text_buffer {
    char *data;
    size_t cap;
};

/* A hit or a compared value that a finding may quote, before they are sorted and cut. */
struct candidate_evidence {
    uint32_t fact;
    uint32_t begin, end;
    uint32_t hit;            /* HIT_NONE for a comparison */
    const struct term *term; /* NULL for a comparison */
    const char *guard;       /* what excused it; NULL: it stands */
};

/* A hit of one part of a <near>. */
struct near_span {
    uint32_t hit;
    uint32_t before; /* the span of the part before it that it follows closely, or NO_SPAN */
};

/* Ranks of values read from labels: those of a field count that come first. */
enum {
    LABEL_WEAK = 1, /* beside: under a name that is also used for other things */
    LABEL_READ = 2, /* beside: in a text, not under a key */
    LABEL_RANKS = 4
};

/* What stands under a name of a field. */
struct label_value {
    uint32_t field;
    uint32_t item;       /* the fact whose text it is a part of */
    uint32_t begin, end; /* there */
    uint32_t rank;
};

/* What became of a deadline, the larger the graver. */
enum deadline_state {
    DEADLINE_NONE,
    DEADLINE_OPEN,   /* or nothing to be done, and not due yet */
    DEADLINE_LAPSED, /* it was missed and then void */
    DEADLINE_MET_LATE,
    DEADLINE_OVERDUE
};

/* The deadline that the quotes are about. */
struct told {
    uint8_t state; /* enum deadline_state */
    int64_t due;   /* its last second */
};

struct judged; /* eval/judged.h */

/* The extremes of what a rule may come to, see eval/versions.c. */
struct range {
    const struct judged *least, *most;
};

enum stop { GO_ON, STOP_DEADLINE, STOP_CANCELLED };

/* What became of an expression. */
struct evaluated {
    uint8_t state;      /* enum value_state */
    struct value value; /* of VALUE_KNOWN */
};

/* A let, evaluated once a judgement. */
struct known_let {
    uint32_t serial; /* of the judgement */
    struct evaluated answer;
};

/* When to stop early. The first reason seen stays: a token may be reset while a check ends. */
struct budget {
    const struct rls_cancel *cancel; /* or NULL */
    uint64_t stop_at;                /* monotonic nanoseconds, 0: never */
    enum stop stop;
};

struct rls_builder {
    struct rls_evaluator *ev;
};

/* Findings that an exception excused, and that it would have if it had not expired. */
struct exception_use {
    uint64_t uses, lapses;
};

struct rls_evaluator {
    struct mem mem;
    atomic_bool entered;
    bool collecting;           /* facts were begun and not yet checked */
    struct rls_set *set;       /* a reference */
    struct rls_holder *holder; /* or NULL */
    uint64_t generation;
    char *profile_id; /* as the options gave it, or NULL */
    size_t cap_profile_id;
    const struct rls_profile *profile;    /* of the bound set, or NULL */
    struct exception_use *exception_uses; /* by exception of the bound set */
    size_t cap_exception_uses;
    size_t max_document;
    struct rls_builder builder;
    struct facts facts;
    struct html_page page;                   /* scratch of reading HTML */
    uint32_t assumed_from;                   /* facts from here on were assumed */
    struct json_reader *json;                /* made by the first JSON check */
    uint32_t bound[LIMIT_BOUND_RECORDS + 1]; /* records by number, from 1 */
    uint32_t record_looks;                   /* in this check */
    bool records_cut;                        /* they were too many */
    struct label_value *label_values;
    size_t n_label_values, cap_label_values;
    bool labels_cut; /* there was more */
    struct hit_index hits;
    struct spacing spacing;
    struct insides insides;
    struct near_span *spans; /* of one <near> at a time */
    size_t n_spans, cap_spans;
    uint32_t *span_ends;
    size_t cap_span_ends;
    struct rls_report report;
    struct digest_memo memo; /* of the report */
    /* Rules to look at in this check. */
    uint32_t *candidates;
    size_t n_candidates, cap_candidates;
    struct awake awake;
    const struct rls_rule **undecided; /* rules whose scope could not be told */
    size_t n_undecided, cap_undecided;
    struct judged *judged; /* of the rule that is being judged */
    size_t cap_judged;
    struct range *ranges;
    size_t cap_ranges;
    struct rls_difference *differences; /* of the last case */
    size_t n_differences, cap_differences;
    struct candidate_evidence *quotes;
    size_t n_quotes, cap_quotes;
    struct told told;
    struct candidate_evidence *excused; /* hits that guards dropped */
    size_t n_excused, cap_excused;
    const char **missing;
    size_t n_missing, cap_missing;
    struct text_buffer fold;
    struct arena given_arena;      /* of given */
    const struct rls_param *given; /* what the host says of params, for every set bound */
    size_t n_given;
    struct params params;
    struct known_let *lets; /* by index */
    size_t cap_lets;
    /* What selects what is in force for the rule that is judged: an instant, or all of a day. */
    int64_t instant, last_instant;
    const char *selected_by; /* the field that names the day */
    uint32_t judgement;      /* serial of the judgement that is going on */
    struct arena folded;     /* texts of values, for one judgement */
    struct budget budget;
    size_t excerpt_bytes;
    uint32_t miss_steps; /* of expressions in this judgement */
    struct rls_explanation explanation;
    struct probe probe;
    struct rls_costs *costs;   /* counted into; NULL: nothing is counted */
    struct rls_costs *counted; /* by the last measuring, or NULL */
    uint32_t rest;             /* facts from here on are not looked through for near misses yet */
    bool foreseeing;           /* deadlines that are close count as missed */
    bool applied;              /* a version of the rule that is being judged surely applies */
    bool checked;              /* the facts are those of a check that succeeded */
    bool explaining;           /* the report is not to change */
    bool out_of_memory;        /* sticky within a check */
};

/* Every public call that uses an evaluator stands between these two. */
bool evaluator_enter(struct rls_evaluator *ev);
void evaluator_leave(struct rls_evaluator *ev);
/* Binds a set; on failure the old one stays bound. */
int evaluator_bind(struct rls_evaluator *ev, struct rls_set *set, struct rls_param_error *error);
/* What params are under a profile, and what the host says over it. On failure out is empty. */
int evaluator_params(const struct rls_evaluator *ev, const struct rls_set *set,
                     const struct rls_profile *profile, struct params *out,
                     struct rls_param_error *error);
/* Binds the holder's set when it is a newer one. The evaluator is entered. */
void evaluator_follow(struct rls_evaluator *ev);
/* Forgets the last report and begins facts for the bound set. The evaluator is entered. */
int evaluator_start(struct rls_evaluator *ev, uint32_t subject);
/* Both. */
int evaluator_begin(struct rls_evaluator *ev, uint32_t subject);
/* Judges the facts. The evaluator is entered. */
int evaluator_check(struct rls_evaluator *ev, const struct rls_check_options *options,
                    const struct rls_report **out);
bool buffer_reserve(const struct mem *mem, struct text_buffer *b, size_t need);

#endif
