/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_HTML_GAP_H
#define LIBRULES_TEXT_HTML_GAP_H

#include <stddef.h>

/* Where the first byte of [at, end) stands that is not above the blank, or end. Bytes up to
 * readable may be looked at. */
size_t html_skip_visible(const char *text, size_t at, size_t end, size_t readable);

#endif
