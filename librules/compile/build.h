/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_COMPILE_BUILD_H
#define LIBRULES_COMPILE_BUILD_H

#include "facts/time.h"
#include "match/matcher.h"
#include "model/model.h"
#include "set/program.h"

/* What stands between checked documents and a set. Lives during one build. */

/* A source as it was added. */
struct rule_source {
    struct source source;
    const char *bytes; /* with a byte order mark, if it had one */
    size_t len;
    struct document doc;
    bool usable; /* like a rule set, whatever else is wrong */
};

/* Ids of one kind of element in one rule set. */
struct names {
    struct intern ids;
    const struct element **elements; /* by id */
    size_t cap;
};

/* A <source>, ready to be cited. */
struct cited {
    struct rls_citation citation;
    int64_t begins; /* INT64_MIN: open */
    int64_t until;  /* INT64_MAX: open */
    bool used;
    bool divided; /* has sections */
};

/* A <section>: what it says of itself goes before what its source says. */
struct section {
    const struct element *element;
    const char *text;
    const char *from, *until; /* days, or NULL */
    int64_t begins;           /* INT64_MIN: open */
    int64_t ends;             /* INT64_MAX: open */
    const char *standing;     /* or NULL */
};

/* A <uses>: what stands behind the prefix belongs to the other part. */
struct used_part {
    const struct element *element;
    struct part *part; /* NULL: unknown, reported */
    bool used;
};

/* A <condition>, lowered when it is first used. */
struct shared_condition {
    const struct condition *lowered; /* NULL: it holds none */
    uint64_t size;                   /* conditions it stands for, saturated */
    uint32_t depth;                  /* shared conditions within each other, itself included */
    bool begun, done;                /* begun and not done: in the middle of being lowered */
    bool used;
};

/* A <profile>, lowered when it is first needed. */
struct lowered_profile {
    const struct rule_run *runs; /* NULL until it is done */
    uint32_t n_runs;
    struct rls_param *params; /* those of the profile that it extends first */
    uint32_t n_params;
    bool begun;
};

/* Rules that follow one another. */
struct rule_range {
    uint32_t first, n;
};

/* A <deadline>. It is lowered where a condition asks about it, for the records bound there. */
struct declared_deadline {
    struct scope *scope; /* it stands in: what its operands see */
    bool used;
    bool refused; /* something about it was reported */
};

/* What a name stands for: one of these, or none when its declaration was reported. */
struct named {
    const struct element *element;
    const struct let *let;
    const struct param *param;
    const struct value_set *set;
    const struct table *table;
    const struct text_relation *relation;
    struct declared_deadline *deadline;
};

/* Names of values that can be seen at one place, those of outer scopes too. */
struct scope {
    struct scope *outer;
    struct names names;
    struct named *items; /* by id of names */
    size_t cap;
    uint32_t count; /* lets so far, outer ones included */
};

/* One rule set of the build. */
struct part {
    struct rule_source *from;
    const struct document *doc;
    const struct element *root;
    const char *source; /* name of the source, in the set */
    const char *id;     /* in the compiler's memory; "" when it is missing */
    const char *zone;
    const char *kept_zone;              /* the same, in the set */
    const struct zone_offsets *offsets; /* of the zone, in the set */
    const struct calendar *calendar;    /* or NULL */
    uint32_t subject;                   /* enum rls_subject */
    struct names sources;
    struct names terms;
    struct names conditions;
    struct shared_condition *shared; /* by id of conditions */
    struct names prefixes;
    struct used_part *uses; /* by id of prefixes */
    struct names rules;
    struct names profiles;
    struct names exceptions;
    struct lowered_profile *lowered; /* by id of profiles */
    uint32_t first_rule, n_rules;    /* in the set */
    struct cited *cited;             /* by id of sources */
    struct intern clauses;           /* of sections: see section_key */
    struct section *sections;        /* by id of clauses */
    uint32_t first_list; /* terms sets of this part begin here; those behind by id of terms */
    uint32_t *stamps;    /* by id of terms: the condition that used it last, 0: none */
    struct scope values; /* names that the whole rule set sees */
    struct scope *scope; /* the innermost that is open */
};

