/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_BASE_CONTEXT_H
#define LIBRULES_BASE_CONTEXT_H

#include <stdatomic.h>

#include <librules/context.h>

#include "base/mem.h"

struct log {
    rls_log_fn fn; /* NULL: silent */
    void *user;
    uint32_t max_level;
};

struct rls_context {
    atomic_size_t references;
    struct mem mem;
    struct log log;
};

/* The allocator of a context; the C library's for NULL. */
const struct mem *context_mem(const struct rls_context *ctx);
/* Its log, by value; a silent one for NULL. */
struct log context_log(const struct rls_context *ctx);
void log_line(const struct log *log, uint32_t level, uint32_t code, const char *text);

#endif
