/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_DURATION_H
#define LIBRULES_FACTS_DURATION_H

#include "facts/interval.h"

enum duration_unit {
    DURATION_MINUTES,
    DURATION_DAYS,         /* natural days */
    DURATION_WORKING_DAYS, /* by a calendar */
    DURATION_MONTHS        /* of the calendar */
};

struct duration {
    int64_t amount; /* 0..DURATION_MOST */
    uint8_t unit;   /* enum duration_unit */
};

/* What the years 1 to 9999 have room for, in minutes. */
#define DURATION_MOST INT64_C(5258964960)

/*
 * Reads "90min", "72h", "3nd" (natural days), "3wd" (working days), "3mo", "1y" and what documents
 * write: "18个月", "540天", "36小时", "3个工作日", "2 years". False when it is no whole number with
 * a unit.
 */
bool duration_parse(const char *text, size_t len, struct duration *out);
/*
 * How long two durations are compared with each other. Those of one unit are compared by their
 * amounts; of several, as minutes that a month or year may have. Working days compare with working
 * days only.
 */
enum rls_truth duration_compare(struct duration a, enum relation r, struct duration b);

#endif
