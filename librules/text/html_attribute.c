/* SPDX-License-Identifier: Apache-2.0 */
#include "text/html_token.h"

static void skip_blanks(struct html_attributes *a)
{
    while (a->at < a->len && html_is_blank(a->text[a->at]))
        a->at++;
}

static void read_unquoted(struct html_attributes *a, struct html_attribute *out)
{
    size_t begin = a->at;

    while (a->at < a->len && !html_is_of_class(a->text[a->at], HTML_ENDS_UNQUOTED))
        a->at++;
    out->value = a->text + begin;
    out->value_len = a->at - begin;
}

static void read_quoted(struct html_attributes *a, struct html_attribute *out)
{
    const char *value = a->text + a->at + 1;
    size_t left = a->len - a->at - 1;
    const char *end = left ? memchr(value, a->text[a->at], left) : NULL;

    out->value = value;
    out->value_len = end ? (size_t)(end - value) : left;
    a->at = end ? (size_t)(end - a->text) + 1 : a->len;
}

static void read_value(struct html_attributes *a, struct html_attribute *out)
{
    skip_blanks(a);
    if (a->at == a->len || a->text[a->at] == '>')
        return;
    if (a->text[a->at] == '"' || a->text[a->at] == '\'')
        read_quoted(a, out);
    else
        read_unquoted(a, out);
}

/* A solidus counts only right before the end of the tag. */
static bool skip_to_name(struct html_attributes *a)
{
    for (;;) {
        skip_blanks(a);
        if (a->at == a->len || a->text[a->at] == '>')
            return false;
        if (a->text[a->at] != '/')
            return true;
        a->at++;
        a->self_closing = a->at < a->len && a->text[a->at] == '>';
    }
}

bool html_next_attribute(struct html_attributes *a, struct html_attribute *out)
{
    size_t begin;

    if (!skip_to_name(a))
        return false;
    begin = a->at++; /* an equals sign begins a name */
    while (a->at < a->len && !html_is_of_class(a->text[a->at], HTML_ENDS_NAME))
        a->at++;
    *out = (struct html_attribute){.name = a->text + begin, .name_len = a->at - begin};
    skip_blanks(a);
    if (a->at < a->len && a->text[a->at] == '=') {
        a->at++;
        read_value(a, out);
    }
    return true;
}
