/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_HOLDER_H
#define LIBRULES_SET_HOLDER_H

#include <librules/holder.h>

/* A new reference to the current set and the generation it belongs to, taken together. */
struct rls_set *holder_take(struct rls_holder *h, uint64_t *generation);

#endif
