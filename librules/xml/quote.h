/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_XML_QUOTE_H
#define LIBRULES_XML_QUOTE_H

#include "xml/scan.h"

/* Where the closing quotation mark of an attribute was forgotten. */
struct missing_quote {
    size_t at, length; /* what runs on from the value: " severity=" without the blank */
    size_t name_at, name_length;
    size_t value_at, value_length; /* the value as it was probably meant */
    bool curly; /* it was closed, but by a mark that XML does not know: that is at */
};

/* Looks for it in a tag that is not well-formed; false when its quotes look right. */
bool quote_missing(const struct scan *s, const struct tag *tag, struct missing_quote *out);

/* The length of a quotation mark at a place that looks like " and is none; 0: none is there. */
size_t quote_curly(const struct scan *s, size_t at);

#endif
