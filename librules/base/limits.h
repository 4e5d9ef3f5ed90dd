/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_LIMITS_H
#define LIBRULES_BASE_LIMITS_H

/*
 * Every ceiling of the library. Each is the default of an option of the same purpose unless its
 * sentence says "fixed"; each has a test that reaches it.
 */
enum {
    /* Bytes of one rule source file. */
    LIMIT_SOURCE_BYTES = 64 * 1024 * 1024,
    /* Nesting of elements in a rule source (fixed). */
    LIMIT_XML_DEPTH = 64,
    /* Attributes of one element (fixed). */
    LIMIT_XML_ATTRIBUTES = 64,
    /* Bytes of the name of an element or attribute (fixed). */
    LIMIT_XML_NAME = 1024,
    /* Diagnostics kept for one build; more are counted, not kept. */
    LIMIT_DIAGNOSTICS = 1000,
    /* Rules of one set. */
    LIMIT_RULES = 1000000,
    /* Versions of one rule (fixed). */
    LIMIT_VERSIONS = 256,
    /* Named conditions that use one another, one within the other (fixed). */
    LIMIT_NESTED_USES = 16,
    /* Conditions that one rule stands for, shared ones counted at every use (fixed). */
    LIMIT_RULE_CONDITIONS = 100000,
    /* Requirements of one rule or version (fixed). */
    LIMIT_REQUIREMENTS = 256,
    /* Milestones of one rule (fixed). */
    LIMIT_MILESTONES = 16,
    /* Select elements of all profiles of one build (fixed). */
    LIMIT_SELECTS = 1000,
    /* Lets that one rule can see (fixed). */
    LIMIT_LETS = 256,
    /* Lets that stand one upon the other (fixed). */
    LIMIT_LET_DEPTH = 32,
    /* Symbols of one term after folding (fixed). */
    LIMIT_TERM_SYMBOLS = 255,
    /* Separators between two neighbouring symbols of a squeezed match (fixed). */
    LIMIT_SEPARATOR_RUN = 4,
    /* Letters of a word that may be pinyin or initials; longer ones are neither (fixed). */
    LIMIT_LATIN_RUN = 64,
    /* Characters of one match that are read other than as they stand (fixed). */
    LIMIT_READ_OTHERWISE = 64,
    /* Bytes of one pattern (fixed). */
    LIMIT_PATTERN_BYTES = 1024,
    /* Nesting of groups in a pattern (fixed). */
    LIMIT_PATTERN_DEPTH = 32,
    /* Times that a part of a pattern may be repeated, where it has an end (fixed). */
    LIMIT_PATTERN_REPEAT = 1000,
    /* Groups of a pattern that capture (fixed). */
    LIMIT_PATTERN_CAPTURES = 16,
    /* Steps back that one try to match a pattern may take, and their nesting (fixed). */
    LIMIT_PATTERN_STEPS = 20000,
    /* Bytes that one try to match a pattern may keep to step back; the second is for machine code,
     * whose steps are smaller (fixed). */
    LIMIT_PATTERN_HEAP = 4 * 1024 * 1024,
    LIMIT_PATTERN_STACK = 512 * 1024,
    /* Bytes of one document (listing, merchant, message). */
    LIMIT_DOCUMENT_BYTES = 16 * 1024 * 1024,
    /* Nesting of a JSON document (fixed). */
    LIMIT_JSON_DEPTH = 64,
    /* Bytes of one document, whatever the option says: the JSON parser counts in 32 bits, and
     * repaired text can be three times as long (fixed). */
    LIMIT_DOCUMENT_HARD = 1 << 30,
    /* Bytes of the path of a JSON member; longer ones are cut at a character (fixed). */
    LIMIT_JSON_PATH = 512,
    /* Unknown members of one document that are compared with the known names (fixed). */
    LIMIT_NEAR_CHECKS = 64,
    /* Facts of one subject. */
    LIMIT_FACTS = 100000,
    /* Facts that a check may add to a document that is full (fixed). */
    LIMIT_SPARE_FACTS = 64,
    /* Notes kept of one subject; more are dropped (fixed). */
    LIMIT_NOTES = 1000,
    /* Different parts of one subject that may be declared complete (fixed). */
    LIMIT_COMPLETE_PARTS = 256,
    /* Term hits kept for one check. */
    LIMIT_HITS = 10000,
    /* Parts of one <near> (fixed). */
    LIMIT_NEAR_PARTS = 3,
    /* Folded symbols that a <near> or <guard> may reach (fixed). */
    LIMIT_DISTANCE = 1000,
    /* Values of the fields of one <guard inside>; hits inside others stand (fixed). */
    LIMIT_INSIDE_VALUES = 16,
    /* Folded symbols of such a value; hits inside longer ones stand (fixed). */
    LIMIT_INSIDE_SYMBOLS = 255,
    /* Records that one condition may bind within each other, that of the rule included (fixed). */
    LIMIT_BOUND_RECORDS = 3,
    /* Times that conditions of one check may look at a record. */
    LIMIT_RECORD_LOOKS = 1000000,
    /* Names of label fields that are found in one text (fixed). */
    LIMIT_LABEL_NAMES = 10000,
    /* Values that are read from the labels of one document (fixed). */
    LIMIT_LABEL_VALUES = 1000,
    /* Values of one side of a <related>; with more it cannot be told (fixed). */
    LIMIT_RELATED_VALUES = 64,
    /* Findings of one report. */
    LIMIT_FINDINGS = 1000,
    /* Evidence entries of one finding. */
    LIMIT_EVIDENCE = 16,
    /* Bytes of one quoted excerpt. */
    LIMIT_EXCERPT_BYTES = 240
};

#endif
