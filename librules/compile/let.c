/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"
#include "compile/build.h"

static uint32_t depth_below(const struct expression *x);

static uint32_t deeper(uint32_t depth, const struct expression *x)
{
    uint32_t other = x ? depth_below(x) : 0;

    return other > depth ? other : depth;
}

/* How many lets stand one upon the other below an expression. */
static uint32_t depth_below(const struct expression *x)
{
    uint32_t depth = x->source == EXPRESSION_LET ? x->let->depth : 0;

    for (uint32_t i = 0; i < x->n_parts; i++)
        depth = deeper(depth, &x->parts[i]);
    return deeper(deeper(depth, x->plus), x->minus);
}

/* The type that is wanted of the source; what is moved in time is an instant. */
static uint8_t wanted_type(const struct element *e)
{
    if (attribute_of(e, ATTRIBUTE_TYPE))
        return (uint8_t)choice_of(e, ATTRIBUTE_TYPE, TYPE_ANY);
    return attribute_of(e, ATTRIBUTE_PLUS) || attribute_of(e, ATTRIBUTE_MINUS) ? TYPE_INSTANT
                                                                               : TYPE_ANY;
}

static bool lower_plain(struct build *b, struct part *part, const struct element *e, uint8_t type,
                        struct expression *out)
{
    const struct attribute *field = attribute_of(e, ATTRIBUTE_FIELD);
    const struct attribute *is = attribute_of(e, ATTRIBUTE_IS);

    if (field)
        return lower_field_value(b, part, e, field, &(struct item){field->value, field->length, 0},
                                 type, out);
    return is && lower_operand(b, part, e, is, &(struct item){is->value, is->length, 0}, type, out);
}

/* The first part says the type where nothing else does. */
static bool lower_first(struct build *b, struct part *part, const struct element *e, uint8_t type,
                        struct expression *out)
{
    struct expression *parts;
    uint32_t n = 0;
    bool good = true;

    for (const struct element *v = child_of(e, ELEMENT_SOURCE_VALUE); v; v = next_of(v))
        n++;
    parts = keep_array(b, n, sizeof *parts);
    *out = (struct expression){.source = EXPRESSION_FIRST,
                               .line = line_of(part, e),
                               .written = "first",
                               .zone = part->kept_zone,
                               .calendar = part->calendar,
                               .parts = parts};
    for (const struct element *v = child_of(e, ELEMENT_SOURCE_VALUE); v && parts; v = next_of(v)) {
        good = lower_plain(b, part, v, type, &parts[out->n_parts]) && good;
        if (good && type == TYPE_ANY)
            type = parts[out->n_parts].type;
        out->n_parts++;
    }
    out->type = type;
    return good && n > 0;
}

static bool lower_source(struct build *b, struct part *part, const struct element *e,
                         struct expression *out)
{
    const struct element *first = child_of(e, ELEMENT_FIRST);
    uint8_t type = wanted_type(e);

    bool good;

    if (first)
        good = lower_first(b, part, first, type, out);
    else if (attribute_of(e, ATTRIBUTE_TABLE))
        good = lower_lookup(b, part, e, type, out);
    else
        good = lower_plain(b, part, e, type, out);
    return good && lower_shifts(b, part, e, out);
}

static bool is_too_much(struct build *b, const struct part *part, const struct element *e,
                        uint32_t n, uint32_t most, enum message_code message)
{
    char limit[NUMBER_BYTES];

    if (n <= most)
        return false;
    complain(b->d, part->doc, e,
             &(struct complaint){.message = message, .args = {message_number(most, limit)}});
    return true;
}

/* Rules are judged one after the other and use the same room. */
static uint32_t take_index(struct build *b)
{
    if (++b->next_let > b->set->n_lets)
        b->set->n_lets = b->next_let;
    return b->next_let - 1;
}

static void lower_let(struct build *b, struct part *part, const struct element *e)
{
    struct let *let = keep_array(b, 1, sizeof *let);
    struct named *named;
    bool good;

    if (!let)
        return;
    let->id = keep_text(b, value_of(e, ATTRIBUTE_ID));
    good = lower_source(b, part, e, &let->expression);
    /* Named when it is read: it can refer to those above it only, so that none goes in circles. */
    named = scope_add(b, part, e);
    if (!good || !named || b->failed)
        return;
    let->index = take_index(b);
    part->scope->count++;
    let->depth = depth_below(&let->expression) + 1;
    if (!is_too_much(b, part, e, part->scope->count, LIMIT_LETS, MSG_TOO_MANY_LETS) &&
        !is_too_much(b, part, e, let->depth, LIMIT_LET_DEPTH, MSG_LET_DEPTH))
        named->let = let;
}

void lower_lets(struct build *b, struct part *part, const struct element *parent)
{
    for (const struct element *e = child_of(parent, ELEMENT_LET); e && !b->failed; e = next_of(e))
        lower_let(b, part, e);
}

void enter_values(struct build *b)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n_parts; i++)
        for (const struct element *e = child_of(b->parts[i].root, ELEMENT_PARAM); e; e = next_of(e))
            n++;
    b->params = keep_array(b, n, sizeof *b->params);
    b->set->params = b->params;
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++) {
        lower_params(b, &b->parts[i]);
        lower_sets(b, &b->parts[i]);
        lower_tables(b, &b->parts[i]);
        lower_relations(b, &b->parts[i]);
    }
    /* Lets may name what others hold. */
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        lower_lets(b, &b->parts[i], b->parts[i].root);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        enter_deadlines(b, &b->parts[i], b->parts[i].root);
    b->first_let = b->next_let;
}
