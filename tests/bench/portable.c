/* SPDX-License-Identifier: Apache-2.0 */
#include "portable.h"

#include "engines.h"
#include "match/fast.h"

void scanner_portable(struct scanner *s)
{
    s->fast = NULL;
}

void scanner_avx2(struct scanner *s)
{
#ifdef FAST_X86
    if (fast_avx2_runs())
        s->fast = &fast_avx2;
#else
    (void)s;
#endif
}

bool ours_has_avx2(void)
{
#ifdef FAST_X86
    return fast_avx2_runs();
#else
    return false;
#endif
}

bool ours_is_vectored(void)
{
    return fast_choose() != NULL;
}
