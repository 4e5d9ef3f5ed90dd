/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/value.h"

#include <string.h>

#include "facts/convert.h"

static bool read_moment(const char *text, size_t len, const char *zone, struct moment *out,
                        bool *memory)
{
    struct civil civil;

    if (!civil_parse(text, len, &civil))
        return false;
    if (moment_of_civil(&civil, zone, out) == ZONE_OK)
        return true;
    *memory = true;
    return false;
}

bool value_read(const char *text, size_t len, uint8_t type, const char *zone, struct value *out,
                bool *memory)
{
    *out = (struct value){.type = type};
    switch (type) {
    case TYPE_NUMBER:
        return decimal_parse(text, len, &out->number);
    case TYPE_BOOLEAN:
        return boolean_parse(text, len, &out->boolean);
    case TYPE_INSTANT:
        return read_moment(text, len, zone, &out->moment, memory);
    case TYPE_DURATION:
        return duration_parse(text, len, &out->duration);
    case TYPE_QUANTITY:
        return quantity_parse(text, len, &out->quantity);
    default:
        return false;
    }
}

void value_of_fact(const struct fact *f, uint8_t type, struct value *out)
{
    *out = (struct value){.type = type};
    switch (type) {
    case TYPE_NUMBER:
        out->number = f->number;
        break;
    case TYPE_BOOLEAN:
        out->boolean = f->boolean;
        break;
    case TYPE_INSTANT:
        out->moment = moment_of(f->instant);
        out->moment.high = moment_of(f->last).high;
        out->moment.day = f->day;
        break;
    case TYPE_DURATION:
        (void)duration_parse(f->text, f->text_len, &out->duration);
        break;
    case TYPE_QUANTITY:
        (void)quantity_parse(f->text, f->text_len, &out->quantity);
        break;
    default:
        break;
    }
}

static enum rls_truth truth_of(bool b)
{
    return b ? RLS_TRUE : RLS_FALSE;
}

static enum rls_truth compare_numbers(struct decimal a, enum relation r, struct decimal b)
{
    struct interval x = interval_point(a), y = interval_point(b);

    return interval_compare(&x, r, &y);
}

enum rls_truth value_compare(const struct value *a, enum relation r, const struct value *b)
{
    switch (a->type) {
    case TYPE_NUMBER:
        return compare_numbers(a->number, r, b->number);
    case TYPE_BOOLEAN:
        return truth_of(a->boolean == b->boolean);
    case TYPE_INSTANT:
        return moment_compare(&a->moment, r, &b->moment);
    case TYPE_DURATION:
        return duration_compare(a->duration, r, b->duration);
    case TYPE_QUANTITY:
        if (a->quantity.kind != b->quantity.kind)
            return RLS_UNKNOWN;
        return interval_compare(&a->quantity.range, r, &b->quantity.range);
    default:
        return truth_of(a->length == b->length && memcmp(a->text, b->text, a->length) == 0);
    }
}
