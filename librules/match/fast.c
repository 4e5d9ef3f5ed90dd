/* SPDX-License-Identifier: Apache-2.0 */
#include "match/fast.h"

const struct fast *fast_choose(void)
{
#ifdef FAST_X86
    if (fast_avx512_runs())
        return &fast_avx512;
    if (fast_avx2_runs())
        return &fast_avx2;
#endif
    return NULL;
}
