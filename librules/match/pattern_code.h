/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_PATTERN_CODE_H
#define LIBRULES_MATCH_PATTERN_CODE_H

/* A compiled pattern, shared by what compiles and what runs it. */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "match/pattern.h"

struct pattern {
    pcre2_code *code;
    bool jit; /* there is machine code */
    struct factors factors;
    struct byte_set first;
    struct width width;
    uint32_t forms;
    uint32_t look_behind; /* characters before a match that may be looked at */
    uint32_t groups;
    const char *const *names; /* by group */
    struct mem mem;           /* of the code */
};

/* Memory of PCRE2 by a struct mem, which is the user. */
void *pattern_block_alloc(size_t size, void *user);
void pattern_block_release(void *p, void *user);
/* What a block takes. */
size_t pattern_block_size(const void *p);

#endif
