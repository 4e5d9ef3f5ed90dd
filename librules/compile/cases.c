/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

static const char ATTRIBUTES[] = "attributes.";

/* Values of one case that are searched for repetitions: the work grows with the square. */
enum { COMPARED_VALUES = 64 };

struct arena *case_arena(struct build *b)
{
    return b->keep_cases ? &b->set->arena : b->scratch;
}

/* The path of a value; NULL when its name is missing. */
static const char *value_path(struct build *b, const struct element *e)
{
    const char *name = e->kind == ELEMENT_VALUE ? e->name : value_of(e, ATTRIBUTE_NAME);
    size_t prefix = e->kind == ELEMENT_ATTRIBUTE ? sizeof ATTRIBUTES - 1 : 0, len;
    char *path;

    if (!name)
        return NULL;
    len = strlen(name);
    path = need(b, arena_alloc(case_arena(b), prefix + len + 1));
    if (!path)
        return NULL;
    memcpy(path, ATTRIBUTES, prefix);
    memcpy(path + prefix, name, len + 1);
    return path;
}

static struct place name_of_value(const struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);

    return a && e->kind != ELEMENT_VALUE ? value_place(part->doc, a, 0, a->length)
                                         : element_place(part->doc, e);
}

static bool stands_before(const struct case_fact *facts, uint32_t n, const char *path)
{
    for (uint32_t i = 0; i < n && i < COMPARED_VALUES; i++)
        if (strcmp(facts[i].path, path) == 0)
            return true;
    return false;
}

static void check_value(struct build *b, struct part *part, const struct element *e,
                        const struct case_fact *facts, uint32_t n, const char *path)
{
    const struct vocabulary *v = &b->set->vocabulary;
    const char *key;
    size_t len = strlen(path), key_len;
    uint32_t field = vocabulary_find(v, part->subject, path, len, &key, &key_len);

    if (field == FIELD_UNKNOWN) {
        if (!part->doc->broken)
            unknown_field(b, part, e, name_of_value(part, e), path, len);
    } else if (!v->fields[field].many && stands_before(facts, n, path)) {
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_REPEATED_VALUE, .args = {path}});
    }
}

static void lower_facts(struct build *b, struct part *part, const struct element *document,
                        struct set_case *out)
{
    struct case_fact *facts;
    uint32_t n = 0;

    for (const struct element *e = document->first; e; e = e->next)
        n += e->kind != ELEMENT_UNKNOWN;
    facts = need(b, arena_array(case_arena(b), n, sizeof *facts));
    out->facts = facts;
    for (const struct element *e = document->first; e && facts && !b->failed; e = e->next) {
        const char *path = e->kind ? value_path(b, e) : NULL;
        struct item text = trimmed_text(e);

        if (!path)
            continue;
        check_value(b, part, e, facts, out->n_facts, path);
        facts[out->n_facts++] =
            (struct case_fact){path, need(b, arena_text(case_arena(b), text.text, text.len))};
    }
}

/* One of another subject was reported. */
static const struct element *document_of(const struct part *part, const struct element *e)
{
    switch (part->subject) {
    case RLS_MERCHANT:
        return child_of(e, ELEMENT_MERCHANT);
    case RLS_MESSAGE:
        return child_of(e, ELEMENT_CHAT);
    case RLS_RULE_CHANGE:
        return child_of(e, ELEMENT_RULE_CHANGE);
    default:
        return child_of(e, ELEMENT_LISTING);
    }
}

static void lower_case(struct build *b, struct part *part, const struct element *e,
                       const struct rls_rule *rule, struct set_case *out)
{
    const struct element *document = document_of(part, e);

    out->view = (struct rls_case){.size = sizeof out->view,
                                  .rule = rule,
                                  /* The choices are in the order of enum rls_expect. */
                                  .expect = choice_of(e, ATTRIBUTE_EXPECT, 0) + RLS_EXPECT_FINDING,
                                  .line = line_of(part, e),
                                  .source = part->source,
                                  .note = keep_text(b, value_of(e, ATTRIBUTE_NOTE))};
    out->subject = part->subject;
    out->has_as_of = read_instant(b, part, e, ATTRIBUTE_AS_OF, &out->as_of);
    out->has_now = read_instant(b, part, e, ATTRIBUTE_NOW, &out->now);
    lower_expected(b, part, e, rule, out);
    if (document)
        lower_facts(b, part, document, out);
}

uint32_t lower_cases(struct build *b, struct part *part, const struct element *rule,
                     const struct rls_rule *lowered, struct set_case *cases)
{
    uint32_t n = 0;

    for (const struct element *e = child_of(rule, ELEMENT_CASE); e && !b->failed; e = next_of(e)) {
        struct set_case checked = {.has_as_of = false};

        lower_case(b, part, e, lowered, cases ? &cases[n] : &checked);
        n++;
    }
    return n;
}
