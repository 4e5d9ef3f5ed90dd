/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/duration.h"

#include "facts/measure.h"

enum { DAY = 24 * 60, WEEK_DAYS = 7, YEAR_MONTHS = 12 };

/* Folded: in small letters. A longer word stands before those it begins with. */
static const struct {
    const char *word;
    uint8_t unit;
    uint16_t factor;
} units[] = {
    {"minutes", DURATION_MINUTES, 1},
    {"minute", DURATION_MINUTES, 1},
    {"min", DURATION_MINUTES, 1},
    {"分钟", DURATION_MINUTES, 1},
    {"hours", DURATION_MINUTES, 60},
    {"hour", DURATION_MINUTES, 60},
    {"h", DURATION_MINUTES, 60},
    {"个小时", DURATION_MINUTES, 60},
    {"小时", DURATION_MINUTES, 60},
    {"nd", DURATION_DAYS, 1},
    {"days", DURATION_DAYS, 1},
    {"day", DURATION_DAYS, 1},
    {"个自然日", DURATION_DAYS, 1},
    {"自然日", DURATION_DAYS, 1},
    {"天", DURATION_DAYS, 1},
    {"日", DURATION_DAYS, 1},
    {"weeks", DURATION_DAYS, WEEK_DAYS},
    {"week", DURATION_DAYS, WEEK_DAYS},
    {"个星期", DURATION_DAYS, WEEK_DAYS},
    {"星期", DURATION_DAYS, WEEK_DAYS},
    {"周", DURATION_DAYS, WEEK_DAYS},
    {"wd", DURATION_WORKING_DAYS, 1},
    {"个工作日", DURATION_WORKING_DAYS, 1},
    {"工作日", DURATION_WORKING_DAYS, 1},
    {"months", DURATION_MONTHS, 1},
    {"month", DURATION_MONTHS, 1},
    {"mo", DURATION_MONTHS, 1},
    {"个月", DURATION_MONTHS, 1},
    {"月", DURATION_MONTHS, 1},
    {"years", DURATION_MONTHS, YEAR_MONTHS},
    {"year", DURATION_MONTHS, YEAR_MONTHS},
    {"y", DURATION_MONTHS, YEAR_MONTHS},
    {"年", DURATION_MONTHS, YEAR_MONTHS},
};

/* The most of a unit that stays within DURATION_MOST minutes. */
static int64_t most_of(uint8_t unit)
{
    switch (unit) {
    case DURATION_MINUTES:
        return DURATION_MOST;
    case DURATION_MONTHS:
        return DURATION_MOST / (31 * DAY);
    default:
        return DURATION_MOST / DAY;
    }
}

static bool take(struct decimal n, uint8_t unit, uint16_t factor, struct duration *out)
{
    if (n.scale || n.coefficient < 0 || n.coefficient > most_of(unit) / factor)
        return false;
    *out = (struct duration){n.coefficient * factor, unit};
    return true;
}

bool duration_parse(const char *text, size_t len, struct duration *out)
{
    struct measure m;
    struct decimal n;

    if (!measure_begin(&m, text, len) || !measure_number(&m, &n))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (measure_skip(&m, units[i].word))
            return measure_ended(&m) && take(n, units[i].unit, units[i].factor, out);
    return false;
}

/* Days of some consecutive months, wherever they begin. */
static int64_t fewest_days(int64_t months)
{
    static const int16_t rest[] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
    int64_t years = months / YEAR_MONTHS, leaps = years / 4 - (years + 99) / 100;

    return years * 365 + (leaps > 0 ? leaps : 0) + rest[months % YEAR_MONTHS];
}

static int64_t most_days(int64_t months)
{
    static const int16_t rest[] = {0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337};
    int64_t years = months / YEAR_MONTHS;

    return years * 365 + (years + 3) / 4 + rest[months % YEAR_MONTHS];
}

static struct decimal whole(int64_t n)
{
    return (struct decimal){n, 0};
}

static struct interval in_minutes(struct duration d)
{
    if (d.unit == DURATION_MINUTES)
        return interval_point(whole(d.amount));
    if (d.unit == DURATION_DAYS)
        return interval_point(whole(d.amount * DAY));
    return (struct interval){.low = whole(fewest_days(d.amount) * DAY),
                             .high = whole(most_days(d.amount) * DAY)};
}

enum rls_truth duration_compare(struct duration a, enum relation r, struct duration b)
{
    struct interval x = interval_point(whole(a.amount)), y = interval_point(whole(b.amount));

    if (a.unit == b.unit)
        return interval_compare(&x, r, &y);
    if (a.unit == DURATION_WORKING_DAYS || b.unit == DURATION_WORKING_DAYS)
        return RLS_UNKNOWN;
    x = in_minutes(a);
    y = in_minutes(b);
    return interval_compare(&x, r, &y);
}
