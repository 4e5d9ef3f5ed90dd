/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/zone.h"

#include <string.h>
#include <unicode/ucal.h>

enum {
    LONGEST_ZONE = 64,
    DAY_MS = 86400000,
    HOME_OFFSET = 8 * 60,
    HOME_LAST_CHANGE = 1991 /* since the end of summer time the offset is fixed */
};

/* IANA names are ASCII. False when the name is none by its look. */
static bool widen(const char *zone, UChar out[LONGEST_ZONE])
{
    size_t n = strlen(zone);

    if (n == 0 || n >= LONGEST_ZONE)
        return false;
    for (size_t i = 0; i <= n; i++) {
        if ((unsigned char)zone[i] >= 0x80)
            return false;
        out[i] = (UChar)zone[i];
    }
    return true;
}

static enum zone_status status_of(UErrorCode code)
{
    if (code == U_ILLEGAL_ARGUMENT_ERROR)
        return ZONE_UNKNOWN;
    return U_FAILURE(code) ? ZONE_MEMORY : ZONE_OK;
}

/* ICU also reads "GMT+8", which is no IANA name: it answers those with is_system false. */
static enum zone_status look_up(const UChar *zone)
{
    UChar canonical[LONGEST_ZONE];
    UErrorCode code = U_ZERO_ERROR;
    UBool is_system = 0;

    ucal_getCanonicalTimeZoneID(zone, -1, canonical, LONGEST_ZONE, &is_system, &code);
    if (U_FAILURE(code))
        return status_of(code);
    return is_system ? ZONE_OK : ZONE_UNKNOWN;
}

bool zone_known(const char *zone)
{
    UChar name[LONGEST_ZONE];

    if (strcmp(zone, ZONE_HOME) == 0)
        return true;
    return widen(zone, name) && look_up(name) == ZONE_OK;
}

static int64_t local_ms(const struct civil *c)
{
    int64_t seconds = civil_days(c->year, c->month, c->day) * 86400 + (int64_t)c->hour * 3600 +
                      (int64_t)c->minute * 60 + c->second;

    return seconds * 1000 + c->millisecond;
}

static enum zone_status offset_at(const UChar *zone, int64_t local, int64_t *offset_ms)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t raw = 0, dst = 0;
    UCalendar *cal = ucal_open(zone, -1, "en", UCAL_GREGORIAN, &code);

    ucal_setMillis(cal, (UDate)local, &code);
    ucal_getTimeZoneOffsetFromLocal(cal, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw, &dst,
                                    &code);
    ucal_close(cal);
    *offset_ms = (int64_t)raw + dst;
    return status_of(code);
}

enum zone_status zone_instant(const struct civil *c, const char *zone, int64_t *out)
{
    int64_t local = local_ms(c), offset_ms;
    enum zone_status status;
    UChar name[LONGEST_ZONE];

    if (c->has_offset) {
        *out = local - (int64_t)c->offset * 60000;
        return ZONE_OK;
    }
    if (strcmp(zone, ZONE_HOME) == 0 && c->year > HOME_LAST_CHANGE) {
        *out = local - (int64_t)HOME_OFFSET * 60000;
        return ZONE_OK;
    }
    if (!widen(zone, name))
        return ZONE_UNKNOWN;
    status = look_up(name);
    if (status == ZONE_OK)
        status = offset_at(name, local, &offset_ms);
    if (status == ZONE_OK)
        *out = local - offset_ms;
    return status;
}

static enum zone_status offset_of(const UChar *zone, int64_t instant, int64_t *offset_ms)
{
    UErrorCode code = U_ZERO_ERROR;
    UCalendar *cal = ucal_open(zone, -1, "en", UCAL_GREGORIAN, &code);
    int32_t raw, dst;

    ucal_setMillis(cal, (UDate)instant, &code);
    raw = ucal_get(cal, UCAL_ZONE_OFFSET, &code);
    dst = ucal_get(cal, UCAL_DST_OFFSET, &code);
    ucal_close(cal);
    *offset_ms = (int64_t)raw + dst;
    return status_of(code);
}

static struct civil civil_of(int64_t local)
{
    int64_t days = local / DAY_MS, ms = local % DAY_MS;
    struct civil c;

    if (ms < 0) {
        ms += DAY_MS;
        days--;
    }
    c = civil_of_days(days);
    c.hour = (uint8_t)(ms / 3600000);
    c.minute = (uint8_t)(ms / 60000 % 60);
    c.second = (uint8_t)(ms / 1000 % 60);
    c.millisecond = (uint16_t)(ms % 1000);
    c.has_time = true;
    return c;
}

enum zone_status zone_civil(int64_t instant, const char *zone, struct civil *out)
{
    int64_t offset_ms = (int64_t)HOME_OFFSET * 60000;
    UChar name[LONGEST_ZONE];
    enum zone_status status = ZONE_OK;

    *out = civil_of(instant + offset_ms);
    if (strcmp(zone, ZONE_HOME) == 0 && out->year > HOME_LAST_CHANGE)
        return ZONE_OK;
    if (!widen(zone, name))
        return ZONE_UNKNOWN;
    status = look_up(name);
    if (status == ZONE_OK)
        status = offset_of(name, instant, &offset_ms);
    if (status == ZONE_OK)
        *out = civil_of(instant + offset_ms);
    return status;
}

enum { MOST_OFFSETS = 400 };

/* 2100-01-01 */
static const int64_t last_change = INT64_C(4102444800000);

static bool next_change(UCalendar *cal, int64_t *instant, UErrorCode *code)
{
    UDate at;

    if (!ucal_getTimeZoneTransitionDate(cal, UCAL_TZ_TRANSITION_NEXT, &at, code) ||
        U_FAILURE(*code) || (int64_t)at >= last_change)
        return false;
    *instant = (int64_t)at;
    ucal_setMillis(cal, at, code);
    return true;
}

static struct zone_offset offset_from(UCalendar *cal, int64_t from, UErrorCode *code)
{
    int32_t raw = ucal_get(cal, UCAL_ZONE_OFFSET, code);
    int32_t dst = ucal_get(cal, UCAL_DST_OFFSET, code);

    return (struct zone_offset){from, (raw + dst) / 60000};
}

/* Changes since 1970: what was before counts as the offset of then. */
static enum zone_status read_offsets(const UChar *zone, struct zone_offset *out, uint32_t *n)
{
    UErrorCode code = U_ZERO_ERROR;
    UCalendar *cal = ucal_open(zone, -1, "en", UCAL_GREGORIAN, &code);
    int64_t from = INT64_MIN;

    ucal_setMillis(cal, 0, &code);
    *n = 0;
    do
        out[(*n)++] = offset_from(cal, from, &code);
    while (U_SUCCESS(code) && *n < MOST_OFFSETS && next_change(cal, &from, &code));
    ucal_close(cal);
    return status_of(code);
}

enum zone_status zone_offsets(const char *zone, struct arena *arena, struct zone_offsets *out)
{
    struct zone_offset items[MOST_OFFSETS] = {{INT64_MIN, HOME_OFFSET}};
    enum zone_status status = ZONE_OK;
    uint32_t n = 1;
    UChar name[LONGEST_ZONE];

    if (strcmp(zone, ZONE_HOME) != 0) {
        if (!widen(zone, name))
            return ZONE_UNKNOWN;
        status = look_up(name);
        if (status == ZONE_OK)
            status = read_offsets(name, items, &n);
    }
    if (status != ZONE_OK)
        return status;
    out->items = arena_copy(arena, items, n * sizeof *items);
    out->n = n;
    return out->items ? ZONE_OK : ZONE_MEMORY;
}
