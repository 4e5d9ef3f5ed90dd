/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/value.h"

#include <stdio.h>
#include <string.h>

#include "eval/lookup.h"
#include "eval/select.h"
#include "eval/witness.h"
#include "text/reader.h"
#include "text/trim.h"

bool values_bind(struct rls_evaluator *ev, const struct rls_set *set)
{
    size_t had = ev->cap_lets;

    if (!mem_grow(&ev->mem, &ev->lets, &ev->cap_lets, set->n_lets, sizeof *ev->lets))
        return false;
    if (ev->cap_lets > had)
        memset(ev->lets + had, 0, (ev->cap_lets - had) * sizeof *ev->lets);
    return true;
}

/* A serial of 0 marks lets that no judgement filled yet. */
void values_forget(struct rls_evaluator *ev)
{
    if (ev->folded.used)
        arena_reset(&ev->folded);
    ev->miss_steps = 0;
    if (++ev->judgement == 0) {
        if (ev->cap_lets)
            memset(ev->lets, 0, ev->cap_lets * sizeof *ev->lets);
        ev->judgement = 1;
    }
}

/* --- values of the document ------------------------------------------------------------------ */

static void fold_text(struct rls_evaluator *ev, const struct fact *f, struct evaluated *out)
{
    size_t len = text_fold(f->text, f->text_len, FORM_DEFAULT, NULL, 0);
    char *folded = arena_alloc(&ev->folded, len + 1);

    out->state = VALUE_UNKNOWN;
    if (!folded) {
        ev->out_of_memory = true;
        return;
    }
    (void)text_fold(f->text, f->text_len, FORM_DEFAULT, folded, len + 1);
    out->state = VALUE_KNOWN;
    out->value = (struct value){.type = TYPE_TEXT, .text = folded, .length = len};
    text_trim(&out->value.text, &out->value.length);
}

/* Text of the document, read as another type than its field has. */
static void read_text(struct rls_evaluator *ev, const struct fact *f, uint8_t type,
                      struct evaluated *out)
{
    bool memory = false;

    out->state = VALUE_UNPARSED;
    if (f->text && value_read(f->text, f->text_len, type, ZONE_HOME, &out->value, &memory))
        out->state = VALUE_KNOWN;
    ev->out_of_memory = ev->out_of_memory || memory;
}

void fact_evaluate(struct rls_evaluator *ev, const struct fact *f, uint8_t type,
                   struct evaluated *out)
{
    bool text = ev->set->vocabulary.fields[f->field].type == TYPE_TEXT;

    out->state = f->state;
    if (f->state != VALUE_KNOWN)
        return;
    if (type == TYPE_TEXT)
        fold_text(ev, f, out);
    else if (text)
        read_text(ev, f, type, out);
    else
        value_of_fact(f, type, &out->value);
}

/* Several values are one when they are the same, and otherwise nobody knows which one counts. */
static void add_fact(struct rls_evaluator *ev, const struct expression *x, uint32_t fact,
                     struct evaluated *out)
{
    struct evaluated next;

    note_assumed(ev, fact);
    fact_evaluate(ev, &ev->facts.items[fact], x->type, &next);
    if (out->state == VALUE_NOTHING)
        *out = next;
    else if (out->state != VALUE_KNOWN || next.state != VALUE_KNOWN ||
             value_compare(&out->value, RELATION_IS, &next.value) != RLS_TRUE)
        out->state = VALUE_UNKNOWN;
}

static void evaluate_field(struct rls_evaluator *ev, const struct expression *x,
                           struct evaluated *out)
{
    uint32_t fact = select_first(ev, &x->selector);

    out->state = VALUE_NOTHING;
    if (!fact && absence_is_unknown(ev, &x->selector))
        out->state = VALUE_UNKNOWN;
    for (; fact; fact = select_next(ev, &x->selector, fact))
        add_fact(ev, x, fact, out);
}

/* --- expressions ----------------------------------------------------------------------------- */

