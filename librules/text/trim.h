/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_TEXT_TRIM_H
#define LIBRULES_TEXT_TRIM_H

#include <stddef.h>

/* Takes blanks, tabs and line ends off both ends of a view. Folded text has no other blanks. */
static inline void text_trim(const char **text, size_t *len)
{
    const char *begin = *text, *end = begin + *len;

    while (begin < end && (*begin == ' ' || (*begin >= '\t' && *begin <= '\r')))
        begin++;
    while (end > begin && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r')))
        end--;
    *text = begin;
    *len = (size_t)(end - begin);
}

#endif
