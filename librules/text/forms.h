/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_FORMS_H
#define LIBRULES_TEXT_FORMS_H

#include <stdint.h>

/*
 * What a normal form undoes. The same bits say which forms a term tolerates and how a match was
 * disguised; they equal enum rls_form of the public headers.
 */
enum form {
    FORM_WIDTH = 1 << 0,     /* full and half width */
    FORM_CASE = 1 << 1,      /* letter case */
    FORM_COMPAT = 1 << 2,    /* compatibility and canonical equivalents, other and more blanks */
    FORM_SCRIPT = 1 << 3,    /* traditional Han written for simplified */
    FORM_IGNORABLE = 1 << 4, /* zero-width characters, variation selectors, soft hyphens */
    FORM_SQUEEZED = 1 << 5,  /* separators put between the characters */
    FORM_LOOKALIKE = 1 << 6, /* characters that look like the term's */
    FORM_HOMOPHONE = 1 << 7, /* Han that sound like the term's */
    FORM_PINYIN = 1 << 8,    /* syllables in Latin letters */
    FORM_INITIALS = 1 << 9,  /* the first letters of the syllables */
    FORM_SPLIT = 1 << 10,    /* a character written as its two parts */
    FORM_REPEAT = 1 << 11,   /* characters written several times */
    FORM_EMOJI = 1 << 12     /* emoji that stand for a character */
};

#define FORM_DEFAULT (FORM_WIDTH | FORM_CASE | FORM_COMPAT | FORM_SCRIPT | FORM_IGNORABLE)
/* What the reader of a text undoes; the others need the term to be seen. */
#define FORM_PLAIN (FORM_DEFAULT | FORM_SQUEEZED)
#define FORM_LOOSE                                                                                 \
    (FORM_LOOKALIKE | FORM_HOMOPHONE | FORM_PINYIN | FORM_INITIALS | FORM_SPLIT | FORM_REPEAT |    \
     FORM_EMOJI)
#define FORM_ALL (FORM_PLAIN | FORM_LOOSE)

#endif
