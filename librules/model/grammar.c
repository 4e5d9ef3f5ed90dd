/* SPDX-License-Identifier: Apache-2.0 */
#include "model/grammar.h"

#include <string.h>

#define CHOICES(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}

CHOICES(subjects, "listing", "merchant", "message", "rule-change");
CHOICES(languages, "zh-CN", "en");
CHOICES(no_yes, "no", "yes");
CHOICES(source_kinds, "law", "regulation", "notice", "announcement", "standard", "platform-rule",
        "industry-rule");
CHOICES(standings, "verified", "stated", "known", "inferred", "uncertain");
CHOICES(types, "text", "number", "boolean", "instant", "duration", "quantity");
#define FORMS                                                                                      \
    "width", "case", "compat", "script", "ignorable", "squeezed", "lookalike", "homophone",        \
        "pinyin", "initials", "split", "repeat", "emoji"
CHOICES(forms, FORMS, "exact", "all");
CHOICES(disguises, FORMS);
CHOICES(views, "folded", "raw");
CHOICES(severities, "prohibited", "restricted", "violation", "risk", "advice");
CHOICES(modes, "enforce", "shadow", "off");
CHOICES(bases, "all", "none");
CHOICES(if_unknown, "stands", "review");
CHOICES(verdicts, "pass", "advise", "review", "reject");
CHOICES(actions, "delist", "block", "restrict", "hold", "warn", "edit");
CHOICES(expectations, "finding", "none", "indeterminate", "undecided", "exempt", "grace", "at-risk",
        "overdue", "met-late");

CHOICES(values, "any", "all");
CHOICES(if_absent, "empty", "unknown");
CHOICES(across, "none", "clause", "sentence");
CHOICES(orders, "any", "as-written");

#define TEXT(kind, name)                                                                           \
    {                                                                                              \
        ATTRIBUTE_##kind, name, VALUE_TEXT, false, NULL                                            \
    }
#define NEEDS(kind, name, value)                                                                   \
    {                                                                                              \
        ATTRIBUTE_##kind, name, VALUE_##value, true, NULL                                          \
    }
#define LIST(kind, name)                                                                           \
    {                                                                                              \
        ATTRIBUTE_##kind, name, VALUE_LIST, false, NULL                                            \
    }
#define CHOICE(kind, name, choices)                                                                \
    {                                                                                              \
        ATTRIBUTE_##kind, name, VALUE_CHOICE, false, choices                                       \
    }
#define NEEDS_CHOICE(kind, name, choices)                                                          \
    {                                                                                              \
        ATTRIBUTE_##kind, name, VALUE_CHOICE, true, choices                                        \
    }
#define CHOICE_LIST(kind, name, choices)                                                           \
    {                                                                                              \
        ATTRIBUTE_##kind, name, VALUE_CHOICES, false, choices                                      \
    }
#define END                                                                                        \
    {                                                                                              \
        ATTRIBUTE_UNKNOWN, NULL, VALUE_TEXT, false, NULL                                           \
    }

static const struct attribute_rule ruleset_attributes[] = {
    NEEDS(ID, "id", ID),
    NEEDS(VERSION, "version", WORD),
    NEEDS_CHOICE(SUBJECT, "subject", subjects),
    CHOICE(LANG, "xml:lang", languages),
    TEXT(TIME_ZONE, "time-zone"),
    TEXT(CALENDAR, "calendar"),
    END};
static const struct attribute_rule words_attributes[] = {CHOICE(LANG, "xml:lang", languages), END};
static const struct attribute_rule source_attributes[] = {NEEDS(ID, "id", ID),
                                                          NEEDS_CHOICE(KIND, "kind", source_kinds),
                                                          TEXT(NUMBER, "number"),
                                                          TEXT(ISSUER, "issuer"),
                                                          TEXT(URL, "url"),
                                                          TEXT(PUBLISHED, "published"),
                                                          TEXT(FROM, "from"),
                                                          TEXT(UNTIL, "until"),
                                                          TEXT(THROUGH, "through"),
                                                          CHOICE(STANDING, "standing", standings),
                                                          END};
static const struct attribute_rule section_attributes[] = {NEEDS(SOURCE, "source", ID),
                                                           NEEDS(CLAUSE, "clause", TEXT),
                                                           TEXT(FROM, "from"),
                                                           TEXT(UNTIL, "until"),
                                                           TEXT(THROUGH, "through"),
                                                           CHOICE(STANDING, "standing", standings),
                                                           END};
