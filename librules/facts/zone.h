/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_ZONE_H
#define LIBRULES_FACTS_ZONE_H

#include "base/arena.h"
#include "facts/time.h"

/* The zone of texts that name none. */
#define ZONE_HOME "Asia/Shanghai"

enum zone_status { ZONE_OK, ZONE_UNKNOWN, ZONE_MEMORY };

/* Whether the IANA name is known. */
bool zone_known(const char *zone);
/*
 * The instant of a civil time; an offset of its own wins over the zone. A local time that a zone
 * skips or repeats is read with the offset before the change.
 */
enum zone_status zone_instant(const struct civil *c, const char *zone, int64_t *out);
/* From an instant on a zone is so many minutes ahead of UTC. */
struct zone_offset {
    int64_t from;
    int32_t minutes;
};

/* By time; the first one begins at INT64_MIN. What changes after 2100 is not known. */
struct zone_offsets {
    const struct zone_offset *items;
    uint32_t n;
};

/* The offsets of a zone, in the arena. */
enum zone_status zone_offsets(const char *zone, struct arena *arena, struct zone_offsets *out);
/* The civil time of an instant in a zone. */
enum zone_status zone_civil(int64_t instant, const char *zone, struct civil *out);

#endif
