/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/limits.h"
#include "compile/build.h"

/* What a version says itself or inherits from its rule. */
struct parts {
    const struct condition *applies;
    const struct condition *when;
    struct requirements requirements;
    const struct grace *graces;
    uint32_t n_graces;
    const struct exemption *exemptions;
    uint32_t n_exemptions;
    const struct outcome *outcome;
    const struct element *outcome_element;
};

/* A version with what is needed to compare it with the others. */
struct dated {
    struct rule_version version;
    const struct element *element;
    bool placed; /* its period is known */
};

/* What the versions of a rule have in common. */
struct common {
    struct ruling ruling; /* what the rule says of every finding */
    struct intern slots;  /* ids of requirements */
    struct parts parts;   /* what stands directly in the rule */
};

const struct exemption *lower_exemptions(struct build *b, struct part *part,
                                         const struct element *e, uint32_t *n)
{
    struct exemption *exemptions;

    *n = 0;
    for (const struct element *u = child_of(e, ELEMENT_UNLESS); u; u = next_of(u))
        ++*n;
    exemptions = *n ? keep_array(b, *n, sizeof *exemptions) : NULL;
    *n = 0;
    for (const struct element *u = child_of(e, ELEMENT_UNLESS); u && exemptions; u = next_of(u))
        exemptions[(*n)++] = (struct exemption){
            lower_condition_in(b, part, u),
            choice_of(u, ATTRIBUTE_IF_UNKNOWN, IF_UNKNOWN_STANDS) == IF_UNKNOWN_REVIEW};
    return exemptions;
}

/* The parts of a rule or version that stand in it, over those inherited. */
static struct parts lower_parts(struct build *b, struct part *part, const struct element *e,
                                struct common *common)
{
    const struct element *applies = child_of(e, ELEMENT_APPLIES);
    const struct element *when = child_of(e, ELEMENT_WHEN);
    const struct element *outcome = child_of(e, ELEMENT_OUTCOME);
    struct parts out = common->parts;

    if (applies)
        out.applies = lower_condition_in(b, part, applies);
    if (when)
        out.when = lower_condition_in(b, part, when);
    if (child_of(e, ELEMENT_REQUIRE))
        out.requirements = lower_requirements(b, part, e, &common->slots);
    if (child_of(e, ELEMENT_UNLESS))
        out.exemptions = lower_exemptions(b, part, e, &out.n_exemptions);
    if (child_of(e, ELEMENT_GRACE))
        out.graces = lower_graces(b, part, e, &out.n_graces);
    if (outcome) {
        out.outcome = lower_outcome(b, part, outcome, &common->ruling);
        out.outcome_element = outcome;
    }
    return out;
}

static void report(struct build *b, const struct part *part, const struct element *e,
                   enum message_code message, const char *add)
{
    complain(b->d, part->doc, e,
             &(struct complaint){
                 .message = message, .hint = add ? HINT_ADD : HINT_NONE, .hint_args = {add}});
}

static bool says(const struct element *e, enum element_kind kind)
{
    return child_of(e, kind) || (e->kind == ELEMENT_VERSION && child_of(e->parent, kind));
}

/* When a version may be used early. */
static void read_early_use(struct build *b, struct part *part, const struct element *e,
                           struct rule_version *v)
{
    if (!read_instant(b, part, e, ATTRIBUTE_ALSO_FROM, &v->also_from)) {
        v->also_from = INT64_MAX;
    } else if (v->also_from >= v->from) {
        const struct attribute *a = attribute_of(e, ATTRIBUTE_ALSO_FROM);

        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_ALSO_FROM_LATE,
                                     .place = value_place(part->doc, a, 0, a->length)});
    }
}

static bool version_warns(const struct rule_version *v)
{
    bool warns = v->when && v->when->warns;

    for (uint32_t i = 0; i < v->n_requirements; i++)
        warns = warns || (v->requirements[i].condition && v->requirements[i].condition->warns);
    return warns;
}

/* Where something else is wrong, that may be why. */
static void end_scope(struct build *b, struct part *part)
{
    if (!b->failed && b->d->count[RLS_ERROR] == 0)
        note_unused_deadlines(b, part);
    scope_close(b, part);
}

static void check_whole(struct build *b, struct part *part, const struct element *e,
                        const struct rule_version *v, uint32_t standing)
{
    /* What a broken source lacks may stand behind the break. */
    if (e->complete && e->parent->complete && !says(e, ELEMENT_WHEN) && !says(e, ELEMENT_REQUIRE))
        report(b, part, e, MSG_NO_WHEN, "<when>");
    if (e->complete && e->parent->complete && !says(e, ELEMENT_OUTCOME))
        report(b, part, e, MSG_NO_OUTCOME, "<outcome>");
    if (v->outcome && standing == STANDING_UNCERTAIN && gravest_of_version(v) == RLS_REJECT)
        report(b, part, e, MSG_UNCERTAIN_VERSION, NULL);
    check_reach(b, part, e, v);
}

