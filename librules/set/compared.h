/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_SET_COMPARED_H
#define LIBRULES_SET_COMPARED_H

#include <stdbool.h>
#include <stdint.h>

#include <librules/base.h>

struct rls_set;

/*
 * Gives each literal that conditions compare a field's values with, folded, and then the value that
 * is assumed, if there is one; some are given twice. False when a condition does other than that
 * with the field, so that more values than these may count.
 */
bool compared_values(const struct rls_set *set, uint32_t field,
                     void (*each)(struct rls_text value, void *user), void *user);

#endif
