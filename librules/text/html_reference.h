/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_REFERENCE_H
#define LIBRULES_TEXT_HTML_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

/* A named reference; the table is sorted by the bytes of the names. */
struct html_entity {
    uint16_t name; /* where it begins in html_entity_names, without "&" */
    uint16_t len;  /* with its semicolon, where it has one */
    uint32_t first;
    uint32_t second; /* 0 when it stands for one code point */
};

extern const char html_entity_names[];
extern const struct html_entity html_entities[];
/* By an ASCII byte: the first entity whose name does not begin below it. */
extern const uint16_t html_entity_starts[129];

/* What a character reference stands for. */
struct html_reference {
    uint32_t codes[2];
    uint32_t count;
};

/*
 * Reads the reference at text, whose first byte is '&', as the HTML standard does: the longest
 * name, with and without semicolon, decimal and hexadecimal numbers, the mistakes of Windows-1252
 * mended. In an attribute a name without semicolon that goes on is none. Returns its length, 0
 * when there is none.
 */
size_t html_reference(const char *text, size_t len, _Bool in_attribute, struct html_reference *out);

#endif
