/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/compare.h"

#include <string.h>

#include "text/reader.h"
#include "text/trim.h"

/* A value after the usual forms, as the operands of a set are. */
struct folded {
    const char *text; /* NULL: memory was short */
    size_t len;
};

static struct folded fold(struct rls_evaluator *ev, const struct fact *value)
{
    struct text_buffer *b = &ev->fold;
    size_t need = text_fold(value->text, value->text_len, FORM_DEFAULT, b->data, b->cap);

    if (need >= b->cap) {
        if (!buffer_reserve(&ev->mem, b, need + 1)) {
            ev->out_of_memory = true;
            return (struct folded){NULL, 0};
        }
        (void)text_fold(value->text, value->text_len, FORM_DEFAULT, b->data, b->cap);
    }
    return (struct folded){b->data, need};
}

static bool is_operand(const struct field_test *t, const char *text, size_t len)
{
    text_trim(&text, &len);
    for (uint32_t i = 0; i < t->n_operands; i++)
        if (t->operands[i].length == len && memcmp(t->operands[i].text, text, len) == 0)
            return true;
    return false;
}

/* Steps end at '>' when the path has one, else at '/'. */
static bool has_step(const struct field_test *t, const char *path, size_t len)
{
    const char *at = path, *end = path + len;
    char mark = memchr(path, '>', len) ? '>' : '/';

    for (;;) {
        const char *stop = memchr(at, mark, (size_t)(end - at));

        if (is_operand(t, at, (size_t)((stop ? stop : end) - at)))
            return true;
        if (!stop)
            return false;
        at = stop + 1;
    }
}

static bool text_passes(struct rls_evaluator *ev, const struct field_test *t,
                        const struct fact *value)
{
    struct folded f = fold(ev, value);

    if (!f.text)
        return false;
    return t->test == TEST_UNDER ? has_step(t, f.text, f.len) : is_operand(t, f.text, f.len);
}

static int order(const struct field_test *t, const struct fact *value, const struct operand *o)
{
    switch (t->type) {
    case TYPE_NUMBER:
        return decimal_compare(value->number, o->number);
    case TYPE_BOOLEAN:
        return value->boolean - o->boolean;
    default:
        return (value->instant > o->instant) - (value->instant < o->instant);
    }
}

static bool passes(const struct field_test *t, const struct fact *value, const struct operand *o)
{
    switch (t->test) {
    case TEST_IS:
        return order(t, value, o) == 0;
    case TEST_LT:
        return order(t, value, o) < 0;
    case TEST_LE:
        return order(t, value, o) <= 0;
    case TEST_GT:
        return order(t, value, o) > 0;
    case TEST_GE:
        return order(t, value, o) >= 0;
    default:
        return false;
    }
}

bool compare_value(struct rls_evaluator *ev, const struct field_test *t, const struct fact *value)
{
    if (t->type == TYPE_TEXT)
        return value->text && text_passes(ev, t, value);
    for (uint32_t i = 0; i < t->n_operands; i++)
        if (passes(t, value, &t->operands[i]))
            return true;
    return false;
}
