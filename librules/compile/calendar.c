/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* A calendar document while it is read. */
struct reading {
    struct build *b;
    const struct document *doc;
    struct calendar_day *days;       /* in the set, as written */
    const struct element **elements; /* of days */
    int32_t *years;
    struct calendar *out;
};

static void report(struct reading *r, const struct element *e, enum message_code message,
                   const struct attribute *a, const char *other)
{
    complain(r->b->d, r->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(r->doc, a, 0, a->length),
                                 .args = {a->value, other}});
}

static bool read_year(const struct attribute *a, int32_t *out)
{
    struct decimal d;

    if (!a || a->length != 4 || !decimal_parse(a->value, a->length, &d) || d.scale ||
        d.coefficient < 1)
        return false;
    *out = (int32_t)d.coefficient;
    return true;
}

static void add_day(struct reading *r, const struct element *e, int32_t year)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_DAY);
    struct civil c;
    uint32_t n = r->out->n_days;

    if (!a)
        return;
    if (!civil_parse(a->value, a->length, &c) || c.has_time || c.year != year) {
        report(r, e, MSG_CALENDAR_DAY, a, value_of(e->parent, ATTRIBUTE_OF));
        return;
    }
    r->elements[n] = e;
    r->days[n] = (struct calendar_day){(int32_t)civil_days(c.year, c.month, c.day),
                                       e->kind == ELEMENT_WORKDAY};
    r->out->n_days++;
}

static void add_year(struct reading *r, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_OF);
    int32_t year;

    if (!a)
        return;
    if (!read_year(a, &year)) {
        report(r, e, MSG_BAD_DATE, a, NULL);
        return;
    }
    for (uint32_t i = 0; i < r->out->n_years; i++)
        if (r->years[i] == year)
            report(r, e, MSG_CALENDAR_TWICE, a, NULL);
    r->years[r->out->n_years++] = year;
    for (const struct element *day = e->first; day; day = day->next)
        if (day->kind == ELEMENT_HOLIDAY || day->kind == ELEMENT_WORKDAY)
            add_day(r, day, year);
}

static int by_day(const void *left, const void *right)
{
    const struct calendar_day *a = left, *b = right;

    return (a->day > b->day) - (a->day < b->day);
}

static int by_year(const void *left, const void *right)
{
    const int32_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static void check_days(struct reading *r)
{
    struct calendar_day *sorted =
        need(r->b, arena_copy(r->b->scratch, r->days, r->out->n_days * sizeof *sorted));
    uint32_t n = r->out->n_days;

    if (!sorted)
        return;
    qsort(sorted, n, sizeof *sorted, by_day);
    for (uint32_t i = 1; i < n; i++) {
        const struct element *last = NULL;

        if (sorted[i].day != sorted[i - 1].day || (i > 1 && sorted[i].day == sorted[i - 2].day))
            continue;
        for (uint32_t k = 0; k < n; k++)
            if (r->days[k].day == sorted[i].day)
                last = r->elements[k];
        report(r, last, MSG_CALENDAR_TWICE, attribute_of(last, ATTRIBUTE_DAY), NULL);
    }
    memcpy(r->days, sorted, n * sizeof *sorted);
    qsort(r->years, r->out->n_years, sizeof *r->years, by_year);
}

static void count_days(const struct element *root, uint32_t *years, uint32_t *days)
{
    *years = *days = 0;
    for (const struct element *y = child_of(root, ELEMENT_YEAR); y; y = next_of(y)) {
        ++*years;
        for (const struct element *d = y->first; d; d = d->next)
            ++*days;
    }
}

static void read_calendar(struct build *b, const struct rule_source *from, struct calendar *out)
{
    struct reading r = {.b = b, .doc = &from->doc, .out = out};
    uint32_t years, days;

    count_days(r.doc->root, &years, &days);
    r.days = keep_array(b, days, sizeof *r.days);
    r.years = keep_array(b, years, sizeof *r.years);
    r.elements = need(b, arena_array(b->scratch, days, sizeof *r.elements));
    if (b->failed)
        return;
    for (const struct element *y = child_of(r.doc->root, ELEMENT_YEAR); y; y = next_of(y))
        add_year(&r, y);
    check_days(&r);
    out->days = r.days;
    out->years = r.years;
}

static const char *id_of(const struct rule_source *calendar)
{
    const char *id = value_of(calendar->doc.root, ATTRIBUTE_ID);

    return id ? id : "";
}

/* Without a word about it the calendar is that of China. */
static void choose(struct build *b, struct part *part, const struct calendar *calendars)
{
    const struct attribute *a = attribute_of(part->root, ATTRIBUTE_CALENDAR);
    const char *wanted = a ? a->value : "cn";

    struct nearest near = {0};

    for (uint32_t i = 0; i < b->n_calendars; i++) {
        if (strcmp(id_of(b->calendars[i]), wanted) == 0)
            part->calendar = &calendars[i];
        nearest_offer(&near, wanted, strlen(wanted), id_of(b->calendars[i]));
    }
    if (a && !part->calendar)
        complain(b->d, part->doc, part->root,
                 &(struct complaint){.message = MSG_NO_CALENDAR,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {wanted},
                                     .hint = near.best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                     .hint_args = {near.best}});
}

static void check_ids(struct build *b)
{
    for (uint32_t i = 1; i < b->n_calendars; i++) {
        const struct rule_source *c = b->calendars[i];
        const struct attribute *a = attribute_of(c->doc.root, ATTRIBUTE_ID);

        for (uint32_t k = 0; a && k < i; k++)
            if (strcmp(id_of(c), id_of(b->calendars[k])) == 0) {
                complain(b->d, &c->doc, c->doc.root,
                         &(struct complaint){.message = MSG_DUPLICATE_RULESET,
                                             .place = value_place(&c->doc, a, 0, a->length),
                                             .args = {a->value, b->calendars[k]->source.name}});
                break;
            }
    }
}

void build_calendars(struct build *b)
{
    struct calendar *calendars = keep_array(b, b->n_calendars, sizeof *calendars);

    check_ids(b);
    for (uint32_t i = 0; i < b->n_calendars && !b->failed; i++)
        read_calendar(b, b->calendars[i], &calendars[i]);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        choose(b, &b->parts[i], calendars);
}
