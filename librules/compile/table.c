/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "compile/build.h"

/* Tables: values by key. */

/* One key of a row. */
struct keyed {
    const struct table_row *row;
    const struct element *element;
    const struct value *key; /* NULL: everything else */
};

/* A table while it is lowered. */
struct filling {
    struct build *b;
    struct part *part;
    const struct element *element;
    struct table *out;
    struct keyed *keys; /* of all rows so far */
    uint32_t n_keys;
    const struct element **elements; /* by row */
};

/* --- rows ----------------------------------------------------------------------------------- */

static const struct attribute *key_of(const struct element *e, uint8_t *kind)
{
    static const struct {
        enum attribute_kind attribute;
        enum row_kind row;
    } kinds[] = {{ATTRIBUTE_IN, ROW_IS},
                 {ATTRIBUTE_IS, ROW_IS},
                 {ATTRIBUTE_BELOW, ROW_BELOW},
                 {ATTRIBUTE_THROUGH, ROW_THROUGH}};

    *kind = ROW_ELSE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct attribute *a = attribute_of(e, kinds[i].attribute);

        if (!a)
            continue;
        *kind = (uint8_t)kinds[i].row;
        return a;
    }
    return NULL;
}

static uint32_t count_keys(const struct element *e)
{
    uint8_t kind;
    const struct attribute *a = key_of(e, &kind);

    return a && a->kind == ATTRIBUTE_IN ? count_items(a) : 1;
}

static void complain_item(struct filling *f, const struct element *e, const struct attribute *a,
                          const struct item *item, enum message_code message)
{
    char word[WORD_BYTES];

    complain(f->b->d, f->part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(f->part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)}});
}

static bool add_key(struct filling *f, const struct element *e, const struct attribute *a,
                    const struct item *item, struct table_row *row, struct expression *out)
{
    begin_expression(f->b, f->part, e, item, out);
    if (f->b->failed || !lower_literal(f->b, f->part, e, a, item, f->out->key, out))
        return false;
    /* What is not even surely equal to itself is a range. */
    if (value_compare(&out->value, RELATION_IS, &out->value) != RLS_TRUE) {
        complain_item(f, e, a, item, MSG_KEY_RANGE);
        return false;
    }
    row->n_keys++;
    f->keys[f->n_keys++] = (struct keyed){row, e, &out->value};
    return true;
}

static bool lower_keys(struct filling *f, const struct element *e, const struct attribute *a,
                       struct table_row *row)
{
    struct item item = {a->value, a->length, 0};
    struct expression *keys = keep_array(f->b, count_keys(e), sizeof *keys);
    bool good = keys != NULL;
    size_t at = 0;

    row->keys = keys;
    if (!keys || a->choice == CHOICE_NONE)
        return false;
    if (row->kind != ROW_IS && (f->out->key == TYPE_TEXT || f->out->key == TYPE_BOOLEAN)) {
        complain(f->b->d, f->part->doc, e,
                 &(struct complaint){.message = MSG_TEST_TYPE,
                                     .place = name_place(f->part->doc, a, strlen(a->name)),
                                     .args = {a->name, f->out->id, type_name(f->out->key)}});
        return false;
    }
    if (a->kind != ATTRIBUTE_IN)
        return add_key(f, e, a, &item, row, keys);
    if (f->out->key == TYPE_TEXT)
        suspect_commas(f->b, f->part, e, a);
    while (good && next_item(a, &at, &item))
        good = add_key(f, e, a, &item, row, &keys[row->n_keys]);
    return good;
}

/* through is a key here, so that days stand in from and until alone. */
static void lower_dates(struct filling *f, const struct element *e, struct period *out)
{
    *out = (struct period){INT64_MIN, INT64_MAX};
    (void)read_instant(f->b, f->part, e, ATTRIBUTE_FROM, &out->from);
    (void)read_instant(f->b, f->part, e, ATTRIBUTE_UNTIL, &out->until);
    if (out->from >= out->until)
        complain(f->b->d, f->part->doc, e, &(struct complaint){.message = MSG_EMPTY_PERIOD});
}