static const struct attribute_rule declaration_attributes[] = {NEEDS(NAME, "name", WORD),
                                                               CHOICE(TYPE, "type", types),
                                                               TEXT(ABSENT, "absent"),
                                                               CHOICE(SHOWN, "shown", no_yes),
                                                               CHOICE(MANY, "many", no_yes),
                                                               LIST(ALIASES, "aliases"),
                                                               END};
static const struct attribute_rule read_attributes[] = {NEEDS(IN, "in", LIST),
                                                        NEEDS(PATTERN, "pattern", TEXT), END};
static const struct attribute_rule member_attributes[] = {
    NEEDS(NAME, "name", WORD),      CHOICE(TYPE, "type", types),  TEXT(ABSENT, "absent"),
    CHOICE(SHOWN, "shown", no_yes), CHOICE(MANY, "many", no_yes), END};
static const struct attribute_rule uses_attributes[] = {NEEDS(RULESET, "ruleset", ID),
                                                        NEEDS(PREFIX, "prefix", ID), END};
static const struct attribute_rule id_attributes[] = {NEEDS(ID, "id", ID), END};
static const struct attribute_rule use_attributes[] = {NEEDS(CONDITION, "condition", WORD), END};
static const struct attribute_rule terms_attributes[] = {
    NEEDS(ID, "id", ID), CHOICE_LIST(TOLERATE, "tolerate", forms), END};
static const struct attribute_rule term_attributes[] = {CHOICE_LIST(TOLERATE, "tolerate", forms),
                                                        CHOICE(WORD, "word", no_yes),
                                                        CHOICE(SHORT, "short", no_yes), END};
static const struct attribute_rule allow_attributes[] = {CHOICE_LIST(TOLERATE, "tolerate", forms),
                                                         CHOICE(WORD, "word", no_yes), END};
static const struct attribute_rule pattern_attributes[] = {CHOICE(FORM, "form", views),
                                                           CHOICE_LIST(TOLERATE, "tolerate", forms),
                                                           CHOICE(WORD, "word", no_yes), END};
static const struct attribute_rule rule_attributes[] = {
    NEEDS(ID, "id", ID),         NEEDS_CHOICE(SEVERITY, "severity", severities),
    TEXT(FOR_EACH, "for-each"),  TEXT(AS, "as"),
    CHOICE(MODE, "mode", modes), TEXT(VERSION_BY, "version-by"),
    LIST(TAGS, "tags"),          END};
static const struct attribute_rule version_attributes[] = {TEXT(FROM, "from"),
                                                           TEXT(UNTIL, "until"),
                                                           TEXT(THROUGH, "through"),
                                                           TEXT(ALSO_FROM, "also-from"),
                                                           CHOICE(STANDING, "standing", standings),
                                                           END};
static const struct attribute_rule require_attributes[] = {NEEDS(ID, "id", ID),
                                                           CHOICE(SEVERITY, "severity", severities),
                                                           CHOICE(VERDICT, "verdict", verdicts),
                                                           CHOICE(ACTION, "action", actions),
                                                           TEXT(POINTS, "points"),
                                                           END};
static const struct attribute_rule grade_attributes[] = {
    CHOICE(SEVERITY, "severity", severities), CHOICE(VERDICT, "verdict", verdicts),
    CHOICE(ACTION, "action", actions), TEXT(POINTS, "points"), END};
static const struct attribute_rule profile_attributes[] = {
    NEEDS(ID, "id", ID), TEXT(EXTENDS, "extends"), CHOICE(BASE, "base", bases), END};
static const struct attribute_rule select_attributes[] = {LIST(RULES, "rules"), LIST(TAGS, "tags"),
                                                          NEEDS_CHOICE(MODE, "mode", modes), END};
static const struct attribute_rule exception_attributes[] = {NEEDS(ID, "id", ID),
                                                             NEEDS(RULE, "rule", WORD),
                                                             NEEDS(OWNER, "owner", TEXT),
                                                             TEXT(FROM, "from"),
                                                             TEXT(UNTIL, "until"),
                                                             TEXT(THROUGH, "through"),
                                                             END};
