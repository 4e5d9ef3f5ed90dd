/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/time.h"

#include <string.h>

#include "base/instant.h"

struct cursor {
    const char *p, *end;
};

static bool skip(struct cursor *c, char wanted)
{
    if (c->p == c->end || *c->p != wanted)
        return false;
    c->p++;
    return true;
}

/* Exactly n digits. */
static bool number(struct cursor *c, int n, uint32_t *out)
{
    uint32_t v = 0;

    for (; n > 0; n--, c->p++) {
        if (c->p == c->end || *c->p < '0' || *c->p > '9')
            return false;
        v = v * 10 + (uint32_t)(*c->p - '0');
    }
    *out = v;
    return true;
}

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

uint32_t civil_month_days(int32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool read_date(struct cursor *c, struct civil *out)
{
    uint32_t year, month, day;

    if (!number(c, 4, &year) || !skip(c, '-') || !number(c, 2, &month) || !skip(c, '-') ||
        !number(c, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        day > civil_month_days((int32_t)year, month))
        return false;
    out->year = (int32_t)year;
    out->month = (uint8_t)month;
    out->day = (uint8_t)day;
    return true;
}

/* One to nine digits; what is finer than a millisecond is dropped. */
static bool read_fraction(struct cursor *c, struct civil *out)
{
    uint32_t digit, ms = 0;
    int n = 0;

    for (; n < 9 && number(c, 1, &digit); n++)
        ms = n < 3 ? ms * 10 + digit : ms;
    for (int i = n; i < 3; i++)
        ms *= 10;
    out->millisecond = (uint16_t)ms;
    return n > 0;
}

static bool read_time(struct cursor *c, struct civil *out)
{
    uint32_t hour, minute, second = 0;

    if (!number(c, 2, &hour) || !skip(c, ':') || !number(c, 2, &minute))
        return false;
    if (skip(c, ':')) {
        if (!number(c, 2, &second))
            return false;
        if (skip(c, '.') && !read_fraction(c, out))
            return false;
    }
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    out->hour = (uint8_t)hour;
    out->minute = (uint8_t)minute;
    out->second = (uint8_t)second;
    out->has_time = true;
    return true;
}

static bool read_offset(struct cursor *c, struct civil *out)
{
    uint32_t hours, minutes;
    bool minus = c->p < c->end && *c->p == '-';

    out->has_offset = true;
    if (skip(c, 'Z') || skip(c, 'z'))
        return true;
    if (!skip(c, '+') && !skip(c, '-'))
        return false;
    if (!number(c, 2, &hours) || !skip(c, ':') || !number(c, 2, &minutes))
        return false;
    if (hours > 23 || minutes > 59)
        return false;
    out->offset = (int32_t)(hours * 60 + minutes) * (minus ? -1 : 1);
    return true;
}

bool civil_parse(const char *text, size_t len, struct civil *out)
{
    struct cursor c = {text, text ? text + len : NULL};

    *out = (struct civil){0};
    if (!read_date(&c, out))
        return false;
    if (c.p == c.end)
        return true;
    if ((!skip(&c, 'T') && !skip(&c, 't') && !skip(&c, ' ')) || !read_time(&c, out))
        return false;
    return c.p == c.end || (read_offset(&c, out) && c.p == c.end);
}

/* Years begin in March here, so that the leap day is the last of its year. */
int64_t civil_days(int32_t year, uint32_t month, uint32_t day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (int64_t)(month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

/* The inverse, by the same years. */
struct civil civil_of_days(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * day_of_year + 2) / 153;

    return (struct civil){.year = (int32_t)(year + era * 400 + (month >= 10)),
                          .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
                          .day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1)};
}

struct civil civil_next_day(struct civil c)
{
    if (c.day < civil_month_days(c.year, c.month)) {
        c.day++;
        return c;
    }
    c.day = 1;
    c.month = c.month == 12 ? 1 : c.month + 1;
    c.year += c.month == 1;
    return c;
}

size_t instant_format(int64_t instant, char *out, size_t cap)
{
    char text[INSTANT_TEXT];
    size_t len = instant_text(instant, text), kept = len < cap ? len : cap - 1;

    if (cap) {
        memcpy(out, text, kept);
        out[kept] = '\0';
    }
    return len;
}