static void lower_version(struct build *b, struct part *part, const struct element *e,
                          struct common *common, struct dated *out)
{
    struct parts parts = common->parts;
    struct rule_version *v = &out->version;
    const char *from = NULL, *standing = NULL;

    *v = (struct rule_version){.from = INT64_MIN, .until = INT64_MAX, .also_from = INT64_MAX};
    out->placed = true;
    if (e->kind == ELEMENT_VERSION) {
        struct scope scope;

        scope_open(b, part, &scope);
        lower_lets(b, part, e);
        enter_deadlines(b, part, e);
        parts = lower_parts(b, part, e, common);
        end_scope(b, part);
        out->placed = read_period(b, part, e, &v->from, &v->until);
        read_early_use(b, part, e, v);
        from = value_of(e, ATTRIBUTE_FROM);
        standing = chosen_of(e, ATTRIBUTE_STANDING);
    }
    v->name = keep_text(b, from ? from : "");
    v->standing = standing ? standing : "stated";
    v->applies = parts.applies;
    v->when = parts.when;
    v->exemptions = parts.exemptions;
    v->n_exemptions = parts.n_exemptions;
    v->outcome = parts.outcome;
    if (parts.outcome)
        complete_graces(b, parts.graces, parts.n_graces, parts.outcome, v);
    if (parts.outcome)
        complete_requirements(b, part, &parts.requirements, parts.outcome, parts.outcome_element,
                              v);
    v->warns = version_warns(v);
    check_whole(b, part, e, v, choice_of(e, ATTRIBUTE_STANDING, STANDING_STATED));
    out->element = e;
    if (parts.outcome_element && parts.outcome)
        check_cited_periods(b, part, e, parts.outcome_element, v);
}

static int by_begin(const void *left, const void *right)
{
    const struct dated *a = left, *b = right;

    if (a->version.from != b->version.from)
        return a->version.from < b->version.from ? -1 : 1;
    return a->element->at < b->element->at ? -1 : 1;
}

/* A day, also one that a change of the clock has made longer. */
#define ONE_DAY (INT64_C(25) * 60 * 60 * 1000)

static void check_neighbours(struct build *b, const struct part *part, const struct dated *earlier,
                             const struct dated *later, bool gaps)
{
    int64_t end = earlier->version.until, begin = later->version.from;
    const struct element *first = earlier->element, *second = later->element;
    char line[NUMBER_BYTES];

    if (end > begin) {
        /* The one further down is the one to mend. */
        if (first->at > second->at) {
            first = later->element;
            second = earlier->element;
        }
        complain(b->d, part->doc, second,
                 &(struct complaint){.message = MSG_OVERLAP,
                                     .args = {message_number(line_of(part, first), line)}});
    } else if (gaps && end < begin && begin - end <= ONE_DAY) {
        complain(b->d, part->doc, second, &(struct complaint){.message = MSG_ONE_DAY_GAP});
    }
}

/* Each version is compared with the one before it that lasts longest; one whose period is not
 * known is compared with none, and it may fill any gap. */
static void check_periods(struct build *b, const struct part *part, const struct dated *versions,
                          uint32_t n)
{
    const struct dated *longest = NULL;
    bool all = true;

    for (uint32_t i = 0; i < n; i++)
        all = all && versions[i].placed;
    for (uint32_t i = 0; i < n; i++) {
        if (!versions[i].placed)
            continue;
        if (longest)
            check_neighbours(b, part, longest, &versions[i], all);
        if (!longest || versions[i].version.until > longest->version.until)
            longest = &versions[i];
    }
}

/* What is used early must have something to replace. */
static void check_early_use(struct build *b, const struct part *part, const struct dated *dated,
                            const struct rls_rule *rule)
{
    for (uint32_t i = 0; i < rule->n_versions; i++) {
        const struct rule_version *v = &rule->versions[i];
        const struct attribute *a = attribute_of(dated[i].element, ATTRIBUTE_ALSO_FROM);

        if (v->also_from < v->from && !rule_version_at(rule, v->also_from))
            complain(b->d, part->doc, dated[i].element,
                     &(struct complaint){.message = MSG_ALSO_FROM_ALONE,
                                         .place = value_place(part->doc, a, 0, a->length)});
    }
}

static void lower_version_by(struct build *b, struct part *part, const struct element *e,
                             struct rls_rule *out)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_VERSION_BY);
    struct selector *s;
    uint8_t type;

    if (!a || a->choice == CHOICE_NONE)
        return;
    s = keep_array(b, 1, sizeof *s);
    if (!s || !lower_selector(b, part, e, a, &(struct item){a->value, a->length, 0}, s))
        return;
    type = s->field == FIELD_EVERY ? TYPE_TEXT : b->set->vocabulary.fields[s->field].type;
    if (type != TYPE_INSTANT)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_VERSION_BY_TYPE,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {a->value, type_name(type)}});
    out->version_by = s;
}

