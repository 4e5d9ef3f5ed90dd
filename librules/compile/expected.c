/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/nearest.h"
#include "compile/build.h"

/* What a case expects of the finding beside its kind, and the profile it is tried under. */

/* A case that expects no finding cannot describe one. */
static void check_described(struct build *b, const struct part *part, const struct element *e,
                            uint32_t expect)
{
    static const enum attribute_kind kinds[] = {ATTRIBUTE_VERDICT, ATTRIBUTE_SEVERITY,
                                                ATTRIBUTE_VERSION};
    const struct element *gives = child_of(e, ELEMENT_GIVES);

    if (expect != RLS_EXPECT_NONE && expect != RLS_EXPECT_UNDECIDED)
        return;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct attribute *a = attribute_of(e, kinds[i]);

        if (a)
            complain(b->d, part->doc, e,
                     &(struct complaint){.message = MSG_NO_FINDING_EXPECTED,
                                         .place = name_place(part->doc, a, strlen(a->name)),
                                         .args = {a->name}});
    }
    if (gives)
        complain(b->d, part->doc, gives,
                 &(struct complaint){.message = MSG_NO_FINDING_EXPECTED, .args = {"<gives>"}});
}

static void unknown_name(struct build *b, const struct part *part, const struct element *e,
                         const struct attribute *a, enum message_code message,
                         const struct nearest *near)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value},
                                 .hint = near->best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {near->best}});
}

static const char *case_version(struct build *b, const struct part *part, const struct element *e,
                                const struct rls_rule *rule)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_VERSION);
    struct nearest near = {0};

    if (!a || a->choice == CHOICE_NONE || part->doc->broken)
        return NULL;
    for (uint32_t i = 0; i < rule->n_versions; i++) {
        if (strcmp(rule->versions[i].name, a->value) == 0)
            return rule->versions[i].name;
        nearest_offer(&near, a->value, a->length, rule->versions[i].name);
    }
    if (rule->n_versions)
        unknown_name(b, part, e, a, MSG_UNKNOWN_VERSION, &near);
    return NULL;
}

static const char *case_requirement(struct build *b, const struct part *part,
                                    const struct element *e, const struct rls_rule *rule)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_REQUIREMENT);
    struct nearest near = {0};

    if (!a || a->choice == CHOICE_NONE || part->doc->broken)
        return NULL;
    for (uint32_t v = 0; v < rule->n_versions; v++)
        for (uint32_t i = 0; i < rule->versions[v].n_requirements; i++) {
            const char *id = rule->versions[v].requirements[i].id;

            if (strcmp(id, a->value) == 0)
                return id;
            nearest_offer(&near, a->value, a->length, id);
        }
    if (rule->n_versions)
        unknown_name(b, part, e, a, MSG_UNKNOWN_REQUIREMENT, &near);
    return NULL;
}

/* A day is all its instants. */
static void read_deadline(struct build *b, struct part *part, const struct element *e,
                          struct given *out)
{
    const char *text = value_of(e, ATTRIBUTE_DEADLINE);
    struct civil civil;

    if (!read_instant(b, part, e, ATTRIBUTE_DEADLINE, &out->from))
        return;
    out->deadline = keep_text(b, text);
    out->until = out->from + 1;
    if (civil_parse(text, strlen(text), &civil) && !civil.has_time)
        (void)day_end(b, part, civil, &out->until);
}

static const char *case_source(struct build *b, struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_CITE);
    uint32_t id;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    id = names_resolve(&part->sources, b, part, e, a, &(struct item){a->value, a->length, 0},
                       MSG_UNKNOWN_SOURCE);
    return id == INTERN_NONE ? NULL : part->cited[id].citation.source;
}

static void lower_gives(struct build *b, struct part *part, const struct element *e,
                        struct set_case *out)
{
    struct given *gives;
    uint32_t n = 0;

    for (const struct element *g = child_of(e, ELEMENT_GIVES); g; g = next_of(g))
        n++;
    gives = n ? need(b, arena_array(case_arena(b), n, sizeof *gives)) : NULL;
    out->gives = gives;
    for (const struct element *g = child_of(e, ELEMENT_GIVES); g && gives; g = next_of(g)) {
        struct given *to = &gives[out->n_gives++];

        to->evidence = keep_text(b, value_of(g, ATTRIBUTE_EVIDENCE));
        to->disguise = chosen_of(g, ATTRIBUTE_DISGUISE);
        /* The choices of disguise are the form bits in order. */
        to->form = to->disguise ? 1u << choice_of(g, ATTRIBUTE_DISGUISE, 0) : 0;
        to->cite = case_source(b, part, g);
        read_deadline(b, part, g, to);
    }
}

/* The full id of the profile that a case is tried under. */
static const char *case_profile(struct build *b, struct part *part, const struct element *e)
{
    struct part *owner;
    uint32_t index;
    const char *id = find_profile(b, part, e, attribute_of(e, ATTRIBUTE_PROFILE), &owner, &index);

    return id ? keep_id(b, owner, id) : NULL;
}

void lower_expected(struct build *b, struct part *part, const struct element *e,
                    const struct rls_rule *rule, struct set_case *out)
{
    out->view.verdict = chosen_of(e, ATTRIBUTE_VERDICT);
    out->view.severity = chosen_of(e, ATTRIBUTE_SEVERITY);
    out->view.version = case_version(b, part, e, rule);
    out->view.requirement = case_requirement(b, part, e, rule);
    out->view.profile = case_profile(b, part, e);
    check_described(b, part, e, out->view.expect);
    lower_gives(b, part, e, out);
}
