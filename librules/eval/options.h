/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_EVAL_OPTIONS_H
#define LIBRULES_EVAL_OPTIONS_H

#include <librules/options.h>

/* The caller's options with every default filled in. RLS_OK, RLS_ERR_ABI, RLS_ERR_ARGUMENT or
 * RLS_ERR_UNSUPPORTED. */
int options_read(struct rls_check_options *out, const struct rls_check_options *given);
bool cancel_requested(const struct rls_cancel *token);
/* Whether the token was set or the time is up, now or at an earlier call. Takes a struct budget. */
bool budget_is_spent(void *budget);
/* Nanoseconds of a clock that only goes forward. */
uint64_t monotonic_ns(void);

#endif
