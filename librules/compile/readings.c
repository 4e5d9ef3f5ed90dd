/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"
#include "match/pattern.h"

/* <read> in declarations of fields. */

static void report(struct build *b, const struct part *part, const struct element *e,
                   enum message_code message, const char *word)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_PATTERN);

    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {word}});
}

static const struct pattern *compile(struct build *b, const struct part *part,
                                     const struct element *e, const struct attribute *a)
{
    const struct pattern_source source = {
        .text = a->value, .length = a->length, .forms = FORM_DEFAULT};
    struct pattern_fault fault = {0};
    const struct pattern *p = pattern_compile(&source, &b->set->arena, &fault);

    if (!p && fault.message == MSG_NONE)
        b->failed = true;
    else if (!p)
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = fault.message,
                                     .place = value_place(part->doc, a, fault.at, fault.length),
                                     .args = {fault.arg},
                                     .hint = fault.hint});
    return p;
}

/* The field that a group is read into, "field.group"; FIELD_UNKNOWN when it was reported. */
static uint32_t capture_field(struct build *b, const struct part *part, const struct element *e,
                              uint32_t field, const char *group)
{
    struct vocabulary *v = &b->set->vocabulary;
    const char *of = v->fields[field].name, *key;
    size_t n = strlen(of), m = strlen(group), key_len;
    char *name = need(b, arena_alloc(b->scratch, n + m + 2));
    uint32_t known;

    if (!name)
        return FIELD_UNKNOWN;
    memcpy(name, of, n);
    name[n] = '.';
    memcpy(name + n + 1, group, m + 1);
    known = vocabulary_find(v, part->subject, name, n + 1 + m, &key, &key_len);
    /* Another <read> of the field may capture the same. */
    if (known != FIELD_UNKNOWN && known > field && !key)
        return known;
    if (known != FIELD_UNKNOWN) {
        report(b, part, e, MSG_CAPTURE_TAKEN, name);
        return FIELD_UNKNOWN;
    }
    known = vocabulary_add(v, &(struct field){.name = name,
                                              .absence = ABSENT_UNKNOWN,
                                              .subjects = v->fields[field].subjects});
    if (known == FIELD_UNKNOWN)
        b->failed = true;
    return known;
}

static void declare_reading(struct build *b, struct part *part, const struct element *e,
                            uint32_t field)
{
    const struct attribute *a = attribute_of(e, ATTRIBUTE_PATTERN);
    const struct pattern *p = a && a->length ? compile(b, part, e, a) : NULL;
    struct text_reading r = {.field = field, .pattern = p};
    uint32_t *captures;

    if (!p)
        return;
    r.value = pattern_group(p, "value");
    if (!r.value) {
        report(b, part, e, MSG_NO_VALUE, NULL);
        return;
    }
    captures = keep_array(b, pattern_groups(p) + 1, sizeof *captures);
    if (!captures || !mem_grow(&b->mem, &b->readings, &b->cap_readings, (size_t)b->n_readings + 1,
                               sizeof *b->readings)) {
        b->failed = true;
        return;
    }
    captures[0] = FIELD_UNKNOWN;
    for (size_t i = 1; i <= pattern_groups(p); i++) {
        const char *name = pattern_group_name(p, i);

        captures[i] = name && i != r.value && !b->failed ? capture_field(b, part, e, field, name)
                                                         : FIELD_UNKNOWN;
    }
    r.captures = captures;
    b->readings[b->n_readings++] = (struct declared_reading){part, e, r};
}

void declare_readings(struct build *b, struct part *part, const struct element *e, uint32_t field)
{
    for (const struct element *r = child_of(e, ELEMENT_READ); r && !b->failed; r = next_of(r))
        declare_reading(b, part, r, field);
}

static bool same_attribute(const struct element *a, const struct element *b,
                           enum attribute_kind kind)
{
    const char *x = value_of(a, kind), *y = value_of(b, kind);

    return !x || !y || strcmp(x, y) == 0;
}

bool same_readings(const struct element *a, const struct element *b)
{
    const struct element *x = child_of(a, ELEMENT_READ), *y = child_of(b, ELEMENT_READ);

    for (; x && y; x = next_of(x), y = next_of(y))
        if (!same_attribute(x, y, ATTRIBUTE_PATTERN) || !same_attribute(x, y, ATTRIBUTE_IN))
            return false;
    return !x && !y;
}

static bool is_used(const struct build *b, const struct text_reading *r)
{
    const struct field *fields = b->set->vocabulary.fields;
    bool used = fields[r->field].used;

    for (size_t i = 1; i <= pattern_groups(r->pattern) && !used; i++)
        used = r->captures[i] != FIELD_UNKNOWN && fields[r->captures[i]].used;
    return used;
}

static void lower_texts(struct build *b, const struct declared_reading *d, struct text_reading *out)
{
    const struct attribute *a = attribute_of(d->element, ATTRIBUTE_IN);
    uint32_t n = a ? count_items(a) : 0;
    struct selector *selectors = keep_array(b, n, sizeof *selectors);
    const bool used = is_used(b, &d->reading);
    struct item item;
    size_t at = 0;

    *out = d->reading;
    out->selectors = selectors;
    while (a && selectors && next_item(a, &at, &item) && !b->failed) {
        struct selector *s = &selectors[out->n_selectors];

        b->idle = !used;
        out->n_selectors += lower_selector(b, d->part, d->element, a, &item, s);
        b->idle = false;
    }
}

void build_readings(struct build *b)
{
    struct text_reading *readings = keep_array(b, b->n_readings, sizeof *readings);

    /* What is declared later may look at what was read before: its use is known first. */
    for (uint32_t i = b->n_readings, at = i; i > 0 && readings && !b->failed; i--) {
        lower_texts(b, &b->readings[i - 1], &readings[at - 1]);
        if (!is_used(b, &b->readings[i - 1].reading))
            continue;
        b->set->readings = &readings[--at];
        b->set->n_readings++;
    }
}