/* A record that conditions may name while they are lowered. */
struct binding {
    const char *name;
    size_t len;
    uint32_t collection;
    uint8_t number; /* from 1 */
    const struct binding *outer;
};

/* A <read>, whose texts are named when all fields are known. */
struct declared_reading {
    struct part *part;
    const struct element *element;
    struct text_reading reading;
};

struct build {
    struct mem mem;
    struct arena *scratch; /* dies with the build */
    struct diagnostics *d;
    struct rls_set *set;
    struct part *parts; /* by source name */
    struct part **by_ruleset;
    uint32_t n_parts;
    struct rule_source **calendars; /* by source name */
    uint32_t n_calendars;
    struct param *params;   /* those of the set, while they may be written */
    struct rls_rule *rules; /* the same */
    uint32_t built_in;      /* fields of the vocabulary before any was declared */
    uint32_t built_in_collections;
    const struct binding *bound; /* innermost first */
    uint32_t guards;             /* lowered so far */
    uint32_t stamp;              /* of the condition that is lowered */
    uint32_t *list_sizes;        /* terms by terms set */
    uint64_t size;      /* conditions lowered so far, shared ones at every use; saturated */
    uint32_t depth;     /* of the shared conditions that were used */
    uint32_t nested;    /* shared conditions in the middle of being lowered */
    uint32_t first_let; /* those of rules begin here, behind those that rule sets share */
    uint32_t next_let;
    uint32_t compared; /* names so far, in search of similar ones */
    struct declared_reading *readings;
    size_t cap_readings;
    uint32_t n_readings;
    bool idle; /* what is named is not looked at */
    bool keep_cases;
    bool failed; /* memory was short */
};

/* --- helpers ------------------------------------------------------------------------------ */

/* p; a NULL is remembered as a failure. */
void *need(struct build *b, void *p);
/* A copy in the set; NULL for NULL and on failure. */
const char *keep_text(struct build *b, const char *text);
void *keep_array(struct build *b, size_t n, size_t size);
/* "rule set/id" in the set. */
const char *keep_id(struct build *b, const struct part *part, const char *id);
uint32_t line_of(const struct part *part, const struct element *e);
/* A copy of an item with a NUL, bounded, for messages. */
enum { WORD_BYTES = 128 };
const char *word_of(const char *text, size_t len, char out[WORD_BYTES]);

/* --- names.c ------------------------------------------------------------------------------ */

void names_init(struct names *n, struct build *b);
void names_clear(struct names *n, struct build *b);
/* Enters an element by its id; repetition is reported. */
void names_add(struct names *n, struct build *b, const struct part *part, const struct element *e);
/* What others call an element by, or NULL. */
const struct attribute *name_of(const struct element *e);
/* Finds or reports; INTERN_NONE when there is none. */
uint32_t names_resolve(const struct names *n, struct build *b, const struct part *part,
                       const struct element *e, const struct attribute *a, const struct item *item,
                       enum message_code unknown);

/*
 * The part that an item refers to: another one when it begins with the prefix of a <uses>, which
 * is then taken off. NULL when it was reported.
 */
struct part *owner_of(struct build *b, struct part *part, const struct element *e,
                      const struct attribute *a, struct item *item);

/* Whether a misspelt name may still be compared with n others. */
bool may_compare(struct build *b, uint32_t n);

/* --- scope.c ------------------------------------------------------------------------------ */

/* Scopes are opened and closed like brackets; s must live until its end. */
void scope_open(struct build *b, struct part *part, struct scope *s);
void scope_close(struct build *b, struct part *part);
/* Enters an element by its id into the innermost scope; NULL when it has none, when the name was
 * there before (reported), or when memory is short. Valid until the next one is added. */