static const struct attribute_rule grace_attributes[] = {TEXT(UNTIL, "until"), TEXT(FOR, "for"),
                                                         TEXT(FROM, "from"), END};
static const struct attribute_rule deadline_attributes[] = {NEEDS(ID, "id", ID),
                                                            TEXT(WARN_BEFORE, "warn-before"), END};
static const struct attribute_rule at_attributes[] = {NEEDS(AT, "at", TEXT), END};
static const struct attribute_rule due_attributes[] = {TEXT(AT, "at"), TEXT(AFTER, "after"), END};
static const struct attribute_rule milestone_attributes[] = {NEEDS(ID, "id", ID),
                                                             NEEDS(AT, "at", TEXT), END};
static const struct attribute_rule missed_attributes[] = {NEEDS(DEADLINE, "deadline", ID),
                                                          TEXT(BY, "by"), END};
static const struct attribute_rule deadline_test_attributes[] = {NEEDS(DEADLINE, "deadline", ID),
                                                                 END};
static const struct attribute_rule unless_attributes[] = {
    CHOICE(IF_UNKNOWN, "if-unknown", if_unknown), END};
static const struct attribute_rule text_attributes[] = {
    NEEDS(IN, "in", LIST), NEEDS(TERMS, "terms", LIST), CHOICE(IF_ABSENT, "if-absent", if_absent),
    END};
static const struct attribute_rule near_attributes[] = {NEEDS(IN, "in", LIST),
                                                        NEEDS(WITHIN, "within", WORD),
                                                        CHOICE(ORDER, "order", orders),
                                                        CHOICE(ACROSS, "across", across),
                                                        CHOICE(IF_ABSENT, "if-absent", if_absent),
                                                        END};
static const struct attribute_rule collection_attributes[] = {
    NEEDS(NAME, "name", WORD), CHOICE(ABSENT, "absent", if_absent), END};
static const struct attribute_rule record_test_attributes[] = {NEEDS(IN, "in", WORD),
                                                               NEEDS(AS, "as", ID), END};
static const struct attribute_rule count_attributes[] = {
    NEEDS(IN, "in", WORD), NEEDS(AS, "as", ID), TEXT(IS, "is"), TEXT(LT, "lt"),
    TEXT(LE, "le"),        TEXT(GT, "gt"),      TEXT(GE, "ge"), END};
static const struct attribute_rule counter_attributes[] = {NEEDS(NAME, "name", TEXT),
                                                           TEXT(WINDOW, "window"),
                                                           TEXT(IS, "is"),
                                                           TEXT(LT, "lt"),
                                                           TEXT(LE, "le"),
                                                           TEXT(GT, "gt"),
                                                           TEXT(GE, "ge"),
                                                           TEXT(MAX_AGE, "max-age"),
                                                           END};
static const struct attribute_rule document_attributes[] = {LIST(COMPLETE, "complete"), END};
static const struct attribute_rule record_attributes[] = {NEEDS(IN, "in", WORD), END};
static const struct attribute_rule near_text_attributes[] = {NEEDS(TERMS, "terms", LIST), END};
static const struct attribute_rule guard_attributes[] = {
    TEXT(BEFORE, "before"),           TEXT(AFTER, "after"),   LIST(TERMS, "terms"),
    CHOICE(ACROSS, "across", across), LIST(INSIDE, "inside"), END};
static const struct attribute_rule field_attributes[] = {NEEDS(NAME, "name", TEXT),
                                                         CHOICE(PRESENT, "present", no_yes),
                                                         TEXT(IS, "is"),
                                                         TEXT(IS_NOT, "is-not"),
                                                         LIST(IN, "in"),
                                                         LIST(NOT_IN, "not-in"),
                                                         TEXT(UNDER, "under"),
                                                         TEXT(NOT_UNDER, "not-under"),
                                                         TEXT(LT, "lt"),
                                                         TEXT(LE, "le"),
                                                         TEXT(GT, "gt"),
                                                         TEXT(GE, "ge"),
                                                         CHOICE(VALUES, "values", values),
                                                         CHOICE(IF_ABSENT, "if-absent", if_absent),
                                                         END};
