/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

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

/* With zeros in front, as wide as that at least. */
static char *put(char *to, int64_t value, int width)
{
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    char digits[20];
    int n = 0;

    if (value < 0) {
        *to++ = '-';
        width--;
    }
    do
        digits[n++] = (char)('0' + rest % 10);
    while (rest /= 10);
    while (n < width)
        digits[n++] = '0';
    while (n)
        *to++ = digits[--n];
    return to;
}

static char *put_behind(char *to, char mark, int value)
{
    *to = mark;
    return put(to + 1, value, 2);
}

size_t instant_text(int64_t instant, char out[INSTANT_TEXT])
{
    int64_t days = instant / DAY_MS, ms = instant % DAY_MS;
    struct date d;
    char *to;

    if (ms < 0) {
        ms += DAY_MS;
        days--;
    }
    d = date_of(days);
    to = put_behind(put_behind(put(out, d.year, 4), '-', d.month), '-', d.day);
    to = put_behind(to, 'T', (int)(ms / 3600000));
    to = put_behind(to, ':', (int)(ms / 60000 % 60));
    to = put_behind(to, ':', (int)(ms / 1000 % 60));
    if (ms % 1000) {
        *to++ = '.';
        to = put(to, ms % 1000, 3);
    }
    *to++ = 'Z';
    *to = '\0';
    return (size_t)(to - out);
}
