/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

#include <stdio.h>

enum { DAY_MS = 86400000, DAYS_400_YEARS = 146097 };

struct date {
    int64_t year;
    int month, day;
};

/* Proleptic Gregorian calendar; years begin in March so that leap days come last. */
static struct date date_of(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_400_YEARS - 1)) / DAYS_400_YEARS;
    int64_t day_of_era = shifted - era * DAYS_400_YEARS;
    int64_t year =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * month + 2) / 5) + 1;

    return (struct date){year + era * 400 + (month >= 10),
                         (int)(month < 10 ? month + 3 : month - 9), day};
}

size_t instant_text(int64_t instant, char out[INSTANT_TEXT])
{
    int64_t days = instant / DAY_MS, ms = instant % DAY_MS;
    struct date d;
    int n;

    if (ms < 0) {
        ms += DAY_MS;
        days--;
    }
    d = date_of(days);
    n = snprintf(out, INSTANT_TEXT, "%04lld-%02d-%02dT%02d:%02d:%02d", (long long)d.year, d.month,
                 d.day, (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60));
    if (ms % 1000)
        n += snprintf(out + n, INSTANT_TEXT - (size_t)n, ".%03d", (int)(ms % 1000));
    n += snprintf(out + n, INSTANT_TEXT - (size_t)n, "Z");
    return (size_t)n;
}
