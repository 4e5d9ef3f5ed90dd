/* SPDX-License-Identifier: Apache-2.0 */
#include "portable.h"

#include "engines.h"
#include "match/fast.h"

void scanner_portable(struct scanner *s)
{
    s->fast = NULL;
}

bool ours_is_vectored(void)
{
    return fast_choose() != NULL;
}