/* Depth is bounded: see LIMIT_LET_DEPTH. */
static const struct evaluated *evaluate_let(struct rls_evaluator *ev, const struct let *let)
{
    struct known_let *known = &ev->lets[let->index];

    if (known->serial != ev->judgement) {
        expression_evaluate(ev, &let->expression, &known->answer);
        known->serial = ev->judgement;
    }
    return &known->answer;
}

static void evaluate_first(struct rls_evaluator *ev, const struct expression *x,
                           struct evaluated *out)
{
    bool unparsed = false, unknown = false;

    for (uint32_t i = 0; i < x->n_parts; i++) {
        expression_evaluate(ev, &x->parts[i], out);
        if (out->state == VALUE_KNOWN)
            return;
        unparsed = unparsed || out->state == VALUE_UNPARSED;
        unknown = unknown || out->state == VALUE_UNKNOWN;
    }
    out->state = unparsed ? VALUE_UNPARSED : unknown ? VALUE_UNKNOWN : VALUE_NOTHING;
}

static void evaluate_table(struct rls_evaluator *ev, const struct expression *x,
                           struct evaluated *out)
{
    struct evaluated key;
    const struct table_row *row;

    expression_evaluate(ev, x->parts, &key);
    out->state = key.state;
    if (key.state != VALUE_KNOWN)
        return;
    out->state = VALUE_UNKNOWN;
    if (table_find(ev, x->table, &key.value, &row) != LOOKUP_FOUND)
        return;
    out->state = VALUE_KNOWN;
    out->value = row->value.value;
}

enum shift_status expression_shift(struct rls_evaluator *ev, const struct expression *x,
                                   struct evaluated *out, const struct expression *by, bool back)
{
    struct moment from = out->value.moment;
    struct evaluated duration;
    enum shift_status status;

    expression_evaluate(ev, by, &duration);
    if (duration.state != VALUE_KNOWN) {
        out->state = duration.state;
        return SHIFT_OK;
    }
    status = moment_shift(&from, duration.value.duration, back, x->zone, x->calendar,
                          &out->value.moment);
    if (status != SHIFT_OK)
        out->state = VALUE_UNKNOWN;
    ev->out_of_memory = ev->out_of_memory || status == SHIFT_MEMORY;
    return status;
}

void moment_end(struct evaluated *instant)
{
    if (instant->state == VALUE_KNOWN && instant->value.moment.day)
        instant->value.moment = moment_of(instant->value.moment.high);
}

/* SHIFT_NO_CALENDAR: out->value.moment.low is the year that is missing. */
static enum shift_status shift_both(struct rls_evaluator *ev, const struct expression *x,
                                    struct evaluated *out)
{
    enum shift_status status = SHIFT_OK;

    if (out->state == VALUE_KNOWN && x->plus)
        status = expression_shift(ev, x, out, x->plus, false);
    if (out->state == VALUE_KNOWN && x->minus)
        status = expression_shift(ev, x, out, x->minus, true);
    return status;
}

static void evaluate_source(struct rls_evaluator *ev, const struct expression *x,
                            struct evaluated *out)
{
    switch ((enum expression_source)x->source) {
    case EXPRESSION_LITERAL:
        *out = (struct evaluated){VALUE_KNOWN, x->value};
        break;
    case EXPRESSION_FIELD:
        evaluate_field(ev, x, out);
        break;
    case EXPRESSION_LET:
        *out = *evaluate_let(ev, x->let);
        break;
    case EXPRESSION_PARAM:
        *out = (struct evaluated){VALUE_KNOWN, ev->params.values[x->param->index]};
        break;
    case EXPRESSION_NOW:
        out->state = VALUE_KNOWN;
        out->value.type = TYPE_INSTANT;
        out->value.moment = moment_of(ev->report.options.clock);
        break;
    case EXPRESSION_FIRST:
        evaluate_first(ev, x, out);
        break;
    case EXPRESSION_SET: /* tests look into it themselves */
        out->state = VALUE_NOTHING;
        break;
    case EXPRESSION_TABLE:
        evaluate_table(ev, x, out);
        break;
    }
}

