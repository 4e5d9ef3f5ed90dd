/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_MEASURE_H
#define LIBRULES_FACTS_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/decimal.h"

/* Reading of numbers with units, after the usual forms and without blanks around. */

enum { MEASURE_LONGEST = 96 };

struct measure {
    char text[MEASURE_LONGEST];
    const char *at, *end;
};

/* False when the text is empty or longer than any such value is. */
bool measure_begin(struct measure *m, const char *text, size_t len);
/* Steps over a word and the blanks behind it, when it stands here. */
bool measure_skip(struct measure *m, const char *word);
/* Reads decimal digits with at most one point; no sign, no exponent. Steps over blanks behind. */
bool measure_number(struct measure *m, struct decimal *out);
bool measure_ended(const struct measure *m);

#endif
