/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/build.h"

/* Leave to break a rule for a time: bound when the set is built, by rule. */

static void report(struct build *b, const struct part *part, const struct element *e,
                   enum message_code message, const char *add)
{
    complain(b->d, part->doc, e,
             &(struct complaint){
                 .message = message, .hint = add ? HINT_ADD : HINT_NONE, .hint_args = {add}});
}

static void check_expiry(struct build *b, const struct part *part, const struct element *e)
{
    if (!attribute_of(e, ATTRIBUTE_UNTIL) && !attribute_of(e, ATTRIBUTE_THROUGH))
        report(b, part, e, MSG_NO_EXPIRY, "through=\"...\"");
}

/* The rule, or NULL when it was reported. */
static const struct rls_rule *resolve_rule(struct build *b, struct part *part,
                                           const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_RULE);
    struct rule_range range;
    const struct rls_rule *rule;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    range = resolve_rules(b, part, e, a, &(struct item){a->value, a->length, 0}, false);
    if (range.n == 0)
        return NULL;
    rule = &b->set->rules[range.first];
    if (rule->subject == part->subject)
        return rule;
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_OTHER_SUBJECT,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, subject_name(rule->subject)}});
    return NULL;
}

static bool lower_exception(struct build *b, struct part *part, const struct element *e,
                            struct exception *out)
{
    const struct element *scope = child_of(e, ELEMENT_SCOPE);
    const char *id = value_of(e, ATTRIBUTE_ID);
    struct rls_exception *v = &out->view;

    names_add(&part->exceptions, b, part, e);
    *v = (struct rls_exception){.size = sizeof *v,
                                .id = keep_id(b, part, id ? id : ""),
                                .rule = resolve_rule(b, part, e),
                                .owner = keep_text(b, value_of(e, ATTRIBUTE_OWNER)),
                                .from = INT64_MIN,
                                .until = INT64_MAX,
                                .source = part->source,
                                .line = line_of(part, e)};
    check_expiry(b, part, e);
    (void)read_period(b, part, e, &v->from, &v->until);
    out->offsets = part->offsets;
    out->reason = keep_languages(b, e, ELEMENT_REASON);
    out->scope = scope ? lower_condition_in(b, part, scope) : NULL;
    return v->rule && out->scope;
}

static uint32_t count_exceptions(const struct build *b)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n_parts; i++)
        for (const struct element *e = child_of(b->parts[i].root, ELEMENT_EXCEPTION); e;
             e = next_of(e))
            n++;
    return n;
}

/* Each rule gets the indexes of its exceptions, in their order. */
static void bind_rules(struct build *b, const struct exception *exceptions, uint32_t n)
{
    uint32_t *indexes = keep_array(b, n, sizeof *indexes), at = 0;
    uint32_t *begin = need(b, arena_array(b->scratch, b->set->n_rules, sizeof *begin));

    if (!indexes || !begin)
        return;
    for (uint32_t i = 0; i < n; i++)
        b->rules[exceptions[i].view.rule->index].n_exceptions++;
    for (uint32_t r = 0; r < b->set->n_rules; r++) {
        begin[r] = at;
        b->rules[r].exceptions = indexes + at;
        at += b->rules[r].n_exceptions;
    }
    for (uint32_t i = 0; i < n; i++)
        indexes[begin[exceptions[i].view.rule->index]++] = i;
}

void build_exceptions(struct build *b)
{
    uint32_t n = count_exceptions(b), made = 0;
    struct exception *exceptions = keep_array(b, n, sizeof *exceptions);

    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        for (const struct element *e = child_of(b->parts[i].root, ELEMENT_EXCEPTION);
             e && !b->failed; e = next_of(e))
            made += lower_exception(b, &b->parts[i], e, &exceptions[made]);
    if (b->failed)
        return;
    b->set->exceptions = exceptions;
    b->set->n_exceptions = made;
    bind_rules(b, exceptions, made);
}
