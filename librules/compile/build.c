/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "facts/zone.h"
#include "set/digest.h"

/* --- helpers ------------------------------------------------------------------------------ */

void *need(struct build *b, void *p)
{
    if (!p)
        b->failed = true;
    return p;
}

const char *keep_text(struct build *b, const char *text)
{
    return text ? need(b, arena_text(&b->set->arena, text, strlen(text))) : NULL;
}

void *keep_array(struct build *b, size_t n, size_t size)
{
    return need(b, arena_array(&b->set->arena, n, size));
}

const char *keep_id(struct build *b, const struct part *part, const char *id)
{
    size_t n = strlen(part->id), m = strlen(id);
    char *out = need(b, arena_alloc(&b->set->arena, n + m + 2));

    if (!out)
        return NULL;
    memcpy(out, part->id, n);
    out[n] = '/';
    memcpy(out + n + 1, id, m + 1);
    return out;
}

uint32_t line_of(const struct part *part, const struct element *e)
{
    return lines_find(&part->doc->source->lines, e->at);
}

const char *word_of(const char *text, size_t len, char out[WORD_BYTES])
{
    size_t n = utf8_cut(text, len, WORD_BYTES - 1);

    memcpy(out, text, n);
    out[n] = '\0';
    return out;
}

/* --- rule sets ---------------------------------------------------------------------------- */

static uint32_t subject_of(const struct element *root)
{
    switch (choice_of(root, ATTRIBUTE_SUBJECT, SUBJECT_LISTING)) {
    case SUBJECT_MERCHANT:
        return RLS_MERCHANT;
    case SUBJECT_MESSAGE:
        return RLS_MESSAGE;
    case SUBJECT_RULE_CHANGE:
        return RLS_RULE_CHANGE;
    default:
        return RLS_LISTING;
    }
}

static const char *zone_of(struct build *b, const struct part *part)
{
    const struct attribute *a = attribute_of(part->root, ATTRIBUTE_TIME_ZONE);

    if (!a || a->choice == CHOICE_NONE)
        return ZONE_HOME;
    if (zone_known(a->value))
        return a->value;
    complain(b->d, part->doc, part->root,
             &(struct complaint){.message = MSG_UNKNOWN_ZONE,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value}});
    return ZONE_HOME;
}

static const struct zone_offsets *keep_offsets(struct build *b, const char *zone)
{
    struct zone_offsets *offsets = keep_array(b, 1, sizeof *offsets);

    b->failed = b->failed || zone_offsets(zone, &b->set->arena, offsets) != ZONE_OK;
    return offsets;
}

static void begin_parts(struct build *b)
{
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++) {
        struct part *part = &b->parts[i];
        const char *id;

        part->doc = &part->from->doc;
        part->root = part->doc->root;
        id = value_of(part->root, ATTRIBUTE_ID);
        part->id = id ? id : "";
        part->subject = subject_of(part->root);
        part->source = keep_text(b, part->from->source.name);
        part->zone = zone_of(b, part);
        part->kept_zone = keep_text(b, part->zone);
        part->offsets = keep_offsets(b, part->zone);
        names_init(&part->sources, b);
        intern_init(&part->clauses, b->scratch);
        names_init(&part->terms, b);
        names_init(&part->conditions, b);
        names_init(&part->prefixes, b);
        names_init(&part->rules, b);
        names_init(&part->profiles, b);
        names_init(&part->exceptions, b);
        scope_open(b, part, &part->values);
    }
}

static void end_parts(struct build *b)
{
    for (uint32_t i = 0; i < b->n_parts; i++) {
        names_clear(&b->parts[i].sources, b);
        intern_clear(&b->parts[i].clauses);
        names_clear(&b->parts[i].terms, b);
        names_clear(&b->parts[i].conditions, b);
        names_clear(&b->parts[i].prefixes, b);
        names_clear(&b->parts[i].rules, b);
        names_clear(&b->parts[i].profiles, b);
        names_clear(&b->parts[i].exceptions, b);
        if (b->parts[i].scope)
            scope_close(b, &b->parts[i]);
    }
}

