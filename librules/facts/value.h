/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_VALUE_H
#define LIBRULES_FACTS_VALUE_H

#include "facts/facts.h"
#include "facts/moment.h"
#include "facts/quantity.h"

/* A value of any type, ready to be compared. */
struct value {
    uint8_t type; /* enum value_type: says which member counts */
    union {
        bool boolean;
        struct decimal number;
        struct moment moment;
        struct duration duration;
        struct quantity quantity;
        struct {
            const char *text; /* after the usual forms, without blanks at the ends */
            size_t length;
        };
    };
};

/*
 * Reads a text as a type other than text, as documents write it; dates are days of the zone. False
 * when it cannot be read so; *memory is set when that may be for want of memory.
 */
bool value_read(const char *text, size_t len, uint8_t type, const char *zone, struct value *out,
                bool *memory);
/* The known value of a fact of that type; not of text, which must be folded first. */
void value_of_fact(const struct fact *f, uint8_t type, struct value *out);
/* Two values of one type. Quantities of several kinds cannot be told. */
enum rls_truth value_compare(const struct value *a, enum relation r, const struct value *b);

#endif
