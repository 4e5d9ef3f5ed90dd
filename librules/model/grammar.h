/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MODEL_GRAMMAR_H
#define LIBRULES_MODEL_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The elements and attributes of rule sets, as tables. docs/rule-format.md says the same in words
 * and rules-data/schema/ruleset-1.rng to editors.
 */

/* One name may be several kinds: <field> in a rule set declares, in a condition it tests. */
enum element_kind {
    ELEMENT_UNKNOWN,
    ELEMENT_RULESET,
    ELEMENT_TITLE,
    ELEMENT_DESCRIPTION,
    ELEMENT_SOURCE,
    ELEMENT_SECTION,
    ELEMENT_DECLARATION,
    ELEMENT_READ,
    ELEMENT_COLLECTION,
    ELEMENT_MEMBER, /* <field> of a collection */
    ELEMENT_USES,
    ELEMENT_CONDITION,
    ELEMENT_PROFILE,
    ELEMENT_SELECT,
    ELEMENT_EXCEPTION,
    ELEMENT_REASON,
    ELEMENT_SCOPE,
    ELEMENT_TERMS,
    ELEMENT_TERM,
    ELEMENT_ALLOW,
    ELEMENT_PATTERN,
    ELEMENT_RULE,
    ELEMENT_VERSION,
    ELEMENT_APPLIES,
    ELEMENT_WHEN,
    ELEMENT_REQUIRE,
    ELEMENT_UNLESS,
    ELEMENT_ALL,
    ELEMENT_ANY,
    ELEMENT_NONE,
    ELEMENT_NOT,
    ELEMENT_USE,
    ELEMENT_TEXT,
    ELEMENT_NEAR,
    ELEMENT_SOME,
    ELEMENT_EVERY,
    ELEMENT_COUNT,
    ELEMENT_COUNTER,
    ELEMENT_FIELD,
    ELEMENT_NEAR_TEXT, /* <text> as a part of <near> */
    ELEMENT_GUARD,
    ELEMENT_COMPARE,
    ELEMENT_RELATED,
    ELEMENT_MISSED,
    ELEMENT_OPEN,
    ELEMENT_MET_LATE,
    ELEMENT_LET,
    ELEMENT_SET,
    ELEMENT_ITEM,
    ELEMENT_TABLE,
    ELEMENT_ROW,
    ELEMENT_RELATION,
    ELEMENT_GROUP,
    ELEMENT_PAIR,
    ELEMENT_DEADLINE,
    ELEMENT_STARTS,
    ELEMENT_DUE,
    ELEMENT_MET_BY,
    ELEMENT_VOID_BY,
    ELEMENT_MILESTONE,
    ELEMENT_PARAM,
    ELEMENT_CASE_PARAM,
    ELEMENT_CALENDAR,
    ELEMENT_YEAR,
    ELEMENT_HOLIDAY,
    ELEMENT_WORKDAY,
    ELEMENT_FIRST,
    ELEMENT_SOURCE_VALUE, /* <value> in <first> */
    ELEMENT_OUTCOME,
    ELEMENT_GRADE,
    ELEMENT_GRACE,
    ELEMENT_MESSAGE,
    ELEMENT_REMEDY,
    ELEMENT_CITE,
    ELEMENT_CASE,
    ELEMENT_GIVES,
    ELEMENT_LISTING,
    ELEMENT_MERCHANT,
    ELEMENT_CHAT, /* <message> as the document of a case */
    ELEMENT_RULE_CHANGE,
    ELEMENT_ATTRIBUTE,
    ELEMENT_FACT,
    ELEMENT_RECORD,
    ELEMENT_RECORD_FIELD, /* <field> of a record */
    ELEMENT_VALUE,        /* any other child of a document: a field by its name */
    ELEMENT_KINDS
};

