/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_PROGRAM_H
#define LIBRULES_SET_PROGRAM_H

#include <stdatomic.h>

#include <librules/cases.h>
#include <librules/evaluator.h>
#include <librules/finding.h>
#include <librules/profile.h>
#include <librules/set.h>

#include "base/arena.h"
#include "facts/value.h"
#include "facts/vocabulary.h"
#include "facts/zone.h"
#include "match/dictionary.h"

struct matcher;
struct wake_index;

/* The compiled form of rules: what compile/ writes and eval/ runs. Everything lies in the arena
 * of the set and never changes after the build. */

/* The same words in both languages; either may be NULL. */
struct words {
    const char *zh;
    const char *en;
};

/* Names the values a condition looks at. */
struct selector {
    uint32_t field; /* field id, or FIELD_EVERY for "*" */
    uint32_t key_len;
    const char *key;  /* one member of a family; NULL: all of them, or a plain field */
    const char *name; /* as the rule writes it */
    uint8_t record;   /* 0: of the document; n: of the n-th bound record */
    uint8_t absence;  /* enum absence: what no value means here; FIELD_EVERY: empty */
};

enum condition_kind {
    CONDITION_ALL,
    CONDITION_ANY,
    CONDITION_NONE, /* not any */
    CONDITION_NOT,
    CONDITION_USE, /* one child, which others share */
    CONDITION_TEXT,
    CONDITION_NEAR,
    CONDITION_SOME,  /* of a collection's records; one child */
    CONDITION_EVERY, /* likewise */
    CONDITION_COUNT, /* likewise */
    CONDITION_COUNTER,
    CONDITION_FIELD,
    CONDITION_COMPARE,
    CONDITION_RELATED,
    CONDITION_MISSED, /* a deadline */
    CONDITION_OPEN,
    CONDITION_MET_LATE
};

enum test_kind {
    TEST_PRESENT, /* the operand's boolean: must be there, or must not */
    TEST_IS,      /* equal to one of the operands */
    TEST_UNDER,   /* a category path that has one of the operands as a step */
    TEST_LT,
    TEST_LE,
    TEST_GT,
    TEST_GE
};

/* Where a value comes from. */
enum expression_source {
    EXPRESSION_LITERAL, /* value */
    EXPRESSION_FIELD,   /* the one known value that the selector takes */
    EXPRESSION_LET,     /* let, once a judgement */
    EXPRESSION_PARAM,   /* what the evaluator has bound to param */
    EXPRESSION_NOW,     /* the clock of the check */
    EXPRESSION_FIRST,   /* the first part that is known */
    EXPRESSION_SET,     /* set: not one value but several, of which a test takes any */
    EXPRESSION_TABLE    /* what table has for the one part, its key */
};

/* Something that has one value while a rule is judged. */
struct expression {
    uint8_t source; /* enum expression_source */
    uint8_t type;   /* enum value_type: what it gives, before plus and minus as well */
    uint32_t line;
    const char *written; /* as the rule writes it, for people */
    struct value value;
    struct selector selector;
    union { /* by source */
        const struct let *let;
        const struct param *param;
        const struct value_set *set;
        const struct table *table;
    };
    const struct expression *parts;
    uint32_t n_parts;
    const struct expression *plus, *minus; /* durations, or NULL */
    const char *zone;                      /* of days: that of the rule set */
    const struct calendar *calendar;       /* of the rule set, or NULL */
};

/* A value that hosts and profiles may change. */
struct param {
    const char *id;   /* full: rule set id, slash, id */
    const char *name; /* the id alone */
    const char *zone; /* of days */
    uint32_t index;   /* in the set */
    uint8_t type;     /* enum value_type */
    struct value value;
    const struct value *min, *max; /* or NULL */
    struct words title;
};

/* A value with a name. */
struct let {
    const char *id;
    uint32_t index; /* where a judgement keeps it */
    uint32_t depth; /* how many lets stand one upon the other here */
    struct expression expression;
};

