/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "compile/build.h"

static void report_repetition(struct build *b, const struct part *part, const struct element *e,
                              const struct element *first)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_ID);
    char line[NUMBER_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_DUPLICATE_ID,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, message_number(line_of(part, first), line)}});
}

/* An id stands once among the requirements that are in force together. */
static void check_ids(struct build *b, const struct part *part, const struct requirements *r,
                      uint32_t n_slots)
{
    const struct element **first = need(b, arena_array(b->scratch, n_slots, sizeof *first));

    for (uint32_t i = 0; first && i < r->n; i++) {
        const struct element *e = r->items[i].element;
        uint32_t slot = r->items[i].lowered.slot;

        if (!slot)
            continue;
        if (first[slot - 1])
            report_repetition(b, part, e, first[slot - 1]);
        else
            first[slot - 1] = e;
    }
}

static void lower_one(struct build *b, struct part *part, const struct element *e,
                      struct intern *slots, struct required *out)
{
    const struct attribute *id = attribute_of(e, ATTRIBUTE_ID);
    uint32_t slot = id ? intern_add(slots, id->value, id->length) : INTERN_NONE;
    struct requirement *r = &out->lowered;

    if (id && slot == INTERN_NONE)
        b->failed = true;
    *out = (struct required){.element = e};
    r->slot = slot == INTERN_NONE ? 0 : slot + 1;
    r->id = keep_text(b, id ? id->value : "");
    r->line = line_of(part, e);
    r->condition = lower_condition_in(b, part, e);
    r->exemptions = lower_exemptions(b, part, e, &r->n_exemptions);
    r->ruling = read_ruling(b, part, e);
    r->statement = lower_statement(b, part, e);
}

static bool too_many(struct build *b, const struct part *part, const struct element *e)
{
    const struct element *r = child_of(e, ELEMENT_REQUIRE);
    char limit[NUMBER_BYTES];

    for (uint32_t i = 0; r && i < LIMIT_REQUIREMENTS; i++)
        r = next_of(r);
    if (r)
        complain(b->d, part->doc, r,
                 &(struct complaint){.message = MSG_TOO_MANY_REQUIREMENTS,
                                     .args = {message_number(LIMIT_REQUIREMENTS, limit)}});
    return r != NULL;
}

struct requirements lower_requirements(struct build *b, struct part *part, const struct element *e,
                                       struct intern *slots)
{
    struct requirements out = {NULL, 0};
    uint32_t n = 0;

    if (too_many(b, part, e))
        return out;
    for (const struct element *r = child_of(e, ELEMENT_REQUIRE); r; r = next_of(r))
        n++;
    if (n)
        out.items = need(b, arena_array(b->scratch, n, sizeof *out.items));
    for (const struct element *r = child_of(e, ELEMENT_REQUIRE); r && out.items; r = next_of(r))
        lower_one(b, part, r, slots, &out.items[out.n++]);
    if (out.n)
        check_ids(b, part, &out, slots->count);
    return out;
}

/* What it cites itself, or else what the outcome cites, must support what it asks for. */
static void check_one(struct build *b, const struct part *part, struct required *r,
                      const struct outcome *outcome, const struct element *outcome_element)
{
    const struct ruling *own = &r->lowered.ruling;
    uint32_t inherited = gravest_verdict(outcome);
    uint32_t verdict = own->says & RULING_VERDICT ? own->verdict : inherited;
    bool cites = child_of(r->element, ELEMENT_CITE) != NULL;

    /* What supports the outcome supports what is no graver; one complaint is enough. */
    if (r->reported || (!cites && verdict <= inherited))
        return;
    r->reported =
        !check_support(b, part, r->element, cites ? r->element : outcome_element, verdict);
}

struct statement complete_statement(struct statement own, const struct statement *inherited)
{
    if (!own.message.zh && !own.message.en)
        own.message = inherited->message;
    if (!own.remedy.zh && !own.remedy.en)
        own.remedy = inherited->remedy;
    if (!own.n_citations) {
        own.citations = inherited->citations;
        own.n_citations = inherited->n_citations;
    }
    return own;
}

void complete_requirements(struct build *b, struct part *part, const struct requirements *from,
                           const struct outcome *outcome, const struct element *outcome_element,
                           struct rule_version *out)
{
    struct requirement *to = from->n ? keep_array(b, from->n, sizeof *to) : NULL;

    if (!to)
        return;
    for (uint32_t i = 0; i < from->n; i++) {
        to[i] = from->items[i].lowered;
        to[i].statement = complete_statement(to[i].statement, &outcome->statement);
        check_one(b, part, &from->items[i], outcome, outcome_element);
    }
    out->requirements = to;
    out->n_requirements = from->n;
}

uint32_t gravest_of_version(const struct rule_version *v)
{
    uint32_t gravest = gravest_verdict(v->outcome);

    for (uint32_t i = 0; i < v->n_requirements; i++) {
        const struct ruling *r = &v->requirements[i].ruling;

        if (r->says & RULING_VERDICT && r->verdict > gravest)
            gravest = r->verdict;
    }
    return gravest;
}
