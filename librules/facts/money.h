/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_MONEY_H
#define LIBRULES_FACTS_MONEY_H

#include "facts/decimal.h"

/*
 * Reads a number, which may have full-width characters, commas that part thousands, and a sign of
 * the yuan before it, behind it, or both: "¥1,299.00", "19.80元", "１２９９". False for all else:
 * ranges, other currencies, more words, and commas that part anything but groups of three digits
 * behind one to three that do not begin with 0.
 */
bool money_parse(const char *text, size_t len, struct decimal *out);

#endif