static bool lower_row(struct filling *f, const struct element *e, struct table_row *row)
{
    const struct attribute *value = attribute_of(e, ATTRIBUTE_VALUE);
    const struct attribute *key = key_of(e, &row->kind);
    struct item item;
    bool good;

    row->line = line_of(f->part, e);
    lower_dates(f, e, &row->period);
    if (!value || value->choice == CHOICE_NONE)
        return false;
    item = (struct item){value->value, value->length, 0};
    begin_expression(f->b, f->part, e, &item, &row->value);
    good =
        !f->b->failed && lower_literal(f->b, f->part, e, value, &item, f->out->gives, &row->value);
    if (key)
        return lower_keys(f, e, key, row) && good;
    f->keys[f->n_keys++] = (struct keyed){row, e, NULL};
    return good;
}

/* --- gaps and overlaps ------------------------------------------------------------------------ */

static void complain_row(struct filling *f, const struct keyed *k, const struct keyed *other,
                         enum message_code message)
{
    char line[NUMBER_BYTES];

    complain(
        f->b->d, f->part->doc, k->element,
        &(struct complaint){.message = message, .args = {message_number(other->row->line, line)}});
}

static int order_values(const struct value *a, const struct value *b)
{
    size_t n = a->type == TYPE_TEXT ? a->length < b->length ? a->length : b->length : 0;
    int bytes = n ? memcmp(a->text, b->text, n) : 0;

    if (a->type == TYPE_TEXT)
        return bytes ? bytes : (a->length > b->length) - (a->length < b->length);
    if (a->type == TYPE_BOOLEAN)
        return a->boolean - b->boolean;
    return (value_compare(a, RELATION_GT, b) == RLS_TRUE) -
           (value_compare(a, RELATION_LT, b) == RLS_TRUE);
}

/* Everything else comes last; up to a key stands before the same with it. */
static int order_keys(const struct keyed *a, const struct keyed *b)
{
    int order;

    if (!a->key || !b->key)
        return (a->key == NULL) - (b->key == NULL);
    order = order_values(a->key, b->key);
    return order ? order : (int)a->row->kind - (int)b->row->kind;
}

static int by_key(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    int order = order_keys(a, b);

    if (order)
        return order;
    if (a->row->period.from != b->row->period.from)
        return a->row->period.from < b->row->period.from ? -1 : 1;
    return (a->row->line > b->row->line) - (a->row->line < b->row->line);
}

/* Of two rows of one key, the first of which begins first. */
static void check_dates(struct filling *f, const struct keyed *first, const struct keyed *next)
{
    if (next->row->period.from < first->row->period.until)
        complain_row(f, next, first, MSG_ROW_OVERLAP);
    else if (next->row->period.from > first->row->period.until)
        complain_row(f, next, first, MSG_ROW_GAP);
}

static bool check_styles(struct filling *f)
{
    const struct keyed *first = f->keys;

    for (uint32_t i = 1; i < f->n_keys; i++) {
        const struct keyed *k = &f->keys[i];

        if (!first->key && k->key) {
            complain_row(f, k, first, MSG_ROW_ORDER);
            return false;
        }
        if (k->key && (first->row->kind == ROW_IS) != (k->row->kind == ROW_IS)) {
            complain_row(f, k, first, MSG_ROW_STYLE);
            return false;
        }
        if (!k->key)
            first = k;
    }
    return true;
}

static void check_keys(struct filling *f)
{
    if (!check_styles(f))
        return;
    if (f->keys->row->kind == ROW_IS)
        qsort(f->keys, f->n_keys, sizeof *f->keys, by_key);
    for (uint32_t i = 1; i < f->n_keys; i++) {
        const struct keyed *last = &f->keys[i - 1], *k = &f->keys[i];
        int order = order_keys(last, k);

        if (order > 0 || (order == 0 && k->row->period.from < last->row->period.from)) {
            complain_row(f, k, last, MSG_ROW_ORDER);
            return;
        }
        if (order == 0)
            check_dates(f, last, k);
    }
}

/* What is measured is the same in all rows. */
static void check_all_kinds(struct filling *f)
{
    const struct table_row *first = f->out->rows;

    for (uint32_t i = 0; i < f->out->n_rows; i++) {
        const struct table_row *row = &f->out->rows[i];

        check_kinds(f->b, f->part, f->elements[i], first->keys, row->keys, row->n_keys);
        check_kinds(f->b, f->part, f->elements[i], &first->value, &row->value, 1);
    }
}

