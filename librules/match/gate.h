/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_MATCH_GATE_H
#define LIBRULES_MATCH_GATE_H

#include "match/path.h"

/*
 * Whether a way of reading that harmless text offers, too, is to be taken for a disguise, as far as
 * it is one: forms are not asked for.
 */
bool gate_opens(const struct verify *v, const struct path *p);

#endif
