/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_PROFILES_H
#define TOOLS_PROFILES_H

#include "buffer.h"

#include <librules/evaluator.h>
#include <librules/profile.h>
#include <stdbool.h>

/* Finds the profile of an id; NULL asks for none. @return false after saying that there is none */
bool profile_choose(const struct rls_set *set, const char *id, const struct rls_profile **out);

/* Tells the exceptions of the set that have expired at @p instant or that no evaluator used. */
void exceptions_tell(struct buffer *b, const struct rls_set *set,
                     struct rls_evaluator *const *evaluators, unsigned n, int64_t instant);

#endif
