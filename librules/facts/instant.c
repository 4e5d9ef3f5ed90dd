/* SPDX-License-Identifier: Apache-2.0 */
#include <librules/options.h>

#include "facts/zone.h"

int rls_instant_parse(struct rls_text text, const char *zone, int64_t *out)
{
    struct civil c;

    if (!text.data || !out)
        return RLS_ERR_ARGUMENT;
    if (!zone)
        zone = ZONE_HOME;
    else if (!zone_known(zone))
        return RLS_ERR_ARGUMENT;
    if (!civil_parse(text.data, text.len, &c))
        return RLS_ERR_INPUT;
    switch (zone_instant(&c, zone, out)) {
    case ZONE_OK:
        return RLS_OK;
    case ZONE_UNKNOWN:
        return RLS_ERR_ARGUMENT;
    case ZONE_MEMORY:
        break;
    }
    return RLS_ERR_MEMORY;
}
