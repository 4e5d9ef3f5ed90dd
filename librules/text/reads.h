/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_READS_H
#define LIBRULES_TEXT_READS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/forms.h"

enum {
    TEXT_SYLLABLE = 6, /* letters of the longest syllable */
    TEXT_PARTS = 4,    /* characters that one may be split into */
    TEXT_READS = 2048  /* folded characters that text_reads compares */
};

/*
 * Whether the text, with these forms undone, can be read as the term, folded alike: what every hit
 * promises of its span. False for more than TEXT_READS characters. There is no key that all
 * readings share, as there is for FORM_PLAIN: characters have several readings, and parts may be
 * put together in several ways.
 */
bool text_reads(const char *text, size_t len, const char *term, size_t term_len, uint32_t forms);

#endif
