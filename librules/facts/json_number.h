/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_NUMBER_H
#define LIBRULES_FACTS_JSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the text is a number by the grammar of JSON, however large. */
bool json_number_valid(const char *text, size_t len);

#ifdef __cplusplus
}
#endif
#endif
