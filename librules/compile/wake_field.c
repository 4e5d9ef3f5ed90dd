/* SPDX-License-Identifier: Apache-2.0 */
#include "compile/wake.h"

/* What the fields of a document must show for a test of them. */

void gather_doubt(struct waking *x, const struct selector *s)
{
    const struct field *f = &x->b->set->vocabulary.fields[s->field];
    uint32_t path = path_of(x, s);
    uint8_t absence = s->absence;

    if (path == CUE_NONE)
        return;
    if (s->record && absence == ABSENT_UNKNOWN) {
        gather(x, lack_cue(x, path, x->bound[s->record]));
        absence = ABSENT_EMPTY;
    }
    /* Text can always be read. */
    if (f->type != TYPE_TEXT || absence != ABSENT_EMPTY)
        gather(x, doubt_cue(x, path, absence));
}

/* Of a collection: where nobody knows its records, nobody knows whether they have a value. */
static bool is_member(const struct waking *x, const struct selector *s)
{
    return x->b->set->vocabulary.fields[s->field].collection != COLLECTION_NONE;
}

static void demand_presence(struct waking *x, const struct selector *s, bool present,
                            struct demand *out)
{
    uint32_t path = path_of(x, s);

    if (path == CUE_NONE || (!present && s->record))
        return;
    gather(x, present ? present_cue(x, path) : absent_cue(x, path));
    if (present && s->record && s->absence == ABSENT_UNKNOWN)
        gather(x, lack_cue(x, path, x->bound[s->record]));
    else if (present && !s->record && (s->absence == ABSENT_UNKNOWN || is_member(x, s)))
        gather(x, doubt_cue(x, path, s->absence));
    demand_add(x, out, clause_gathered(x));
}

/* --- numbers -------------------------------------------------------------------------------- */

/* A run of pieces, both included; none when first > last. */
struct pieces {
    uint32_t first, last;
};

static bool is_order(const struct field_test *t)
{
    return t->test >= TEST_LT && t->type == TYPE_NUMBER;
}

static bool is_literal(const struct expression *e)
{
    return e->source == EXPRESSION_LITERAL && !e->plus && !e->minus;
}

/* Every bound was counted; one that was not would cut pieces in two. */
static bool is_on_scale(const struct waking *x, uint32_t path, const struct field_test *t)
{
    const struct wake_scale *s = &x->paths[path].cues.scale;

    return s->n_bounds && wake_piece(s->bounds, s->n_bounds, t->operands->value.number) % 2 == 1;
}

static struct pieces pieces_of(const struct waking *x, uint32_t path, const struct field_test *t)
{
    const struct wake_scale *s = &x->paths[path].cues.scale;
    uint32_t at = wake_piece(s->bounds, s->n_bounds, t->operands->value.number);
    uint32_t last = 2 * s->n_bounds;

    switch (t->test) {
    case TEST_LT:
        return (struct pieces){0, at - 1};
    case TEST_LE:
        return (struct pieces){0, at};
    case TEST_GT:
        return (struct pieces){at + 1, last};
    default:
        return (struct pieces){at, last};
    }
}

/* The fewest subtrees that make up a run. */
static void gather_pieces(struct waking *x, uint32_t path, struct pieces p)
{
    uint32_t width = x->paths[path].cues.scale.width;
    uint32_t low = width + p.first, high = width + p.last + 1;

    for (; low < high; low /= 2, high /= 2) {
        if (low & 1)
            gather(x, piece_cue(x, path, low++));
        if (high & 1)
            gather(x, piece_cue(x, path, --high));
    }
}

static void note_bound(struct waking *x, uint32_t path, struct decimal bound)
{
    struct path *p = &x->paths[path];

    if (mem_grow(&x->b->mem, &p->bounds, &p->cap_bounds, p->n_bounds + 1, sizeof bound))
        p->bounds[p->n_bounds++] = bound;
    else
        x->b->failed = true;
}

