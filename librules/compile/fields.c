/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

/* A declared field and who declared it first. */
struct declared {
    struct field field;
    const struct part *part;
    const struct element *element;
};

struct declarations {
    struct build *b;
    struct intern names;
    struct declared *items; /* by interned name */
    size_t cap;
};

static bool is_step(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool is_field_name(const char *name)
{
    bool step = false;

    for (; *name; name++) {
        if (!is_step(*name) && (*name != '.' || !step))
            return false;
        step = *name != '.';
    }
    return step;
}

/* Whether the name, or the family it would belong to, is one of the library's. */
static bool is_built_in(const struct build *b, const struct part *part, const struct attribute *a)
{
    const struct vocabulary *v = &b->set->vocabulary;
    const char *key;
    size_t key_len;

    for (uint32_t i = 0; i < b->built_in; i++)
        if (v->fields[i].subjects & 1u << part->subject && strcmp(v->fields[i].name, a->value) == 0)
            return true;
    return vocabulary_find(v, part->subject, a->value, a->length, &key, &key_len) < b->built_in;
}

static bool is_value(struct build *b, const struct part *part, uint8_t type, const char *text)
{
    struct value value;

    return read_value(b, part, type, text, strlen(text), &value) == MSG_NONE;
}

static void read_absence(struct build *b, const struct part *part, const struct element *e,
                         struct field *f)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_ABSENT);

    f->absence = ABSENT_UNKNOWN;
    if (!a)
        return;
    if (strcmp(a->value, "empty") == 0)
        f->absence = ABSENT_EMPTY;
    if (strncmp(a->value, "assume:", 7) != 0 || a->length == 7)
        return;
    f->absence = ABSENT_ASSUMED;
    f->assumed = a->value + 7;
    if (!is_value(b, part, f->type, f->assumed))
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_BAD_OPERAND,
                                     .place = value_place(part->doc, a, 7, a->length - 7),
                                     .args = {f->assumed, type_name(f->type)}});
}

static struct field read_field(struct build *b, const struct part *part, const struct element *e)
{
    struct field f = {.name = value_of(e, ATTRIBUTE_NAME),
                      .type = (uint8_t)choice_of(e, ATTRIBUTE_TYPE, TYPE_TEXT),
                      .shown = choice_of(e, ATTRIBUTE_SHOWN, NO_CHOICE) == YES_CHOICE,
                      .many = choice_of(e, ATTRIBUTE_MANY, NO_CHOICE) == YES_CHOICE,
                      .subjects = 1u << part->subject};

    f.aliases = value_of(e, ATTRIBUTE_ALIASES);
    f.many = f.many || f.aliases;
    read_absence(b, part, e, &f);
    return f;
}

/* Both may be NULL. */
static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_field(const struct field *a, const struct field *b)
{
    return a->type == b->type && a->absence == b->absence && a->shown == b->shown &&
           a->many == b->many && same_text(a->assumed, b->assumed) &&
           same_text(a->aliases, b->aliases);
}

static void report_name(struct build *b, const struct part *part, const struct element *e,
                        enum message_code message, const char *other)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);

    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value, other}});
}

/* A name that no field may have, with what to do when it is one of a built-in family or has
 * characters beyond ASCII. */
static void report_bad_name(struct build *b, const struct part *part, const struct element *e,
                            enum message_code message)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);
    const struct vocabulary *v = &b->set->vocabulary;
    const char *key;
    size_t key_len;
    uint32_t field = vocabulary_find(v, part->subject, a->value, a->length, &key, &key_len);
    struct complaint c = {
        .message = message, .place = value_place(part->doc, a, 0, a->length), .args = {a->value}};
    bool ascii = true;

    for (const char *p = a->value; *p; p++)
        ascii = ascii && (unsigned char)*p < 0x80;
    if (field < b->built_in && v->fields[field].family && v->fields[field].type == TYPE_TEXT) {
        c.hint = HINT_OWN_NAME;
        c.hint_args[0] = v->fields[field].name;
    } else if (!ascii) {
        c.hint = HINT_ASCII_NAME;
    }
    complain(b->d, part->doc, e, &c);
}