struct named *scope_add(struct build *b, struct part *part, const struct element *e);
/* NULL when there is none. */
const struct named *scope_find(const struct part *part, const char *name, size_t len);
/* Finds or reports a name of one kind of element, which is written without its `$`; with a prefix
 * that of another rule set. */
const struct named *scope_resolve_name(struct build *b, struct part *part, const struct element *e,
                                       const struct attribute *a, const struct item *item,
                                       enum element_kind kind);
/* Finds or reports "$name". */
const struct named *scope_resolve(struct build *b, struct part *part, const struct element *e,
                                  const struct attribute *a, const struct item *item);

/* --- value.c, let.c ------------------------------------------------------------------------ */

/* The type of a value that may have any. */
#define TYPE_ANY UINT8_MAX

/* Reads a literal as a type: 0, or a message. */
enum message_code read_value(struct build *b, const struct part *part, uint8_t type,
                             const char *text, size_t len, struct value *out);
/* Reads a literal of a type; what is wrong is reported. */
bool lower_literal(struct build *b, struct part *part, const struct element *e,
                   const struct attribute *a, const struct item *item, uint8_t type,
                   struct expression *out);
/* A literal or "$name" of a type; what is wrong is reported. `$$` begins a literal `$`. */
bool lower_operand(struct build *b, struct part *part, const struct element *e,
                   const struct attribute *a, const struct item *item, uint8_t type,
                   struct expression *out);
/* The field that an attribute names, read as a type. */
bool lower_field_value(struct build *b, struct part *part, const struct element *e,
                       const struct attribute *a, const struct item *item, uint8_t type,
                       struct expression *out);
/* A field, or what lower_operand takes. */
bool lower_field_or_name(struct build *b, struct part *part, const struct element *e,
                         const struct attribute *a, uint8_t type, struct expression *out);
/* The duration that an attribute gives; NULL when there is none or it was reported. */
const struct expression *lower_duration(struct build *b, struct part *part, const struct element *e,
                                        enum attribute_kind kind);
/* plus and minus of an element. */
bool lower_shifts(struct build *b, struct part *part, const struct element *e,
                  struct expression *out);
/* Reports quantities that are compared but measure different things. left may be NULL. */
void check_kinds(struct build *b, const struct part *part, const struct element *e,
                 const struct expression *left, const struct expression *operands, uint32_t n);
/* The params of a rule set, into its scope. */
void lower_params(struct build *b, struct part *part);
/* The params that an element sets, behind those of out; names are full ids. Returns how many. */
uint32_t set_params(struct build *b, struct part *part, const struct element *e,
                    struct rls_param *out);
uint32_t count_set_params(const struct element *e);
/* The sets, tables and relations of a rule set, into its scope. */
void lower_sets(struct build *b, struct part *part);
void lower_tables(struct build *b, struct part *part);
void lower_relations(struct build *b, struct part *part);
/* What a <let table> looks up, wanted as a type. */
bool lower_lookup(struct build *b, struct part *part, const struct element *e, uint8_t type,
                  struct expression *out);
void lower_related(struct build *b, struct part *part, const struct element *e,
                   struct condition *out);
/* Whether an operand is "$name". */
bool is_reference(const struct attribute *a);
/* A field or "$name" of a type; what is wrong is reported. */
bool lower_side(struct build *b, struct part *part, const struct element *e,
                const struct attribute *a, uint8_t type, struct expression *out);
/* Reports a value of another type than is wanted. */
void report_value_type(struct build *b, const struct part *part, const struct element *e,
                       const struct attribute *a, const struct item *item, uint8_t is,
                       uint8_t wanted);
/* What an expression says about itself. */
void begin_expression(struct build *b, const struct part *part, const struct element *e,
                      const struct item *item, struct expression *out);
