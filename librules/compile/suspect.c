/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "compile/build.h"
#include "text/trim.h"

/* What is right as it stands and was hardly meant. */

enum { LONGEST_HINT = 120 };

static const char wide_comma[] = "，";

/* The bytes of a comma at an offset, or 0. */
static size_t comma_at(const char *text, size_t len, size_t at)
{
    size_t wide = sizeof wide_comma - 1;

    if (text[at] == ',')
        return 1;
    return len - at >= wide && memcmp(text + at, wide_comma, wide) == 0 ? wide : 0;
}

/* Whether a comma stands anywhere but alone. */
static bool has_comma(const struct item *item)
{
    for (size_t i = 0; item->len > 1 && i < item->len; i++)
        if (comma_at(item->text, item->len, i))
            return true;
    return false;
}

/* The attribute with blanks for its commas; false when that is too long to be shown. */
static bool write_parted(const struct attribute *a, char out[LONGEST_HINT])
{
    int n = snprintf(out, LONGEST_HINT, "%s=\"", a->name);
    size_t to = (size_t)n, comma;

    if (n < 0 || to + a->length + 2 > LONGEST_HINT)
        return false;
    for (size_t i = 0; i < a->length; i += comma ? comma : 1) {
        comma = comma_at(a->value, a->length, i);
        out[to] = comma ? ' ' : a->value[i];
        to += !(out[to] == ' ' && out[to - 1] == ' ');
    }
    memcpy(out + to, "\"", 2);
    return true;
}

void suspect_commas(struct build *b, const struct part *part, const struct element *e,
                    const struct attribute *a)
{
    char word[WORD_BYTES], hint[LONGEST_HINT];
    struct item item;
    size_t at = 0;

    while (next_item(a, &at, &item)) {
        if (!has_comma(&item))
            continue;
        bool shown = write_parted(a, hint);
        complain(b->d, part->doc, e,
                 &(struct complaint){.message = MSG_LIST_COMMA,
                                     .place = value_place(part->doc, a, item.offset, item.len),
                                     .args = {word_of(item.text, item.len, word)},
                                     .hint = shown ? HINT_WRITE : HINT_NONE,
                                     .hint_args = {hint}});
        return;
    }
}

void suspect_step(struct build *b, const struct part *part, const struct element *e,
                  const struct attribute *a, const struct expression *operand)
{
    const char *step, *mark = NULL;
    char word[WORD_BYTES], hint[LONGEST_HINT];
    size_t len;

    if (operand->source == EXPRESSION_LITERAL && operand->value.text)
        mark = memchr(operand->value.text, '>', operand->value.length);
    if (!mark)
        return;
    for (step = mark; mark; mark = memchr(step, '>', len)) {
        step = mark + 1;
        len = operand->value.length - (size_t)(step - operand->value.text);
    }
    text_trim(&step, &len);
    bool shown = len > 0 &&
                 snprintf(hint, sizeof hint, "%s=\"%.*s\"", a->name, (int)len, step) < LONGEST_HINT;
    complain(b->d, part->doc, e,
             &(struct complaint){.message = MSG_UNDER_PATH,
                                 .place = value_place(part->doc, a, 0, a->length),
                                 .args = {word_of(a->value, a->length, word)},
                                 .hint = shown ? HINT_WRITE : HINT_NONE,
                                 .hint_args = {hint}});
}