/* When a part of something is in force: from its first instant to the first one after. */
struct period {
    int64_t from, until; /* INT64_MIN: always; INT64_MAX: open */
};

/* Values that tests name together. */
struct value_set {
    const char *id;
    uint8_t type;                   /* enum value_type */
    const struct expression *items; /* literals */
    const struct period *periods;   /* by item */
    uint32_t n_items;
};

enum row_kind {
    ROW_IS,      /* of the keys */
    ROW_BELOW,   /* up to the key, without it, from the row before on */
    ROW_THROUGH, /* the same with it */
    ROW_ELSE     /* whatever is left */
};

struct table_row {
    uint8_t kind; /* enum row_kind */
    uint32_t line;
    const struct expression *keys; /* literals of single values */
    uint32_t n_keys;
    struct expression value; /* a literal */
    struct period period;
};

/* Values by key. Rows with below and through stand in the order of their keys. */
struct table {
    const char *id;
    const char *missing; /* what is told to be missing when no row has the key */
    uint8_t key, gives;  /* enum value_type */
    const struct table_row *rows;
    uint32_t n_rows;
};

/* Which texts belong together: all of one group, and both of a pair. Folded. */
struct text_relation {
    const char *id;
    bool symmetric; /* pairs count either way */
    const struct relation_member {
        uint32_t group;
        struct value text;
    } * members; /* by group */
    const struct relation_pair {
        struct value left, right;
    } * pairs;
    uint32_t n_members, n_pairs;
};

/* What may stand between two words: each includes those before it. */
enum across { ACROSS_NONE, ACROSS_CLAUSE, ACROSS_SENTENCE };

#define NO_DISTANCE UINT32_MAX

/* Drops a hit with one of the lists' terms beside it, or inside of a value of the fields. */
struct guard {
    uint32_t number;        /* in the set */
    uint32_t before, after; /* reach in folded symbols; NO_DISTANCE: not on this side */
    uint8_t across;         /* enum across */
    uint32_t n_term_sets;
    const uint32_t *term_sets;
    const struct selector *inside;
    uint32_t n_inside;
    uint32_t line;
    const char *written; /* its attributes as the rule has them */
};

/* A term of one of the lists stands in one of the values. */
struct text_test {
    const struct selector *selectors; /* one or more */
    uint32_t n_selectors;
    uint32_t n_term_sets;
    const uint32_t *term_sets; /* indexes of terms sets */
    const struct guard *guards;
    uint32_t n_guards;
};

/* Hits of each part stand close together in one value. */
struct near_test {
    uint32_t within;               /* folded symbols between neighbours */
    uint8_t across;                /* enum across */
    bool as_written;               /* in the order of the parts; else in any */
    uint32_t n_parts;              /* two to LIMIT_NEAR_PARTS */
    const struct text_test *parts; /* with the same selectors */
};

/* A value of one field passes. */
struct field_test {
    uint8_t test;  /* enum test_kind */
    uint8_t type;  /* enum value_type: as what values are compared */
    bool negative; /* a value passes that the test does not hold for */
    bool every;    /* all values must pass, else one is enough */
    uint32_t n_operands;
    const struct selector *selector;
    const struct expression *operands;
};

/* A value that is not one of the document alone passes. */
struct comparison {
    struct field_test test; /* without a selector */
    const struct expression *left;
};

/* A value on the left and one on the right are related. */
struct related_test {
    const struct text_relation *relation;
    const struct expression *left, *right;
};

/* Records of a collection, bound one by one. */
struct record_test {
    uint32_t collection;
    uint8_t parent;   /* bound record that holds them; 0: the document */
    uint8_t bound;    /* which bound record each of them is, from 1 */
    uint8_t test;     /* of CONDITION_COUNT: enum test_kind */
    uint32_t number;  /* compared with */
    const char *name; /* of the collection */
};

