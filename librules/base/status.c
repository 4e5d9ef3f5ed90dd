/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/base.h>

uint32_t rls_version_number(void)
{
    return RLS_VERSION_NUMBER;
}

const char *rls_version_string(void)
{
    return RLS_VERSION_STRING;
}

const char *rls_status_name(int status)
{
    switch (status) {
#define NAME(x)                                                                                    \
    case x:                                                                                        \
        return #x
        NAME(RLS_OK);
        NAME(RLS_ERR_ARGUMENT);
        NAME(RLS_ERR_MEMORY);
        NAME(RLS_ERR_IO);
        NAME(RLS_ERR_COMPILE);
        NAME(RLS_ERR_INPUT);
        NAME(RLS_ERR_LIMIT);
        NAME(RLS_ERR_DEADLINE);
        NAME(RLS_ERR_CANCELLED);
        NAME(RLS_ERR_BUSY);
        NAME(RLS_ERR_ABI);
        NAME(RLS_ERR_STATE);
        NAME(RLS_ERR_UNSUPPORTED);
        NAME(RLS_ERR_INTERNAL);
        NAME(RLS_ERR_NOT_FOUND);
#undef NAME
    default:
        return "unknown status";
    }
}