static void demand_order(struct waking *x, uint32_t path, const struct field_test *t,
                         struct demand *out)
{
    if (x->counting) {
        note_bound(x, path, t->operands->value.number);
        return;
    }
    if (is_on_scale(x, path, t))
        gather_pieces(x, path, pieces_of(x, path, t));
    else
        gather(x, present_cue(x, path));
    gather_doubt(x, t->selector);
    demand_add(x, out, clause_gathered(x));
}

bool is_bound(const struct condition *c)
{
    const struct field_test *t = c->kind == CONDITION_FIELD ? c->field : NULL;

    return t && t->selector && is_order(t) && !t->negative && !t->selector->record &&
           is_literal(t->operands);
}

static bool is_low(const struct field_test *t)
{
    return t->test == TEST_GT || t->test == TEST_GE;
}

void demand_range(struct waking *x, const struct field_test *a, const struct field_test *b,
                  struct demand *out)
{
    uint32_t path = path_of(x, a->selector);
    struct pieces one, other;

    if (path == CUE_NONE || x->counting || path != path_of(x, b->selector) ||
        is_low(a) == is_low(b) || !is_on_scale(x, path, a) || !is_on_scale(x, path, b))
        return;
    one = pieces_of(x, path, a);
    other = pieces_of(x, path, b);
    one.first = one.first > other.first ? one.first : other.first;
    one.last = one.last < other.last ? one.last : other.last;
    if (one.first <= one.last)
        gather_pieces(x, path, one);
    /* Of several values each may pass one of the two. */
    gather(x, several_cue(x, path));
    gather_doubt(x, a->selector);
    gather_doubt(x, b->selector);
    demand_add(x, out, clause_gathered(x));
}

/* --- values --------------------------------------------------------------------------------- */

static void gather_value(struct waking *x, uint32_t path, const struct field_test *t,
                         const struct value *v)
{
    enum wake_key kind = t->test == TEST_UNDER ? WAKE_STEP : WAKE_VALUE;
    char number[WAKE_NUMBER_BYTES];

    if (t->type == TYPE_TEXT) {
        gather(x, value_cue(x, path, kind, v->text, v->length));
    } else if (t->type == TYPE_NUMBER) {
        wake_number(v->number, number);
        gather(x, value_cue(x, path, kind, number, sizeof number));
    } else {
        char boolean = (char)v->boolean;

        gather(x, value_cue(x, path, kind, &boolean, 1));
    }
}

/* Whether all that values are compared with is known now, and equality is one of bytes. */
static bool is_told(const struct field_test *t)
{
    bool told = t->test < TEST_LT &&
                (t->type == TYPE_TEXT || t->type == TYPE_NUMBER || t->type == TYPE_BOOLEAN);

    for (uint32_t i = 0; told && i < t->n_operands; i++)
        told = is_literal(&t->operands[i]) || t->operands[i].source == EXPRESSION_SET;
    return told;
}

static void gather_values(struct waking *x, uint32_t path, const struct field_test *t)
{
    for (uint32_t i = 0; i < t->n_operands && !x->b->failed; i++) {
        const struct expression *e = &t->operands[i];

        if (e->source == EXPRESSION_LITERAL)
            gather_value(x, path, t, &e->value);
        /* Whenever its items are in force. */
        for (uint32_t k = 0; e->source == EXPRESSION_SET && k < e->set->n_items; k++)
            gather_value(x, path, t, &e->set->items[k].value);
    }
}

static void demand_match(struct waking *x, const struct field_test *t, struct demand *out)
{
    uint32_t path = path_of(x, t->selector);

    if (path == CUE_NONE)
        return;
    if (is_order(t) && is_literal(t->operands)) {
        demand_order(x, path, t, out);
        return;
    }
    if (is_told(t))
        gather_values(x, path, t);
    else
        gather(x, present_cue(x, path));
    gather_doubt(x, t->selector);
    demand_add(x, out, clause_gathered(x));
}

void demand_field(struct waking *x, const struct field_test *t, bool holds, struct demand *out)
{
    if (!t->selector || t->selector->field >= x->b->set->vocabulary.count)
        return;
    if (t->test == TEST_PRESENT)
        demand_presence(x, t->selector, t->operands->value.boolean == holds, out);
    else if (t->negative != holds)
        demand_match(x, t, out);
}
