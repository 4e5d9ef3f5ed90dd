/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_QUANTITY_H
#define LIBRULES_FACTS_QUANTITY_H

#include "facts/interval.h"

/* What is measured. Units of one kind convert exactly, those of two kinds never. */
enum quantity_kind {
    QUANTITY_MASS,
    QUANTITY_VOLUME,
    QUANTITY_LENGTH,
    QUANTITY_AREA,
    QUANTITY_SHARE, /* % and ‰ */
    QUANTITY_AGE,
    QUANTITY_ANGLE,
    QUANTITY_VOLTAGE,
    QUANTITY_POWER,
    QUANTITY_CHARGE,
    QUANTITY_ENERGY,
    QUANTITY_FLUENCE /* energy for an area */
};

struct quantity {
    struct interval range; /* in the smallest unit of the kind */
    uint8_t kind;          /* enum quantity_kind */
};

/*
 * Reads "500g", "0.16 J/cm²", "18-24周岁", "95%以上", "≥3 kg". What has no unit, two numbers of
 * different kinds, or is said to be approximate (约, 左右, ~) is no quantity.
 */
bool quantity_parse(const char *text, size_t len, struct quantity *out);

#endif
