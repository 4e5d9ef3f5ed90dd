/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_LABEL_DATE_H
#define LIBRULES_FACTS_LABEL_DATE_H

#include "facts/time.h"

/* Reads days as goods are marked: "2026年3月1日", "2026/03/01", "2026.3.1", "20260301". */
bool label_date_parse(const char *text, size_t len, struct civil *out);

#endif
