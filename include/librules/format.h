/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file format.h
 * The one way to lay out a rule source, so that versions of it differ in what they say alone.
 * docs/rule-format.md describes the layout. Source: librules/model/format.c.
 */
#ifndef LIBRULES_FORMAT_H
#define LIBRULES_FORMAT_H

#include <librules/context.h>
#include <librules/diagnostic.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Options of rls_format_rules. */
struct rls_format_options {
    size_t size;                     /**< sizeof(struct rls_format_options) */
    rls_diagnostic_fn on_diagnostic; /**< called for each reason to refuse; NULL: none */
    void *diagnostic_user;           /**< given to on_diagnostic */
};

/**
 * Lay out a rule source: indentation, line breaks, order and quotation marks of attributes. What it
 * says stays: text, comments, processing instructions and the spelling of entities. Laying out the
 * result again changes nothing. A source with mistakes that are not about XML is laid out, too;
 * elements that the rule format does not know stay as they are.
 * @param ctx     its allocator is used; NULL for the default
 * @param name    NUL-terminated name of the source for diagnostics
 * @param xml     UTF-8 XML, at most 64 MiB
 * @param len     bytes
 * @param options NULL for all defaults
 * @param put     receives the whole text in one call, and nothing on failure
 * @param user    given to @p put
 * @return RLS_OK, RLS_ERR_ARGUMENT, RLS_ERR_ABI, RLS_ERR_COMPILE (not well-formed, or no rule set:
 *         see the diagnostics), RLS_ERR_LIMIT (too large), RLS_ERR_MEMORY, RLS_ERR_IO (@p put
 *         refused)
 * @par Threads any
 * @since 0.1
 */
RLS_API RLS_CHECK int rls_format_rules(struct rls_context *ctx, const char *name, const char *xml,
                                       size_t len, const struct rls_format_options *options,
                                       rls_write_fn put, void *user);

#ifdef __cplusplus
}
#endif
#endif