void expression_evaluate(struct rls_evaluator *ev, const struct expression *x,
                         struct evaluated *out)
{
    evaluate_source(ev, x, out);
    (void)shift_both(ev, x, out);
}

/* --- what it rests on ------------------------------------------------------------------------ */

static void quote_field(struct rls_evaluator *ev, const struct selector *s)
{
    for (uint32_t fact = select_first(ev, s); fact; fact = select_next(ev, s, fact))
        if (fact < ev->assumed_from && ev->facts.items[fact].state == VALUE_KNOWN)
            witness_value(ev, fact);
}

static void quote_first(struct rls_evaluator *ev, const struct expression *x)
{
    struct evaluated part;

    for (uint32_t i = 0; i < x->n_parts; i++) {
        expression_evaluate(ev, &x->parts[i], &part);
        if (part.state == VALUE_KNOWN) {
            expression_quote(ev, &x->parts[i]);
            return;
        }
    }
}

void expression_quote(struct rls_evaluator *ev, const struct expression *x)
{
    if (x->source == EXPRESSION_FIELD)
        quote_field(ev, &x->selector);
    else if (x->source == EXPRESSION_LET)
        expression_quote(ev, &x->let->expression);
    else if (x->source == EXPRESSION_FIRST)
        quote_first(ev, x);
    else if (x->source == EXPRESSION_TABLE)
        expression_quote(ev, x->parts);
    if (x->plus)
        expression_quote(ev, x->plus);
    if (x->minus)
        expression_quote(ev, x->minus);
}

void calendar_missing(struct rls_evaluator *ev, int64_t year)
{
    char text[32];
    int n = snprintf(text, sizeof text, "calendar.%lld", (long long)year);
    const char *name = arena_text(&ev->report.arena, text, (size_t)n);

    if (name)
        witness_missing(ev, name);
    else
        ev->out_of_memory = true;
}

/* Expressions that are asked for missing facts in one judgement. */
enum { MOST_MISS_STEPS = 10000 };

/* A key that is known may lie in two rows, or in none. */
static bool miss_row(struct rls_evaluator *ev, const struct expression *x)
{
    struct evaluated key;
    const struct table_row *row;
    enum lookup found;

    expression_evaluate(ev, x->parts, &key);
    if (key.state != VALUE_KNOWN)
        return false;
    found = table_find(ev, x->table, &key.value, &row);
    if (found == LOOKUP_UNCLEAR)
        return expression_missing(ev, x->parts, true);
    witness_missing(ev, found == LOOKUP_UNDATED ? ev->selected_by : x->table->missing);
    return true;
}

static bool miss_source(struct rls_evaluator *ev, const struct expression *x, bool all)
{
    bool any = false;

    if (x->source == EXPRESSION_FIELD)
        witness_missing(ev, x->selector.name);
    else if (x->source == EXPRESSION_LET)
        (void)expression_missing(ev, &x->let->expression, all);
    else if (x->source == EXPRESSION_TABLE && !all)
        any = miss_row(ev, x);
    for (uint32_t i = 0; i < x->n_parts; i++)
        any = expression_missing(ev, &x->parts[i], all) || any;
    return any || x->source == EXPRESSION_FIELD || x->source == EXPRESSION_LET;
}

bool expression_missing(struct rls_evaluator *ev, const struct expression *x, bool all)
{
    struct evaluated value;
    bool any = false;

    /* Values that share others are not followed again and again. */
    if (ev->miss_steps++ > MOST_MISS_STEPS)
        return true;
    evaluate_source(ev, x, &value);
    if (all || value.state == VALUE_UNKNOWN || value.state == VALUE_UNPARSED)
        any = miss_source(ev, x, all);
    if (x->plus)
        any = expression_missing(ev, x->plus, all) || any;
    if (x->minus)
        any = expression_missing(ev, x->minus, all) || any;
    if (value.state == VALUE_KNOWN && shift_both(ev, x, &value) == SHIFT_NO_CALENDAR) {
        calendar_missing(ev, value.value.moment.low);
        any = true;
    }
    return any;
}
