/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/limits.h"
#include "compile/build.h"
#include "text/reader.h"
#include "text/trim.h"

/* --- literals ------------------------------------------------------------------------------- */

/* A date is that day of the rule set's zone; a time needs an offset. */
static enum message_code read_moment(struct build *b, const struct part *part, const char *text,
                                     size_t len, struct moment *out)
{
    struct civil civil;
    enum zone_status status;

    if (!civil_parse(text, len, &civil))
        return MSG_BAD_DATE;
    if (civil.has_time && !civil.has_offset)
        return MSG_NO_OFFSET;
    status = moment_of_civil(&civil, part->zone, out);
    out->named = out->day;
    if (status == ZONE_MEMORY)
        b->failed = true;
    return status == ZONE_OK ? MSG_NONE : MSG_BAD_DATE;
}

/* Texts are compared after the usual forms: a literal is folded once, here. */
static void keep_folded(struct build *b, const char *text, size_t len, struct value *out)
{
    size_t length = text_fold(text, len, FORM_DEFAULT, NULL, 0);
    char *folded = need(b, arena_alloc(&b->set->arena, length + 1));

    *out = (struct value){.type = TYPE_TEXT};
    if (!folded)
        return;
    (void)text_fold(text, len, FORM_DEFAULT, folded, length + 1);
    out->text = folded;
    out->length = length;
    text_trim(&out->text, &out->length);
}

enum message_code read_value(struct build *b, const struct part *part, uint8_t type,
                             const char *text, size_t len, struct value *out)
{
    bool memory = false, read;

    if (type == TYPE_TEXT) {
        keep_folded(b, text, len, out);
        return MSG_NONE;
    }
    if (type == TYPE_INSTANT) {
        *out = (struct value){.type = type};
        return read_moment(b, part, text, len, &out->moment);
    }
    read = value_read(text, len, type, part->zone, out, &memory);
    b->failed = b->failed || memory;
    return read ? MSG_NONE : MSG_BAD_OPERAND;
}

static void report_literal(struct build *b, const struct part *part, const struct element *e,
                           const struct attribute *a, const struct item *item, uint8_t type,
                           enum message_code message)
{
    char word[WORD_BYTES], words[2][DATE_HINT_BYTES];
    struct complaint c = {.message = message == MSG_NO_OFFSET ? message : MSG_BAD_OPERAND,
                          .place = value_place(part->doc, a, item->offset, item->len),
                          .args = {word_of(item->text, item->len, word), type_name(type)}};

    if (message == MSG_BAD_DATE)
        hint_date(item->text, item->len, &c, words);
    complain(b->d, part->doc, e, &c);
}

static void warn_calendar(struct build *b, const struct part *part, const struct element *e,
                          const struct attribute *a, const struct item *item)
{
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_NO_WORKING_DAYS,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)}});
}

bool lower_literal(struct build *b, struct part *part, const struct element *e,
                   const struct attribute *a, const struct item *item, uint8_t type,
                   struct expression *out)
{
    size_t skip = item->len > 1 && item->text[0] == '$' && item->text[1] == '$';
    enum message_code message;

    out->source = EXPRESSION_LITERAL;
    out->type = type == TYPE_ANY ? TYPE_TEXT : type;
    message = read_value(b, part, out->type, item->text + skip, item->len - skip, &out->value);
    if (message && !b->failed)
        report_literal(b, part, e, a, item, out->type, message);
    if (!message && out->type == TYPE_DURATION &&
        out->value.duration.unit == DURATION_WORKING_DAYS && !part->calendar)
        warn_calendar(b, part, e, a, item);
    return !message && !b->failed;
}

/* --- references ----------------------------------------------------------------------------- */

void report_value_type(struct build *b, const struct part *part, const struct element *e,
                       const struct attribute *a, const struct item *item, uint8_t is,
                       uint8_t wanted)
{
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){
                 .message = MSG_VALUE_TYPE,
                 .place = value_place(part->doc, a, item->offset, item->len),
                 .args = {word_of(item->text, item->len, word), type_name(is), type_name(wanted)}});
}

static bool is_list(const struct attribute *a)
{
    return a->kind == ATTRIBUTE_IN || a->kind == ATTRIBUTE_NOT_IN;
}

static void report_no_value(struct build *b, const struct part *part, const struct element *e,
                            const struct attribute *a, const struct item *item,
                            const struct named *named)
{
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = named->element->kind == ELEMENT_DEADLINE
                                                ? MSG_HOLDS_NO_VALUE
                                                : MSG_NOT_A_VALUE,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word),
                                          grammar_element(named->element->kind)->name}});
}

/* False when what is wrong with its own declaration was reported. */
static bool refer_to(const struct named *named, struct expression *out)
{
    if (named->let) {
        out->source = EXPRESSION_LET;
        out->let = named->let;
        out->type = named->let->expression.type;
    } else if (named->param) {
        out->source = EXPRESSION_PARAM;
        out->param = named->param;
        out->type = named->param->type;
    } else if (named->set) {
        out->source = EXPRESSION_SET;
        out->set = named->set;
        out->type = named->set->type;
    }
    return named->let || named->param || named->set;
}

static bool lower_reference(struct build *b, struct part *part, const struct element *e,
                            const struct attribute *a, const struct item *item,
                            struct expression *out)
{
    const struct named *named;

    if (item->len == 4 && memcmp(item->text, "$now", 4) == 0) {
        out->source = EXPRESSION_NOW;
        out->type = TYPE_INSTANT;
        return true;
    }
    named = scope_resolve(b, part, e, a, item);
    if (named && (named->table || named->relation || named->deadline ||
                  named->element->kind == ELEMENT_DEADLINE || (named->set && !is_list(a))))
        report_no_value(b, part, e, a, item, named);
    else if (named)
        return refer_to(named, out);
    return false;
}