static uint32_t count_versions(const struct element *e)
{
    uint32_t n = 0;

    for (const struct element *v = child_of(e, ELEMENT_VERSION); v; v = next_of(v))
        n++;
    return n;
}

static void report_too_many(struct build *b, const struct part *part, const struct element *e)
{
    const struct element *v = child_of(e, ELEMENT_VERSION);
    char limit[NUMBER_BYTES];

    for (uint32_t i = 0; i < LIMIT_VERSIONS; i++)
        v = next_of(v);
    complain(b->d, part->doc, v,
             &(struct complaint){.message = MSG_TOO_MANY_VERSIONS,
                                 .args = {message_number(LIMIT_VERSIONS, limit)}});
}

static struct rls_rule_version view_of(const struct rule_version *v)
{
    return (struct rls_rule_version){.size = sizeof(struct rls_rule_version),
                                     .name = v->name,
                                     .from = v->from,
                                     .until = v->until,
                                     .standing = v->standing,
                                     .verdict =
                                         v->outcome ? gravest_verdict(v->outcome) : RLS_PASS};
}

static void lower_versions(struct build *b, struct part *part, const struct element *e,
                           struct common *common, struct rls_rule *out)
{
    const struct element *v = child_of(e, ELEMENT_VERSION);
    uint32_t n = v ? count_versions(e) : 1;
    struct dated *dated;
    struct rule_version *versions;

    common->parts = lower_parts(b, part, e, common);
    if (n > LIMIT_VERSIONS) {
        report_too_many(b, part, e);
        return;
    }
    dated = need(b, arena_array(b->scratch, n, sizeof *dated));
    versions = keep_array(b, n, sizeof *versions);
    if (!dated || !versions)
        return;
    if (!v)
        lower_version(b, part, e, common, dated);
    for (uint32_t i = 0; v; v = next_of(v), i++)
        lower_version(b, part, v, common, &dated[i]);
    if (b->failed)
        return;
    qsort(dated, n, sizeof *dated, by_begin);
    check_periods(b, part, dated, n);
    for (uint32_t i = 0; i < n; i++) {
        struct rule_version *to = &versions[i];

        *to = dated[i].version;
        out->early = out->early || to->also_from != INT64_MAX;
        to->view = view_of(to);
    }
    out->versions = versions;
    out->n_versions = n;
    check_early_use(b, part, dated, out);
}

static void lower_tags(struct build *b, const struct part *part, const struct element *e,
                       struct rls_rule *out)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_TAGS);
    uint32_t n = a ? count_items(a) : 0;
    const char **tags = keep_array(b, n, sizeof *tags);
    struct item item;
    size_t at = 0;

    out->tags = tags;
    if (a)
        suspect_commas(b, part, e, a);
    while (a && tags && next_item(a, &at, &item))
        tags[out->n_tags++] = need(b, arena_text(&b->set->arena, item.text, item.len));
}

void lower_rule(struct build *b, struct part *part, const struct element *e, struct rls_rule *out)
{
    const char *id = value_of(e, ATTRIBUTE_ID);
    char limit[NUMBER_BYTES];
    struct common common = {.ruling = read_ruling(b, part, e)};
    struct binding bound;
    struct scope scope;

    intern_init(&common.slots, b->scratch);
    names_add(&part->rules, b, part, e);
    b->size = 0;
    out->line = line_of(part, e);
    /* The choices of mode are in the order of enum rls_mode, which begins with 1. */
    out->mode = choice_of(e, ATTRIBUTE_MODE, 0) + RLS_MODE_ENFORCE;
    out->subject = part->subject;
    out->id = keep_id(b, part, id ? id : "");
    out->source = part->source;
    out->offsets = part->offsets;
    out->severity = chosen_of(e, ATTRIBUTE_SEVERITY);
    out->title = keep_languages(b, e, ELEMENT_TITLE);
    lower_tags(b, part, e, out);
    b->bound = NULL;
    out->for_each = bind_rule(b, part, e, &bound);
    b->next_let = b->first_let;
    scope_open(b, part, &scope);
    lower_lets(b, part, e);
    enter_deadlines(b, part, e);
    lower_milestones(b, part, e, out);
    lower_version_by(b, part, e, out);
    lower_versions(b, part, e, &common, out);
    end_scope(b, part);
    out->n_slots = 1 + common.slots.count;
    b->bound = NULL;
    if (b->size > LIMIT_RULE_CONDITIONS)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_RULE_TOO_LARGE,
                                     .args = {message_number(LIMIT_RULE_CONDITIONS, limit)}});
    intern_clear(&common.slots);
}
