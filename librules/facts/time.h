/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_TIME_H
#define LIBRULES_FACTS_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Instants are milliseconds since 1970-01-01T00:00:00Z; years 1 to 9999. */

enum { INSTANT_LONGEST = 40 /* as INSTANT_TEXT of base/instant.h */ };

/* A text read as date or date and time, before a zone is applied. */
struct civil {
    int32_t year;
    uint8_t month, day, hour, minute, second; /* 1-based month and day; second 0..59 */
    uint16_t millisecond;
    bool has_time;   /* false: a date alone */
    bool has_offset; /* "Z" or "+08:00" was written */
    int32_t offset;  /* minutes east of UTC */
};

/* "2026-02-06", "2026-02-06T08:00[:00[.000]][Z|+08:00]"; a blank may stand for T. */
bool civil_parse(const char *text, size_t len, struct civil *out);
/* 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z */
#define CIVIL_FIRST INT64_C(-62135596800000)
#define CIVIL_LAST INT64_C(253402300799999)

/* Days since 1970-01-01 of the proleptic Gregorian calendar. */
int64_t civil_days(int32_t year, uint32_t month, uint32_t day);
/* The day that lies so many days after 1970-01-01. */
struct civil civil_of_days(int64_t days);
uint32_t civil_month_days(int32_t year, uint32_t month);
/* The day after, for inclusive last days. */
struct civil civil_next_day(struct civil c);
/*
 * Writes text like "2026-02-06T00:00:00.500Z" in UTC, without the fraction when it is zero. Returns
 * its length as snprintf does; INSTANT_LONGEST bytes hold every instant and the NUL.
 */
size_t instant_format(int64_t instant, char *out, size_t cap);

#endif
