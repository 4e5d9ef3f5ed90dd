/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_NAMED_H
#define LIBRULES_SET_NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <librules/base.h>

struct rls_set;

/* All that conditions compare a field with that says where a document is published. A value that is
 * none of them lets every rule about one of them sleep. */
struct named_values {
    uint32_t field;
    uint32_t count;
    const struct rls_text *values; /* folded */
};

/* Of the fields platform and channel, where conditions do nothing but compare them with literals.
 * False when memory is short. */
bool named_values_find(struct rls_set *set);
/* Whether the text is one of them after the usual forms, or too long to be told. Else nearest is
 * the one that was probably meant, or NULL. */
bool named_values_hold(const struct named_values *n, struct rls_text text, const char **nearest);

#endif