/* --- tables ----------------------------------------------------------------------------------- */

static const char *missing_name(struct build *b, const char *id)
{
    static const char prefix[] = "table.";
    size_t n = strlen(id);
    char *out = need(b, arena_alloc(&b->set->arena, sizeof prefix + n));

    if (!out)
        return NULL;
    memcpy(out, prefix, sizeof prefix - 1);
    memcpy(out + sizeof prefix - 1, id, n + 1);
    return out;
}

static bool fill(struct filling *f, struct table_row *rows)
{
    bool good = true;

    f->out->rows = rows;
    for (const struct element *e = child_of(f->element, ELEMENT_ROW); e && !f->b->failed;
         e = next_of(e)) {
        f->elements[f->out->n_rows] = e;
        good = lower_row(f, e, &rows[f->out->n_rows++]) && good;
    }
    return good && !f->b->failed && f->out->n_rows > 0;
}

static void lower_table(struct build *b, struct part *part, const struct element *e)
{
    struct named *named = scope_add(b, part, e);
    struct filling f = {.b = b, .part = part, .element = e};
    struct table_row *rows;
    uint32_t n = 0, keys = 0;
    size_t errors;

    for (const struct element *r = child_of(e, ELEMENT_ROW); r; r = next_of(r)) {
        n++;
        keys += count_keys(r);
    }
    f.out = keep_array(b, 1, sizeof *f.out);
    f.keys = need(b, arena_array(b->scratch, keys, sizeof *f.keys));
    f.elements = need(b, arena_array(b->scratch, n, sizeof *f.elements));
    rows = keep_array(b, n, sizeof *rows);
    if (!named || b->failed || choice_of(e, ATTRIBUTE_KEY, CHOICE_NONE) == CHOICE_NONE ||
        choice_of(e, ATTRIBUTE_GIVES, CHOICE_NONE) == CHOICE_NONE)
        return;
    f.out->id = keep_text(b, value_of(e, ATTRIBUTE_ID));
    f.out->missing = missing_name(b, value_of(e, ATTRIBUTE_ID));
    f.out->key = (uint8_t)choice_of(e, ATTRIBUTE_KEY, TYPE_TEXT);
    f.out->gives = (uint8_t)choice_of(e, ATTRIBUTE_GIVES, TYPE_TEXT);
    if (!fill(&f, rows))
        return;
    errors = b->d->count[RLS_ERROR];
    check_all_kinds(&f);
    if (b->d->count[RLS_ERROR] == errors)
        check_keys(&f);
    named->table = f.out;
}

void lower_tables(struct build *b, struct part *part)
{
    for (const struct element *e = child_of(part->root, ELEMENT_TABLE); e && !b->failed;
         e = next_of(e))
        lower_table(b, part, e);
}

bool lower_lookup(struct build *b, struct part *part, const struct element *e, uint8_t type,
                  struct expression *out)
{
    const struct attribute *name = attribute_of(e, ATTRIBUTE_TABLE);
    const struct attribute *key = attribute_of(e, ATTRIBUTE_KEY);
    struct expression *looked = keep_array(b, 1, sizeof *looked);
    struct item item;
    const struct named *named;

    if (!key || !looked || name->choice == CHOICE_NONE || key->choice == CHOICE_NONE)
        return false;
    item = (struct item){name->value, name->length, 0};
    begin_expression(b, part, e, &item, out);
    named = scope_resolve_name(b, part, e, name, &item, ELEMENT_TABLE);
    if (!named || !named->table || !lower_side(b, part, e, key, named->table->key, looked))
        return false;
    out->source = EXPRESSION_TABLE;
    out->table = named->table;
    out->type = named->table->gives;
    out->parts = looked;
    out->n_parts = 1;
    check_kinds(b, part, e, looked, named->table->rows->keys, named->table->rows->n_keys);
    if (type == TYPE_ANY || type == out->type)
        return true;
    report_value_type(b, part, e, name, &item, out->type, type);
    return false;
}
