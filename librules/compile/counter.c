/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "compile/build.h"

/* Conditions on the counters of the host. */

static const char *fold_name(struct build *b, const char *text)
{
    return text ? keep_text(b, text) : NULL;
}

static bool read_share(const char *text, size_t len, struct decimal *out)
{
    bool percent = len > 0 && text[len - 1] == '%';

    if (!decimal_parse(text, len - percent, out) || (percent && out->scale > 16))
        return false;
    out->scale = (uint8_t)(out->scale + 2 * percent);
    return true;
}

/* 90min, 72h or 2nd. */
static bool read_age(const char *text, struct counter_test *t)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = {{"min", 60000}, {"h", 3600000}, {"nd", 0}};
    int64_t n = 0;
    const char *p = text;

    for (; *p >= '0' && *p <= '9' && n < 1000000; p++)
        n = n * 10 + (*p - '0');
    for (size_t i = 0; p > text && i < sizeof units / sizeof *units; i++) {
        if (strcmp(p, units[i].name) != 0)
            continue;
        if (units[i].ms)
            t->max_age = n * units[i].ms;
        else
            t->max_days = n;
        return true;
    }
    return false;
}

static void refuse(struct build *b, const struct part *part, const struct element *e,
                   const struct attribute *a, enum message_code message)
{
    complain(b->d, part->doc, e,
             &(struct complaint){.message = message,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {a->value}});
}

static uint32_t field_of(const struct build *b, const struct part *part, const char *name)
{
    const char *key;
    size_t key_len;

    return vocabulary_find(&b->set->vocabulary, part->subject, name, strlen(name), &key, &key_len);
}

void lower_counter(struct build *b, struct part *part, const struct element *e,
                   struct condition *out)
{
    struct counter_test *t = keep_array(b, 1, sizeof *t);
    const struct attribute *limit = t ? find_order(e, &t->test) : NULL;
    const struct attribute *age = attribute_of(e, ATTRIBUTE_MAX_AGE);

    out->kind = CONDITION_COUNTER;
    out->counter = t;
    if (!t)
        return;
    t->name = fold_name(b, value_of(e, ATTRIBUTE_NAME));
    t->window = fold_name(b, value_of(e, ATTRIBUTE_WINDOW));
    t->max_age = t->max_days = -1;
    t->collection =
        vocabulary_collection(&b->set->vocabulary, part->subject, "counters", strlen("counters"));
    t->fields = (struct counter_fields){
        field_of(b, part, "counters.name"),        field_of(b, part, "counters.window"),
        field_of(b, part, "counters.value"),       field_of(b, part, "counters.numerator"),
        field_of(b, part, "counters.denominator"), field_of(b, part, "counters.up_to")};
    if (limit && limit->choice != CHOICE_NONE &&
        !read_share(limit->value, limit->length, &t->limit))
        refuse(b, part, e, limit, MSG_BAD_SHARE);
    if (age && age->choice != CHOICE_NONE && !read_age(age->value, t))
        refuse(b, part, e, age, MSG_BAD_AGE);
}
