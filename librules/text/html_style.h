/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_STYLE_H
#define LIBRULES_TEXT_HTML_STYLE_H

#include <stddef.h>
#include <stdint.h>

/* Why an element is not shown. */
enum html_hide {
    HIDE_DISPLAY = 1 << 0, /* for good */
    HIDE_VISIBILITY = 1 << 1,
    HIDE_SIZE = 1 << 2
};

enum html_box { BOX_UNSAID, BOX_NONE, BOX_INLINE, BOX_BLOCK, BOX_OTHER };

/* What a style attribute says. */
struct html_style {
    uint8_t hides; /* enum html_hide */
    uint8_t shows; /* enum html_hide that it takes back from what it stands in */
    uint8_t box;   /* enum html_box */
};

/*
 * Reads the value of a style attribute as written. What is not surely hidden is shown: a style
 * that is longer than 2 KiB or has escapes, comments or blocks takes everything back.
 */
struct html_style html_style(const char *value, size_t len);

#endif
