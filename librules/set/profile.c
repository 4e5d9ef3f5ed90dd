/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "set/program.h"

size_t rls_set_profile_count(const struct rls_set *set)
{
    return set ? set->n_profiles : 0;
}

const struct rls_profile *rls_set_profile_at(const struct rls_set *set, size_t index)
{
    return set && index < set->n_profiles ? &set->profiles[index] : NULL;
}

static const char *behind_slash(const char *id)
{
    const char *slash = strrchr(id, '/');

    return slash ? slash + 1 : id;
}

const struct rls_profile *rls_set_profile_find(const struct rls_set *set, const char *id)
{
    const struct rls_profile *found = NULL;
    uint32_t n = 0;

    if (!set || !id)
        return NULL;
    for (uint32_t i = 0; i < set->n_profiles; i++) {
        const struct rls_profile *p = &set->profiles[i];

        if (strcmp(p->id, id) == 0)
            return p;
        if (strcmp(behind_slash(p->id), id) == 0) {
            found = p;
            n++;
        }
    }
    return n == 1 ? found : NULL;
}

const char *rls_profile_id(const struct rls_profile *profile)
{
    return profile->id;
}

const char *rls_profile_title(const struct rls_profile *profile, const char *lang)
{
    const char *title = words_in(&profile->title, lang);

    return title ? title : profile->id;
}

/* What the profile says of a rule, or NULL. */
static const struct rule_choice *choice_of_rule(const struct rls_profile *profile, uint32_t rule)
{
    uint32_t low = 0, high = profile->n_runs;

    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;

        if (profile->runs[mid].first <= rule)
            low = mid;
        else
            high = mid;
    }
    return profile->runs[low].choice;
}

uint32_t rls_profile_mode(const struct rls_profile *profile, const struct rls_rule *rule,
                          const char **source, uint32_t *line)
{
    const struct rule_choice own = {rule->mode, rule->line, rule->source};
    const struct rule_choice *choice = profile ? choice_of_rule(profile, rule->index) : NULL;

    if (!choice)
        choice = &own;
    if (source)
        *source = choice->source;
    if (line)
        *line = choice->line;
    return choice->mode;
}
