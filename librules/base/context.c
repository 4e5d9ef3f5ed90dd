/* SPDX-License-Identifier: Apache-2.0 */
#include "base/context.h"

#include "base/sized.h"

static int read_allocator(const struct rls_allocator *given, struct mem *out)
{
    struct rls_allocator a;
    int st = sized_read(&a, sizeof a, sizeof a, given);

    if (st != RLS_OK)
        return st;
    if (!given) {
        *out = mem_libc;
        return RLS_OK;
    }
    if (!a.alloc || !a.resize || !a.release)
        return RLS_ERR_ARGUMENT;
    *out = (struct mem){a.alloc, a.resize, a.release, a.user};
    return RLS_OK;
}

int rls_context_new(struct rls_context **out, const struct rls_context_options *options)
{
    struct rls_context_options o;
    struct rls_context *ctx;
    struct mem mem;
    int st;

    if (!out)
        return RLS_ERR_ARGUMENT;
    *out = NULL;
    st = sized_read(&o, sizeof o, sizeof o.size, options);
    if (st == RLS_OK)
        st = read_allocator(o.allocator, &mem);
    if (st != RLS_OK)
        return st;
    if (o.flags)
        return RLS_ERR_ARGUMENT;
    ctx = mem_alloc(&mem, sizeof *ctx);
    if (!ctx)
        return RLS_ERR_MEMORY;
    atomic_init(&ctx->references, 1);
    ctx->mem = mem;
    ctx->log = (struct log){o.log, o.log_user, o.max_log_level ? o.max_log_level : RLS_LOG_WARNING};
    *out = ctx;
    return RLS_OK;
}

struct rls_context *rls_context_ref(struct rls_context *ctx)
{
    if (ctx)
        atomic_fetch_add_explicit(&ctx->references, 1, memory_order_relaxed);
    return ctx;
}

void rls_context_unref(struct rls_context *ctx)
{
    struct mem mem;

    if (!ctx || atomic_fetch_sub_explicit(&ctx->references, 1, memory_order_acq_rel) != 1)
        return;
    mem = ctx->mem;
    mem_release(&mem, ctx, sizeof *ctx);
}

const struct mem *context_mem(const struct rls_context *ctx)
{
    return ctx ? &ctx->mem : &mem_libc;
}

struct log context_log(const struct rls_context *ctx)
{
    return ctx ? ctx->log : (struct log){0};
}

void log_line(const struct log *log, uint32_t level, uint32_t code, const char *text)
{
    if (log->fn && level <= log->max_level)
        log->fn(log->user, level, code, text);
}
