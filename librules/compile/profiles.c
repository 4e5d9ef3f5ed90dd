/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "compile/build.h"

/* Profiles: what each makes of every rule of the build. */

/* A profile while it is lowered. */
struct lowering {
    struct part *part;
    const struct element *element;
    struct rule_choice *choices; /* by rule */
};

static void choose(const struct lowering *l, const struct element *e, uint32_t rule, uint32_t mode)
{
    l->choices[rule] = (struct rule_choice){mode, line_of(l->part, e), l->part->source};
}

/* --- what a <select> takes ------------------------------------------------------------------ */

static void take(bool *taken, struct rule_range range)
{
    for (uint32_t i = 0; i < range.n; i++)
        taken[range.first + i] = true;
}

static void take_rules(struct build *b, struct part *part, const struct element *e, bool *taken)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_RULES);
    struct item item;
    size_t at = 0;

    if (!a) {
        take(taken, (struct rule_range){0, b->set->n_rules});
        return;
    }
    while (next_item(a, &at, &item))
        take(taken, resolve_rules(b, part, e, a, &item, true));
}

static bool has_tag(const struct rls_rule *rule, const struct item *item)
{
    for (uint32_t i = 0; i < rule->n_tags; i++)
        if (strlen(rule->tags[i]) == item->len && memcmp(rule->tags[i], item->text, item->len) == 0)
            return true;
    return false;
}

static const char *nearest_tag(struct build *b, const struct item *item)
{
    struct nearest n = {0};

    for (uint32_t i = 0; i < b->set->n_rules; i++) {
        const struct rls_rule *rule = &b->set->rules[i];

        for (uint32_t t = 0; t < rule->n_tags && may_compare(b, 1); t++)
            nearest_offer(&n, item->text, item->len, rule->tags[t]);
    }
    return n.best;
}

static void unknown_tag(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *a, const struct item *item)
{
    const char *best = nearest_tag(b, item);
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_UNKNOWN_TAG,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)},
                                 .hint = best ? HINT_DID_YOU_MEAN : HINT_NONE,
                                 .hint_args = {best}});
}

/* Leaves those taken that have one of the tags. */
static void keep_tagged(struct build *b, const struct part *part, const struct element *e,
                        bool *taken)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_TAGS);
    bool *tagged = a ? need(b, arena_array(b->scratch, b->set->n_rules, sizeof *tagged)) : NULL;
    struct item item;
    size_t at = 0;

    while (tagged && next_item(a, &at, &item)) {
        bool known = false;

        for (uint32_t i = 0; i < b->set->n_rules; i++)
            if (has_tag(&b->set->rules[i], &item))
                known = tagged[i] = true;
        if (!known && !part->doc->broken)
            unknown_tag(b, part, e, a, &item);
    }
    for (uint32_t i = 0; tagged && i < b->set->n_rules; i++)
        taken[i] = taken[i] && tagged[i];
}

static void lower_select(struct build *b, const struct lowering *l, const struct element *e)
{
    bool *taken = need(b, arena_array(b->scratch, b->set->n_rules, sizeof *taken));

    if (!taken)
        return;
    if (!attribute_of(e, ATTRIBUTE_RULES) && !attribute_of(e, ATTRIBUTE_TAGS))
        complain(b->d, l->part->doc, e,
                 &(struct complaint){.message = MSG_EMPTY_SELECT,
                                     .hint = HINT_ADD,
                                     .hint_args = {"rules=\"...\""}});
    take_rules(b, l->part, e, taken);
    keep_tagged(b, l->part, e, taken);
    for (uint32_t i = 0; i < b->set->n_rules; i++)
        if (taken[i])
            choose(l, e, i, choice_of(e, ATTRIBUTE_MODE, 0) + RLS_MODE_ENFORCE);
}

/* --- a profile -------------------------------------------------------------------------------- */

static const struct lowered_profile *lower_profile(struct build *b, struct part *part, uint32_t id);

static void refuse(struct build *b, const struct part *part, const struct element *e,
                   enum message_code message, const char *limit)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_EXTENDS);

    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, limit}});
}

/* The profile that another extends; NULL when there is none. */
static const struct lowered_profile *inherited(struct build *b, struct part *part,
                                               const struct element *e)
{
    struct part *owner;
    uint32_t id;
    char limit[NUMBER_BYTES];

    if (!find_profile(b, part, e, attribute_of(e, ATTRIBUTE_EXTENDS), &owner, &id))
        return NULL;
    if (owner->lowered[id].begun && !owner->lowered[id].choices)
        refuse(b, part, e, MSG_PROFILE_CYCLE, NULL);
    else if (b->nested >= LIMIT_NESTED_USES)
        refuse(b, part, e, MSG_NESTED_USES, message_number(LIMIT_NESTED_USES, limit));
    else
        return lower_profile(b, owner, id);
    return NULL;
}

