/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/limits.h"
#include "compile/build.h"

/* What a version says itself or inherits from its rule. */
struct parts {
    const struct condition *applies;
    const struct condition *when;
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

static void lower_exemptions(struct build *b, struct part *part, const struct element *e,
                             struct parts *out)
{
    struct exemption *exemptions;
    uint32_t n = 0;

    for (const struct element *u = child_of(e, ELEMENT_UNLESS); u; u = next_of(u))
        n++;
    if (n == 0)
        return;
    exemptions = keep_array(b, n, sizeof *exemptions);
    out->exemptions = exemptions;
    out->n_exemptions = 0;
    for (const struct element *u = child_of(e, ELEMENT_UNLESS); u && exemptions; u = next_of(u))
        exemptions[out->n_exemptions++] = (struct exemption){
            lower_condition_in(b, part, u),
            choice_of(u, ATTRIBUTE_IF_UNKNOWN, IF_UNKNOWN_STANDS) == IF_UNKNOWN_REVIEW};
}

/* The parts of a rule or version that stand in it, over those inherited. */
static struct parts lower_parts(struct build *b, struct part *part, const struct element *e,
                                struct parts inherited)
{
    const struct element *applies = child_of(e, ELEMENT_APPLIES);
    const struct element *when = child_of(e, ELEMENT_WHEN);
    const struct element *outcome = child_of(e, ELEMENT_OUTCOME);
    struct parts out = inherited;

    if (applies)
        out.applies = lower_condition_in(b, part, applies);
    if (when)
        out.when = lower_condition_in(b, part, when);
    lower_exemptions(b, part, e, &out);
    if (outcome) {
        out.outcome = lower_outcome(b, part, outcome);
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

static void check_whole(struct build *b, struct part *part, const struct element *e,
                        const struct parts *parts, uint32_t standing)
{
    /* What a broken source lacks may stand behind the break. */
    if (e->complete && e->parent->complete && !says(e, ELEMENT_WHEN))
        report(b, part, e, MSG_NO_WHEN, "<when>");
    if (e->complete && e->parent->complete && !says(e, ELEMENT_OUTCOME))
        report(b, part, e, MSG_NO_OUTCOME, "<outcome>");
    if (parts->outcome && parts->outcome->verdict == RLS_REJECT && standing == STANDING_UNCERTAIN)
        report(b, part, e, MSG_UNCERTAIN_VERSION, NULL);
}

static void lower_version(struct build *b, struct part *part, const struct element *e,
                          const struct parts *inherited, struct dated *out)
{
    struct parts parts = *inherited;
    struct rule_version *v = &out->version;
    const char *from = NULL, *standing = NULL;

    *v = (struct rule_version){.from = INT64_MIN, .until = INT64_MAX};
    out->placed = true;
    if (e->kind == ELEMENT_VERSION) {
        parts = lower_parts(b, part, e, parts);
        out->placed = read_period(b, part, e, &v->from, &v->until);
        from = value_of(e, ATTRIBUTE_FROM);
        standing = chosen_of(e, ATTRIBUTE_STANDING);
    }
    check_whole(b, part, e, &parts,
                standing ? choice_of(e, ATTRIBUTE_STANDING, STANDING_STATED) : STANDING_STATED);
    v->name = keep_text(b, from ? from : "");
    v->standing = standing ? standing : "stated";
    v->applies = parts.applies;
    v->when = parts.when;
    v->exemptions = parts.exemptions;
    v->n_exemptions = parts.n_exemptions;
    v->outcome = parts.outcome;
    out->element = e;
    if (parts.outcome_element && parts.outcome)
        check_cited_periods(b, part, e, parts.outcome_element, v->from);
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

static void lower_versions(struct build *b, struct part *part, const struct element *e,
                           struct rls_rule *out)
{
    struct parts inherited = lower_parts(b, part, e, (struct parts){.applies = NULL});
    const struct element *v = child_of(e, ELEMENT_VERSION);
    uint32_t n = v ? count_versions(e) : 1;
    struct dated *dated;
    struct rule_version *versions;

    if (n > LIMIT_VERSIONS) {
        report_too_many(b, part, e);
        return;
    }
    dated = need(b, arena_array(b->scratch, n, sizeof *dated));
    versions = keep_array(b, n, sizeof *versions);
    if (!dated || !versions)
        return;
    if (!v)
        lower_version(b, part, e, &inherited, dated);
    for (uint32_t i = 0; v; v = next_of(v), i++)
        lower_version(b, part, v, &inherited, &dated[i]);
    if (b->failed)
        return;
    qsort(dated, n, sizeof *dated, by_begin);
    check_periods(b, part, dated, n);
    for (uint32_t i = 0; i < n; i++)
        versions[i] = dated[i].version;
    out->versions = versions;
    out->n_versions = n;
}

void lower_rule(struct build *b, struct part *part, const struct element *e, struct rls_rule *out)
{
    const char *id = value_of(e, ATTRIBUTE_ID);
    char limit[NUMBER_BYTES];

    names_add(&part->rules, b, part, e);
    b->size = 0;
    out->line = line_of(part, e);
    /* The choices of mode are in the order of enum rls_mode, which begins with 1. */
    out->mode = choice_of(e, ATTRIBUTE_MODE, 0) + RLS_MODE_ENFORCE;
    out->subject = part->subject;
    out->id = keep_id(b, part, id ? id : "");
    out->source = part->source;
    out->severity = chosen_of(e, ATTRIBUTE_SEVERITY);
    out->title = keep_languages(b, e, ELEMENT_TITLE);
    lower_versions(b, part, e, out);
    if (b->size > LIMIT_RULE_CONDITIONS)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_RULE_TOO_LARGE,
                                     .args = {message_number(LIMIT_RULE_CONDITIONS, limit)}});
}
