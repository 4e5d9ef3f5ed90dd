/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file compiler.h
 * The compiler: consumes rule sources in XML, reports every mistake in one pass, and builds one
 * immutable set. Source: librules/compile/.
 */
#ifndef LIBRULES_COMPILER_H
#define LIBRULES_COMPILER_H

#include <librules/context.h>
#include <librules/diagnostic.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rls_set;

/** Flags of rls_compiler_options. */
enum rls_compile_flags {
    RLS_COMPILE_CASES = 1u << 0,             /**< keep the cases for rls_case_run */
    RLS_COMPILE_WARNINGS_AS_ERRORS = 1u << 1 /**< a warning prevents the set too */
};

/** Options of rls_compiler_new. */
struct rls_compiler_options {
    size_t size;                     /**< sizeof(struct rls_compiler_options) */
    uint32_t flags;                  /**< enum rls_compile_flags */
    uint32_t max_rules;              /**< 0: 1,000,000 */
    uint32_t max_diagnostics;        /**< kept ones; 0: 1,000; the rest is counted */
    uint32_t reserved;               /**< 0 */
    uint64_t max_source_bytes;       /**< of one source; 0: 64 MiB */
    rls_diagnostic_fn on_diagnostic; /**< called for each as it is found; NULL: none */
    void *diagnostic_user;           /**< given to on_diagnostic */
};

/** Turns sources into a set. One owner, one thread. */
struct rls_compiler;

/**
 * Make a compiler.
 * @param[out] out the compiler, owned by the caller: rls_compiler_free
 * @param ctx      its allocator and log are copied; NULL for defaults
 * @param options  NULL for all defaults; copied
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_ABI, RLS_ERR_MEMORY
 * @par Threads the compiler belongs to one thread at a time
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_compiler_new(struct rls_compiler **out, struct rls_context *ctx,
                                       const struct rls_compiler_options *options);

/**
 * Free a compiler and its diagnostics. Sets it built live on.
 * @param c a compiler or NULL
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API void rls_compiler_free(struct rls_compiler *c);

/**
 * Read one rule source from a file. Mistakes in it become diagnostics; the call itself fails only
 * when the file cannot be read whole or memory is short.
 * @param c    the compiler
 * @param path NUL-terminated path, also the source's name in diagnostics
 * @return RLS_OK (also when the source has errors: rls_compiler_build tells), RLS_ERR_ARGUMENT,
 *         RLS_ERR_IO (also a diagnostic), RLS_ERR_LIMIT (larger than max_source_bytes; also a
 *         diagnostic), RLS_ERR_MEMORY
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_compiler_add_file(struct rls_compiler *c, const char *path);

/**
 * Read one rule source from memory, as rls_compiler_add_file does.
 * @param c    the compiler
 * @param name NUL-terminated name for diagnostics; copied
 * @param xml  UTF-8 XML; not kept
 * @param len  bytes
 * @return as rls_compiler_add_file
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_compiler_add_buffer(struct rls_compiler *c, const char *name,
                                              const char *xml, size_t len);

/**
 * Build a set from all sources added since the last build. All or nothing: on failure no set is
 * made. Either way the compiler is empty afterwards and can be used again; its diagnostics stay
 * readable until the next add or build.
 * @param c        the compiler
 * @param[out] out the set with one reference, owned by the caller: rls_set_unref
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_COMPILE (at least one error, also that a file
 *         could not be read; or no rule source at all), RLS_ERR_LIMIT, RLS_ERR_MEMORY
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_compiler_build(struct rls_compiler *c, struct rls_set **out);

/**
 * How many diagnostics of a level there were since the last build began collecting, kept or not.
 * @param c     the compiler
 * @param level an enum rls_level, or 0 for all
 * @return the number; 0 for NULL
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API size_t rls_compiler_count(const struct rls_compiler *c, uint32_t level);

/**
 * A kept diagnostic, ordered by source, line and column.
 * @param c     the compiler
 * @param index from 0
 * @return owned by the compiler, valid until its next add or build or its end; NULL past the last
 * @par Threads the owner's
 * @since 0.1
 */
RLS_API const struct rls_diagnostic *rls_compiler_diagnostic(const struct rls_compiler *c,
                                                             size_t index);

#ifdef __cplusplus
}
#endif
#endif
