/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/base.h>

#include "text/reader.h"

const char *rls_unicode_version(void)
{
    return text_unicode_version();
}

const char *rls_tables_digest(void)
{
    return text_tables_digest();
}
