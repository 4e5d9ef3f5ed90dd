/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sized.h"

#include <string.h>

#include <librules/base.h>

int sized_read(void *dst, size_t known, size_t least, const void *src)
{
    const unsigned char *bytes = src;
    size_t size;

    memset(dst, 0, known);
    if (!src)
        return RLS_OK;
    memcpy(&size, src, sizeof size);
    if (size < least || size < sizeof size)
        return RLS_ERR_ABI;
    for (size_t i = known; i < size; i++)
        if (bytes[i])
            return RLS_ERR_ABI;
    memcpy(dst, src, size < known ? size : known);
    return RLS_OK;
}