enum attribute_kind {
    ATTRIBUTE_UNKNOWN,
    ATTRIBUTE_ABSENT,
    ATTRIBUTE_ACROSS,
    ATTRIBUTE_ACTION,
    ATTRIBUTE_AFTER,
    ATTRIBUTE_ALIASES,
    ATTRIBUTE_ALSO_FROM,
    ATTRIBUTE_AS,
    ATTRIBUTE_AS_OF,
    ATTRIBUTE_AT,
    ATTRIBUTE_BASE,
    ATTRIBUTE_BEFORE,
    ATTRIBUTE_BELOW,
    ATTRIBUTE_BY,
    ATTRIBUTE_CALENDAR,
    ATTRIBUTE_CITE,
    ATTRIBUTE_CLAUSE,
    ATTRIBUTE_COMPLETE,
    ATTRIBUTE_DAY,
    ATTRIBUTE_DEADLINE,
    ATTRIBUTE_DEFAULT,
    ATTRIBUTE_DISGUISE,
    ATTRIBUTE_EVIDENCE,
    ATTRIBUTE_CONDITION,
    ATTRIBUTE_EXPECT,
    ATTRIBUTE_EXTENDS,
    ATTRIBUTE_SHORT,
    ATTRIBUTE_PROFILE,
    ATTRIBUTE_FIELD,
    ATTRIBUTE_FOR,
    ATTRIBUTE_FOR_EACH,
    ATTRIBUTE_FORM,
    ATTRIBUTE_FROM,
    ATTRIBUTE_GE,
    ATTRIBUTE_GIVES,
    ATTRIBUTE_GT,
    ATTRIBUTE_ID,
    ATTRIBUTE_IF_ABSENT,
    ATTRIBUTE_IF_UNKNOWN,
    ATTRIBUTE_IN,
    ATTRIBUTE_INSIDE,
    ATTRIBUTE_IS,
    ATTRIBUTE_IS_NOT,
    ATTRIBUTE_ISSUER,
    ATTRIBUTE_KEY,
    ATTRIBUTE_KIND,
    ATTRIBUTE_LANG,
    ATTRIBUTE_LE,
    ATTRIBUTE_LEFT,
    ATTRIBUTE_LT,
    ATTRIBUTE_MANY,
    ATTRIBUTE_MAX,
    ATTRIBUTE_MAX_AGE,
    ATTRIBUTE_MIN,
    ATTRIBUTE_MINUS,
    ATTRIBUTE_MODE,
    ATTRIBUTE_NAME,
    ATTRIBUTE_NOTE,
    ATTRIBUTE_NOT_IN,
    ATTRIBUTE_NOT_UNDER,
    ATTRIBUTE_NOW,
    ATTRIBUTE_NUMBER,
    ATTRIBUTE_OF,
    ATTRIBUTE_ORDER,
    ATTRIBUTE_OWNER,
    ATTRIBUTE_PATTERN,
    ATTRIBUTE_PLUS,
    ATTRIBUTE_POINTS,
    ATTRIBUTE_PREFIX,
    ATTRIBUTE_PRESENT,
    ATTRIBUTE_PUBLISHED,
    ATTRIBUTE_RIGHT,
    ATTRIBUTE_RULE,
    ATTRIBUTE_RULES,
    ATTRIBUTE_RULESET,
    ATTRIBUTE_REQUIREMENT,
    ATTRIBUTE_SEVERITY,
    ATTRIBUTE_SHOWN,
    ATTRIBUTE_SOURCE,
    ATTRIBUTE_STANDING,
    ATTRIBUTE_SUBJECT,
    ATTRIBUTE_SYMMETRIC,
    ATTRIBUTE_TABLE,
    ATTRIBUTE_TAGS,
    ATTRIBUTE_TERMS,
    ATTRIBUTE_THROUGH,
    ATTRIBUTE_TIME_ZONE,
    ATTRIBUTE_TOLERATE,
    ATTRIBUTE_TYPE,
    ATTRIBUTE_UNDER,
    ATTRIBUTE_UNTIL,
    ATTRIBUTE_URL,
    ATTRIBUTE_VALUE,
    ATTRIBUTE_VALUES,
    ATTRIBUTE_VERDICT,
    ATTRIBUTE_VERSION,
    ATTRIBUTE_VERSION_BY,
    ATTRIBUTE_WARN_BEFORE,
    ATTRIBUTE_WINDOW,
    ATTRIBUTE_WITHIN,
    ATTRIBUTE_WORD
};

enum value_kind {
    VALUE_TEXT, /* anything but nothing */
    VALUE_ID,
    VALUE_WORD,   /* no blanks */
    VALUE_CHOICE, /* one of the choices */
    VALUE_LIST,   /* items with blanks between */
    VALUE_CHOICES /* items, each one of the choices */
};

struct attribute_rule {
    enum attribute_kind kind; /* ATTRIBUTE_UNKNOWN ends a table */
    const char *name;
    enum value_kind value;
    bool required;
    const char *const *choices; /* NULL ends */
};

enum { GROUPS = 6 };

struct child_rule {
    enum element_kind kind; /* ELEMENT_UNKNOWN ends a table */
    uint8_t group;          /* children of a lower group stand before those of a higher one */
    bool required;
    bool once;
};

enum content {
    CONTENT_ELEMENTS,
    CONTENT_CONDITION,       /* exactly one */
    CONTENT_CONDITIONS,      /* one or more */
    CONTENT_CONDITION_MAYBE, /* at most one, beside elements that are none */
    CONTENT_CONDITION_AMONG, /* exactly one, beside elements that are none */
    CONTENT_TEXT,
    CONTENT_VALUE,  /* text that may be empty */
    CONTENT_FIELDS, /* elements, and any other name is that of a field */
    CONTENT_NOTHING
};

struct element_rule {
    const char *name; /* NULL: any */
    enum content content;
    const struct attribute_rule *attributes;
    const struct child_rule *children;
};

const struct element_rule *grammar_element(enum element_kind kind);
/* Whether elements of the kind are conditions. */
bool grammar_is_condition(enum element_kind kind);
/* By name among the children of a kind; ELEMENT_UNKNOWN when it has no such child. */
enum element_kind grammar_child(enum element_kind parent, const char *name);
const struct attribute_rule *grammar_attribute(enum element_kind kind, const char *name);

/* What a choice is when its value is wrong. */
#define CHOICE_NONE UINT16_MAX
uint16_t grammar_choice(const struct attribute_rule *a, const char *value, size_t len);

/* The order of choices that others rely on. */
enum { SUBJECT_LISTING, SUBJECT_MERCHANT, SUBJECT_MESSAGE, SUBJECT_RULE_CHANGE };
enum { LANGUAGE_ZH, LANGUAGE_EN };
enum { NO_CHOICE, YES_CHOICE };
enum { STANDING_VERIFIED, STANDING_STATED, STANDING_KNOWN, STANDING_INFERRED, STANDING_UNCERTAIN };
enum { BASE_ALL, BASE_NONE };
enum { VALUES_ANY, VALUES_ALL };
enum { IF_ABSENT_EMPTY, IF_ABSENT_UNKNOWN };
enum { ACROSS_CHOICE_NONE, ACROSS_CHOICE_CLAUSE, ACROSS_CHOICE_SENTENCE };
enum { ORDER_ANY, ORDER_AS_WRITTEN };
enum { FORM_FOLDED, FORM_RAW };
enum { IF_UNKNOWN_STANDS, IF_UNKNOWN_REVIEW };

/* The first of tolerate's choices are the form bits in order; then come these. */
enum { TOLERATE_EXACT = 13, TOLERATE_ALL = 14 };

#endif