/* A number of the host, such as a share of late shipments. */
struct counter_test {
    uint8_t test;              /* enum test_kind */
    const char *name, *window; /* window: NULL: any */
    struct decimal limit;
    int64_t max_age;  /* milliseconds; -1: any, or max_days */
    int64_t max_days; /* natural days of China; -1: any, or max_age */
    uint32_t collection;
    struct counter_fields {
        uint32_t name, window, value, numerator, denominator, up_to;
    } fields;
};

/* What people have to do in time, as one condition asks about it. */
struct deadline_test {
    struct expression starts, due;
    const struct expression *met, *voided; /* or NULL */
    const struct expression *warn;         /* how long before it is due people are told; or NULL */
    const struct expression *by;           /* so much later than it is due; or NULL */
};

struct condition {
    uint8_t kind; /* enum condition_kind */
    uint32_t line;
    uint32_t number; /* in the set; each has its own, a shared one is the same for all */
    uint32_t n_children;
    bool warns;                       /* it may foretell that a deadline is missed */
    const char *operation;            /* name of its element; static */
    const char *written;              /* its attributes as the rule has them */
    const struct condition *children; /* of ALL, ANY, NONE, NOT, USE */
    union {                           /* by kind */
        const char *shared_in;        /* of USE: name of the source that the shared one stands in */
        const struct text_test *text;
        const struct near_test *near;
        const struct record_test *records;
        const struct counter_test *counter;
        const struct field_test *field;
        const struct comparison *compare;
        const struct deadline_test *deadline;
        const struct related_test *related;
    };
};

enum ruling_part {
    RULING_SEVERITY = 1u << 0,
    RULING_VERDICT = 1u << 1,
    RULING_ACTION = 1u << 2,
    RULING_POINTS = 1u << 3
};

/* What follows from a finding. A part of a rule may say some of it and leave the rest as it was. */
struct ruling {
    uint32_t says;    /* enum ruling_part: what is said here */
    uint32_t verdict; /* enum rls_verdict */
    int64_t points;   /* thousandths */
    const char *severity;
    uint32_t mildness;  /* of the severity: the larger is the milder */
    const char *action; /* or NULL */
};

/* What people are told. */
struct statement {
    struct words message;
    struct words remedy;
    const struct rls_citation *citations;
    uint32_t n_citations;
};

/* The first grade that holds replaces what it says of a ruling. */
struct grade {
    struct ruling ruling;
    const struct condition *condition;
};

struct outcome {
    struct ruling ruling; /* whole */
    struct statement statement;
    const struct grade *grades;
    uint32_t n_grades;
};

struct exemption {
    const struct condition *condition;
    bool review_if_unknown; /* else the finding stands and names the missing proof */
};

/* While it lasts, what would be a violation is advice. */
struct grace {
    int64_t until;                     /* first instant after; without end */
    const struct expression *end;      /* or NULL; a day includes its last second */
    const struct condition *condition; /* NULL: for all */
    bool speaks;                       /* it has a message of its own */
    struct statement statement;        /* whole */
};

/* What must hold where the rule applies and its condition does. */
struct requirement {
    const char *id;
    uint32_t slot; /* of its id in the rule, from 1 */
    uint32_t line;
    const struct condition *condition;
    const struct exemption *exemptions; /* beside those of the version */
    uint32_t n_exemptions;
    struct ruling ruling;       /* over that of the outcome, graded or not */
    struct statement statement; /* whole */
};

struct rule_version {
    struct rls_rule_version view;
    const char *name;  /* first day, or "" */
    int64_t from;      /* first instant, INT64_MIN: always */
    int64_t until;     /* first instant after, INT64_MAX: open */
    int64_t also_from; /* may be used from here on, in place of the one in force; INT64_MAX: no */
    const char *standing;
    const struct condition *applies; /* NULL: everywhere */
    const struct condition *when;    /* NULL: always; there are requirements then */
    const struct requirement *requirements;
    uint32_t n_requirements;
    const struct exemption *exemptions;
    uint32_t n_exemptions;
    const struct grace *graces;
    uint32_t n_graces;
    const struct outcome *outcome;
    bool warns; /* when or a requirement does */
};