void begin_expression(struct build *b, const struct part *part, const struct element *e,
                      const struct item *item, struct expression *out)
{
    *out = (struct expression){
        .line = line_of(part, e), .zone = part->kept_zone, .calendar = part->calendar};
    out->written = need(b, arena_text(&b->set->arena, item->text, item->len));
}

bool lower_operand(struct build *b, struct part *part, const struct element *e,
                   const struct attribute *a, const struct item *item, uint8_t type,
                   struct expression *out)
{
    begin_expression(b, part, e, item, out);
    if (b->failed)
        return false;
    if (item->len < 2 || item->text[0] != '$' || item->text[1] == '$')
        return lower_literal(b, part, e, a, item, type, out);
    if (is_bound_member(b, item->text, item->len))
        return lower_field_value(b, part, e, a, item, type, out);
    if (!lower_reference(b, part, e, a, item, out))
        return false;
    if (type == TYPE_ANY || out->type == type)
        return true;
    report_value_type(b, part, e, a, item, out->type, type);
    return false;
}

/* --- fields --------------------------------------------------------------------------------- */

static void report_many(struct build *b, const struct part *part, const struct element *e,
                        const struct attribute *a, const struct item *item)
{
    char word[WORD_BYTES];

    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_MANY_FIELDS,
                                 .place = value_place(part->doc, a, item->offset, item->len),
                                 .args = {word_of(item->text, item->len, word)}});
}

bool lower_field_value(struct build *b, struct part *part, const struct element *e,
                       const struct attribute *a, const struct item *item, uint8_t type,
                       struct expression *out)
{
    const struct field *f;

    begin_expression(b, part, e, item, out);
    if (b->failed || !lower_selector(b, part, e, a, item, &out->selector))
        return false;
    f = out->selector.field == FIELD_EVERY ? NULL : &b->set->vocabulary.fields[out->selector.field];
    if (!f || (f->family && !out->selector.key)) {
        report_many(b, part, e, a, item);
        return false;
    }
    out->source = EXPRESSION_FIELD;
    out->type = type == TYPE_ANY ? f->type : type;
    /* Text can be read as any type. */
    if (f->type == out->type || f->type == TYPE_TEXT)
        return true;
    report_value_type(b, part, e, a, item, f->type, out->type);
    return false;
}

bool lower_field_or_name(struct build *b, struct part *part, const struct element *e,
                         const struct attribute *a, uint8_t type, struct expression *out)
{
    const struct item item = {a->value, a->length, 0};

    if (item.len > 1 && item.text[0] == '$' && !is_bound_member(b, item.text, item.len))
        return lower_operand(b, part, e, a, &item, type, out);
    return lower_field_value(b, part, e, a, &item, type, out);
}

/* --- later and earlier ---------------------------------------------------------------------- */

const struct expression *lower_duration(struct build *b, struct part *part, const struct element *e,
                                        enum attribute_kind kind)
{
    const struct attribute *a = attribute_of(e, kind);
    struct expression *out;

    if (!a || a->choice == CHOICE_NONE)
        return NULL;
    out = keep_array(b, 1, sizeof *out);
    if (!out ||
        !lower_operand(b, part, e, a, &(struct item){a->value, a->length, 0}, TYPE_DURATION, out))
        return NULL;
    return out;
}

bool lower_shifts(struct build *b, struct part *part, const struct element *e,
                  struct expression *out)
{
    const struct attribute *first = attribute_of(e, ATTRIBUTE_PLUS);

    first = first ? first : attribute_of(e, ATTRIBUTE_MINUS);
    if (!first)
        return true;
    if (out->type != TYPE_INSTANT) {
        report_value_type(b, part, e, first, &(struct item){first->value, first->length, 0},
                          out->type, TYPE_INSTANT);
        return false;
    }
    out->plus = lower_duration(b, part, e, ATTRIBUTE_PLUS);
    out->minus = lower_duration(b, part, e, ATTRIBUTE_MINUS);
    return !b->failed && (out->plus || !attribute_of(e, ATTRIBUTE_PLUS)) &&
           (out->minus || !attribute_of(e, ATTRIBUTE_MINUS));
}

/* --- kinds of quantities --------------------------------------------------------------------- */

enum { NO_KIND = -1 };

/* What an expression measures, where the rule set itself says it. */
static int kind_of(const struct expression *x)
{
    while (x->source == EXPRESSION_LET)
        x = &x->let->expression;
    if (x->type == TYPE_QUANTITY && x->source == EXPRESSION_PARAM)
        return x->param->value.quantity.kind;
    if (x->source == EXPRESSION_SET)
        x = x->set->items;
    else if (x->source == EXPRESSION_TABLE)
        x = &x->table->rows->value;
    if (x->type != TYPE_QUANTITY || x->source != EXPRESSION_LITERAL)
        return NO_KIND;
    return x->value.quantity.kind;
}

void check_kinds(struct build *b, const struct part *part, const struct element *e,
                 const struct expression *left, const struct expression *operands, uint32_t n)
{
    const struct expression *first = left && kind_of(left) != NO_KIND ? left : NULL;

    for (uint32_t i = 0; i < n; i++) {
        if (kind_of(&operands[i]) == NO_KIND)
            continue;
        if (first && kind_of(first) != kind_of(&operands[i])) {
            complain(b->d, part->doc, e,
                     &(struct complaint){.message = MSG_OTHER_KIND,
                                         .args = {first->written, operands[i].written}});
            return;
        }
        first = first ? first : &operands[i];
    }
}