/* Compiles the calendars and gives each rule set its own. */
void build_calendars(struct build *b);
/* The names that the whole of a rule set sees. */
void enter_values(struct build *b);
/* The lets in an element, into the innermost scope. */
void lower_lets(struct build *b, struct part *part, const struct element *parent);

/* --- deadline.c ---------------------------------------------------------------------------- */

/* The deadlines in an element, into the innermost scope. */
void enter_deadlines(struct build *b, struct part *part, const struct element *parent);
/* Warns of those of the innermost scope that nothing asks about. */
void note_unused_deadlines(struct build *b, struct part *part);
void lower_deadline_test(struct build *b, struct part *part, const struct element *e,
                         enum condition_kind kind, struct condition *out);
void lower_milestones(struct build *b, struct part *part, const struct element *e,
                      struct rls_rule *out);

/* --- dates.c ------------------------------------------------------------------------------ */

/* A day alone; false when absent or reported. */
bool read_day(struct build *b, const struct part *part, const struct element *e,
              enum attribute_kind kind, struct civil *out);
/* A day or an instant with an offset. */
bool read_instant(struct build *b, const struct part *part, const struct element *e,
                  enum attribute_kind kind, int64_t *out);
/* The instant of a text that need not be an attribute of its own: 0, or a message. */
enum message_code parse_instant(struct build *b, const struct part *part, const char *text,
                                size_t len, int64_t *out);
/* Hints at what is wrong with a date; `out` holds an argument of it. */
enum { DATE_HINT_BYTES = 16 };
void hint_date(const char *text, size_t len, struct complaint *c, char out[2][DATE_HINT_BYTES]);
/* The first instant after a day. */
bool day_end(struct build *b, const struct part *part, struct civil day, int64_t *out);
/* from, until and through of a source or version; reports an empty period. False when something
 * about it was reported: then it is not what was meant. */
bool read_period(struct build *b, const struct part *part, const struct element *e, int64_t *from,
                 int64_t *until);
/* until, or the day after through, as YYYY-MM-DD in the set; NULL: open. */
const char *keep_until(struct build *b, const struct element *e);

/* --- words.c ------------------------------------------------------------------------------ */

/* The text of an element for people: trimmed, lines joined. In the set. */
const char *keep_words(struct build *b, const struct element *e);
/* The children of a kind, by language. */
struct words keep_languages(struct build *b, const struct element *e, enum element_kind kind);

/* --- the parts of a rule set ---------------------------------------------------------------- */

bool is_field_name(const char *name);
void declare_fields(struct build *b);
/* After the fields. */
void declare_collections(struct build *b);
/* Declares a member of a collection's records. */
void declare_member(struct build *b, const struct part *part, const struct element *e,
                    const char *collection);
const char *nearest_collection(struct build *b, const struct part *part, const char *name);
/* Reports "$name.member" whose name is near that of a bound record. */
bool report_misspelt_record(struct build *b, const struct part *part, const struct element *e,
                            const struct attribute *a, const struct item *item);
/* Whether "$name.member" begins with the name of a record that is bound here. */
bool is_bound_member(const struct build *b, const char *text, size_t len);
/* The record that "$name.member" names; *path is then the member's path in the set. */
const struct binding *bound_path(struct build *b, const struct part *part, const struct element *e,
                                 const struct attribute *a, const struct item *item,
                                 const char **path);
/* The attribute that is, lt, le, gt or ge stands in. */
const struct attribute *find_order(const struct element *e, uint8_t *test);
void lower_record_test(struct build *b, struct part *part, const struct element *e,
                       enum condition_kind kind, struct condition *out);
/* Binds the record of a rule's for-each to *out, which must stay while the rule is lowered; NULL
 * when there is none. */
const struct record_test *bind_rule(struct build *b, struct part *part, const struct element *e,
                                    struct binding *out);
void lower_counter(struct build *b, struct part *part, const struct element *e,
                   struct condition *out);
