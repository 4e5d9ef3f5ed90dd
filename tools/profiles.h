/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_PROFILES_H
#define TOOLS_PROFILES_H

#include <librules/evaluator.h>
#include <librules/profile.h>
#include <stdbool.h>

/* Finds the profile of an id; NULL asks for none. @return false after saying that there is none */
bool profile_choose(const struct rls_set *set, const char *id, const struct rls_profile **out);

#endif