/* An instant that people should know of. */
struct milestone {
    const char *id;
    struct words title;
    struct expression at; /* a day is its last second */
};

struct rls_rule {
    uint32_t index; /* in the set */
    uint32_t line;
    uint32_t mode;    /* enum rls_mode */
    uint32_t subject; /* enum rls_subject */
    const char *id;   /* full */
    const char *source;
    const char *severity;
    const struct zone_offsets *offsets; /* of the rule set's zone */
    struct words title;
    const char *const *tags;
    uint32_t n_tags;
    uint32_t n_exceptions;
    const uint32_t *exceptions;          /* indexes of those that name the rule */
    const struct rule_version *versions; /* by from; disjoint */
    uint32_t n_versions;
    const struct selector *version_by;  /* its instant selects the version; NULL: as-of does */
    bool early;                         /* some version may be used before its first day */
    const struct record_test *for_each; /* NULL: once for the document */
    const struct milestone *milestones;
    uint32_t n_milestones;
    uint32_t n_slots; /* 1, and one for each id of a requirement in any version */
};

/* What a profile makes of a rule, and where that is written. */
struct rule_choice {
    uint32_t mode;      /* enum rls_mode */
    uint32_t line;      /* of the <select> or <profile>, or of the rule */
    const char *source; /* name of the rule source */
};

/* Rules that follow one another and for which a profile says the same. */
struct rule_run {
    uint32_t first;                   /* up to where the next run begins */
    const struct rule_choice *choice; /* NULL: what each says itself */
};

struct rls_profile {
    const char *id; /* full */
    struct words title;
    const struct rule_run *runs; /* of all rules, in their order */
    uint32_t n_runs;
    const struct rls_param *params; /* names are full ids */
    uint32_t n_params;
};

struct exception {
    struct rls_exception view; /* first, so that a view leads to its reason */
    struct words reason;
    const struct zone_offsets *offsets; /* of the rule set's zone */
    const struct condition *scope;
};

struct terms_set {
    const char *id; /* full: rule set id, slash, id */
    uint32_t line;
    const char *source; /* name of the rule source */
};

/* A value of a case, to be fed to the builder by name. */
enum case_fact_kind { CASE_VALUE, CASE_BEGIN_RECORD, CASE_END_RECORD, CASE_COMPLETE };

struct case_fact {
    uint8_t kind;     /* enum case_fact_kind */
    const char *path; /* or the name of the collection or part */
    const char *text;
};

/* Something that the finding of a case must give. All that is said must hold of it. */
struct given {
    const char *evidence; /* words that one entry quotes; NULL: any */
    uint32_t form;        /* bit of enum rls_form in that entry, 0: any */
    const char *disguise; /* its name */
    const char *cite;     /* id of a source; NULL: any */
    const char *deadline; /* as written; NULL: any */
    int64_t from, until;  /* the deadline lies between: one instant, or a day */
};

struct set_case {
    struct rls_case view;
    uint32_t subject;
    bool has_as_of, has_now;
    int64_t as_of, now;
    const struct rls_param *params; /* names are full ids */
    uint32_t n_params;
    const struct given *gives;
    uint32_t n_gives;
    const struct case_fact *facts;
    uint32_t n_facts;
};

/* A name under which sellers write a field. */
struct label_name {
    uint32_t field; /* FIELD_UNKNOWN: it ends the value before it, no more */
    bool weak;      /* see struct field */
};

