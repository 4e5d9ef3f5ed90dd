/* SPDX-License-Identifier: Apache-2.0 */
/* The only file of text/ that uses ICU at run time, on buffers of fixed size. */
#include "text/icu.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

size_t icu_compose(const uint32_t *codes, size_t n, uint32_t *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    UChar32 scalars[ICU_COMPOSE_OUT];
    UChar raw[2 * ICU_COMPOSE_IN], composed[4 * ICU_COMPOSE_OUT];
    int32_t len = 0, made, count = 0;

    if (n > ICU_COMPOSE_IN)
        return 0;
    memcpy(scalars, codes, n * sizeof codes[0]);
    u_strFromUTF32(raw, 2 * ICU_COMPOSE_IN, &len, scalars, (int32_t)n, &status);
    made = unorm2_normalize(normalizer, raw, len, composed, 4 * ICU_COMPOSE_OUT, &status);
    u_strToUTF32(scalars, ICU_COMPOSE_OUT, &count, composed, made, &status);
    if (U_FAILURE(status))
        return 0;
    memcpy(out, scalars, (size_t)count * sizeof out[0]);
    return (size_t)count;
}