static int by_id(const void *left, const void *right)
{
    const struct part *const *a = left, *const *b = right;
    int ids = strcmp((*a)->id, (*b)->id);

    /* Parts stand in the order of their names. */
    return ids ? ids : *a < *b ? -1 : 1;
}

static void check_ids(struct build *b)
{
    const struct part **parts = need(b, arena_array(b->scratch, b->n_parts, sizeof *parts));

    if (!parts)
        return;
    for (uint32_t i = 0; i < b->n_parts; i++)
        parts[i] = &b->parts[i];
    qsort(parts, b->n_parts, sizeof *parts, by_id);
    for (uint32_t i = 1; i < b->n_parts; i++) {
        const struct part *part = parts[i];
        const struct attribute *a = attribute_of(part->root, ATTRIBUTE_ID);

        if (!a || strcmp(part->id, parts[i - 1]->id) != 0)
            continue;
        complain(b->d, part->doc, part->root,
                 &(struct complaint){.message = MSG_DUPLICATE_RULESET,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {part->id, parts[i - 1]->source}});
    }
}

/* --- rules and cases ------------------------------------------------------------------------ */

static void count_rules(const struct build *b, uint32_t *rules, uint32_t *cases)
{
    *rules = *cases = 0;
    for (uint32_t i = 0; i < b->n_parts; i++)
        for (const struct element *e = child_of(b->parts[i].root, ELEMENT_RULE); e;
             e = next_of(e)) {
            ++*rules;
            for (const struct element *c = child_of(e, ELEMENT_CASE); c; c = next_of(c))
                ++*cases;
        }
}

static void lower_rules(struct build *b)
{
    struct set_case *cases = NULL;
    struct rls_rule *rules;
    uint32_t n_rules, n_cases;

    count_rules(b, &n_rules, &n_cases);
    rules = keep_array(b, n_rules, sizeof *rules);
    if (b->keep_cases)
        cases = keep_array(b, n_cases, sizeof *cases);
    b->set->rules = b->rules = rules;
    b->set->cases = cases;
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++) {
        struct part *part = &b->parts[i];

        part->first_rule = b->set->n_rules;
        for (const struct element *e = child_of(part->root, ELEMENT_RULE); e && !b->failed;
             e = next_of(e)) {
            struct rls_rule *rule = &rules[b->set->n_rules];

            rule->index = b->set->n_rules++;
            lower_rule(b, part, e, rule);
            n_cases = lower_cases(b, part, e, rule, cases ? cases + b->set->n_cases : NULL);
            b->set->n_cases += cases ? n_cases : 0;
        }
        part->n_rules = b->set->n_rules - part->first_rule;
    }
}

struct indexed {
    const char *id;
    uint32_t index;
};

static int by_name(const void *left, const void *right)
{
    const struct indexed *a = left, *b = right;

    return strcmp(a->id, b->id);
}

static void index_ids(struct build *b)
{
    uint32_t n = b->set->n_rules;
    struct indexed *named = need(b, arena_array(b->scratch, n, sizeof *named));
    uint32_t *indexes = keep_array(b, n, sizeof *indexes);

    if (!named || !indexes)
        return;
    for (uint32_t i = 0; i < n; i++)
        named[i] = (struct indexed){b->set->rules[i].id, i};
    qsort(named, n, sizeof *named, by_name);
    for (uint32_t i = 0; i < n; i++)
        indexes[i] = named[i].index;
    b->set->by_id = indexes;
}

/* --- what is never used ------------------------------------------------------------------- */

static void note(struct build *b, const struct part *part, const struct element *e,
                 enum message_code message)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = message, .args = {name_of(e)->value}});
}

static bool holds_something(const struct element *root)
{
    static const enum element_kind kinds[] = {ELEMENT_RULE,    ELEMENT_TERMS,     ELEMENT_CONDITION,
                                              ELEMENT_PROFILE, ELEMENT_EXCEPTION, ELEMENT_SET,
                                              ELEMENT_TABLE,   ELEMENT_RELATION,  ELEMENT_PARAM};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (child_of(root, kinds[i]))
            return true;
    return false;
}

