/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_PARAMS_H
#define TOOLS_PARAMS_H

#include <librules/evaluator.h>
#include <stdbool.h>

/* What --param says. */
struct params {
    struct rls_param *items;
    size_t count;
};

/* Takes NAME=VALUE. @return false after saying what is wrong */
bool params_add(struct params *p, const char *word);
void params_free(struct params *p);

/* Makes an evaluator; NULL after saying why there is none. */
struct rls_evaluator *params_evaluator(const struct params *p, struct rls_set *set,
                                       const char *profile);

#endif
