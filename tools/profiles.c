/* SPDX-License-Identifier: Apache-2.0 */
#include "profiles.h"

#include "options.h"

#include <string.h>

enum { MOST_PROFILES = 63 };

static const char *nearest_profile(const struct rls_set *set, const char *id)
{
    const char *names[2 * MOST_PROFILES + 1] = {NULL};
    const struct rls_profile *p;
    size_t n = 0;

    for (size_t i = 0; i < MOST_PROFILES && (p = rls_set_profile_at(set, i)); i++) {
        const char *slash = strchr(rls_profile_id(p), '/');

        names[n++] = rls_profile_id(p);
        if (slash)
            names[n++] = slash + 1;
    }
    return nearest_name(id, names);
}

bool profile_choose(const struct rls_set *set, const char *id, const struct rls_profile **out)
{
    const char *hint;

    *out = id ? rls_set_profile_find(set, id) : NULL;
    if (!id || *out)
        return true;
    hint = nearest_profile(set, id);
    if (hint)
        complain(TEXT_UNKNOWN_PROFILE_HINT, id, hint);
    else
        complain(TEXT_UNKNOWN_PROFILE, id);
    return false;
}
