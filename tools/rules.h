/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_RULES_H
#define TOOLS_RULES_H

#include "buffer.h"

#include <librules/compiler.h>
#include <librules/set.h>

struct paths {
    char **items;
    size_t count;
    size_t cap;
};

/* @return false, after saying so, when memory is short */
bool paths_add(struct paths *p, const char *path);
void paths_free(struct paths *p);

/* Rule sources and what became of them. All zero is empty. */
struct rules {
    struct paths files;
    struct rls_compiler *compiler; /* holds the diagnostics */
    struct rls_set *set;           /* NULL when the sources have errors */
};

/* Compiles every rule file below @p roots; without any, below RULE_CHECK_RULES or where the rule
 * data is installed. @p flags are enum rls_compile_flags.
 * @return false, after saying why, when it could not be tried; errors in the sources leave the set
 *         NULL and are in the diagnostics */
bool rules_load(struct rules *r, const struct paths *roots, uint32_t flags);
/* Appends every diagnostic that was kept, and how many were not. */
void rules_diagnostics(const struct rules *r, struct buffer *b);
void rules_free(struct rules *r);

/* For commands that need rules: loads them, prints what is wrong, and refuses a set of none. */
bool rules_require(struct rules *r, const struct paths *roots, uint32_t flags);

#endif
