/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "compile/build.h"
#include "facts/zone.h"

/* Steps over up to `most` digits and returns their number, UINT32_MAX when there are none. */
static uint32_t next_number(const char *text, size_t len, size_t *at, size_t most)
{
    size_t begin = *at;
    uint32_t n = 0;

    while (*at < len && *at - begin < most && text[*at] >= '0' && text[*at] <= '9')
        n = n * 10 + (uint32_t)(text[(*at)++] - '0');
    return *at > begin ? n : UINT32_MAX;
}

/* Steps over what people write between the parts of a date. */
static void skip_mark(const char *text, size_t len, size_t *at)
{
    static const char *const marks[] = {"-", "/", ".", "年", "月", "日", "－", "／", "．"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);

        if (len - *at >= n && memcmp(text + *at, marks[i], n) == 0) {
            *at += n;
            return;
        }
    }
}

void hint_date(const char *text, size_t len, struct complaint *c, char out[2][DATE_HINT_BYTES])
{
    size_t at = 0;
    uint32_t year = next_number(text, len, &at, 4), month, day, days;
    bool four = at == 4;

    skip_mark(text, len, &at);
    month = next_number(text, len, &at, 2);
    skip_mark(text, len, &at);
    day = next_number(text, len, &at, 2);
    skip_mark(text, len, &at);
    c->hint = HINT_DATE_FORM;
    if (!four || year < 1 || month < 1 || month > 12 || day < 1 || day > 99)
        return;
    days = (uint32_t)(civil_days((int32_t)(year + month / 12), month % 12 + 1, 1) -
                      civil_days((int32_t)year, month, 1));
    if (day > days) {
        (void)snprintf(out[0], DATE_HINT_BYTES, "%04u-%02u", year % 10000, month);
        (void)snprintf(out[1], DATE_HINT_BYTES, "%u", days);
        c->hint = HINT_DAYS;
        c->hint_args[0] = out[0];
        c->hint_args[1] = out[1];
    } else if (at == len) {
        (void)snprintf(out[0], DATE_HINT_BYTES, "%04u-%02u-%02u", year % 10000, month, day);
        c->hint = HINT_WRITE;
        c->hint_args[0] = out[0];
    }
}

static void bad_date(struct build *b, const struct part *part, const struct element *e,
                     const struct attribute *a, enum message_code message)
{
    struct complaint c = {
        .message = message, .place = value_place(part->doc, a, 0, a->length), .args = {a->value}};
    struct civil civil;
    char words[2][DATE_HINT_BYTES];

    /* Where a day alone is wanted an instant is a good date. */
    if (message == MSG_BAD_DATE && civil_parse(a->value, a->length, &civil))
        c.hint = HINT_DATE_FORM;
    else if (message == MSG_BAD_DATE)
        hint_date(a->value, a->length, &c, words);
    complain(b->d, part->doc, e, &c);
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

bool day_end(struct build *b, const struct part *part, struct civil day, int64_t *out)
{
    day = civil_next_day(day);
    return to_instant(b, part, &day, out) == MSG_NONE;
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
    return day_end(b, part, civil, out);
}

bool read_period(struct build *b, const struct part *part, const struct element *e, int64_t *from,
                 int64_t *until)
{
    bool begins = read_instant(b, part, e, ATTRIBUTE_FROM, from);
    bool ends = read_instant(b, part, e, ATTRIBUTE_UNTIL, until);
    bool good = ends == (attribute_of(e, ATTRIBUTE_UNTIL) != NULL) &&
                begins == (attribute_of(e, ATTRIBUTE_FROM) != NULL);

    if (!ends && attribute_of(e, ATTRIBUTE_THROUGH)) {
        ends = read_through(b, part, e, until);
        good = good && ends;
    }
    if (begins && ends && *from >= *until) {
        complain(b->d, part->doc, e, &(struct complaint){.message = MSG_EMPTY_PERIOD});
        ends = good = false;
    }
    if (!begins)
        *from = INT64_MIN;
    if (!ends)
        *until = INT64_MAX;
    return good;
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
