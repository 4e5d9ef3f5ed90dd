/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_BLANK_H
#define LIBRULES_FACTS_BLANK_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the text, which is not empty, begins with a byte that no white space begins with. */
static inline bool begins_visibly(const char *text)
{
    unsigned char c = (unsigned char)*text;

    return c > ' ' && c != 0xc2 && (c < 0xe1 || c > 0xe3);
}

bool is_blank_throughout(const char *text, size_t len);

/* Whether the text is empty or all white space (Unicode White_Space). */
static inline bool is_blank_text(const char *text, size_t len)
{
    return len == 0 || (!begins_visibly(text) && is_blank_throughout(text, len));
}

#endif