void enter_sources(struct build *b, struct part *part);
/* After the sources. */
void enter_sections(struct build *b, struct part *part);
/* The section that a <cite> names; NULL when there is none, reported if it should be. */
const struct section *resolve_section(struct build *b, struct part *part,
                                      const struct element *cite, const struct cited *source);
/* The same without a report. */
const struct section *find_section(struct build *b, const struct part *part,
                                   const struct element *cite);
/* The part of a rule set id, or NULL. */
struct part *part_find(const struct build *b, const char *id, size_t len);
void enter_uses(struct build *b);
void enter_conditions(struct build *b, struct part *part);
/* Lowers what nobody uses, so that its mistakes are told. */
void finish_conditions(struct build *b, struct part *part);
/* Lowers a <use>. */
void lower_use(struct build *b, struct part *part, const struct element *e, struct condition *out);
/* Whether it is a condition, rather than a part of one. */
bool is_condition(const struct element *e);
/* What a condition says, for explanations: its attributes, and the tags within that are no
 * conditions. In the set. */
const char *keep_written(struct build *b, const struct element *e);
/* Adds to the size of what was lowered. */
void count_conditions(struct build *b, uint64_t n);
void build_terms(struct build *b);
/* The forms that tolerate names on an element; usual where it has none. */
uint32_t read_tolerance(const struct element *e, uint32_t usual);
/* The patterns so far. */
struct pattern_feed {
    const struct element **elements; /* by number of pattern */
    size_t cap, count;
};
/* Enters a pattern of a terms list, or reports what is wrong with it. */
void add_pattern(struct build *b, struct pattern_feed *f, struct matcher_builder *m,
                 const struct part *part, const struct element *e, uint32_t set);
const struct condition *lower_condition_in(struct build *b, struct part *part,
                                           const struct element *e);
void lower_text_test(struct build *b, struct part *part, const struct element *e,
                     struct condition *out);
void lower_near_test(struct build *b, struct part *part, const struct element *e,
                     struct condition *out);
void lower_field_test(struct build *b, struct part *part, const struct element *e,
                      struct condition *out);
void lower_compare(struct build *b, struct part *part, const struct element *e,
                   struct condition *out);
/* A field by its path; reports an unknown one. */
bool lower_selector(struct build *b, struct part *part, const struct element *e,
                    const struct attribute *a, const struct item *item, struct selector *out);
void unknown_field(struct build *b, struct part *part, const struct element *e, struct place place,
                   const char *path, size_t len);
/* The same for a member of a collection; what is near is told behind the prefix. */
void unknown_member(struct build *b, struct part *part, const struct element *e, struct place place,
                    const char *path, const char *collection, const char *prefix);
const char *type_name(uint8_t type);
const char *subject_name(uint32_t subject);
/* What the attributes of an element say about what follows. */
struct ruling read_ruling(struct build *b, const struct part *part, const struct element *e);
/* The messages, remedies and citations of an element. */
struct statement lower_statement(struct build *b, struct part *part, const struct element *e);
/* Whether what obliges rests on something, and a rejection on something certain; reports what is
 * not so. e asks for the verdict, the citations of `says` support it. */
bool check_support(struct build *b, const struct part *part, const struct element *e,
                   const struct element *says, uint32_t verdict);
/* rule: what the rule says of every finding. */
const struct outcome *lower_outcome(struct build *b, struct part *part, const struct element *e,
                                    const struct ruling *rule);
/* That of the outcome or of one of its grades. */
uint32_t gravest_verdict(const struct outcome *o);
/* The rules that an item names; none when it was reported. many: "rule set", slash and star, and
 * a star alone are names, too. */
struct rule_range resolve_rules(struct build *b, struct part *part, const struct element *e,
                                const struct attribute *a, const struct item *item, bool many);
