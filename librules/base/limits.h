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
    /* Diagnostics kept for one build; more are counted, not kept. */
    LIMIT_DIAGNOSTICS = 1000,
    /* Rules of one set. */
    LIMIT_RULES = 1000000,
    /* Symbols of one term after folding (fixed). */
    LIMIT_TERM_SYMBOLS = 255,
    /* Separators between two neighbouring symbols of a squeezed match (fixed). */
    LIMIT_SEPARATOR_RUN = 4,
    /* Bytes of one document (listing, merchant, message). */
    LIMIT_DOCUMENT_BYTES = 16 * 1024 * 1024,
    /* Nesting of a JSON document (fixed). */
    LIMIT_JSON_DEPTH = 64,
    /* Facts of one subject. */
    LIMIT_FACTS = 100000,
    /* Term hits kept for one check. */
    LIMIT_HITS = 10000,
    /* Findings of one report. */
    LIMIT_FINDINGS = 1000,
    /* Evidence entries of one finding. */
    LIMIT_EVIDENCE = 16,
    /* Bytes of one quoted excerpt. */
    LIMIT_EXCERPT_BYTES = 240
};

#endif
