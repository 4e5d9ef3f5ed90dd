/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "compile/build.h"

/* Profiles: what each makes of every rule of the build. */

/* By rule: what one profile after the other makes of them. */
struct profile_rows {
    const struct rule_choice **choices; /* NULL: the rule's own */
    bool *taken, *tagged;
};

/* A profile while it is lowered. */
struct lowering {
    struct part *part;
    const struct element *element;
    const struct profile_rows *rows;
};

static const struct rule_choice *choice_at(struct build *b, const struct lowering *l,
                                           const struct element *e, uint32_t mode)
{
    struct rule_choice *c = keep_array(b, 1, sizeof *c);

    if (c)
        *c = (struct rule_choice){mode, line_of(l->part, e), l->part->source};
    return c;
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
static void keep_tagged(struct build *b, const struct lowering *l, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_TAGS);
    uint32_t n = b->set->n_rules;
    bool *tagged = l->rows->tagged;
    struct item item;
    size_t at = 0;

    if (!a)
        return;
    memset(tagged, 0, n * sizeof *tagged);
    while (next_item(a, &at, &item)) {
        bool known = false;

        for (uint32_t i = 0; i < n; i++)
            if (has_tag(&b->set->rules[i], &item))
                known = tagged[i] = true;
        if (!known && !l->part->doc->broken)
            unknown_tag(b, l->part, e, a, &item);
    }
    for (uint32_t i = 0; i < n; i++)
        l->rows->taken[i] = l->rows->taken[i] && tagged[i];
}

static void lower_select(struct build *b, const struct lowering *l, const struct element *e)
{
    const struct rule_choice *choice =
        choice_at(b, l, e, choice_of(e, ATTRIBUTE_MODE, 0) + RLS_MODE_ENFORCE);

    if (!attribute_of(e, ATTRIBUTE_RULES) && !attribute_of(e, ATTRIBUTE_TAGS))
        complain(b->d, l->part->doc, e,
                 &(struct complaint){.message = MSG_EMPTY_SELECT,
                                     .hint = HINT_ADD,
                                     .hint_args = {"rules=\"...\""}});
    memset(l->rows->taken, 0, b->set->n_rules * sizeof *l->rows->taken);
    take_rules(b, l->part, e, l->rows->taken);
    keep_tagged(b, l, e);
    for (uint32_t i = 0; i < b->set->n_rules; i++)
        if (l->rows->taken[i])
            l->rows->choices[i] = choice;
}

/* --- a profile -------------------------------------------------------------------------------- */

static const struct lowered_profile *lower_profile(struct build *b, struct part *part, uint32_t id,
                                                   const struct profile_rows *rows);

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
static const struct lowered_profile *inherited(struct build *b, const struct lowering *l)
{
    struct part *part = l->part;
    const struct element *e = l->element;
    struct part *owner;
    uint32_t id;
    char limit[NUMBER_BYTES];

    if (!find_profile(b, part, e, attribute_of(e, ATTRIBUTE_EXTENDS), &owner, &id))
        return NULL;
    if (owner->lowered[id].begun && !owner->lowered[id].runs)
        refuse(b, part, e, MSG_PROFILE_CYCLE, NULL);
    else if (b->nested >= LIMIT_NESTED_USES)
        refuse(b, part, e, MSG_NESTED_USES, message_number(LIMIT_NESTED_USES, limit));
    else
        return lower_profile(b, owner, id, l->rows);
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

static void begin(struct build *b, const struct lowering *l, const struct lowered_profile *base)
{
    const struct rule_choice **choices = l->rows->choices, *all = NULL;
    uint32_t n = b->set->n_rules;

    if (!base && choice_of(l->element, ATTRIBUTE_BASE, BASE_ALL) == BASE_NONE)
        all = choice_at(b, l, l->element, RLS_MODE_OFF);
    for (uint32_t i = 0, run = 0; i < n; i++) {
        if (base && run + 1 < base->n_runs && base->runs[run + 1].first == i)
            run++;
        choices[i] = base ? base->runs[run].choice : all;
    }
}

static void keep_runs(struct build *b, const struct rule_choice *const *choices,
                      struct lowered_profile *out)
{
    struct rule_run *runs;
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->set->n_rules; i++)
        n += i == 0 || choices[i] != choices[i - 1];
    runs = keep_array(b, n, sizeof *runs);
    for (uint32_t i = 0; runs && i < b->set->n_rules; i++)
        if (i == 0 || choices[i] != choices[i - 1])
            runs[out->n_runs++] = (struct rule_run){i, choices[i]};
    out->runs = runs;
}

static const struct lowered_profile *lower_profile(struct build *b, struct part *part, uint32_t id,
                                                   const struct profile_rows *rows)
{
    struct lowered_profile *p = &part->lowered[id];
    struct lowering l = {part, part->profiles.elements[id], rows};
    const struct lowered_profile *base;

    if (p->begun)
        return p;
    p->begun = true;
    b->nested++;
    /* Another one is lowered in the same rows before this one begins. */
    base = inherited(b, &l);
    b->nested--;
    if (base && !base->runs)
        return p;
    begin(b, &l, base);
    bind_params(b, &l, base, p);
    for (const struct element *e = child_of(l.element, ELEMENT_SELECT); e && !b->failed;
         e = next_of(e))
        lower_select(b, &l, e);
    keep_runs(b, rows->choices, p);
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

static bool make_rows(struct build *b, struct profile_rows *out)
{
    uint32_t n = b->set->n_rules;

    out->choices = need(b, arena_array(b->scratch, n, sizeof *out->choices));
    out->taken = need(b, arena_array(b->scratch, n, sizeof *out->taken));
    out->tagged = need(b, arena_array(b->scratch, n, sizeof *out->tagged));
    return !b->failed;
}

void build_profiles(struct build *b)
{
    struct profile_rows rows;
    struct rls_profile *profiles;
    uint32_t selects = 0, n = 0;

    for (uint32_t i = 0; i < b->n_parts; i++)
        if (!count_profiles(b, &b->parts[i], &selects))
            return;
    if (!b->set->n_profiles || !make_rows(b, &rows))
        return;
    profiles = keep_array(b, b->set->n_profiles, sizeof *profiles);
    b->set->profiles = profiles;
    for (uint32_t i = 0; i < b->n_parts; i++) {
        struct part *part = &b->parts[i];

        for (uint32_t id = 0; id < part->profiles.ids.count && !b->failed; id++) {
            const struct element *e = part->profiles.elements[id];
            const struct lowered_profile *p = lower_profile(b, part, id, &rows);

            profiles[n++] = (struct rls_profile){.id = keep_id(b, part, value_of(e, ATTRIBUTE_ID)),
                                                 .title = keep_languages(b, e, ELEMENT_TITLE),
                                                 .runs = p->runs,
                                                 .n_runs = p->n_runs,
                                                 .params = p->params,
                                                 .n_params = p->n_params};
        }
    }
}
