/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_BASELINE_LINE_H
#define TOOLS_BASELINE_LINE_H

#include "baseline.h"

enum line_kind { LINE_KNOWN, LINE_BLANK, LINE_WRONG, LINE_OLD, LINE_MEMORY };

/* Reads a line of a baseline: a JSON object whose members are texts or null. Members of other names
 * are passed over. LINE_OLD: it is of a time when nothing told documents without an id apart.
 * @param[out] column of what is wrong: 1-based, in code points */
enum line_kind baseline_parse(const char *text, const char *end, struct known *out, size_t *column);

#endif
