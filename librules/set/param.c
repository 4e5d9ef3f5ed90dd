/* SPDX-License-Identifier: Apache-2.0 */
#include "set/program.h"

bool param_allows(const struct param *p, const struct value *v)
{
    return (!p->min || value_compare(v, RELATION_GE, p->min) == RLS_TRUE) &&
           (!p->max || value_compare(v, RELATION_LE, p->max) == RLS_TRUE);
}