/* Those of the profile that it extends, then its own over them. */
static void bind_params(struct build *b, const struct lowering *l,
                        const struct lowered_profile *base, struct lowered_profile *out)
{
    uint32_t inherited = base ? base->n_params : 0;
    uint32_t n = inherited + count_set_params(l->element);

    out->params = keep_array(b, n, sizeof *out->params);
    if (!out->params)
        return;
    if (inherited)
        memcpy(out->params, base->params, inherited * sizeof *out->params);
    out->n_params = inherited + set_params(b, l->part, l->element, out->params + inherited);
}

static void begin(struct build *b, const struct lowering *l, struct lowered_profile *out)
{
    const struct lowered_profile *base = inherited(b, l->part, l->element);
    const struct rule_choice *from = base ? base->choices : NULL;
    bool none = choice_of(l->element, ATTRIBUTE_BASE, BASE_ALL) == BASE_NONE;

    for (uint32_t i = 0; i < b->set->n_rules; i++) {
        const struct rls_rule *rule = &b->set->rules[i];

        if (from)
            l->choices[i] = from[i];
        else if (none)
            choose(l, l->element, i, RLS_MODE_OFF);
        else
            l->choices[i] = (struct rule_choice){rule->mode, rule->line, rule->source};
    }
    bind_params(b, l, base, out);
}

static const struct lowered_profile *lower_profile(struct build *b, struct part *part, uint32_t id)
{
    struct lowered_profile *p = &part->lowered[id];
    struct lowering l = {part, part->profiles.elements[id],
                         keep_array(b, b->set->n_rules, sizeof *l.choices)};

    if (p->begun || !l.choices)
        return p;
    p->begun = true;
    b->nested++;
    begin(b, &l, p);
    for (const struct element *e = child_of(l.element, ELEMENT_SELECT); e && !b->failed;
         e = next_of(e))
        lower_select(b, &l, e);
    b->nested--;
    p->choices = l.choices;
    return p;
}

/* --- all of them ------------------------------------------------------------------------------ */

void enter_profiles(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_PROFILE); e && !b->failed;
         e = next_of(e))
        names_add(&part->profiles, b, part, e);
}

const char *find_profile(struct build *b, struct part *part, const struct element *e,
                         const struct attribute *a, struct part **owner, uint32_t *id)
{
    struct item item;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    item = (struct item){a->value, a->length, 0};
    *owner = owner_of(b, part, e, a, &item);
    *id = *owner ? names_resolve(&(*owner)->profiles, b, part, e, a, &item, MSG_UNKNOWN_PROFILE)
                 : INTERN_NONE;
    if (*id == INTERN_NONE)
        return NULL;
    return value_of((*owner)->profiles.elements[*id], ATTRIBUTE_ID);
}

static bool count_profiles(struct build *b, struct part *part, uint32_t *selects)
{
    for (const struct element *e = child_of(part->root, ELEMENT_PROFILE); e && !b->failed;
         e = next_of(e)) {
        for (const struct element *s = child_of(e, ELEMENT_SELECT); s; s = next_of(s)) {
            char limit[NUMBER_BYTES];

            if (++*selects <= LIMIT_SELECTS)
                continue;
            complain(b->d, part->doc, s,
                     &(struct complaint){.message = MSG_TOO_MANY_SELECTS,
                                         .args = {message_number(LIMIT_SELECTS, limit)}});
            return false;
        }
    }
    part->lowered =
        need(b, arena_array(b->scratch, part->profiles.ids.count, sizeof *part->lowered));
    b->set->n_profiles += part->profiles.ids.count;
    return !b->failed;
}

void build_profiles(struct build *b)
{
    struct rls_profile *profiles;
    uint32_t selects = 0, n = 0;

    for (uint32_t i = 0; i < b->n_parts; i++)
        if (!count_profiles(b, &b->parts[i], &selects))
            return;
    profiles = keep_array(b, b->set->n_profiles, sizeof *profiles);
    b->set->profiles = profiles;
    for (uint32_t i = 0; i < b->n_parts; i++) {
        struct part *part = &b->parts[i];

        for (uint32_t id = 0; id < part->profiles.ids.count && !b->failed; id++) {
            const struct element *e = part->profiles.elements[id];
            const struct lowered_profile *p = lower_profile(b, part, id);

            profiles[n++] = (struct rls_profile){.id = keep_id(b, part, value_of(e, ATTRIBUTE_ID)),
                                                 .title = keep_languages(b, e, ELEMENT_TITLE),
                                                 .choices = p->choices,
                                                 .params = p->params,
                                                 .n_params = p->n_params};
        }
    }
}
