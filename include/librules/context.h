/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file context.h
 * The context: services for building (allocator and log). Nothing that was made with a context
 * points back at it. Source: librules/base/context.c.
 */
#ifndef LIBRULES_CONTEXT_H
#define LIBRULES_CONTEXT_H

#include <librules/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Memory for the objects of the library. Covers the library's own objects; libxml2, ICU and
 * simdjson use their own process-wide allocation, which the library never touches. It must
 * outlive everything made with it and, when sets are shared, be safe to call from any thread. It
 * is never asked for 0 bytes, and resize and release never get NULL.
 */
struct rls_allocator {
    size_t size; /**< sizeof(struct rls_allocator) */
    /** @return @p bytes bytes aligned for any object, or NULL */
    void *(*alloc)(void *user, size_t bytes);
    /** As realloc; @p was is the size asked for before. NULL leaves @p p valid. */
    void *(*resize)(void *user, void *p, size_t was, size_t want);
    /** @p bytes is the size asked for. @p p is never NULL. */
    void (*release)(void *user, void *p, size_t bytes);
    void *user; /**< given to every call */
};

/** How important a log line is. */
enum rls_log_level {
    RLS_LOG_ERROR = 10,   /**< something failed */
    RLS_LOG_WARNING = 20, /**< something looks wrong */
    RLS_LOG_INFO = 30,    /**< what was built */
    RLS_LOG_DEBUG = 40    /**< how it was built */
};

/**
 * Receives finished log lines.
 * @param user  what was given beside the callback
 * @param level an enum rls_log_level
 * @param code  number of a diagnostic, or 0
 * @param text  NUL-terminated UTF-8, valid during the call
 */
typedef void (*rls_log_fn)(void *user, uint32_t level, uint32_t code, const char *text);

/** Options of rls_context_new. */
struct rls_context_options {
    size_t size;                           /**< sizeof(struct rls_context_options) */
    uint32_t flags;                        /**< must be 0 */
    uint32_t max_log_level;                /**< enum rls_log_level; 0: RLS_LOG_WARNING */
    const struct rls_allocator *allocator; /**< NULL: the C library's */
    rls_log_fn log;                        /**< NULL: silent */
    void *log_user;                        /**< given to log */
};

/** Services while building. Counted; one thread at a time. */
struct rls_context;

/**
 * Make a context.
 * @param[out] out the context, owned by the caller: rls_context_unref
 * @param options  NULL for all defaults; copied
 * @return RLS_OK, RLS_ERR_ARGUMENT (an allocator with a missing function, unknown flags),
 *         RLS_ERR_ABI, RLS_ERR_MEMORY
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_context_new(struct rls_context **out,
                                      const struct rls_context_options *options);

/**
 * Take another reference.
 * @param ctx a context or NULL
 * @return @p ctx
 * @par Threads any; the count is atomic
 * @since 0.1
 */
RLS_API struct rls_context *rls_context_ref(struct rls_context *ctx);

/**
 * Drop a reference; the last one frees the context. Objects made with it live on.
 * @param ctx a context or NULL
 * @par Threads any; the count is atomic
 * @since 0.1
 */
RLS_API void rls_context_unref(struct rls_context *ctx);

#ifdef __cplusplus
}
#endif
#endif