uint32_t count_items(const struct attribute *a);
void enter_profiles(struct build *b, struct part *part);
/* The id of the profile that an attribute names, and where it stands; NULL when there is none,
 * which was reported. */
const char *find_profile(struct build *b, struct part *part, const struct element *e,
                         const struct attribute *a, struct part **owner, uint32_t *id);
/* After the rules. */
void build_profiles(struct build *b);
void build_exceptions(struct build *b);
/* Names of the fields that are read from labels. After all that names fields. */
void build_labels(struct build *b);

/* --- readings.c --------------------------------------------------------------------------- */

/* Compiles the patterns of a declared field and declares what they capture. */
void declare_readings(struct build *b, struct part *part, const struct element *e, uint32_t field);
/* Whether two declarations read the same. */
bool same_readings(const struct element *a, const struct element *b);
/* After all conditions; fields that only readings look at are used from then on, too. */
void build_readings(struct build *b);
/* Warns of a term that is written like a pattern. */
void lint_term(struct build *b, const struct part *part, const struct element *e);
/* Warns of allow-terms that contain no term of their list. */
void lint_allows(struct build *b, const struct part *part, const struct element *list);
/* Warns of commas in a list that blanks part. */
void suspect_commas(struct build *b, const struct part *part, const struct element *e,
                    const struct attribute *a);
/* Warns of a path where one step of a path is compared. */
void suspect_step(struct build *b, const struct part *part, const struct element *e,
                  const struct attribute *a, const struct expression *operand);
/* Warns of sources that are not in force all the time that a version is. */
void check_cited_periods(struct build *b, struct part *part, const struct element *version,
                         const struct element *outcome, const struct rule_version *v);
/* The graces that stand in an element; NULL and 0 when there are none. */
const struct grace *lower_graces(struct build *b, struct part *part, const struct element *e,
                                 uint32_t *n);
/* Fills in what the outcome of a version says for all of them. */
void complete_graces(struct build *b, const struct grace *from, uint32_t n,
                     const struct outcome *outcome, struct rule_version *out);
/* Its own words and citations, each kind in place of those inherited. */
struct statement complete_statement(struct statement own, const struct statement *inherited);
/* The exemptions that stand in an element; NULL and 0 when there are none. */
const struct exemption *lower_exemptions(struct build *b, struct part *part,
                                         const struct element *e, uint32_t *n);
/* Requirements as they stand in a rule or version, before an outcome completes them. In scratch. */
struct required {
    struct requirement lowered;
    const struct element *element;
    bool reported; /* that nothing supports it */
};
struct requirements {
    struct required *items;
    uint32_t n;
};
/* slots: the ids of requirements of the whole rule. */
struct requirements lower_requirements(struct build *b, struct part *part, const struct element *e,
                                       struct intern *slots);
/* Fills in what the outcome of a version says for all of them. */
void complete_requirements(struct build *b, struct part *part, const struct requirements *from,
                           const struct outcome *outcome, const struct element *outcome_element,
                           struct rule_version *out);
/* The gravest verdict that a version can come to. */
uint32_t gravest_of_version(const struct rule_version *v);
void lower_rule(struct build *b, struct part *part, const struct element *e, struct rls_rule *out);
/* Warns of a version that asks every listing for a fact that few give. */
void check_reach(struct build *b, struct part *part, const struct element *e,
                 const struct rule_version *v);
/* The cases of a rule. cases has room for them; NULL: they are checked only. Returns how many. */
uint32_t lower_cases(struct build *b, struct part *part, const struct element *rule,
                     const struct rls_rule *lowered, struct set_case *cases);
/* Where cases are kept: in the set or, if they are only checked, in scratch. */
struct arena *case_arena(struct build *b);
void lower_expected(struct build *b, struct part *part, const struct element *e,
                    const struct rls_rule *rule, struct set_case *out);
bool build_wake(struct build *b);

/* Fills b->set. What is wrong is reported; false when memory is short. */
bool build_set(struct build *b);

#endif
