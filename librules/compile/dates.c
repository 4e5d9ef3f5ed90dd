/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "compile/build.h"
#include "facts/zone.h"

static void bad_date(struct build *b, const struct part *part, const struct element *e,
                     const struct attribute *a, enum message_code message)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value}});
}

bool read_day(struct build *b, const struct part *part, const struct element *e,
              enum attribute_kind kind, struct civil *out)
{
    const struct attribute *a = attribute_of(e, kind);

    if (!a || a->choice == CHOICE_NONE)
        return false;
    if (civil_parse(a->value, a->length, out) && !out->has_time)
        return true;
    bad_date(b, part, e, a, MSG_BAD_DATE);
    return false;
}

static enum message_code to_instant(struct build *b, const struct part *part,
                                    const struct civil *civil, int64_t *out)
{
    enum zone_status status;

    if (civil->has_time && !civil->has_offset)
        return MSG_NO_OFFSET;
    status = zone_instant(civil, part->zone, out);
    if (status == ZONE_MEMORY)
        b->failed = true;
    return status == ZONE_OK ? MSG_NONE : MSG_BAD_DATE;
}

enum message_code parse_instant(struct build *b, const struct part *part, const char *text,
                                size_t len, int64_t *out)
{
    struct civil civil;

    return civil_parse(text, len, &civil) ? to_instant(b, part, &civil, out) : MSG_BAD_DATE;
}

bool read_instant(struct build *b, const struct part *part, const struct element *e,
                  enum attribute_kind kind, int64_t *out)
{
    const struct attribute *a = attribute_of(e, kind);
    enum message_code message;

    if (!a || a->choice == CHOICE_NONE)
        return false;
    message = parse_instant(b, part, a->value, a->length, out);
    if (message && !b->failed)
        bad_date(b, part, e, a, message);
    return message == MSG_NONE;
}

/* The first instant after the last day. */
static bool read_through(struct build *b, const struct part *part, const struct element *e,
                         int64_t *out)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_THROUGH);
    struct civil civil;

    if (!a || a->choice == CHOICE_NONE)
        return false;
    if (!civil_parse(a->value, a->length, &civil)) {
        bad_date(b, part, e, a, MSG_BAD_DATE);
        return false;
    }
    if (civil.has_time) {
        bad_date(b, part, e, a, MSG_THROUGH_DAY);
        return false;
    }
    civil = civil_next_day(civil);
    return to_instant(b, part, &civil, out) == MSG_NONE;
}

void read_period(struct build *b, const struct part *part, const struct element *e, int64_t *from,
                 int64_t *until)
{
    bool begins = read_instant(b, part, e, ATTRIBUTE_FROM, from);
    bool ends = read_instant(b, part, e, ATTRIBUTE_UNTIL, until);

    if (!ends)
        ends = read_through(b, part, e, until);
    if (begins && ends && *from >= *until) {
        complain(b->d, part->doc, e, &(struct complaint){.message = MSG_EMPTY_PERIOD});
        ends = false;
    }
    if (!begins)
        *from = INT64_MIN;
    if (!ends)
        *until = INT64_MAX;
}

const char *keep_until(struct build *b, const struct element *e)
{
    const char *until = value_of(e, ATTRIBUTE_UNTIL), *through = value_of(e, ATTRIBUTE_THROUGH);
    struct civil civil;
    char text[32];

    if (until || !through || !civil_parse(through, strlen(through), &civil))
        return keep_text(b, until);
    civil = civil_next_day(civil);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", (int)civil.year, civil.month, civil.day);
    return keep_text(b, text);
}
