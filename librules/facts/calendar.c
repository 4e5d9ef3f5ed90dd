/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/calendar.h"

#include <stdlib.h>

#include "facts/time.h"

static int by_year(const void *key, const void *item)
{
    int32_t a = *(const int32_t *)key, b = *(const int32_t *)item;

    return (a > b) - (a < b);
}

static bool knows(const struct calendar *c, int32_t year)
{
    return c && c->n_years && bsearch(&year, c->years, c->n_years, sizeof *c->years, by_year);
}

static int by_day(const void *key, const void *item)
{
    int32_t a = *(const int32_t *)key, b = ((const struct calendar_day *)item)->day;

    return (a > b) - (a < b);
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int64_t day)
{
    int64_t since_saturday = (day + 5) % 7;

    return (since_saturday < 0 ? since_saturday + 7 : since_saturday) < 2;
}

static bool works(const struct calendar *c, int64_t day)
{
    int32_t key = (int32_t)day;
    const struct calendar_day *found =
        c->n_days ? bsearch(&key, c->days, c->n_days, sizeof *c->days, by_day) : NULL;

    return found ? found->works : !is_weekend(day);
}

bool calendar_count(const struct calendar *calendar, int64_t *day, int64_t n, bool back,
                    int64_t *year)
{
    int64_t at = *day;
    int32_t known = 0; /* the year that was found last */

    while (n > 0) {
        int32_t of;

        at += back ? -1 : 1;
        of = civil_of_days(at).year;
        if (of != known && !knows(calendar, of)) {
            *year = of;
            return false;
        }
        known = of;
        n -= works(calendar, at);
    }
    *day = at;
    return true;
}
