/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

#include <stdbool.h>

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

/* A day, and the milliseconds of it. */
struct day_time {
    struct date date;
    int64_t ms;
};

static struct day_time day_time_of(int64_t instant)
{
    int64_t days = instant / DAY_MS, ms = instant % DAY_MS;

    if (ms < 0) {
        ms += DAY_MS;
        days--;
    }
    return (struct day_time){date_of(days), ms};
}

static char *put_day(char *to, const struct date *d)
{
    return put_behind(put_behind(put(to, d->year, 4), '-', d->month), '-', d->day);
}

static char *put_minute(char *to, char mark, int64_t ms)
{
    return put_behind(put_behind(to, mark, (int)(ms / 3600000)), ':', (int)(ms / 60000 % 60));
}

size_t instant_text(int64_t instant, char out[INSTANT_TEXT])
{
    const struct day_time t = day_time_of(instant);
    char *to = put_minute(put_day(out, &t.date), 'T', t.ms);

    to = put_behind(to, ':', (int)(t.ms / 1000 % 60));
    if (t.ms % 1000) {
        *to++ = '.';
        to = put(to, t.ms % 1000, 3);
    }
    *to++ = 'Z';
    *to = '\0';
    return (size_t)(to - out);
}

size_t instant_text_at(int64_t instant, int32_t minutes, char out[INSTANT_TEXT])
{
    int64_t ahead = (int64_t)minutes * 60000;
    bool fits = ahead > 0 ? instant <= INT64_MAX - ahead : instant >= INT64_MIN - ahead;
    const struct day_time t = day_time_of(fits ? instant + ahead : instant);
    int64_t apart = fits ? (ahead < 0 ? -ahead : ahead) : 0;
    char *to = put_minute(put_day(out, &t.date), ' ', t.ms);

    if (t.ms % 60000)
        to = put_behind(to, ':', (int)(t.ms / 1000 % 60));
    *to++ = ' ';
    to = put_minute(to, fits && minutes < 0 ? '-' : '+', apart);
    *to = '\0';
    return (size_t)(to - out);
}
