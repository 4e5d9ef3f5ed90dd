/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_ELEMENT_H
#define LIBRULES_TEXT_HTML_ELEMENT_H

#include <stddef.h>
#include <stdint.h>

enum html_flag {
    EL_VOID = 1 << 0,     /* has no end tag */
    EL_BLOCK = 1 << 1,    /* stands on lines of its own */
    EL_UNSEEN = 1 << 2,   /* not shown, nor what it contains, unless a style says so */
    EL_PRE = 1 << 3,      /* keeps its line ends */
    EL_ENDS_P = 1 << 4,   /* its start tag ends a paragraph */
    EL_SCOPE = 1 << 5,    /* tags inside do not close what is outside */
    EL_SPECIAL = 1 << 6,  /* the end tag of an inline element outside does not close it */
    EL_FORMAT = 1 << 7,   /* an inline element whose end tag closes nothing but itself */
    EL_TABLE = 1 << 8,    /* what stands right in it is shown before the table */
    EL_BREAKOUT = 1 << 9, /* ends SVG and MathML */
    EL_IGNORED = 1 << 10, /* its tags mean nothing in a description */
    EL_FOREIGN = 1 << 11, /* begins SVG or MathML */
    EL_NEVER = 1 << 12,   /* not shown, nor what it contains */
    EL_IMAGE = 1 << 13,
    EL_NEW_LINE = 1 << 14
};

/* What is closed together. */
enum html_group {
    GROUP_NONE,
    GROUP_A,
    GROUP_BUTTON,
    GROUP_CAPTION,
    GROUP_CELL,
    GROUP_DD,
    GROUP_DIALOG,
    GROUP_HEADING,
    GROUP_LI,
    GROUP_LIST,
    GROUP_NOBR,
    GROUP_OPTGROUP,
    GROUP_OPTION,
    GROUP_P,
    GROUP_ROW,
    GROUP_RUBY,
    GROUP_SECTION,
    GROUP_TABLE,
    GROUP_TEMPLATE
};

struct html_element {
    char name[12];
    uint16_t flags;  /* enum html_flag */
    uint8_t content; /* enum html_content of what follows its start tag */
    uint8_t group;   /* enum html_group */
};

/* NULL when the name, in any case, is none of HTML. */
const struct html_element *html_element(const char *name, size_t len);

#endif
