/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "compile/build.h"

/* --- declarations --------------------------------------------------------------------------- */

void enter_deadlines(struct build *b, struct part *part, const struct element *parent)
{
    for (const struct element *e = child_of(parent, ELEMENT_DEADLINE); e && !b->failed;
         e = next_of(e)) {
        struct declared_deadline *d = need(b, arena_array(b->scratch, 1, sizeof *d));
        struct named *named = d ? scope_add(b, part, e) : NULL;

        if (!named)
            continue;
        d->scope = part->scope;
        named->deadline = d;
    }
}

void note_unused_deadlines(struct build *b, struct part *part)
{
    const struct scope *s = part->scope;

    for (uint32_t id = 0; id < s->names.ids.count; id++)
        if (s->items[id].deadline && !s->items[id].deadline->used)
            complain(b->d, part->doc, s->items[id].element,
                     &(struct complaint){.message = MSG_DEADLINE_UNUSED,
                                         .args = {name_of(s->items[id].element)->value}});
}

/* --- where a condition asks ------------------------------------------------------------------ */

static bool lower_at(struct build *b, struct part *part, const struct element *e,
                     struct expression *out)
{
    const struct attribute *at = e ? attribute_of(e, ATTRIBUTE_AT) : NULL;

    return at && at->choice != CHOICE_NONE &&
           lower_field_or_name(b, part, e, at, TYPE_INSTANT, out);
}

static bool lower_due(struct build *b, struct part *part, const struct element *e,
                      struct deadline_test *out)
{
    if (!e || !attribute_of(e, ATTRIBUTE_AFTER))
        return lower_at(b, part, e, &out->due);
    out->due = out->starts;
    out->due.plus = lower_duration(b, part, e, ATTRIBUTE_AFTER);
    return out->due.plus != NULL;
}

/* What need not be there: *out stays NULL then. */
static bool lower_maybe(struct build *b, struct part *part, const struct element *e,
                        const struct expression **out)
{
    struct expression *x = e ? keep_array(b, 1, sizeof *x) : NULL;

    *out = x;
    return !e || (x && lower_at(b, part, e, x));
}

static bool lower_span(struct build *b, struct part *part, const struct element *e,
                       enum attribute_kind kind, const struct expression **out)
{
    *out = lower_duration(b, part, e, kind);
    return *out || !attribute_of(e, kind);
}

static bool lower_deadline(struct build *b, struct part *part, const struct element *e,
                           struct deadline_test *out)
{
    bool starts = lower_at(b, part, child_of(e, ELEMENT_STARTS), &out->starts);
    bool due = starts && lower_due(b, part, child_of(e, ELEMENT_DUE), out);
    bool met = lower_maybe(b, part, child_of(e, ELEMENT_MET_BY), &out->met);
    bool voided = lower_maybe(b, part, child_of(e, ELEMENT_VOID_BY), &out->voided);

    return lower_span(b, part, e, ATTRIBUTE_WARN_BEFORE, &out->warn) && starts && due && met &&
           voided;
}

/* Its operands see what its declaration sees, and the records that are bound here. */
static bool lower_declared(struct build *b, struct part *part, const struct named *named,
                           struct deadline_test *out)
{
    struct scope *scope = part->scope;

    named->deadline->used = true;
    if (named->deadline->refused)
        return false;
    part->scope = named->deadline->scope;
    named->deadline->refused = !lower_deadline(b, part, named->element, out);
    part->scope = scope;
    return !named->deadline->refused;
}

void lower_deadline_test(struct build *b, struct part *part, const struct element *e,
                         enum condition_kind kind, struct condition *out)
{
    struct deadline_test *t = keep_array(b, 1, sizeof *t);
    const struct attribute *a = attribute_of(e, ATTRIBUTE_DEADLINE);
    const struct named *named;

    out->kind = (uint8_t)kind;
    out->deadline = t;
    if (!t || !a || a->choice == CHOICE_NONE)
        return;
    named =
        scope_resolve_name(b, part, e, a, &(struct item){a->value, a->length, 0}, ELEMENT_DEADLINE);
    if (!named || !named->deadline || !lower_declared(b, part, named, t))
        return;
    t->by = lower_duration(b, part, e, ATTRIBUTE_BY);
    out->warns = kind == CONDITION_MISSED && t->warn;
    if (kind == CONDITION_MET_LATE && !t->met)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_NEVER_MET,
                                     .place = value_place(part->doc, a, 0, a->length),
                                     .args = {a->value}});
}

/* --- milestones ------------------------------------------------------------------------------ */

static bool count_milestones(struct build *b, struct part *part, const struct element *e,
                             uint32_t *n)
{
    char limit[NUMBER_BYTES];

    *n = 0;
    for (const struct element *m = child_of(e, ELEMENT_MILESTONE); m; m = next_of(m)) {
        if (++*n <= LIMIT_MILESTONES)
            continue;
        complain(b->d, part->doc, m,
                 &(struct complaint){.message = MSG_TOO_MANY_MILESTONES,
                                     .args = {message_number(LIMIT_MILESTONES, limit)}});
        return false;
    }
    return *n > 0;
}

void lower_milestones(struct build *b, struct part *part, const struct element *e,
                      struct rls_rule *out)
{
    uint32_t n;
    struct milestone *milestones =
        count_milestones(b, part, e, &n) ? keep_array(b, n, sizeof *milestones) : NULL;

    out->milestones = milestones;
    for (const struct element *m = child_of(e, ELEMENT_MILESTONE); m && milestones;
         m = next_of(m)) {
        struct milestone *to = &milestones[out->n_milestones];

        to->id = keep_text(b, value_of(m, ATTRIBUTE_ID));
        to->title = keep_languages(b, m, ELEMENT_TITLE);
        if (scope_add(b, part, m) && lower_at(b, part, m, &to->at))
            out->n_milestones++;
    }
}
