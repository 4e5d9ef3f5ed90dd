/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "set/program.h"

const char *words_in(const struct words *w, const char *lang)
{
    bool en = lang && strcmp(lang, "en") == 0;

    if (en)
        return w->en ? w->en : w->zh;
    return w->zh ? w->zh : w->en;
}

const struct rule_version *rule_version_at(const struct rls_rule *rule, int64_t instant)
{
    for (uint32_t i = 0; i < rule->n_versions; i++)
        if (instant >= rule->versions[i].from && instant < rule->versions[i].until)
            return &rule->versions[i];
    return NULL;
}

const char *rls_rule_id(const struct rls_rule *rule)
{
    return rule->id;
}

const char *rls_rule_title(const struct rls_rule *rule, const char *lang)
{
    const char *title = words_in(&rule->title, lang);

    return title ? title : rule->id;
}

const char *rls_rule_severity(const struct rls_rule *rule)
{
    return rule->severity;
}

uint32_t rls_rule_mode(const struct rls_rule *rule)
{
    return rule->mode;
}

uint32_t rls_rule_subject(const struct rls_rule *rule)
{
    return rule->subject;
}

const char *rls_rule_source(const struct rls_rule *rule, uint32_t *line)
{
    if (line)
        *line = rule->line;
    return rule->source;
}