static const struct attribute_rule compare_attributes[] = {NEEDS(LEFT, "left", TEXT),
                                                           CHOICE(TYPE, "type", types),
                                                           TEXT(IS, "is"),
                                                           TEXT(IS_NOT, "is-not"),
                                                           TEXT(LT, "lt"),
                                                           TEXT(LE, "le"),
                                                           TEXT(GT, "gt"),
                                                           TEXT(GE, "ge"),
                                                           TEXT(PLUS, "plus"),
                                                           TEXT(MINUS, "minus"),
                                                           END};
static const struct attribute_rule let_attributes[] = {
    NEEDS(ID, "id", ID),  TEXT(FIELD, "field"), TEXT(IS, "is"),
    TEXT(TABLE, "table"), TEXT(KEY, "key"),     CHOICE(TYPE, "type", types),
    TEXT(PLUS, "plus"),   TEXT(MINUS, "minus"), END};
static const struct attribute_rule set_attributes[] = {NEEDS(ID, "id", ID),
                                                       NEEDS_CHOICE(TYPE, "type", types), END};
static const struct attribute_rule item_attributes[] = {TEXT(FROM, "from"), TEXT(UNTIL, "until"),
                                                        TEXT(THROUGH, "through"), END};
static const struct attribute_rule table_attributes[] = {
    NEEDS(ID, "id", ID), NEEDS_CHOICE(KEY, "key", types), NEEDS_CHOICE(GIVES, "gives", types), END};
static const struct attribute_rule row_attributes[] = {LIST(IN, "in"),
                                                       TEXT(IS, "is"),
                                                       TEXT(BELOW, "below"),
                                                       TEXT(THROUGH, "through"),
                                                       NEEDS(VALUE, "value", TEXT),
                                                       TEXT(FROM, "from"),
                                                       TEXT(UNTIL, "until"),
                                                       CHOICE(STANDING, "standing", standings),
                                                       END};
static const struct attribute_rule relation_attributes[] = {
    NEEDS(ID, "id", ID), CHOICE(SYMMETRIC, "symmetric", no_yes), END};
static const struct attribute_rule pair_attributes[] = {NEEDS(LEFT, "left", TEXT),
                                                        NEEDS(RIGHT, "right", TEXT), END};
static const struct attribute_rule related_attributes[] = {
    NEEDS(BY, "by", TEXT), NEEDS(LEFT, "left", TEXT), NEEDS(RIGHT, "right", TEXT), END};
static const struct attribute_rule param_attributes[] = {NEEDS(ID, "id", ID),
                                                         NEEDS_CHOICE(TYPE, "type", types),
                                                         NEEDS(DEFAULT, "default", TEXT),
                                                         TEXT(MIN, "min"),
                                                         TEXT(MAX, "max"),
                                                         END};
static const struct attribute_rule case_param_attributes[] = {NEEDS(NAME, "name", TEXT),
                                                              NEEDS(VALUE, "value", TEXT), END};
static const struct attribute_rule calendar_attributes[] = {
    NEEDS(ID, "id", ID), CHOICE(LANG, "xml:lang", languages), END};
static const struct attribute_rule year_attributes[] = {NEEDS(OF, "of", TEXT), END};
static const struct attribute_rule day_attributes[] = {NEEDS(DAY, "day", TEXT), END};
static const struct attribute_rule value_attributes[] = {TEXT(FIELD, "field"), TEXT(IS, "is"), END};
static const struct attribute_rule outcome_attributes[] = {
    NEEDS_CHOICE(VERDICT, "verdict", verdicts), CHOICE(ACTION, "action", actions),
    TEXT(POINTS, "points"), END};
static const struct attribute_rule cite_attributes[] = {
    NEEDS(SOURCE, "source", ID), TEXT(CLAUSE, "clause"), CHOICE(STANDING, "standing", standings),
    END};
static const struct attribute_rule case_attributes[] = {
    NEEDS_CHOICE(EXPECT, "expect", expectations),
    TEXT(AS_OF, "as-of"),
    TEXT(NOW, "now"),
    TEXT(PROFILE, "profile"),
    CHOICE(VERDICT, "verdict", verdicts),
    CHOICE(SEVERITY, "severity", severities),
    TEXT(VERSION, "version"),
    TEXT(REQUIREMENT, "requirement"),
    TEXT(NOTE, "note"),
    END};
static const struct attribute_rule gives_attributes[] = {
    TEXT(EVIDENCE, "evidence"), CHOICE(DISGUISE, "disguise", disguises), TEXT(CITE, "cite"),
    TEXT(DEADLINE, "deadline"), END};
