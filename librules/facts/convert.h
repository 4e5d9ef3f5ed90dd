/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_CONVERT_H
#define LIBRULES_FACTS_CONVERT_H

#include "facts/facts.h"

/*
 * Read a value as the type of its field: state and the member of that type are set. What cannot be
 * read so becomes VALUE_UNPARSED.
 */

/* Reads value->text. FACTS_MEMORY when the zone data could not be loaded. */
enum facts_status convert_text(struct fact *value, uint32_t type);
/* The words for true and false. */
bool boolean_parse(const char *text, size_t len, bool *out);
void convert_number(struct fact *value, uint32_t type, struct decimal number);
void convert_boolean(struct fact *value, uint32_t type, bool boolean);
void convert_instant(struct fact *value, uint32_t type, int64_t instant);

#endif
