/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/moment.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, LAST_YEAR = 9999, YEAR_MONTHS = 12 };

static int64_t whole_second(int64_t instant)
{
    int64_t rest = instant % SECOND;

    return instant - (rest < 0 ? rest + SECOND : rest);
}

struct moment moment_of(int64_t instant)
{
    int64_t second = whole_second(instant);

    return (struct moment){.low = second, .high = second};
}

enum zone_status moment_of_civil(const struct civil *c, const char *zone, struct moment *out)
{
    struct civil next = civil_next_day(*c);
    enum zone_status status;
    int64_t begin, end;

    status = zone_instant(c, zone, &begin);
    if (status != ZONE_OK)
        return status;
    *out = moment_of(begin);
    if (c->has_time)
        return ZONE_OK;
    status = zone_instant(&next, zone, &end);
    out->high = end - SECOND;
    out->day = true;
    return status;
}

static struct interval seconds(int64_t low, int64_t high)
{
    return (struct interval){.low = {low, 0}, .high = {high, 0}};
}

/* Two days are compared as days. Where zones differ they may overlap, and are no more than spans.
 */
static bool is_same_day(const struct moment *a, const struct moment *b)
{
    return a->day && b->day && a->low == b->low && a->high == b->high;
}

static enum rls_truth truth_of(bool b)
{
    return b ? RLS_TRUE : RLS_FALSE;
}

/* Something against a named day: before it and up to it look at two different ends. */
static enum rls_truth compare_with_day(const struct moment *a, enum relation r,
                                       const struct moment *day)
{
    struct interval x = seconds(a->low, a->high), begin = seconds(day->low, day->low),
                    end = seconds(day->high, day->high);
    enum rls_truth reached, passed;

    switch (r) {
    case RELATION_LT:
    case RELATION_GE:
        return interval_compare(&x, r, &begin);
    case RELATION_LE:
    case RELATION_GT:
        return interval_compare(&x, r, &end);
    default:
        reached = interval_compare(&x, RELATION_GE, &begin);
        passed = interval_compare(&x, RELATION_LE, &end);
        return reached < passed ? reached : passed;
    }
}

static enum relation turn(enum relation r)
{
    static const uint8_t turned[] = {RELATION_IS, RELATION_GT, RELATION_GE, RELATION_LT,
                                     RELATION_LE};

    return (enum relation)turned[r];
}

enum rls_truth moment_compare(const struct moment *a, enum relation r, const struct moment *b)
{
    struct interval x = seconds(a->low, a->high), y = seconds(b->low, b->high);

    if (is_same_day(a, b))
        return truth_of(r == RELATION_IS || r == RELATION_LE || r == RELATION_GE);
    if (b->named && !a->named)
        return compare_with_day(a, r, b);
    if (a->named && !b->named)
        return compare_with_day(b, turn(r), a);
    return interval_compare(&x, r, &y);
}

/* --- later and earlier ---------------------------------------------------------------------- */

static struct civil day_only(struct civil c)
{
    return (struct civil){.year = c.year, .month = c.month, .day = c.day};
}

static enum shift_status from_zone(enum zone_status status)
{
    return status == ZONE_OK ? SHIFT_OK : SHIFT_MEMORY;
}

static enum shift_status name_day(struct civil c, const char *zone, struct moment *out)
{
    struct civil day = day_only(c);
    enum shift_status status;

    if (c.year < 1 || c.year > LAST_YEAR)
        return SHIFT_RANGE;
    status = from_zone(moment_of_civil(&day, zone, out));
    out->named = true;
    return status;
}

static enum shift_status shift_minutes(const struct moment *from, int64_t minutes,
                                       struct moment *out)
{
    /* A duration has no more minutes than all years together: nothing overflows. */
    *out =
        (struct moment){.low = from->low + minutes * MINUTE, .high = from->high + minutes * MINUTE};
    return out->low < CIVIL_FIRST || out->high > CIVIL_LAST ? SHIFT_RANGE : SHIFT_OK;
}

static enum shift_status shift_days(struct civil start, int64_t days, const char *zone,
                                    struct moment *out)
{
    int64_t day = civil_days(start.year, start.month, start.day) + days;

    return name_day(civil_of_days(day), zone, out);
}

static enum shift_status shift_working(struct civil start, int64_t days, bool back,
                                       const char *zone, const struct calendar *calendar,
                                       struct moment *out)
{
    int64_t day = civil_days(start.year, start.month, start.day), year;

    if (!calendar_count(calendar, &day, days, back, &year)) {
        out->low = year;
        return SHIFT_NO_CALENDAR;
    }
    return name_day(civil_of_days(day), zone, out);
}

static enum shift_status shift_months(const struct moment *from, struct civil start, int64_t months,
                                      const char *zone, struct moment *out)
{
    int64_t month = (int64_t)start.year * YEAR_MONTHS + start.month - 1 + months;
    struct civil c = start;
    uint32_t last;

    if (month < YEAR_MONTHS || month / YEAR_MONTHS > LAST_YEAR)
        return SHIFT_RANGE;
    c.year = (int32_t)(month / YEAR_MONTHS);
    c.month = (uint8_t)(month % YEAR_MONTHS + 1);
    last = civil_month_days(c.year, c.month);
    c.day = start.day < last ? start.day : (uint8_t)last;
    if (from->day)
        return name_day(c, zone, out);
    return from_zone(moment_of_civil(&c, zone, out));
}

enum shift_status moment_shift(const struct moment *from, struct duration d, bool back,
                               const char *zone, const struct calendar *calendar,
                               struct moment *out)
{
    int64_t amount = back ? -d.amount : d.amount;
    struct civil start, end;
    enum zone_status status;

    if (d.unit == DURATION_MINUTES)
        return shift_minutes(from, amount, out);
    status = zone_civil(from->low, zone, &start);
    if (status == ZONE_OK)
        status = zone_civil(from->high, zone, &end);
    if (status != ZONE_OK)
        return SHIFT_MEMORY;
    /* Of a start that may lie on two days nobody knows which one to count from. */
    if (civil_days(start.year, start.month, start.day) != civil_days(end.year, end.month, end.day))
        return SHIFT_UNCERTAIN;
    if (d.unit == DURATION_DAYS)
        return shift_days(start, amount, zone, out);
    if (d.unit == DURATION_WORKING_DAYS)
        return shift_working(start, d.amount, back, zone, calendar, out);
    return shift_months(from, start, amount, zone, out);
}
