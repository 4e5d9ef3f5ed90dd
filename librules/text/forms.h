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
    FORM_SQUEEZED = 1 << 5   /* separators put between the characters */
};

#define FORM_DEFAULT (FORM_WIDTH | FORM_CASE | FORM_COMPAT | FORM_SCRIPT | FORM_IGNORABLE)
#define FORM_ALL (FORM_DEFAULT | FORM_SQUEEZED)

#endif
