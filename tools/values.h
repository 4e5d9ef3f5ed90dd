/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_VALUES_H
#define TOOLS_VALUES_H

#include "documents.h"
#include "options.h"

#include <librules/options.h>

/* Values of options that several commands have. Each reader says what is wrong. */

struct rls_text value_text(const char *value);
/* @p bit: RLS_HAS_NOW or RLS_HAS_AS_OF, which is set. */
bool value_instant(const char *name, const char *value, uint32_t bit, struct rls_check_options *o);
bool value_input(const char *value, enum document_input *input);
bool value_encoding(const char *value, enum encoding *encoding);

#endif
