/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_FACTS_JSON_FAULT_H
#define LIBRULES_FACTS_JSON_FAULT_H

#include <librules/evaluator.h>

enum json_fault {
    FAULT_NONE,
    FAULT_EMPTY,
    FAULT_UTF16,
    FAULT_NOT_OBJECT,
    FAULT_NAME,
    FAULT_COLON,
    FAULT_OBJECT_END,
    FAULT_ARRAY_END,
    FAULT_VALUE,
    FAULT_NUMBER,
    FAULT_ESCAPE,
    FAULT_CONTROL,
    FAULT_STRING_END,
    FAULT_CUT_SHORT,
    FAULT_TRAILING,
    FAULT_DEPTH,
    FAULT_TOO_LARGE,
    FAULT_TOO_MANY,
    FAULT_OTHER
};

/*
 * The first place where the text is no JSON object of allowed depth. Works on the bytes as they
 * were given; slow, for documents that the parser has refused.
 */
enum json_fault json_fault_find(const char *json, size_t len, size_t *offset);
/* Fills all but the size; FAULT_NONE gives line 0. */
void json_fault_tell(struct rls_json_error *error, enum json_fault fault, const char *json,
                     size_t len, size_t offset);
/* The enum rls_status that a fault leads to. */
int json_fault_status(enum json_fault fault);
/* Bytes of a byte order mark at the begin. */
size_t json_mark(const char *json, size_t len);

#endif