static void note_unused(struct build *b, struct part *part)
{
    for (uint32_t id = 0; id < part->terms.ids.count; id++)
        if (part->stamps[id] == 0)
            note(b, part, part->terms.elements[id], MSG_TERMS_UNUSED);
    for (uint32_t id = 0; id < part->conditions.ids.count; id++)
        if (!part->shared[id].used)
            note(b, part, part->conditions.elements[id], MSG_CONDITION_UNUSED);
    for (uint32_t id = 0; id < part->prefixes.ids.count; id++)
        if (!part->uses[id].used)
            note(b, part, part->prefixes.elements[id], MSG_USES_UNUSED);
    for (uint32_t id = 0; id < part->sources.ids.count; id++)
        if (!part->cited[id].used)
            note(b, part, part->sources.elements[id], MSG_SOURCE_UNUSED);
    note_unused_deadlines(b, part);
    if (!holds_something(part->root))
        complain(b->d, part->doc, part->root, &(struct complaint){.message = MSG_NO_RULES});
}

/* --- digest ------------------------------------------------------------------------------- */

static struct digest_part base_name(const char *name)
{
    const char *slash = strrchr(name, '/');

    name = slash ? slash + 1 : name;
    return (struct digest_part){name, strlen(name)};
}

static int compare_bytes(const struct digest_part *a, const struct digest_part *b)
{
    size_t n = a->len < b->len ? a->len : b->len;
    int bytes = n ? memcmp(a->data, b->data, n) : 0;

    return bytes ? bytes : (a->len > b->len) - (a->len < b->len);
}

/* Pairs of name and content. */
static int compare_pairs(const void *left, const void *right)
{
    const struct digest_part *a = left, *b = right;
    int names = compare_bytes(&a[0], &b[0]);

    return names ? names : compare_bytes(&a[1], &b[1]);
}

static void make_digest(struct build *b)
{
    size_t n = ((size_t)b->n_parts + b->n_calendars) * 2;
    struct digest_part *parts = need(b, arena_array(b->scratch, n, sizeof *parts));

    if (!parts)
        return;
    for (uint32_t i = 0; i < b->n_parts + b->n_calendars; i++) {
        const struct rule_source *from =
            i < b->n_parts ? b->parts[i].from : b->calendars[i - b->n_parts];

        parts[2 * (size_t)i] = base_name(from->source.name);
        parts[2 * (size_t)i + 1] = (struct digest_part){from->bytes, from->len};
    }
    qsort(parts, n / 2, 2 * sizeof *parts, compare_pairs);
    digest_parts(parts, n, b->set->digest);
}

/* --- all of it ------------------------------------------------------------------------------ */

static void lower_all(struct build *b)
{
    check_ids(b);
    declare_fields(b);
    declare_collections(b);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++) {
        enter_sources(b, &b->parts[i]);
        if (!b->failed)
            enter_sections(b, &b->parts[i]);
    }
    if (!b->failed)
        enter_uses(b);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        enter_conditions(b, &b->parts[i]);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        enter_profiles(b, &b->parts[i]);
    if (!b->failed)
        build_calendars(b);
    if (!b->failed)
        enter_values(b);
    if (!b->failed)
        build_terms(b);
    if (!b->failed)
        lower_rules(b);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        finish_conditions(b, &b->parts[i]);
    if (!b->failed)
        build_profiles(b);
    if (!b->failed)
        build_exceptions(b);
    if (!b->failed)
        build_readings(b);
    if (!b->failed)
        build_labels(b);
    /* Where something else is wrong, that may be why. */
    for (uint32_t i = 0; i < b->n_parts && !b->failed && b->d->count[RLS_ERROR] == 0; i++)
        note_unused(b, &b->parts[i]);
}

bool build_set(struct build *b)
{
    begin_parts(b);
    if (!b->failed)
        lower_all(b);
    end_parts(b);
    mem_release(&b->mem, b->readings, b->cap_readings * sizeof(struct declared_reading));
    /* With errors the set is only looked at, never used. */
    if (b->failed || b->d->failed)
        return false;
    if (b->d->count[RLS_ERROR] > 0)
        return true;
    index_ids(b);
    if (!b->failed)
        make_digest(b);
    return !b->failed && build_wake(b) && set_seal(b->set);
}
