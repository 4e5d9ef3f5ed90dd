/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_BLANK_H
#define LIBRULES_FACTS_BLANK_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the text is empty or all white space (Unicode White_Space). */
bool is_blank_text(const char *text, size_t len);

#endif
