/* SPDX-License-Identifier: Apache-2.0 */
#include "eval/compare.h"

#include <string.h>

#include "text/reader.h"

/* Folds into one of the evaluator's two buffers; NULL when memory is short. */
static const char *fold(struct rls_evaluator *ev, unsigned slot, const char *text, size_t len,
                        size_t *folded_len)
{
    struct text_buffer *b = &ev->fold[slot];
    size_t need = text_fold(text, len, FORM_DEFAULT, b->data, b->cap);

    if (need >= b->cap) {
        if (!buffer_reserve(&ev->mem, b, need + 1)) {
            ev->out_of_memory = true;
            return NULL;
        }
        (void)text_fold(text, len, FORM_DEFAULT, b->data, b->cap);
    }
    *folded_len = need;
    return b->data;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *len)
{
    while (*len && is_blank((*text)[0])) {
        ++*text;
        --*len;
    }
    while (*len && is_blank((*text)[*len - 1]))
        --*len;
}

static bool equal_text(struct rls_evaluator *ev, const char *a, size_t a_len, const char *b,
                       size_t b_len)
{
    const char *x, *y;

    trim(&a, &a_len);
    trim(&b, &b_len);
    if (a_len == b_len && memcmp(a, b, a_len) == 0)
        return true;
    x = fold(ev, 0, a, a_len, &a_len);
    y = x ? fold(ev, 1, b, b_len, &b_len) : NULL;
    return y && a_len == b_len && memcmp(x, y, a_len) == 0;
}

/* Steps end at '>' when the path has one, else at '/'. */
static bool under(struct rls_evaluator *ev, const struct fact *value, const struct operand *step)
{
    const char *at = value->text, *end = at + value->text_len;
    char mark = memchr(at, '>', value->text_len) ? '>' : '/';

    for (;;) {
        const char *stop = memchr(at, mark, (size_t)(end - at));

        if (equal_text(ev, at, (size_t)((stop ? stop : end) - at), step->text, step->length))
            return true;
        if (!stop)
            return false;
        at = stop + 1;
    }
}

static int order(const struct condition *c, const struct fact *value, const struct operand *o)
{
    if (c->type == TYPE_NUMBER)
        return decimal_compare(value->number, o->number);
    return (value->instant > o->instant) - (value->instant < o->instant);
}

static bool equal(struct rls_evaluator *ev, const struct condition *c, const struct fact *value,
                  const struct operand *o)
{
    switch (c->type) {
    case TYPE_TEXT:
        return equal_text(ev, value->text, value->text_len, o->text, o->length);
    case TYPE_BOOLEAN:
        return value->boolean == o->boolean;
    default:
        return order(c, value, o) == 0;
    }
}

static bool passes(struct rls_evaluator *ev, const struct condition *c, const struct fact *value,
                   const struct operand *o)
{
    switch (c->test) {
    case TEST_IS:
        return equal(ev, c, value, o);
    case TEST_UNDER:
        return under(ev, value, o);
    case TEST_LT:
        return order(c, value, o) < 0;
    case TEST_LE:
        return order(c, value, o) <= 0;
    case TEST_GT:
        return order(c, value, o) > 0;
    case TEST_GE:
        return order(c, value, o) >= 0;
    default:
        return false;
    }
}

bool compare_value(struct rls_evaluator *ev, const struct condition *c, const struct fact *value)
{
    for (uint32_t i = 0; i < c->n_operands; i++)
        if (passes(ev, c, value, &c->operands[i]))
            return true;
    return false;
}
