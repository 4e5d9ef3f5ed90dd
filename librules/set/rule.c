/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
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

typedef void (*visit_fn)(const struct condition *c, const struct condition_place *at,
                         void *context);

static void visit_part(const struct condition *c, const char *part, const struct requirement *r,
                       visit_fn visit, void *context)
{
    const struct condition_place at = {part, r ? r->id : NULL, r ? r->line : 0};

    if (c)
        visit(c, &at, context);
}

static void visit_exemptions(const struct exemption *exemptions, uint32_t n,
                             const struct requirement *r, visit_fn visit, void *context)
{
    for (uint32_t i = 0; i < n; i++)
        visit_part(exemptions[i].condition, "unless", r, visit, context);
}

void version_conditions(const struct rule_version *v, visit_fn visit, void *context)
{
    visit_part(v->applies, "applies", NULL, visit, context);
    visit_part(v->when, "when", NULL, visit, context);
    for (uint32_t i = 0; i < v->n_requirements; i++) {
        const struct requirement *r = &v->requirements[i];

        visit_part(r->condition, "require", r, visit, context);
        visit_exemptions(r->exemptions, r->n_exemptions, r, visit, context);
    }
    visit_exemptions(v->exemptions, v->n_exemptions, NULL, visit, context);
    for (uint32_t i = 0; i < v->n_graces; i++)
        visit_part(v->graces[i].condition, "grace", NULL, visit, context);
    for (uint32_t i = 0; i < v->outcome->n_grades; i++)
        visit_part(v->outcome->grades[i].condition, "grade", NULL, visit, context);
}

static bool has_list(const uint32_t *lists, uint32_t n, uint32_t list)
{
    for (uint32_t i = 0; i < n; i++)
        if (lists[i] == list)
            return true;
    return false;
}

static bool test_names_list(const struct text_test *t, uint32_t list)
{
    bool found = has_list(t->term_sets, t->n_term_sets, list);

    for (uint32_t i = 0; i < t->n_guards && !found; i++)
        found = has_list(t->guards[i].term_sets, t->guards[i].n_term_sets, list);
    return found;
}

bool condition_names_list(const struct condition *c, uint32_t list)
{
    if (c->kind == CONDITION_TEXT)
        return test_names_list(c->text, list);
    for (uint32_t i = 0; c->kind == CONDITION_NEAR && i < c->near->n_parts; i++)
        if (test_names_list(&c->near->parts[i], list))
            return true;
    return false;
}

uint8_t condition_bound(const struct condition *c)
{
    uint8_t test = TEST_IS;

    if (c->kind == CONDITION_FIELD)
        test = c->field->test;
    else if (c->kind == CONDITION_COMPARE)
        test = c->compare->test.test;
    else if (c->kind == CONDITION_COUNT)
        test = c->records->test;
    else if (c->kind == CONDITION_COUNTER)
        test = c->counter->test;
    return test >= TEST_LT ? test : TEST_IS;
}

static int32_t offset_at(const struct zone_offsets *z, int64_t instant)
{
    uint32_t low = 0, high = z->n;

    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;

        if (z->items[mid].from <= instant)
            low = mid;
        else
            high = mid;
    }
    return z->items[low].minutes;
}

int32_t rule_offset(const struct rls_rule *rule, int64_t instant)
{
    return offset_at(rule->offsets, instant);
}

int32_t exception_offset(const struct rls_exception *exception, int64_t instant)
{
    return offset_at(((const struct exception *)exception)->offsets, instant);
}

static size_t write_time(int64_t instant, int32_t minutes, char *out, size_t size)
{
    char text[INSTANT_TEXT];
    size_t len = instant_text_at(instant, minutes, text);

    if (out && size)
        snprintf(out, size, "%s", text);
    return len;
}

size_t rls_rule_time(const struct rls_rule *rule, int64_t instant, char *out, size_t size)
{
    return write_time(instant, rule_offset(rule, instant), out, size);
}

size_t rls_exception_time(const struct rls_exception *exception, int64_t instant, char *out,
                          size_t size)
{
    return write_time(instant, exception_offset(exception, instant), out, size);
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

const char *rls_rule_version_by(const struct rls_rule *rule)
{
    return rule->version_by ? rule->version_by->name : NULL;
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