/* What a pattern reads of texts into a field that has no value. */
struct text_reading {
    uint32_t field;
    const struct pattern *pattern;
    size_t value; /* number of the group that is the value */
    const uint32_t
        *captures; /* by number of a group: the field it is read into, or FIELD_UNKNOWN */
    const struct selector *selectors; /* the first match gives the value */
    uint32_t n_selectors;
};

/* What is read from labels. */
struct label_names {
    const struct dictionary *names;
    const struct label_name *by_term;
    uint32_t attributes, members; /* families whose keys may be names */
    const bool *texts;            /* by field: names are looked for in its values */
};

struct rls_set {
    atomic_size_t references;
    struct arena arena; /* holds everything below */
    struct vocabulary vocabulary;
    const struct matcher *matcher;
    const struct rls_rule *rules; /* with their ids sorted in by_id */
    uint32_t n_rules;
    uint32_t n_term_sets;
    const struct terms_set *term_sets;
    const uint32_t *by_id; /* rule indexes by id */
    const struct wake_index *wake;
    const struct label_names *labels;    /* NULL: no rule looks at what is read from them */
    const struct text_reading *readings; /* of fields that some rule looks at */
    uint32_t n_readings;
    const bool *scanned;     /* by field: some text condition looks at it; made by set_seal */
    const uint32_t *assumed; /* fields that have an assumed value; made by set_seal */
    uint32_t n_assumed;
    const struct named_values *named; /* made by set_seal */
    uint32_t n_named;
    uint32_t n_conditions;
    uint32_t n_profiles;
    const struct rls_profile *profiles;
    uint32_t n_exceptions;
    const struct exception *exceptions;
    uint32_t n_params;
    const struct param *params;
    uint32_t n_lets; /* room that a judgement needs for them */
    uint32_t n_cases;
    const struct set_case *cases;
    uint8_t digest[32];
};

/* An empty set with one reference, or NULL. Its arena uses a copy of mem. */
struct rls_set *set_new(const struct mem *mem);
/* Derives what evaluation needs beside the program. The last step of a build; false when memory is
 * short. */
bool set_seal(struct rls_set *set);
/* Whether a value lies between the bounds of a param. */
bool param_allows(const struct param *p, const struct value *v);
/* Whether two texts are related; none is to itself unless a group or pair says so. */
bool relation_holds(const struct text_relation *r, const struct value *left,
                    const struct value *right);
/* Whether a text stands in a relation at all. */
bool relation_knows(const struct text_relation *r, const struct value *text);
/* The version in force at an instant, or NULL. */
const struct rule_version *rule_version_at(const struct rls_rule *rule, int64_t instant);
/* Minutes that the zone of the rule set is ahead of UTC at an instant. */
int32_t rule_offset(const struct rls_rule *rule, int64_t instant);
int32_t exception_offset(const struct rls_exception *exception, int64_t instant);
/* What a condition is to its version. */
struct condition_place {
    const char *part;  /* name of the element it stands in; static */
    const char *owner; /* id of its requirement, or NULL */
    uint32_t line;     /* of the requirement, else 0 */
};
/* Calls visit for every condition that is no part of another one of a version. */
void version_conditions(const struct rule_version *v,
                        void (*visit)(const struct condition *c, const struct condition_place *at,
                                      void *context),
                        void *context);
/* Whether a condition looks for the terms of a list itself, guards included. */
bool condition_names_list(const struct condition *c, uint32_t list);
/* The test of a condition that compares with one bound, lt, le, gt or ge; TEST_IS: it does not. */
uint8_t condition_bound(const struct condition *c);

/* What over says in place of what base says. */
struct ruling ruling_over(struct ruling base, const struct ruling *over);
/* Whether a asks for less than b: by verdict, severity, then points. */
bool ruling_is_milder(const struct ruling *a, const struct ruling *b);

/* The words in lang ("zh-CN" or "en"), else in the other language; NULL when there are none. */
const char *words_in(const struct words *w, const char *lang);

#endif
