/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_INSTANT_H
#define LIBRULES_BASE_INSTANT_H

#include <stddef.h>
#include <stdint.h>

enum { INSTANT_TEXT = 40 };

/*
 * Writes milliseconds since 1970-01-01T00:00:00Z as RFC 3339 in UTC, "2026-02-06T00:00:00Z",
 * with a fraction when there is one. Returns the length.
 */
size_t instant_text(int64_t instant, char out[INSTANT_TEXT]);
/*
 * The same for people, who live so many minutes ahead of UTC: "2026-02-06 08:00 +08:00", with
 * seconds where there are any. Returns the length.
 */
size_t instant_text_at(int64_t instant, int32_t minutes, char out[INSTANT_TEXT]);

#endif
