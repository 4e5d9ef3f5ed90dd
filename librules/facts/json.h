/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_H
#define LIBRULES_FACTS_JSON_H

#include <librules/evaluator.h>

#include "facts/facts.h"

#ifdef __cplusplus
extern "C" {
#endif

struct json_reader; /* a parser and its buffers; scratch of one evaluator */

/* NULL when memory is short. */
struct json_reader *json_reader_new(const struct mem *mem);
void json_reader_free(struct json_reader *r);
/* Bytes kept. */
size_t json_reader_memory(const struct json_reader *r);
/*
 * Reads one document into facts that were begun. Decoded text lives in the reader until its next
 * read. Returns an enum rls_status; *error is always filled.
 */
int json_read(struct json_reader *r, const char *json, size_t len, size_t max_bytes,
              struct facts *f, struct rls_json_error *error);

#ifdef __cplusplus
}
#endif
#endif
