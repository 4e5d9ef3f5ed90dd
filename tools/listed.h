/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_LISTED_H
#define TOOLS_LISTED_H

#include "counts.h"

#include <librules/coverage.h>

/* The names of the terms lists that the conditions and guards of a rule look for, as the rule
 * writes them. A rule that is off has none. @return false without memory */
bool listed_names(struct counts *names, const struct rls_outline *outline,
                  const struct rls_rule *rule);

#endif
