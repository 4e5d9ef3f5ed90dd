/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/convert.h"

#include <string.h>

#include "facts/duration.h"
#include "facts/label_date.h"
#include "facts/quantity.h"
#include "facts/zone.h"

/*
 * Smaller counts of milliseconds are days of early 1973 and before, but also what seconds and the
 * digits of a date look like. Those must not be read as 1970.
 */
#define LEAST_MILLISECONDS INT64_C(100000000000)

static const struct word {
    const char *text;
    bool value;
} words[] = {
    {"true", true}, {"false", false}, {"yes", true}, {"no", false},
    {"是", true},   {"否", false},    {"1", true},   {"0", false},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(const char *text, size_t len, const char *word)
{
    if (strlen(word) != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (lower(text[i]) != word[i])
            return false;
    }
    return true;
}

bool boolean_parse(const char *text, size_t len, bool *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_word(text, len, words[i].text)) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

static void set_state(struct fact *value, bool known)
{
    value->state = known ? VALUE_KNOWN : VALUE_UNPARSED;
}

static enum facts_status read_instant(struct fact *value)
{
    struct civil c;

    set_state(value, false);
    if (!civil_parse(value->text, value->text_len, &c) &&
        !label_date_parse(value->text, value->text_len, &c))
        return FACTS_OK;
    if (zone_instant(&c, ZONE_HOME, &value->instant) != ZONE_OK)
        return FACTS_MEMORY;
    value->last = value->instant;
    value->day = !c.has_time;
    if (value->day) {
        struct civil next = civil_next_day(c);

        if (zone_instant(&next, ZONE_HOME, &value->last) != ZONE_OK)
            return FACTS_MEMORY;
        value->last--;
    }
    set_state(value, true);
    return FACTS_OK;
}

enum facts_status convert_text(struct fact *value, uint32_t type)
{
    struct duration duration;
    struct quantity quantity;

    set_state(value, true);
    switch (type) {
    case TYPE_NUMBER:
        set_state(value, decimal_parse(value->text, value->text_len, &value->number));
        break;
    case TYPE_BOOLEAN:
        set_state(value, boolean_parse(value->text, value->text_len, &value->boolean));
        break;
    case TYPE_INSTANT:
        return read_instant(value);
    case TYPE_DURATION:
        set_state(value, duration_parse(value->text, value->text_len, &duration));
        break;
    case TYPE_QUANTITY:
        set_state(value, quantity_parse(value->text, value->text_len, &quantity));
        break;
    default:
        break;
    }
    return FACTS_OK;
}

static bool is_instant(struct decimal n)
{
    return n.scale == 0 && n.coefficient >= CIVIL_FIRST && n.coefficient <= CIVIL_LAST &&
           (n.coefficient >= LEAST_MILLISECONDS || n.coefficient <= -LEAST_MILLISECONDS);
}

void convert_number(struct fact *value, uint32_t type, struct decimal number)
{
    value->number = number;
    value->instant = value->last = number.coefficient;
    value->boolean = number.coefficient != 0;
    switch (type) {
    case TYPE_BOOLEAN:
        set_state(value, number.scale == 0 && (number.coefficient == 0 || number.coefficient == 1));
        break;
    case TYPE_INSTANT:
        set_state(value, is_instant(number));
        break;
    default:
        /* A number without a unit is no duration and no quantity. */
        set_state(value, type == TYPE_TEXT || type == TYPE_NUMBER);
    }
}

void convert_boolean(struct fact *value, uint32_t type, bool boolean)
{
    value->boolean = boolean;
    set_state(value, type == TYPE_BOOLEAN || type == TYPE_TEXT);
}

void convert_instant(struct fact *value, uint32_t type, int64_t instant)
{
    value->instant = value->last = instant;
    set_state(value, type == TYPE_INSTANT || type == TYPE_TEXT);
}