static const struct attribute_rule name_attributes[] = {NEEDS(NAME, "name", TEXT), END};
static const struct attribute_rule no_attributes[] = {END};

#define ANY(kind, group)                                                                           \
    {                                                                                              \
        ELEMENT_##kind, group, false, false                                                        \
    }
#define SOME(kind, group)                                                                          \
    {                                                                                              \
        ELEMENT_##kind, group, true, false                                                         \
    }
#define SOME_ONCE(kind, group)                                                                     \
    {                                                                                              \
        ELEMENT_##kind, group, true, true                                                          \
    }
#define ONCE(kind, group)                                                                          \
    {                                                                                              \
        ELEMENT_##kind, group, false, true                                                         \
    }
#define LAST                                                                                       \
    {                                                                                              \
        ELEMENT_UNKNOWN, 0, false, false                                                           \
    }

static const struct child_rule ruleset_children[] = {SOME(TITLE, 0),
                                                     ANY(DESCRIPTION, 1),
                                                     ANY(SOURCE, 2),
                                                     ANY(SECTION, 2),
                                                     ANY(USES, 2),
                                                     ANY(DECLARATION, 2),
                                                     ANY(COLLECTION, 2),
                                                     ANY(PARAM, 2),
                                                     ANY(SET, 2),
                                                     ANY(TABLE, 2),
                                                     ANY(RELATION, 2),
                                                     ANY(LET, 2),
                                                     ANY(DEADLINE, 2),
                                                     ANY(CONDITION, 2),
                                                     ANY(TERMS, 2),
                                                     ANY(RULE, 2),
                                                     ANY(PROFILE, 2),
                                                     ANY(EXCEPTION, 2),
                                                     LAST};
static const struct child_rule profile_children[] = {SOME(TITLE, 0), ANY(DESCRIPTION, 1),
                                                     ANY(SELECT, 2), ANY(CASE_PARAM, 2), LAST};
static const struct child_rule exception_children[] = {SOME(REASON, 0), SOME_ONCE(SCOPE, 1), LAST};
static const struct child_rule terms_children[] = {ANY(TERM, 0), ANY(PATTERN, 0), ANY(ALLOW, 0),
                                                   LAST};
static const struct child_rule rule_children[] = {SOME(TITLE, 0),    ANY(DESCRIPTION, 1),
                                                  ANY(LET, 2),       ANY(DEADLINE, 2),
                                                  ANY(MILESTONE, 2), ONCE(APPLIES, 3),
                                                  ONCE(WHEN, 3),     ANY(REQUIRE, 3),
                                                  ANY(UNLESS, 3),    ANY(GRACE, 3),
                                                  ONCE(OUTCOME, 3),  ANY(VERSION, 4),
                                                  ANY(CASE, 5),      LAST};
static const struct child_rule version_children[] = {
    ANY(LET, 0),    ANY(DEADLINE, 0), ONCE(APPLIES, 1), ONCE(WHEN, 1), ANY(REQUIRE, 1),
    ANY(UNLESS, 1), ANY(GRACE, 1),    ONCE(OUTCOME, 1), LAST};
static const struct child_rule calendar_children[] = {SOME(TITLE, 0), ANY(YEAR, 1), LAST};
static const struct child_rule year_children[] = {ANY(HOLIDAY, 0), ANY(WORKDAY, 0), LAST};
static const struct child_rule param_children[] = {ANY(TITLE, 0), LAST};
static const struct child_rule deadline_children[] = {SOME_ONCE(STARTS, 0), SOME_ONCE(DUE, 0),
                                                      ONCE(MET_BY, 0), ONCE(VOID_BY, 0), LAST};
static const struct child_rule milestone_children[] = {SOME(TITLE, 0), LAST};
static const struct child_rule set_children[] = {SOME(ITEM, 0), LAST};
static const struct child_rule table_children[] = {SOME(ROW, 0), LAST};
static const struct child_rule relation_children[] = {ANY(GROUP, 0), ANY(PAIR, 0), LAST};
static const struct child_rule let_children[] = {ONCE(FIRST, 0), LAST};
static const struct child_rule first_children[] = {SOME(SOURCE_VALUE, 0), LAST};
#define CONDITIONS                                                                                 \
    ANY(ALL, 0), ANY(ANY, 0), ANY(NONE, 0), ANY(NOT, 0), ANY(USE, 0), ANY(TEXT, 0), ANY(NEAR, 0),  \
        ANY(SOME, 0), ANY(EVERY, 0), ANY(COUNT, 0), ANY(COUNTER, 0), ANY(FIELD, 0),                \
        ANY(COMPARE, 0), ANY(RELATED, 0), ANY(MISSED, 0), ANY(OPEN, 0), ANY(MET_LATE, 0)
