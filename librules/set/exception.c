/* SPDX-License-Identifier: Apache-2.0 */
#include "set/program.h"

size_t rls_set_exception_count(const struct rls_set *set)
{
    return set ? set->n_exceptions : 0;
}

const struct rls_exception *rls_set_exception_at(const struct rls_set *set, size_t index)
{
    return set && index < set->n_exceptions ? &set->exceptions[index].view : NULL;
}

const char *rls_exception_reason(const struct rls_exception *exception, const char *lang)
{
    const char *reason = words_in(&((const struct exception *)exception)->reason, lang);

    return reason ? reason : "";
}
