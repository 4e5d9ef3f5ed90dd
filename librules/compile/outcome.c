/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

/* Points in thousandths; false when the text is no such number. */
static bool parse_points(const struct attribute *a, int64_t *out)
{
    struct decimal d;

    if (!decimal_parse(a->value, a->length, &d) || d.coefficient < 0)
        return false;
    while (d.scale > 3 && d.coefficient % 10 == 0) {
        d.coefficient /= 10;
        d.scale--;
    }
    for (; d.scale < 3; d.scale++) {
        if (d.coefficient > INT64_MAX / 10)
            return false;
        d.coefficient *= 10;
    }
    *out = d.coefficient;
    return d.scale == 3;
}

static void read_points(struct build *b, const struct part *part, const struct element *e,
                        struct outcome *out)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_POINTS);

    if (a && a->choice != CHOICE_NONE && !parse_points(a, &out->points))
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_BAD_POINTS,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {a->value}});
}

static struct cited *resolve_cite(struct build *b, struct part *part, const struct element *cite)
{
    const struct attribute *a = attribute_of(cite, ATTRIBUTE_SOURCE);
    uint32_t id;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    id = names_resolve(&part->sources, b, part, cite, a, &(struct item){a->value, a->length, 0},
                       MSG_UNKNOWN_SOURCE);
    if (id == INTERN_NONE)
        return NULL;
    part->cited[id].used = true;
    return &part->cited[id];
}

static const char *standing_name(const struct element *e, const char *inherited)
{
    const char *own = chosen_of(e, ATTRIBUTE_STANDING);

    return own ? own : inherited ? inherited : "stated";
}

static uint32_t standing_of(struct build *b, const struct part *part, const struct element *cite)
{
    const struct attribute *a = attribute_of(cite, ATTRIBUTE_SOURCE);
    uint32_t id = a ? intern_find(&part->sources.ids, a->value, a->length) : INTERN_NONE;
    const struct section *section = find_section(b, part, cite);
    uint32_t inherited = STANDING_STATED;

    if (id != INTERN_NONE)
        inherited = choice_of(part->sources.elements[id], ATTRIBUTE_STANDING, STANDING_STATED);
    if (section)
        inherited = choice_of(section->element, ATTRIBUTE_STANDING, inherited);
    return choice_of(cite, ATTRIBUTE_STANDING, inherited);
}

static void cite(struct build *b, struct part *part, const struct element *e,
                 const struct cited *cited, struct rls_citation *out)
{
    const struct section *section = resolve_section(b, part, e, cited);

    *out = cited->citation;
    out->clause = keep_text(b, value_of(e, ATTRIBUTE_CLAUSE));
    if (section) {
        out->text = section->text;
        out->from = section->from ? section->from : out->from;
        out->until = section->until ? section->until : out->until;
        out->standing = section->standing ? section->standing : out->standing;
    }
    out->standing = standing_name(e, out->standing);
}

static void lower_citations(struct build *b, struct part *part, const struct element *e,
                            struct outcome *out)
{
    struct rls_citation *citations;
    uint32_t n = 0;

    for (const struct element *c = child_of(e, ELEMENT_CITE); c; c = next_of(c))
        n++;
    citations = keep_array(b, n, sizeof *citations);
    out->citations = citations;
    for (const struct element *c = child_of(e, ELEMENT_CITE); c && citations; c = next_of(c)) {
        const struct cited *cited = resolve_cite(b, part, c);

        if (cited)
            cite(b, part, c, cited, &citations[out->n_citations++]);
    }
}

/* What obliges must rest on something, and a rejection on something that is not uncertain. */
static void check_support(struct build *b, const struct part *part, const struct element *e,
                          uint32_t verdict)
{
    const struct element *first = child_of(e, ELEMENT_CITE);
    bool certain = false;

    if (verdict < RLS_REVIEW || !e->complete)
        return;
    for (const struct element *c = first; c; c = next_of(c))
        certain = certain || standing_of(b, part, c) != STANDING_UNCERTAIN;
    if (!first)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_NO_CITATION,
                                     .args = {chosen_of(e, ATTRIBUTE_VERDICT)},
                                     .hint = HINT_ADD,
                                     .hint_args = {"<cite source=\"...\"/>"}});
    else if (verdict == RLS_REJECT && !certain)
        complain(b->d, part->doc, first, &(struct complaint){.message = MSG_UNCERTAIN_SOURCES});
}

const struct outcome *lower_outcome(struct build *b, struct part *part, const struct element *e)
{
    struct outcome *out = keep_array(b, 1, sizeof *out);

    if (!out)
        return NULL;
    /* The choices of verdict are in the order of enum rls_verdict. */
    out->verdict = choice_of(e, ATTRIBUTE_VERDICT, RLS_PASS);
    out->action = chosen_of(e, ATTRIBUTE_ACTION);
    out->message = keep_languages(b, e, ELEMENT_MESSAGE);
    out->remedy = keep_languages(b, e, ELEMENT_REMEDY);
    read_points(b, part, e, out);
    lower_citations(b, part, e, out);
    check_support(b, part, e, out->verdict);
    return out;
}

void check_cited_periods(struct build *b, struct part *part, const struct element *version,
                         const struct element *outcome, int64_t from)
{
    if (from == INT64_MIN)
        return;
    for (const struct element *c = child_of(outcome, ELEMENT_CITE); c; c = next_of(c)) {
        const struct attribute *a = attribute_of(c, ATTRIBUTE_SOURCE);
        uint32_t id = a ? intern_find(&part->sources.ids, a->value, a->length) : INTERN_NONE;
        const struct section *section;

        if (id == INTERN_NONE)
            continue;
        section = find_section(b, part, c);
        if (part->cited[id].until <= from || (section && section->ends <= from))
            complain(b->d, part->doc, version,
                     &(struct complaint){.message = MSG_SOURCE_ENDED, .args = {a->value}});
    }
}
