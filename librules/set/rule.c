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

static void visit_exemptions(const struct exemption *exemptions, uint32_t n,
                             void (*visit)(const struct condition *, void *), void *context)
{
    for (uint32_t i = 0; i < n; i++)
        visit(exemptions[i].condition, context);
}

void version_conditions(const struct rule_version *v,
                        void (*visit)(const struct condition *c, void *context), void *context)
{
    if (v->applies)
        visit(v->applies, context);
    if (v->when)
        visit(v->when, context);
    for (uint32_t i = 0; i < v->n_requirements; i++) {
        const struct requirement *r = &v->requirements[i];

        visit(r->condition, context);
        visit_exemptions(r->exemptions, r->n_exemptions, visit, context);
    }
    visit_exemptions(v->exemptions, v->n_exemptions, visit, context);
    for (uint32_t i = 0; i < v->n_graces; i++)
        if (v->graces[i].condition)
            visit(v->graces[i].condition, context);
    for (uint32_t i = 0; i < v->outcome->n_grades; i++)
        visit(v->outcome->grades[i].condition, context);
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

size_t rls_rule_tag_count(const struct rls_rule *rule)
{
    return rule->n_tags;
}

const char *rls_rule_tag(const struct rls_rule *rule, size_t index)
{
    return index < rule->n_tags ? rule->tags[index] : NULL;
}

size_t rls_rule_version_count(const struct rls_rule *rule)
{
    return rule->n_versions;
}

const struct rls_rule_version *rls_rule_version_at(const struct rls_rule *rule, size_t index)
{
    return index < rule->n_versions ? &rule->versions[index].view : NULL;
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
