/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_DECIMAL_H
#define LIBRULES_FACTS_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* coefficient / 10^scale, exact. Equal values may have different scales. */
struct decimal {
    int64_t coefficient;
    uint8_t scale; /* 0..18 */
};

enum { DECIMAL_LONGEST = 24 };

/*
 * Reads "-12.50" and "1e3". Leading and trailing blanks are allowed, anything
 * else beside the number is not. False when it is no number or does not fit exactly.
 */
bool decimal_parse(const char *text, size_t len, struct decimal *out);
/* Writes "-12.5" with its NUL and returns the length. */
size_t decimal_format(struct decimal d, char out[DECIMAL_LONGEST]);
/* d * factor, exactly; false when it does not fit. */
bool decimal_times(struct decimal d, uint32_t factor, struct decimal *out);
/* <0, 0, >0 */
int decimal_compare(struct decimal a, struct decimal b);
/* a * b against c * d, exactly: <0, 0, >0. */
int decimal_compare_products(struct decimal a, struct decimal b, struct decimal c,
                             struct decimal d);

#endif