static const struct child_rule declaration_children[] = {ANY(READ, 0), LAST};
static const struct child_rule conditions[] = {CONDITIONS, LAST};
static const struct child_rule guards[] = {ANY(GUARD, 0), LAST};
static const struct child_rule near_children[] = {SOME(NEAR_TEXT, 0), LAST};
static const struct child_rule require_children[] = {
    CONDITIONS, ANY(UNLESS, 1), ANY(MESSAGE, 1), ANY(REMEDY, 1), ANY(CITE, 1), LAST};
static const struct child_rule grace_children[] = {CONDITIONS, ANY(MESSAGE, 1), ANY(REMEDY, 1),
                                                   ANY(CITE, 1), LAST};
static const struct child_rule outcome_children[] = {ANY(GRADE, 0), SOME(MESSAGE, 0),
                                                     ANY(REMEDY, 0), ANY(CITE, 0), LAST};
static const struct child_rule case_children[] = {
    ANY(CASE_PARAM, 0),  ANY(GIVES, 0), ANY(LISTING, 0), ANY(MERCHANT, 0), ANY(CHAT, 0),
    ANY(RULE_CHANGE, 0), LAST};
static const struct child_rule document_children[] = {ANY(ATTRIBUTE, 0), ANY(FACT, 0),
                                                      ANY(RECORD, 0), LAST};
static const struct child_rule record_children[] = {ANY(RECORD_FIELD, 0), ANY(RECORD, 0), LAST};
static const struct child_rule collection_children[] = {ANY(MEMBER, 0), LAST};
static const struct child_rule no_children[] = {LAST};