static void add_field(struct declarations *all, const struct field *f, struct part *part,
                      const struct element *e)
{
    struct vocabulary *v = &all->b->set->vocabulary;
    const char *key;
    size_t key_len;
    uint32_t field = vocabulary_find(v, part->subject, f->name, strlen(f->name), &key, &key_len);

    /* Captured by a field before it. */
    if (field != FIELD_UNKNOWN && !key) {
        report_name(all->b, part, e, MSG_FIELD_CONFLICT, part->source);
        return;
    }
    field = vocabulary_add(v, f);
    if (field == FIELD_UNKNOWN)
        all->b->failed = true;
    else
        declare_readings(all->b, part, e, field);
}

/* A name that was declared before: in this rule set that is a repetition, in another one it must
 * be the same and may serve another subject. */
static void declare_again(struct declarations *all, struct part *part, const struct element *e,
                          const struct field *f, struct declared *first)
{
    char line[NUMBER_BYTES];

    if (first->part == part) {
        message_number(line_of(part, first->element), line);
        report_name(all->b, part, e, MSG_DUPLICATE_ID, line);
    } else if (!same_field(f, &first->field) || !same_readings(e, first->element)) {
        report_name(all->b, part, e, MSG_FIELD_CONFLICT, first->part->source);
    } else if (!(first->field.subjects & f->subjects)) {
        add_field(all, f, part, e);
        first->field.subjects |= f->subjects;
    }
}

static void declare_field(struct declarations *all, struct part *part, const struct element *e)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);
    uint32_t known = all->names.count, id;
    struct field f;

    if (!a)
        return;
    if (!is_field_name(a->value)) {
        report_bad_name(all->b, part, e, MSG_BAD_FIELD_NAME);
        return;
    }
    if (is_built_in(all->b, part, a)) {
        report_bad_name(all->b, part, e, MSG_FIELD_BUILT_IN);
        return;
    }
    f = read_field(all->b, part, e);
    id = intern_add(&all->names, a->value, a->length);
    if (id == INTERN_NONE ||
        !mem_grow(&all->b->mem, &all->items, &all->cap, (size_t)id + 1, sizeof *all->items)) {
        all->b->failed = true;
        return;
    }
    if (id < known) {
        declare_again(all, part, e, &f, &all->items[id]);
        return;
    }
    all->items[id] = (struct declared){f, part, e};
    add_field(all, &f, part, e);
}

/* "collection.member"; NULL when memory is short. */
static char *join_name(struct build *b, const char *collection, const char *member)
{
    size_t n = strlen(collection), m = strlen(member);
    char *out = need(b, arena_alloc(b->scratch, n + m + 2));

    if (!out)
        return NULL;
    memcpy(out, collection, n);
    out[n] = '.';
    memcpy(out + n + 1, member, m + 1);
    return out;
}

void declare_member(struct build *b, const struct part *part, const struct element *e,
                    const char *collection)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_NAME);
    struct vocabulary *v = &b->set->vocabulary;
    const char *key;
    size_t key_len;
    uint32_t known;
    struct field f;

    if (!a || a->choice == CHOICE_NONE)
        return;
    if (!is_field_name(a->value)) {
        report_bad_name(b, part, e, MSG_BAD_FIELD_NAME);
        return;
    }
    f = read_field(b, part, e);
    f.name = join_name(b, collection, a->value);
    /* Of all records there are many. */
    f.many = true;
    if (!f.name)
        return;
    known = vocabulary_find(v, part->subject, f.name, strlen(f.name), &key, &key_len);
    if (known != FIELD_UNKNOWN && !key) {
        if (!same_field(&f, &v->fields[known]))
            report_name(b, part, e, MSG_FIELD_CONFLICT, part->source);
    } else if (vocabulary_add(v, &f) == FIELD_UNKNOWN) {
        b->failed = true;
    }
}

void declare_fields(struct build *b)
{
    struct declarations all = {.b = b};

    b->built_in = b->set->vocabulary.count;
    intern_init(&all.names, b->scratch);
    for (uint32_t i = 0; i < b->n_parts && !b->failed; i++)
        for (const struct element *e = child_of(b->parts[i].root, ELEMENT_DECLARATION);
             e && !b->failed; e = next_of(e))
            declare_field(&all, &b->parts[i], e);
    mem_release(&b->mem, all.items, all.cap * sizeof *all.items);
    intern_clear(&all.names);
}
