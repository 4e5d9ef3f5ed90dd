/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_MOMENT_H
#define LIBRULES_FACTS_MOMENT_H

#include "facts/calendar.h"
#include "facts/duration.h"
#include "facts/time.h"
#include "facts/zone.h"

/*
 * What is known of an instant, in whole seconds: a stamp is one second, a date alone is some second
 * of its day. A day that is named (the date of a rule, the end of a period) is no uncertain second:
 * before it means before its first second, until it means up to and including its last one.
 */
struct moment {
    int64_t low, high; /* milliseconds of the first and the last second it may be */
    bool day;          /* it is one whole day */
    bool named;        /* that day itself, not a second in it */
};

/* The second that an instant lies in. */
struct moment moment_of(int64_t instant);
/* A day of a zone, or a time of a day. */
enum zone_status moment_of_civil(const struct civil *c, const char *zone, struct moment *out);
enum rls_truth moment_compare(const struct moment *a, enum relation r, const struct moment *b);

enum shift_status {
    SHIFT_OK,
    SHIFT_NO_CALENDAR, /* of the year in out->low */
    SHIFT_RANGE,       /* beyond the years 1 to 9999 */
    SHIFT_UNCERTAIN,   /* the start may lie on several days */
    SHIFT_MEMORY
};

/*
 * The moment that lies a duration later, or earlier. Minutes are exact. Natural and working days do
 * not count the day of the start; what ends is a named day. Months keep the day of the month, or
 * take the last one of a shorter month; a date alone gives a named day.
 */
enum shift_status moment_shift(const struct moment *from, struct duration d, bool back,
                               const char *zone, const struct calendar *calendar,
                               struct moment *out);

#endif