static const struct element_rule elements[ELEMENT_KINDS] = {
    [ELEMENT_UNKNOWN] = {NULL, CONTENT_ELEMENTS, no_attributes, no_children},
    [ELEMENT_RULESET] = {"ruleset", CONTENT_ELEMENTS, ruleset_attributes, ruleset_children},
    [ELEMENT_TITLE] = {"title", CONTENT_TEXT, words_attributes, no_children},
    [ELEMENT_DESCRIPTION] = {"description", CONTENT_TEXT, words_attributes, no_children},
    [ELEMENT_SOURCE] = {"source", CONTENT_TEXT, source_attributes, no_children},
    [ELEMENT_SECTION] = {"section", CONTENT_TEXT, section_attributes, no_children},
    [ELEMENT_DECLARATION] = {"field", CONTENT_ELEMENTS, declaration_attributes,
                             declaration_children},
    [ELEMENT_READ] = {"read", CONTENT_NOTHING, read_attributes, no_children},
    [ELEMENT_USES] = {"uses", CONTENT_NOTHING, uses_attributes, no_children},
    [ELEMENT_CONDITION] = {"condition", CONTENT_CONDITION, id_attributes, conditions},
    [ELEMENT_PROFILE] = {"profile", CONTENT_ELEMENTS, profile_attributes, profile_children},
    [ELEMENT_SELECT] = {"select", CONTENT_NOTHING, select_attributes, no_children},
    [ELEMENT_EXCEPTION] = {"exception", CONTENT_ELEMENTS, exception_attributes, exception_children},
    [ELEMENT_REASON] = {"reason", CONTENT_TEXT, words_attributes, no_children},
    [ELEMENT_SCOPE] = {"scope", CONTENT_CONDITION, no_attributes, conditions},
    [ELEMENT_COLLECTION] = {"collection", CONTENT_ELEMENTS, collection_attributes,
                            collection_children},
    [ELEMENT_MEMBER] = {"field", CONTENT_NOTHING, member_attributes, no_children},
    [ELEMENT_TERMS] = {"terms", CONTENT_ELEMENTS, terms_attributes, terms_children},
    [ELEMENT_TERM] = {"term", CONTENT_TEXT, term_attributes, no_children},
    [ELEMENT_ALLOW] = {"allow", CONTENT_TEXT, allow_attributes, no_children},
    [ELEMENT_PATTERN] = {"pattern", CONTENT_TEXT, pattern_attributes, no_children},
    [ELEMENT_RULE] = {"rule", CONTENT_ELEMENTS, rule_attributes, rule_children},
    [ELEMENT_VERSION] = {"version", CONTENT_ELEMENTS, version_attributes, version_children},
    [ELEMENT_APPLIES] = {"applies", CONTENT_CONDITION, no_attributes, conditions},
    [ELEMENT_WHEN] = {"when", CONTENT_CONDITION, no_attributes, conditions},
    [ELEMENT_REQUIRE] = {"require", CONTENT_CONDITION_AMONG, require_attributes, require_children},
    [ELEMENT_UNLESS] = {"unless", CONTENT_CONDITION, unless_attributes, conditions},
    [ELEMENT_ALL] = {"all", CONTENT_CONDITIONS, no_attributes, conditions},
    [ELEMENT_ANY] = {"any", CONTENT_CONDITIONS, no_attributes, conditions},
    [ELEMENT_NONE] = {"none", CONTENT_CONDITIONS, no_attributes, conditions},
    [ELEMENT_NOT] = {"not", CONTENT_CONDITION, no_attributes, conditions},
    [ELEMENT_USE] = {"use", CONTENT_NOTHING, use_attributes, no_children},
    [ELEMENT_TEXT] = {"text", CONTENT_ELEMENTS, text_attributes, guards},
    [ELEMENT_NEAR] = {"near", CONTENT_ELEMENTS, near_attributes, near_children},
    [ELEMENT_NEAR_TEXT] = {"text", CONTENT_ELEMENTS, near_text_attributes, guards},
    [ELEMENT_GUARD] = {"guard", CONTENT_NOTHING, guard_attributes, no_children},
    [ELEMENT_SOME] = {"some", CONTENT_CONDITION, record_test_attributes, conditions},
    [ELEMENT_EVERY] = {"every", CONTENT_CONDITION, record_test_attributes, conditions},
    [ELEMENT_COUNT] = {"count", CONTENT_CONDITION, count_attributes, conditions},
    [ELEMENT_COUNTER] = {"counter", CONTENT_NOTHING, counter_attributes, no_children},
    [ELEMENT_FIELD] = {"field", CONTENT_NOTHING, field_attributes, no_children},
    [ELEMENT_COMPARE] = {"compare", CONTENT_NOTHING, compare_attributes, no_children},
    [ELEMENT_MISSED] = {"missed", CONTENT_NOTHING, missed_attributes, no_children},
    [ELEMENT_OPEN] = {"open", CONTENT_NOTHING, deadline_test_attributes, no_children},
    [ELEMENT_MET_LATE] = {"met-late", CONTENT_NOTHING, deadline_test_attributes, no_children},
    [ELEMENT_DEADLINE] = {"deadline", CONTENT_ELEMENTS, deadline_attributes, deadline_children},
    [ELEMENT_STARTS] = {"starts", CONTENT_NOTHING, at_attributes, no_children},
    [ELEMENT_DUE] = {"due", CONTENT_NOTHING, due_attributes, no_children},
    [ELEMENT_MET_BY] = {"met-by", CONTENT_NOTHING, at_attributes, no_children},
    [ELEMENT_VOID_BY] = {"void-by", CONTENT_NOTHING, at_attributes, no_children},
    [ELEMENT_MILESTONE] = {"milestone", CONTENT_ELEMENTS, milestone_attributes, milestone_children},
    [ELEMENT_RELATED] = {"related", CONTENT_NOTHING, related_attributes, no_children},
    [ELEMENT_SET] = {"set", CONTENT_ELEMENTS, set_attributes, set_children},
    [ELEMENT_ITEM] = {"item", CONTENT_TEXT, item_attributes, no_children},
    [ELEMENT_TABLE] = {"table", CONTENT_ELEMENTS, table_attributes, table_children},
    [ELEMENT_ROW] = {"row", CONTENT_NOTHING, row_attributes, no_children},
    [ELEMENT_RELATION] = {"relation", CONTENT_ELEMENTS, relation_attributes, relation_children},
    [ELEMENT_GROUP] = {"group", CONTENT_TEXT, no_attributes, no_children},
    [ELEMENT_PAIR] = {"pair", CONTENT_NOTHING, pair_attributes, no_children},
    [ELEMENT_LET] = {"let", CONTENT_ELEMENTS, let_attributes, let_children},
    [ELEMENT_PARAM] = {"param", CONTENT_ELEMENTS, param_attributes, param_children},
    [ELEMENT_CASE_PARAM] = {"param", CONTENT_NOTHING, case_param_attributes, no_children},
    [ELEMENT_CALENDAR] = {"calendar", CONTENT_ELEMENTS, calendar_attributes, calendar_children},
    [ELEMENT_YEAR] = {"year", CONTENT_ELEMENTS, year_attributes, year_children},
    [ELEMENT_HOLIDAY] = {"holiday", CONTENT_VALUE, day_attributes, no_children},
    [ELEMENT_WORKDAY] = {"workday", CONTENT_VALUE, day_attributes, no_children},
    [ELEMENT_FIRST] = {"first", CONTENT_ELEMENTS, no_attributes, first_children},
    [ELEMENT_SOURCE_VALUE] = {"value", CONTENT_NOTHING, value_attributes, no_children},
    [ELEMENT_OUTCOME] = {"outcome", CONTENT_ELEMENTS, outcome_attributes, outcome_children},
    [ELEMENT_GRACE] = {"grace", CONTENT_CONDITION_MAYBE, grace_attributes, grace_children},
    [ELEMENT_GRADE] = {"grade", CONTENT_CONDITION, grade_attributes, conditions},
    [ELEMENT_MESSAGE] = {"message", CONTENT_TEXT, words_attributes, no_children},
    [ELEMENT_REMEDY] = {"remedy", CONTENT_TEXT, words_attributes, no_children},
    [ELEMENT_CITE] = {"cite", CONTENT_NOTHING, cite_attributes, no_children},
    [ELEMENT_CASE] = {"case", CONTENT_ELEMENTS, case_attributes, case_children},
    [ELEMENT_GIVES] = {"gives", CONTENT_NOTHING, gives_attributes, no_children},
    [ELEMENT_LISTING] = {"listing", CONTENT_FIELDS, document_attributes, document_children},
    [ELEMENT_MERCHANT] = {"merchant", CONTENT_FIELDS, document_attributes, document_children},
    [ELEMENT_CHAT] = {"message", CONTENT_FIELDS, document_attributes, document_children},
    [ELEMENT_RULE_CHANGE] = {"rule-change", CONTENT_FIELDS, document_attributes, document_children},
    [ELEMENT_ATTRIBUTE] = {"attribute", CONTENT_VALUE, name_attributes, no_children},
    [ELEMENT_FACT] = {"fact", CONTENT_VALUE, name_attributes, no_children},
    [ELEMENT_RECORD] = {"record", CONTENT_ELEMENTS, record_attributes, record_children},
    [ELEMENT_RECORD_FIELD] = {"field", CONTENT_VALUE, name_attributes, no_children},
    [ELEMENT_VALUE] = {NULL, CONTENT_VALUE, no_attributes, no_children},
};

const struct element_rule *grammar_element(enum element_kind kind)
{
    return &elements[kind];
}

bool grammar_is_condition(enum element_kind kind)
{
    const struct child_rule *c = conditions;

    while (c->kind && c->kind != kind)
        c++;
    return c->kind != ELEMENT_UNKNOWN;
}

enum element_kind grammar_child(enum element_kind parent, const char *name)
{
    const struct element_rule *rule = &elements[parent];

    for (const struct child_rule *c = rule->children; c->kind; c++)
        if (strcmp(elements[c->kind].name, name) == 0)
            return c->kind;
    return rule->content == CONTENT_FIELDS ? ELEMENT_VALUE : ELEMENT_UNKNOWN;
}

const struct attribute_rule *grammar_attribute(enum element_kind kind, const char *name)
{
    for (const struct attribute_rule *a = elements[kind].attributes; a->kind; a++)
        if (strcmp(a->name, name) == 0)
            return a;
    return NULL;
}

uint16_t grammar_choice(const struct attribute_rule *a, const char *value, size_t len)
{
    for (uint16_t i = 0; a->choices[i]; i++)
        if (strlen(a->choices[i]) == len && memcmp(a->choices[i], value, len) == 0)
            return i;
    return CHOICE_NONE;
}
