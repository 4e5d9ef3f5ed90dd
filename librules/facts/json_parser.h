/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_PARSER_H
#define LIBRULES_FACTS_JSON_PARSER_H

#include "facts/json_tree.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Readable bytes that the parser needs behind the text, and behind the room for strings. */
enum { JSON_PADDING = 64 };

/*
 * The face of simdjson, which allocates with operator new, outside struct mem: about six bytes for
 * each byte of the longest document, kept for the next one. Failure of these is JSON_MEMORY. Its
 * choice of code for the processor, once in a process, makes a few small allocations that end the
 * program when they fail.
 */
struct json_parser;

size_t json_parser_size(void);
/* memory: json_parser_size() bytes, aligned for anything. */
struct json_parser *json_parser_init(void *memory);
void json_parser_end(struct json_parser *p);
/* Bytes that simdjson keeps, estimated. */
size_t json_parser_memory(const struct json_parser *p);

bool json_valid_utf8(const char *text, size_t len);
/*
 * Builds the tree of one object. text is valid UTF-8 without lone surrogates; its room is that of
 * the longest document expected, and strings has as much: there they are decoded. Names and texts
 * of the tree point into both.
 */
enum json_status json_parser_run(struct json_parser *p, const char *text, size_t len, size_t room,
                                 char *strings, struct json_tree *tree);

#ifdef __cplusplus
}
#endif
#endif
