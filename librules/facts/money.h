/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_MONEY_H
#define LIBRULES_FACTS_MONEY_H

#include "facts/decimal.h"

/*
 * Reads a number with a sign of the yuan before it, behind it, or both: "¥19.80", "19.80元",
 * "RMB 19.80". False for all else: ranges, other currencies, more words.
 */
bool money_parse(const char *text, size_t len, struct decimal *out);

#endif
