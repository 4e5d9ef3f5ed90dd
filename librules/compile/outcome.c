/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

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
                            struct statement *out)
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

struct statement lower_statement(struct build *b, struct part *part, const struct element *e)
{
    struct statement out = {.message = keep_languages(b, e, ELEMENT_MESSAGE),
                            .remedy = keep_languages(b, e, ELEMENT_REMEDY)};

    lower_citations(b, part, e, &out);
    return out;
}

bool check_support(struct build *b, const struct part *part, const struct element *e,
                   const struct element *says, uint32_t verdict)
{
    /* The choices of verdict are in the order of enum rls_verdict. */
    static const char *const names[] = {"pass", "advise", "review", "reject"};
    const struct element *first = child_of(says, ELEMENT_CITE);
    bool certain = false;

    if (verdict < RLS_REVIEW || !e->complete || !says->complete)
        return true;
    for (const struct element *c = first; c; c = next_of(c))
        certain = certain || standing_of(b, part, c) != STANDING_UNCERTAIN;
    if (!first)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_NO_CITATION,
                                     .args = {names[verdict]},
                                     .hint = HINT_ADD,
                                     .hint_args = {"<cite source=\"...\"/>"}});
    else if (verdict == RLS_REJECT && !certain)
        complain(b->d, part->doc, first, &(struct complaint){.message = MSG_UNCERTAIN_SOURCES});
    return first && (verdict < RLS_REJECT || certain);
}

static void lower_grades(struct build *b, struct part *part, const struct element *e,
                         struct outcome *out)
{
    struct grade *grades;
    uint32_t n = 0;

    for (const struct element *g = child_of(e, ELEMENT_GRADE); g; g = next_of(g))
        n++;
    grades = keep_array(b, n, sizeof *grades);
    out->grades = grades;
    for (const struct element *g = child_of(e, ELEMENT_GRADE); g && grades; g = next_of(g)) {
        struct grade *to = &grades[out->n_grades++];

        to->ruling = read_ruling(b, part, g);
        to->condition = lower_condition_in(b, part, g);
        if (!to->ruling.says)
            complain(b->d, part->doc, g, &(struct complaint){.message = MSG_SAYS_NOTHING});
    }
}

uint32_t gravest_verdict(const struct outcome *o)
{
    uint32_t gravest = o->ruling.verdict;

    for (uint32_t i = 0; i < o->n_grades; i++)
        if (o->grades[i].ruling.verdict > gravest)
            gravest = o->grades[i].ruling.verdict;
    return gravest;
}

const struct outcome *lower_outcome(struct build *b, struct part *part, const struct element *e,
                                    const struct ruling *rule)
{
    struct ruling said = read_ruling(b, part, e);
    struct outcome *out = keep_array(b, 1, sizeof *out);

    if (!out)
        return NULL;
    out->ruling = ruling_over(*rule, &said);
    out->statement = lower_statement(b, part, e);
    lower_grades(b, part, e, out);
    (void)check_support(b, part, e, e, gravest_verdict(out));
    return out;
}

/* When what is cited is in force: the section, where there is one, within its source. */
struct cited_period {
    int64_t from, until;
    const char *from_day, *until_day;
};

static struct cited_period period_of(const struct cited *source, const struct section *section)
{
    struct cited_period p = {source->begins, source->until, source->citation.from,
                             source->citation.until};

    if (section && section->begins > p.from) {
        p.from = section->begins;
        p.from_day = section->from;
    }
    if (section && section->ends < p.until) {
        p.until = section->ends;
        p.until_day = section->until;
    }
    return p;
}

/* A version without a beginning is about all time: that its sources began is no mistake. */
static void check_cited(struct build *b, const struct part *part, const struct element *version,
                        const struct rule_version *v, const char *source, struct cited_period p)
{
    struct complaint c = {.message = MSG_NONE, .args = {source, p.until_day}};

    if (v->from != INT64_MIN && p.until <= v->from) {
        c.message = MSG_SOURCE_ENDED;
    } else if (p.until < v->until) {
        c.message = MSG_SOURCE_ENDS;
    } else if (v->from != INT64_MIN && p.from > v->from) {
        c.message = MSG_SOURCE_BEGINS;
        c.args[1] = p.from_day;
    }
    if (c.message)
        complain(b->d, part->doc, version, &c);
}

void check_cited_periods(struct build *b, struct part *part, const struct element *version,
                         const struct element *outcome, const struct rule_version *v)
{
    /* What ends the version may stand behind the break of a broken source. */
    if (part->doc->broken)
        return;
    for (const struct element *c = child_of(outcome, ELEMENT_CITE); c; c = next_of(c)) {
        const struct attribute *a = attribute_of(c, ATTRIBUTE_SOURCE);
        uint32_t id = a ? intern_find(&part->sources.ids, a->value, a->length) : INTERN_NONE;

        if (id != INTERN_NONE)
            check_cited(b, part, version, v, a->value,
                        period_of(&part->cited[id], find_section(b, part, c)));
    }
}
