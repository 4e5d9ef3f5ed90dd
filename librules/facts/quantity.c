/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/quantity.h"

#include "facts/measure.h"

/* Folded: in small letters, ² is 2. A longer word stands before those it begins with. */
static const struct {
    const char *word;
    uint8_t kind;
    uint32_t factor; /* of the smallest unit of the kind */
} units[] = {
    {"mg", QUANTITY_MASS, 1},           {"毫克", QUANTITY_MASS, 1},
    {"kg", QUANTITY_MASS, 1000000},     {"千克", QUANTITY_MASS, 1000000},
    {"公斤", QUANTITY_MASS, 1000000},   {"市斤", QUANTITY_MASS, 500000},
    {"斤", QUANTITY_MASS, 500000},      {"g", QUANTITY_MASS, 1000},
    {"克", QUANTITY_MASS, 1000},        {"ml", QUANTITY_VOLUME, 1},
    {"毫升", QUANTITY_VOLUME, 1},       {"l", QUANTITY_VOLUME, 1000},
    {"升", QUANTITY_VOLUME, 1000},      {"mm2", QUANTITY_AREA, 1},
    {"平方毫米", QUANTITY_AREA, 1},     {"cm2", QUANTITY_AREA, 100},
    {"平方厘米", QUANTITY_AREA, 100},   {"dm2", QUANTITY_AREA, 10000},
    {"平方分米", QUANTITY_AREA, 10000}, {"m2", QUANTITY_AREA, 1000000},
    {"平方米", QUANTITY_AREA, 1000000}, {"mm", QUANTITY_LENGTH, 1},
    {"毫米", QUANTITY_LENGTH, 1},       {"cm", QUANTITY_LENGTH, 10},
    {"厘米", QUANTITY_LENGTH, 10},      {"mah", QUANTITY_CHARGE, 1},
    {"毫安时", QUANTITY_CHARGE, 1},     {"ah", QUANTITY_CHARGE, 1000},
    {"m", QUANTITY_LENGTH, 1000},       {"米", QUANTITY_LENGTH, 1000},
    {"‰", QUANTITY_SHARE, 1},           {"%", QUANTITY_SHARE, 10},
    {"周岁", QUANTITY_AGE, 1},          {"岁", QUANTITY_AGE, 1},
    {"°", QUANTITY_ANGLE, 1},           {"kv", QUANTITY_VOLTAGE, 1000},
    {"v", QUANTITY_VOLTAGE, 1},         {"伏", QUANTITY_VOLTAGE, 1},
    {"kwh", QUANTITY_ENERGY, 1000},     {"wh", QUANTITY_ENERGY, 1},
    {"瓦时", QUANTITY_ENERGY, 1},       {"kw", QUANTITY_POWER, 1000},
    {"千瓦", QUANTITY_POWER, 1000},     {"w", QUANTITY_POWER, 1},
    {"瓦", QUANTITY_POWER, 1},          {"j/cm2", QUANTITY_FLUENCE, 1},
};

/* What bounds one end: in laws 以上 and 以下 include their number, 超过 and 低于 do not. */
enum bound { BOUND_NONE, BOUND_LOW, BOUND_LOW_OPEN, BOUND_HIGH, BOUND_HIGH_OPEN };

struct bound_word {
    const char *word;
    enum bound bound;
};

static const struct bound_word before[] = {
    {"≥", BOUND_LOW},          {">=", BOUND_LOW},         {"≧", BOUND_LOW},
    {"不低于", BOUND_LOW},     {"不少于", BOUND_LOW},     {"不小于", BOUND_LOW},
    {"至少", BOUND_LOW},       {">", BOUND_LOW_OPEN},     {"大于", BOUND_LOW_OPEN},
    {"超过", BOUND_LOW_OPEN},  {"高于", BOUND_LOW_OPEN},  {"≤", BOUND_HIGH},
    {"<=", BOUND_HIGH},        {"≦", BOUND_HIGH},         {"不超过", BOUND_HIGH},
    {"不高于", BOUND_HIGH},    {"不大于", BOUND_HIGH},    {"不多于", BOUND_HIGH},
    {"至多", BOUND_HIGH},      {"最多", BOUND_HIGH},      {"<", BOUND_HIGH_OPEN},
    {"小于", BOUND_HIGH_OPEN}, {"低于", BOUND_HIGH_OPEN}, {"少于", BOUND_HIGH_OPEN},
    {"不满", BOUND_HIGH_OPEN}, {"未满", BOUND_HIGH_OPEN}, {NULL, BOUND_NONE}};

static const struct bound_word behind[] = {
    {"及以上", BOUND_LOW}, {"以上", BOUND_LOW},  {"起", BOUND_LOW}, {"及以下", BOUND_HIGH},
    {"以下", BOUND_HIGH},  {"以内", BOUND_HIGH}, {NULL, BOUND_NONE}};

static enum bound read_bound(struct measure *m, const struct bound_word *words)
{
    for (; words->word; words++)
        if (measure_skip(m, words->word))
            return words->bound;
    return BOUND_NONE;
}

/* Index of the unit that stands here, or -1. */
static int read_unit(struct measure *m)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (measure_skip(m, units[i].word))
            return (int)i;
    return -1;
}

static bool read_to(struct measure *m)
{
    static const char *const words[] = {"-", "~", "–", "—", "至", "到"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (measure_skip(m, words[i]))
            return true;
    return false;
}

/* "18-24周岁", "500g-1kg": a unit that stands once counts for both numbers. */
static bool read_range(struct measure *m, struct decimal low, int unit, struct quantity *out)
{
    struct decimal high;
    int second;

    if (!measure_number(m, &high) || (second = read_unit(m)) < 0 || !measure_ended(m))
        return false;
    if (unit < 0)
        unit = second;
    if (units[unit].kind != units[second].kind)
        return false;
    out->kind = units[unit].kind;
    return decimal_times(low, units[unit].factor, &out->range.low) &&
           decimal_times(high, units[second].factor, &out->range.high) &&
           !interval_is_empty(&out->range);
}

static void set_bound(struct interval *range, enum bound bound)
{
    range->high_free = bound == BOUND_LOW || bound == BOUND_LOW_OPEN;
    range->low_free = bound == BOUND_HIGH || bound == BOUND_HIGH_OPEN;
    range->low_open = bound == BOUND_LOW_OPEN;
    range->high_open = bound == BOUND_HIGH_OPEN;
}

bool quantity_parse(const char *text, size_t len, struct quantity *out)
{
    enum bound first, last = BOUND_NONE;
    struct decimal number;
    struct measure m;
    int unit;

    *out = (struct quantity){.kind = 0};
    if (!measure_begin(&m, text, len))
        return false;
    first = read_bound(&m, before);
    if (!measure_number(&m, &number))
        return false;
    unit = read_unit(&m);
    if (first == BOUND_NONE) {
        if (read_to(&m))
            return read_range(&m, number, unit, out);
        last = read_bound(&m, behind);
    }
    if (unit < 0 || !measure_ended(&m) || !decimal_times(number, units[unit].factor, &number))
        return false;
    out->kind = units[unit].kind;
    out->range = interval_point(number);
    set_bound(&out->range, first != BOUND_NONE ? first : last);
    return true;
}
