/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_CALENDAR_H
#define LIBRULES_FACTS_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day that differs from its weekday: a holiday from Monday to Friday, or a weekend worked. */
struct calendar_day {
    int32_t day; /* since 1970-01-01 */
    bool works;
};

/* Which days are working days. Saturday and Sunday rest where nothing else is said. */
struct calendar {
    const struct calendar_day *days; /* by day */
    uint32_t n_days;
    const int32_t *years; /* those whose days are known, ascending */
    uint32_t n_years;
};

/*
 * Steps n working days on, or back, from *day, which itself does not count. False when the way
 * leads through a year that is not known: *year is the first one. calendar may be NULL: none is
 * known.
 */
bool calendar_count(const struct calendar *calendar, int64_t *day, int64_t n, bool back,
                    int64_t *year);

#endif
